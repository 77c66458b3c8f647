"""Asks badge hosts for the badges behind links: a thread of the service, or one command's run."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from matcher.flows import badge_links
from matcher.wiring import Services

PAUSE = 2.0
"""Seconds between looks for links."""
log = structlog.get_logger(__name__)


def run(services: Services) -> int:
    """Every link that is due now; gives how many. While no host is named, each goes to a desk."""
    done = 0
    while badge_links.work_next(services, services.badge_host, services.key_vault):
        done += 1
    return done


@contextmanager
def working(services: Services) -> Iterator[None]:
    """A worker beside what the block does; it stops, between two links, when the block ends."""
    stop = threading.Event()
    thread = threading.Thread(target=_loop, args=(services, stop), name="badges", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=8)


def _loop(services: Services, stop: threading.Event) -> None:
    while not stop.wait(PAUSE):
        try:
            while not stop.is_set() and badge_links.work_next(
                services, services.badge_host, services.key_vault
            ):
                pass
        except Exception:
            # A database that is away for a while must not end the worker.
            log.exception("badges_worker")
