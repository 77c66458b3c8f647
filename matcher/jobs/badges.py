"""Asks badge hosts for the badges behind links, and checks badges again whose issuer changed: a
thread of the service, or one command's run."""

from contextlib import AbstractContextManager

from matcher.flows import badge_checks, badge_links
from matcher.jobs import worker
from matcher.wiring import Services

PAUSE = 2.0
"""Seconds between looks for work."""


def run(services: Services) -> int:
    """Every link that is due now and every badge behind its issuer; gives how many. While no host
    is named, each link goes to a desk."""
    done = 0
    while found := _step(services):
        done += found
    return done


def working(services: Services) -> AbstractContextManager[None]:
    """A worker beside what the block does."""
    return worker.working("badges", PAUSE, lambda: _step(services))


def _step(services: Services) -> int:
    """Neither waits for the other: a host that is slow to answer, or a list of thousands."""
    asked = badge_links.work_next(services, services.badge_host, services.key_vault)
    return asked + badge_checks.work_next(services, services.key_vault)
