"""Asks partners whether their postings still look for people; run it once a day."""

from matcher.flows import posting_checks
from matcher.flows.posting_checks import Asked, Untold
from matcher.wiring import Services


def run(services: Services) -> Asked:
    return posting_checks.ask_all(services)


def untold(services: Services) -> tuple[Untold, ...]:
    with services.reading() as unit:
        return posting_checks.untold(unit)
