"""When somebody is asked whether they still look, and when they are hidden."""

from datetime import date, timedelta

import pytest

from matcher.policy import still_looking as rules

START = date(2026, 9, 1)
LONG_AGO = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("today", "start"),
    [
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 8, 31), date(2026, 3, 1)),
        (date(2026, 3, 1), date(2026, 3, 1)),
        (date(2026, 2, 28), date(2025, 9, 1)),
    ],
)
def test_the_question_is_due_on_the_first_of_march_and_of_september(
    today: date, start: date
) -> None:
    assert rules.term_start(today) == start


@pytest.mark.parametrize(
    ("asked_on", "looking_on", "since", "due"),
    [
        (None, None, LONG_AGO, True),
        (date(2026, 3, 1), date(2026, 3, 2), LONG_AGO, True),
        (START, None, LONG_AGO, False),
        (None, START, LONG_AGO, False),
        (None, None, START, False),
    ],
)
def test_once_a_term_and_not_who_just_came_or_just_said_yes(
    asked_on: date | None, looking_on: date | None, since: date, due: bool
) -> None:
    assert rules.is_due(asked_on, looking_on, since, START + timedelta(days=3)) is due


@pytest.mark.parametrize(
    ("looking_on", "stopped_on", "after", "hidden"),
    [
        (None, None, 21, False),
        (None, None, 22, True),
        (START - timedelta(days=1), None, 22, True),
        (START, None, 300, False),
        (START, START + timedelta(days=2), 3, True),
        (None, START, 0, True),
    ],
)
def test_a_no_hides_at_once_and_silence_after_twenty_one_days(
    looking_on: date | None, stopped_on: date | None, after: int, hidden: bool
) -> None:
    today = START + timedelta(days=after)
    assert rules.is_hidden(START, looking_on, stopped_on, today) is hidden


def test_who_was_never_asked_is_seen() -> None:
    assert not rules.is_hidden(None, None, None, START)
