"""Who completes a course: the rule the course states, applied to marks. Pure.

A meeting somebody attended counts three, one they came late to two, one they missed nothing: three
times late weighs like one absence. An excused meeting counts on neither side. A meeting that was
held and has no mark leaves the standing open; nobody's absence is guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.attendance import AttendanceState

WHOLE = 3
WEIGHTS: Mapping[AttendanceState, int] = {
    AttendanceState.PRESENT: WHOLE,
    AttendanceState.LATE: 2,
    AttendanceState.ABSENT: 0,
}


class Standing(StrEnum):
    MEETS = "meets"
    SHORT = "short"
    """Attendance below what the course asks."""
    NO_WORK = "no_work"
    """Attendance is enough and the assignment is not accepted."""
    OPEN = "open"
    """Held meetings without a mark, or nothing to count."""
    COLLEAGUE = "colleague"
    """For somebody else at the desk to say: whoever looks also works for a partner the person has
    a tie to."""


@dataclass(frozen=True)
class Attended:
    """`held` meetings so far, `counted` of them for or against the person, `points` reached."""

    held: int = 0
    present: int = 0
    late: int = 0
    absent: int = 0
    excused: int = 0

    @property
    def counted(self) -> int:
        return self.present + self.late + self.absent

    @property
    def unmarked(self) -> int:
        return max(0, self.held - self.counted - self.excused)

    @property
    def points(self) -> int:
        return (
            self.present * WEIGHTS[AttendanceState.PRESENT]
            + self.late * WEIGHTS[AttendanceState.LATE]
        )

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down; None while nothing counts."""
        return self.points * 100 // (self.counted * WHOLE) if self.counted else None


def attended(held: int, marks: Mapping[AttendanceState, int]) -> Attended:
    return Attended(
        held=held,
        present=marks.get(AttendanceState.PRESENT, 0),
        late=marks.get(AttendanceState.LATE, 0),
        absent=marks.get(AttendanceState.ABSENT, 0),
        excused=marks.get(AttendanceState.EXCUSED, 0),
    )


def is_enough(so_far: Attended, least_percent: int) -> bool:
    """Exact: 79.9 % is not 80 %. A course that asks for nothing is always met."""
    if least_percent == 0:
        return True
    return so_far.counted > 0 and so_far.points * 100 >= least_percent * so_far.counted * WHOLE


def standing(so_far: Attended, least_percent: int, needs_work: bool, has_work: bool) -> Standing:
    """Where a person stands when every meeting is over."""
    if least_percent and (so_far.unmarked or not so_far.counted):
        return Standing.OPEN
    if not is_enough(so_far, least_percent):
        return Standing.SHORT
    return Standing.NO_WORK if needs_work and not has_work else Standing.MEETS


def may_still_reach(so_far: Attended, to_come: int, least_percent: int) -> bool:
    """Whether attending all that is left, and what has no mark yet, would be enough."""
    best = Attended(
        held=so_far.held + to_come,
        present=so_far.present + so_far.unmarked + to_come,
        late=so_far.late,
        absent=so_far.absent,
        excused=so_far.excused,
    )
    return is_enough(best, least_percent)
