"""Signs completed courses and assessed skills: a thread of the service, or one command's run."""

from contextlib import AbstractContextManager

from matcher.flows import issuing
from matcher.jobs import worker
from matcher.wiring import Services

PAUSE = 10.0
"""Seconds between looks for work."""


def run(services: Services) -> int:
    """Everything that waits now; gives for how many people something was done."""
    done = 0
    while found := _step(services):
        done += found
    return done


def working(services: Services) -> AbstractContextManager[None]:
    """A worker beside what the block does."""
    return worker.working("issuing", PAUSE, lambda: _step(services))


def _step(services: Services) -> int:
    return issuing.work_next(services, services.key_vault)
