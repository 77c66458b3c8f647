"""Writes the digests that are due into the outbox; run it every hour."""

from matcher.flows import digest
from matcher.flows.digest import Written
from matcher.wiring import Services


def run(services: Services, is_now: bool = False) -> Written:
    return digest.write_due(services, is_now)
