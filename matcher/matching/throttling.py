"""Refusing what is tried too often."""

from collections.abc import Iterable

from matcher.db import Unit
from matcher.policy.limits import Limit
from matcher.refusal import TooMany
from matcher.store import throttle
from models.account import ThrottleHit


def wait(unit: Unit, tries: Iterable[Limit]) -> int:
    """Seconds until all of them have room for one more; 0 when they have room now."""
    return max(
        (
            throttle.wait(unit.session, each.bucket, each.most, each.window, unit.now)
            for each in tries
        ),
        default=0,
    )


def refuse(unit: Unit, tries: Iterable[Limit], said: str) -> None:
    """Raises TooMany with `said` and the seconds to wait."""
    seconds = wait(unit, tries)
    if seconds:
        raise TooMany(said, seconds)


def count(unit: Unit, tries: Iterable[Limit]) -> None:
    throttle.note(unit.session, [each.bucket for each in tries], unit.now)


def count_reading(unit: Unit, tries: Iterable[Limit]) -> None:
    """Where the unit only reads: the tries are kept with its trail."""
    unit.trail.extend(ThrottleHit(bucket=each.bucket, at=unit.now) for each in tries)
