"""The rule completion is decided by, on counts worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from matcher.policy.completion import Attended, Standing, attended, may_still_reach, standing
from models.attendance import AttendanceState

PRESENT, LATE, ABSENT, EXCUSED = AttendanceState
COUNTS = some.integers(0, 40)


@pytest.mark.parametrize(
    ("present", "late", "absent", "excused", "percent"),
    [
        (10, 0, 0, 0, 100),
        (8, 0, 2, 0, 80),
        (9, 3, 0, 0, 91),  # 33 of 36
        (0, 3, 0, 0, 66),
        (7, 3, 0, 0, 90),  # three times late weigh like one absence of ten
        (4, 0, 1, 5, 80),
        (0, 0, 0, 3, None),
    ],
)
def test_three_times_late_is_one_absence_and_excused_counts_nowhere(
    present: int, late: int, absent: int, excused: int, percent: int | None
) -> None:
    marks = {PRESENT: present, LATE: late, ABSENT: absent, EXCUSED: excused}
    assert attended(sum(marks.values()), marks).percent == percent


@pytest.mark.parametrize(
    ("so_far", "least", "needs_work", "has_work", "expected"),
    [
        (Attended(10, 8, 0, 2, 0), 80, False, False, Standing.MEETS),
        (Attended(10, 8, 0, 2, 0), 81, False, False, Standing.SHORT),
        (Attended(1000, 799, 0, 201, 0), 80, False, False, Standing.SHORT),
        (Attended(10, 8, 0, 2, 0), 80, True, False, Standing.NO_WORK),
        (Attended(10, 8, 0, 2, 0), 80, True, True, Standing.MEETS),
        (Attended(10, 8, 0, 1, 0), 80, False, False, Standing.OPEN),
        (Attended(3, 0, 0, 0, 3), 80, False, False, Standing.OPEN),
        (Attended(0, 0, 0, 0, 0), 80, False, False, Standing.OPEN),
        (Attended(0, 0, 0, 0, 0), 0, False, False, Standing.MEETS),
        (Attended(5, 0, 0, 0, 0), 0, True, False, Standing.NO_WORK),
    ],
)
def test_the_standing_follows_from_the_counts(
    so_far: Attended, least: int, needs_work: bool, has_work: bool, expected: Standing
) -> None:
    assert standing(so_far, least, needs_work, has_work) is expected


@given(COUNTS, COUNTS, COUNTS, COUNTS, some.integers(0, 20), some.integers(0, 100))
def test_who_meets_the_rule_could_still_reach_it_and_nobody_falls_by_coming(
    present: int, late: int, absent: int, excused: int, to_come: int, least: int
) -> None:
    held = present + late + absent + excused
    now = Attended(held, present, late, absent, excused)
    if standing(now, least, False, False) is Standing.MEETS:
        assert may_still_reach(now, to_come, least)
    more = Attended(held + 1, present + 1, late, absent, excused)
    assert (more.percent or 0) >= (now.percent or 0)
