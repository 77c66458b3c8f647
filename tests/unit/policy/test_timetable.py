"""When two course runs meet at the same time."""

from datetime import date

import pytest

from matcher.policy.timetable import Run, Slot, overlap, slots_of

WINTER = (date(2026, 12, 21), date(2027, 1, 29))
EVENING = (Slot(1, "19:00", "21:00"),)


@pytest.mark.parametrize(
    ("days", "slots", "meets"),
    [
        (WINTER, EVENING, True),
        (WINTER, (Slot(1, "20:59", "22:00"),), True),
        (WINTER, (Slot(1, "21:00", "22:00"),), False),
        (WINTER, (Slot(2, "19:00", "21:00"),), False),
        (WINTER, (), False),
        ((date(2027, 1, 29), date(2027, 2, 19)), EVENING, True),
        ((date(2027, 1, 30), date(2027, 2, 19)), EVENING, False),
    ],
)
def test_runs_clash_only_when_weeks_weekday_and_hours_meet(
    days: tuple[date, date], slots: tuple[Slot, ...], meets: bool
) -> None:
    one, other = Run(*WINTER, EVENING), Run(*days, slots)
    assert overlap(one, other) is meets
    assert overlap(other, one) is meets


def test_a_stored_slot_without_all_three_values_says_nothing() -> None:
    stored = [{"weekday": 3, "start": "09:00", "end": "11:00"}, {"weekday": 1}, {"start": "09:00"}]
    assert slots_of(stored) == (Slot(3, "09:00", "11:00"),)
