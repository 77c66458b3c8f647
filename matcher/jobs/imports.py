"""Works on uploaded files: a thread of the service, or one command's run."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from matcher.flows.importing import tasks
from matcher.wiring import Services

PAUSE = 0.5
"""Seconds between looks for work; the first sign of life on a page comes no later."""
FORGET_EVERY = 1200
log = structlog.get_logger(__name__)


def run(services: Services) -> int:
    """Everything that waits now; gives how many steps were done."""
    with services.writing() as unit:
        tasks.forget_old(unit)
    done = 0
    while tasks.work_next(services):
        done += 1
    return done


@contextmanager
def working(services: Services) -> Iterator[None]:
    """A worker beside what the block does; it stops, between two steps, when the block ends."""
    stop = threading.Event()
    thread = threading.Thread(target=_loop, args=(services, stop), name="imports", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=8)


def _loop(services: Services, stop: threading.Event) -> None:
    looks = 0
    while not stop.wait(PAUSE):
        try:
            if looks % FORGET_EVERY == 0:
                with services.writing() as unit:
                    tasks.forget_old(unit)
            looks += 1
            while not stop.is_set() and tasks.work_next(services):
                pass
        except Exception:
            # A database that is away for a while must not end the worker.
            log.exception("imports_worker")
