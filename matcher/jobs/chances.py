"""Counts the seat-aware chances of the rounds that are open; run it at night."""

from matcher.flows import round_chances
from matcher.flows.round_chances import Counted
from matcher.wiring import Services


def run(services: Services) -> Counted:
    with services.writing() as unit:
        return round_chances.count_all(unit)
