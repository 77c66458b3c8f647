"""Where a path's timeline draws its bars, exams, month ticks and the two upright lines.

Lengths across are per cent of the drawing, lengths down are pixels: the words keep their size on
every screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

HEAD: Final = 28
ROW: Final = 42
THINNEST: Final = 1.0
MOST_TICKS: Final = 6
EDGE: Final = 2.5
"""Kept free at both ends, so that a diamond or a line there is not cut."""


class Dated(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...


@dataclass(frozen=True)
class Bar:
    """`width` None: nothing lies before the exam. `exam` is where the diamond stands."""

    step: Dated
    x: float
    width: float | None
    exam: float | None
    text_y: int
    y: int
    css: str


@dataclass(frozen=True)
class Tick:
    x: float
    month: date


@dataclass(frozen=True)
class TimelineLayout:
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    today: float
    due: float | None
    """None without a deadline, or when it lies far beyond the last step."""
    height: int


def place_timeline(steps: Sequence[Dated], today: date, due: date | None = None) -> TimelineLayout:
    """Steps in the order given, one row each; the axis runs from the first day to the last."""
    first = min([today, *(step.start for step in steps)])
    last = max([today, *(step.end for step in steps)])
    shows_due = due is not None and first <= due <= last + max(last - first, timedelta(days=28))
    if due is not None and shows_due:
        last = max(last, due)
    axis = _Axis(first, max(last, first + timedelta(days=7)))
    return TimelineLayout(
        bars=tuple(_bar(axis, step, row) for row, step in enumerate(steps)),
        ticks=_ticks(axis),
        today=axis.at(today),
        due=axis.at(due) if due is not None and shows_due else None,
        height=HEAD + ROW * len(steps),
    )


@dataclass(frozen=True)
class _Axis:
    first: date
    last: date

    def at(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(EDGE + share * (100 - 2 * EDGE), 2)


def _bar(axis: _Axis, step: Dated, row: int) -> Bar:
    top = HEAD + ROW * row
    x, end = axis.at(step.start), axis.at(step.end)
    is_exam = step.kind == "exam"
    is_moment = is_exam and step.start == step.end
    return Bar(
        step=step,
        x=x,
        width=None if is_moment else max(round(end - x, 2), THINNEST),
        exam=end if is_exam else None,
        text_y=top + 14,
        y=top + 21,
        css="course" if step.kind == "course" else "study",
    )


def _ticks(axis: _Axis) -> tuple[Tick, ...]:
    """First days of months inside the axis, thinned out evenly when there are many."""
    month, found = axis.first.replace(day=1), []
    while month <= axis.last:
        if month >= axis.first:
            found.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    every = -(-len(found) // MOST_TICKS) or 1
    return tuple(Tick(axis.at(day), day) for day in found[::every])
