"""Ends what nobody claimed in time and settles promised interviews; run it every morning."""

from matcher.flows import promise_clock
from matcher.flows.promise_clock import Done
from matcher.wiring import Services


def run(services: Services) -> Done:
    return promise_clock.run(services)
