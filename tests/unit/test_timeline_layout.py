"""Where a path's timeline draws its bars, exams, ticks and lines."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.matching.plan_views import StepView
from matcher.rendering.timeline_layout import EDGE, HEAD, MOST_TICKS, ROW, place_timeline
from tests.factories import TODAY, plan_views

DAYS = st.dates(date(2026, 6, 1), date(2028, 6, 1))


def steps(*days: tuple[date, date], kind: str = "study") -> list[StepView]:
    return [plan_views.step(kind, "docker:3", "x", start, end) for start, end in days]


def test_the_axis_runs_from_today_to_the_last_day_with_room_at_both_ends() -> None:
    plan = place_timeline([plan_views.skill(), plan_views.exam()], TODAY)
    assert plan.today == EDGE
    assert plan.bars[1].exam == 100 - EDGE
    assert plan.height == HEAD + 2 * ROW
    assert plan.due is None


def test_a_bar_begins_and_ends_on_its_days_and_an_exam_stands_on_its_last() -> None:
    day = steps((date(2026, 11, 21), date(2026, 12, 1)), (date(2026, 12, 1), date(2026, 12, 11)))
    exam = plan_views.exam(date(2026, 12, 11))
    plan = place_timeline([*day, exam], TODAY)
    assert [(bar.x, bar.width) for bar in plan.bars[:2]] == [(2.5, 47.5), (50.0, 47.5)]
    assert (plan.bars[0].exam, plan.bars[2].exam) == (None, 97.5)
    assert [bar.css for bar in plan.bars] == ["study", "study", "study"]
    course = steps((date(2026, 11, 21), date(2026, 12, 1)), kind="course")
    assert place_timeline(course, TODAY).bars[0].css == "course"


def test_an_exam_without_study_is_a_diamond_alone() -> None:
    [bar] = place_timeline(steps((TODAY, TODAY), kind="exam"), TODAY).bars
    assert (bar.width, bar.exam) == (None, EDGE)


def test_rows_lie_one_below_the_other_in_the_order_given() -> None:
    days = [(date(2027, 1, 5), date(2027, 1, 9)), (date(2026, 12, 1), date(2026, 12, 2))]
    plan = place_timeline(steps(*days), TODAY)
    assert [bar.step.start for bar in plan.bars] == [date(2027, 1, 5), date(2026, 12, 1)]
    assert [bar.y for bar in plan.bars] == [HEAD + 21, HEAD + 21 + ROW]


def test_a_deadline_in_sight_is_drawn_and_one_far_beyond_would_squeeze_the_bars() -> None:
    near = place_timeline([plan_views.exam()], TODAY, date(2027, 2, 10))
    assert near.due == 100 - EDGE
    assert near.bars[0].exam is not None
    assert near.bars[0].exam < near.due
    assert place_timeline([plan_views.exam()], TODAY, date(2028, 8, 1)).due is None
    assert place_timeline([plan_views.exam()], TODAY, date(2026, 11, 1)).due is None


def test_months_are_thinned_out_evenly_when_there_are_many() -> None:
    few = place_timeline(steps((TODAY, date(2027, 3, 2))), TODAY)
    months = [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)]
    assert [tick.month for tick in few.ticks] == months
    many = place_timeline(steps((TODAY, date(2028, 12, 2))), TODAY)
    assert 3 <= len(many.ticks) <= MOST_TICKS
    gaps = {
        (b.month.year - a.month.year) * 12 + b.month.month - a.month.month
        for a, b in zip(many.ticks, many.ticks[1:], strict=False)
    }
    assert len(gaps) == 1


@pytest.mark.parametrize("due", [None, TODAY, date(2027, 1, 1)])
def test_nothing_to_do_is_drawn_too(due: date | None) -> None:
    plan = place_timeline([], TODAY, due)
    assert (plan.bars, plan.today, plan.height) == ((), EDGE, HEAD)


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=12), DAYS, st.none() | DAYS)
def test_everything_stays_inside_the_drawing(
    spans: list[tuple[date, date]], today: date, due: date | None
) -> None:
    plan = place_timeline(steps(*[(min(pair), max(pair)) for pair in spans]), today, due)
    spots = [plan.today, *(tick.x for tick in plan.ticks), *(bar.x for bar in plan.bars)]
    spots += [] if plan.due is None else [plan.due]
    spots += [bar.x + (bar.width or 0) for bar in plan.bars]
    assert min(spots) >= EDGE
    assert max(spots) <= 100 - EDGE + 1.01
    assert len(plan.ticks) <= MOST_TICKS
