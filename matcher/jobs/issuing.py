"""Signs completed courses and assessed skills: a thread of the service, or one command's run."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from matcher.flows import issuing
from matcher.wiring import Services

PAUSE = 10.0
"""Seconds between looks for work."""
log = structlog.get_logger(__name__)


def run(services: Services) -> int:
    """Everything that waits now; gives for how many people something was done."""
    done = 0
    while found := issuing.work_next(services):
        done += found
    return done


@contextmanager
def working(services: Services) -> Iterator[None]:
    """A worker beside what the block does; it stops, between two steps, when the block ends."""
    stop = threading.Event()
    thread = threading.Thread(target=_loop, args=(services, stop), name="issuing", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=8)


def _loop(services: Services, stop: threading.Event) -> None:
    while not stop.wait(PAUSE):
        try:
            while not stop.is_set() and issuing.work_next(services):
                pass
        except Exception:
            # A database that is away for a while must not end the worker.
            log.exception("issuing_worker")
