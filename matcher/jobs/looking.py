"""Asks who still looks for work; run it every hour."""

from matcher.flows import still_looking
from matcher.flows.still_looking import Asked
from matcher.wiring import Services


def run(services: Services, is_now: bool = False) -> Asked:
    return still_looking.ask_due(services, is_now)
