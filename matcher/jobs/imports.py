"""Works on uploaded files: a thread of the service, or one command's run."""

from contextlib import AbstractContextManager

from matcher.flows.importing import tasks
from matcher.jobs import worker
from matcher.wiring import Services

PAUSE = 0.5
"""Seconds between looks for work; the first sign of life on a page comes no later."""
FORGET_EVERY = 1200
"""Looks between two rounds of forgetting: ten minutes."""


def run(services: Services) -> int:
    """Everything that waits now; gives how many steps were done."""
    _forget(services)
    done = 0
    while tasks.work_next(services):
        done += 1
    return done


def working(services: Services) -> AbstractContextManager[None]:
    """A worker beside what the block does; it forgets old files, too."""
    looks = 0

    def forget() -> None:
        nonlocal looks
        if looks % FORGET_EVERY == 0:
            _forget(services)
        looks += 1  # only now: forgetting that failed is tried again at the next look

    return worker.working("imports", PAUSE, lambda: tasks.work_next(services), first=forget)


def _forget(services: Services) -> None:
    with services.writing() as unit:
        tasks.forget_old(unit)
