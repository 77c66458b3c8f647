"""How a firm's answers are counted, and what a slow one loses in the order of a list."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking.answering import (
    LEAST,
    MOST_LOWER,
    End,
    ReplyRate,
    Wait,
    listed_lower,
    reply_rate,
)

waits = st.lists(
    st.builds(Wait, days=st.integers(0, 40), promised=st.integers(1, 30), end=st.sampled_from(End)),
    max_size=30,
)
shares, counts = st.floats(0, 1), st.integers(0, 50)


def after(days: int, end: End = End.ANSWERED, promised: int = 14) -> Wait:
    return Wait(days, promised, end)


def test_without_open_ones_it_is_the_plain_share_and_median() -> None:
    found = reply_rate([after(2), after(4), after(14), after(15), after(21, End.LAPSED)])
    assert (found.decided, found.in_time, found.median_days, found.lapses) == (5, 0.6, 14, 1)


def test_one_that_still_waits_is_neither_an_answer_nor_a_refusal_to_answer() -> None:
    """By hand: of 4 one is answered on day 2 (3/4 left), one leaves the count on day 5, of the
    2 left one is answered on day 10 (3/8 left), and one is open on day 12."""
    found = reply_rate([after(2), after(5, End.OPEN), after(10), after(12, End.OPEN)])
    assert (found.in_time, found.median_days, found.decided) == (0.625, 10, 2)


def test_what_lapsed_stays_unanswered_for_ever() -> None:
    found = reply_rate([after(3), after(21, End.LAPSED), after(21, End.LAPSED)])
    assert (round(found.in_time, 6), found.median_days) == (round(1 / 3, 6), None)
    # Also where the time of another was longer: what lapsed on day 8 is not answered on day 10.
    mixed = reply_rate([after(10), after(8, End.LAPSED, promised=1), after(8, End.LAPSED, 1)])
    assert mixed.median_days is None


def test_firms_that_promise_other_days_are_measured_by_their_own_promise() -> None:
    quick = reply_rate([after(5, promised=3)] * 5)
    calm = reply_rate([after(5, promised=30)] * 5)
    assert (quick.in_time, calm.in_time) == (0.0, 1.0)


def test_no_applications_say_nothing() -> None:
    assert reply_rate([]) == ReplyRate(0, 0.0, None, 0)


@pytest.mark.parametrize("rate", [None, ReplyRate(LEAST - 1, 0.0, None, LEAST - 1)])
def test_a_firm_without_a_history_loses_nothing(rate: ReplyRate | None) -> None:
    assert listed_lower(rate) == 0.0


def test_the_worst_firm_loses_half_a_point_and_a_reliable_one_nothing() -> None:
    assert listed_lower(ReplyRate(9, 0.0, None, 9)) == MOST_LOWER
    assert listed_lower(ReplyRate(9, 0.8, 5, 0)) == 0.0


@given(st.integers(LEAST, 99), shares, shares, counts, counts)
def test_it_is_bounded_and_grows_neither_with_the_share_nor_with_fewer_lapses(
    decided: int, one: float, other: float, few: int, many: int
) -> None:
    worse = ReplyRate(decided, min(one, other), None, max(few, many))
    better = ReplyRate(decided, max(one, other), None, min(few, many))
    assert 0.0 <= listed_lower(better) <= listed_lower(worse) <= MOST_LOWER


@given(waits, counts)
def test_a_rate_is_a_share_and_the_order_of_the_applications_does_not_matter(
    rows: list[Wait], unkept: int
) -> None:
    found = reply_rate(rows, unkept)
    assert 0.0 <= found.in_time <= 1.0
    assert reply_rate(rows[::-1], unkept) == found
    assert found.median_days is None or found.median_days in {
        each.days for each in rows if each.end is End.ANSWERED
    }


@given(waits.filter(lambda rows: any(each.end is End.LAPSED for each in rows)))
def test_answering_at_once_what_was_let_pass_never_lowers_the_share(rows: list[Wait]) -> None:
    place = next(n for n, each in enumerate(rows) if each.end is End.LAPSED)
    mended = [*rows]
    mended[place] = replace(rows[place], days=0, end=End.ANSWERED)
    before, now = reply_rate(rows), reply_rate(mended)
    assert now.in_time >= before.in_time - 1e-9
    assert now.lapses == before.lapses - 1
    assert listed_lower(now) <= listed_lower(before)
