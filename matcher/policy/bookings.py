"""How much of a thing is left at a time. Pure; times as HH:MM, which compare as text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

FURTHEST = timedelta(days=60)
"""How far ahead something is booked."""
MOST_AHEAD = 3
"""Bookings one young person may have before them."""


@dataclass(frozen=True)
class Taken:
    starts: str
    ends: str
    quantity: int


def peak(taken: Iterable[Taken], starts: str, ends: str) -> int:
    """The most that is out at any moment between the two times; what ends at a moment is back."""
    near = [each for each in taken if each.starts < ends and starts < each.ends]
    moments = {starts, *(each.starts for each in near if each.starts > starts)}
    return max(
        sum(each.quantity for each in near if each.starts <= moment < each.ends)
        for moment in moments
    )


def left(quantity: int, taken: Iterable[Taken], starts: str, ends: str) -> int:
    return max(0, quantity - peak(taken, starts, ends))
