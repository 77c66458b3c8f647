"""A thread of the service that does one kind of work, step by step, beside what a block does."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

PATIENCE = 8.0
"""Seconds a step under way may take when the service stops."""
log = structlog.get_logger(__name__)


@contextmanager
def working(
    name: str, pause: float, step: Callable[[], object], first: Callable[[], None] | None = None
) -> Iterator[None]:
    """Every `pause` seconds, `first` and then `step` for as long as it says that something was
    done; it stops, between two steps, when the block ends."""
    stop = threading.Event()

    def loop() -> None:
        while not stop.wait(pause):
            try:
                if first is not None:
                    first()
                while not stop.is_set() and step():
                    pass
            except Exception:
                # A database that is away for a while must not end the worker.
                log.exception(f"{name}_worker")

    thread = threading.Thread(target=loop, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=PATIENCE)
