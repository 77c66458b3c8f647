from datetime import date

import pytest

from matcher.catalogue.course_fields import course_vocabulary
from matcher.policy.course_terms import LANGUAGES, languages_of, languages_text, term_of, times_of
from matcher.policy.timetable import Slot


@pytest.mark.parametrize(
    ("day", "term"),
    [
        ("2026-03-02", "2026-1"), ("2026-02-20", "2026-1"), ("2026-02-19", "2025-winter"),
        ("2026-06-19", "2026-1"), ("2026-06-20", "2026-summer"), ("2026-08-19", "2026-summer"),
        ("2026-08-20", "2026-2"), ("2026-12-19", "2026-2"), ("2026-12-20", "2026-winter"),
        ("2027-01-01", "2026-winter"),
    ],
)  # fmt: skip
def test_a_run_belongs_to_the_term_it_begins_in(day: str, term: str) -> None:
    assert term_of(date.fromisoformat(day)) == term


@pytest.mark.parametrize(
    ("slots", "times"),
    [
        ([], ()),
        ([Slot(1, "19:00", "21:00")], ("night",)),
        ([Slot(1, "18:00", "21:00"), Slot(3, "19:00", "21:00")], ("night",)),
        ([Slot(1, "19:00", "21:00"), Slot(3, "13:00", "15:00")], ("day",)),
        ([Slot(6, "10:00", "12:00")], ("weekend",)),
        ([Slot(2, "19:00", "21:00"), Slot(7, "19:00", "21:00")], ("weekend", "night")),
    ],
)
def test_night_and_weekend_follow_from_the_hours(slots: list[Slot], times: tuple[str]) -> None:
    assert times_of(slots) == times


def test_languages_are_kept_once_each_in_the_order_of_the_vocabulary() -> None:
    assert tuple(each.slug for each in course_vocabulary().languages) == LANGUAGES
    assert languages_text(["en", "ko", "en", "fr"]) == "ko;en"
    assert languages_of("ko;en") == ("ko", "en")
    assert languages_of(languages_text([])) == ()
