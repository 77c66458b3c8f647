"""Rewrites the database file, so that nothing erased is left in it; run it at night."""

from matcher.flows import erasure
from matcher.wiring import Services


def run(services: Services) -> bool:
    """False when somebody was writing; run it again."""
    return erasure.wipe(services.database, whatever_size=True)
