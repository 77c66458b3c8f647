"""What becomes news, and when a digest may go."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.planning.notices import (
    THRESHOLDS,
    Fact,
    Topic,
    is_due,
    is_quiet,
    news,
    notices,
)

TODAY = date(2026, 11, 21)
LONG_AGO = date(2026, 1, 1)


def fact(topic: Topic, days: int, known_on: date = LONG_AGO) -> Fact:
    return Fact(topic, f"{topic}:1", TODAY + timedelta(days=days), known_on)


@pytest.mark.parametrize(
    ("topic", "days", "news_on"),
    [
        (Topic.RENEWAL, 181, None),
        (Topic.RENEWAL, 180, 0),
        (Topic.RENEWAL, 91, -89),
        (Topic.RENEWAL, 90, 0),
        (Topic.RENEWAL, 30, 0),
        (Topic.RENEWAL, 0, -30),
        (Topic.RENEWAL, -1, None),
        (Topic.VERSION, 90, 0),
        (Topic.KOREAN, 61, None),
        (Topic.KOREAN, 60, 0),
        (Topic.KOREAN, 14, 0),
        (Topic.VOUCHER, 61, None),
        (Topic.VOUCHER, 60, 0),
        (Topic.VOUCHER, 14, 0),
        (Topic.VOUCHER, 0, -14),
        (Topic.VOUCHER, -1, None),
        (Topic.STEP, 7, None),
        (Topic.STEP, 6, 0),
        (Topic.STEP, 0, -6),
        (Topic.STEP, -1, 0),
        (Topic.STEP, -28, -27),
        (Topic.STEP, -29, None),
        (Topic.COURSE, 367, None),
        (Topic.COURSE, 366, 0),
        (Topic.COURSE, 6, 0),
        (Topic.COURSE, -1, None),
        (Topic.OPENING, 7, None),
        (Topic.OPENING, 6, 0),
        (Topic.OPENING, -1, None),
    ],
)
def test_a_fact_is_news_from_the_day_it_crosses_a_threshold(
    topic: Topic, days: int, news_on: int | None
) -> None:
    found = notices([fact(topic, days)], TODAY)
    wanted = [] if news_on is None else [(days, TODAY + timedelta(days=news_on))]
    assert [(each.days, each.news_on) for each in found] == wanted


def test_what_was_recorded_inside_the_window_is_news_on_the_day_after() -> None:
    (found,) = notices([fact(Topic.RENEWAL, 100, known_on=TODAY - timedelta(days=2))], TODAY)
    assert found.news_on == TODAY - timedelta(days=1)


def test_muted_topics_are_left_out_and_the_rest_is_in_order_of_days() -> None:
    facts = [fact(Topic.VOUCHER, 10), fact(Topic.STEP, 3), fact(Topic.RENEWAL, 5)]
    shown = [each.topic for each in notices(facts, TODAY)]
    muted = [each.topic for each in notices(facts, TODAY, muted=["step", "no-such-topic"])]
    assert (shown, muted) == (
        [Topic.STEP, Topic.RENEWAL, Topic.VOUCHER],
        [Topic.RENEWAL, Topic.VOUCHER],
    )


def test_the_first_digest_tells_all_and_the_next_only_what_is_new() -> None:
    found = notices([fact(Topic.RENEWAL, 100), fact(Topic.OPENING, 6)], TODAY)
    assert news(found, None, TODAY) == found
    assert [each.topic for each in news(found, TODAY - timedelta(days=7), TODAY)] == [Topic.OPENING]
    assert news(found, TODAY, TODAY) == ()


@given(
    topic=st.sampled_from(list(Topic)),
    offset=st.integers(-40, 400),
    every=st.sampled_from([1, 7]),
)
def test_one_fact_is_told_at_most_once_a_threshold(topic: Topic, offset: int, every: int) -> None:
    """Over a year of digests on the chosen rhythm, from a first one that told nothing of it."""
    on = TODAY + timedelta(days=offset)
    told, last = 0, TODAY
    for day in (TODAY + timedelta(days=n) for n in range(every, 430, every)):
        found = notices([Fact(topic, "one", on, LONG_AGO)], day)
        told += len(news(found, last, day))
        last = day
    assert told <= len(THRESHOLDS[topic])


@pytest.mark.parametrize("start", range(7))
@pytest.mark.parametrize("topic", list(Topic))
def test_no_deadline_slips_between_two_weekly_digests(topic: Topic, start: int) -> None:
    """Whatever the weekday, each fact is told before its day comes."""
    on = TODAY + timedelta(days=200)
    first, told_on = TODAY + timedelta(days=start), []
    last = first
    for day in [first + timedelta(weeks=n) for n in range(1, 40)]:
        if news(notices([Fact(topic, "one", on, LONG_AGO)], day), last, day):
            told_on.append(day)
        last = day
    assert told_on
    assert told_on[0] <= on


@pytest.mark.parametrize(
    ("rhythm", "weekday", "last", "due"),
    [
        ("never", 6, None, False),
        ("daily", 1, None, True),
        ("daily", 1, TODAY - timedelta(days=1), True),
        ("daily", 1, TODAY, False),
        ("weekly", 6, None, True),  # 2026-11-21 is a Saturday
        ("weekly", 5, None, False),
        ("weekly", 6, TODAY - timedelta(days=7), True),
        ("weekly", 6, TODAY - timedelta(days=6), False),  # the weekday was changed
        ("weekly", 6, TODAY, False),
        ("weekly", 6, TODAY - timedelta(days=14), True),
        ("hourly", 6, None, False),
    ],
)
def test_a_digest_is_due_at_most_in_the_chosen_rhythm(
    rhythm: str, weekday: int, last: date | None, due: bool
) -> None:
    assert is_due(rhythm, weekday, TODAY, last) is due


@given(weekdays=st.lists(st.integers(1, 7), min_size=60, max_size=60))
def test_changing_the_weekday_every_day_never_makes_two_mails_in_a_week(
    weekdays: list[int],
) -> None:
    last: date | None = None
    for n, weekday in enumerate(weekdays):
        day = TODAY + timedelta(days=n)
        if is_due("weekly", weekday, day, last):
            assert last is None or (day - last).days >= 7
            last = day


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [(20, 59, False), (21, 0, True), (23, 59, True), (0, 0, True), (7, 59, True), (8, 0, False)],
)
def test_the_night_is_quiet(hour: int, minute: int, quiet: bool) -> None:
    assert is_quiet(time(hour, minute)) is quiet
