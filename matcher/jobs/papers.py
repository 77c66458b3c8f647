"""Destroys application papers on their day; run it at night."""

from matcher.flows import papers
from matcher.wiring import Services


def run(services: Services) -> int:
    return papers.destroy_due(services)
