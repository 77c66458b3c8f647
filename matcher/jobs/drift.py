"""Measures whether what is shown has moved away from what the model learned; run it at night."""

from matcher.flows import drift
from matcher.flows.drift import Measured
from matcher.wiring import Services


def run(services: Services) -> Measured:
    with services.writing() as unit:
        return drift.measure(unit)
