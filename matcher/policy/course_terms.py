"""In which term a run begins, whether it is held at night or on weekends, and in what language.

Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from matcher.policy.timetable import Slot

NIGHT_FROM: Final = "18:00"
SATURDAY: Final = 6
TERMS: Final = ("1", "summer", "2", "winter")
"""In the order of a university year, as written behind the year."""
LANGUAGES: Final = ("ko", "en", "zh", "ja")
"""A course may be taught in, by their ISO 639-1 codes, in the order they are shown."""


def term_of(starts_on: date) -> str:
    """The Korean university year: 2026-1 begins in March, 2026-summer in July, 2026-2 in
    September, 2026-winter in late December and holds January and February of 2027 too.

    A run that begins in the last days before a term belongs to the term (from the 20th of June,
    August and December, and of February)."""
    month, is_late = starts_on.month, starts_on.day >= 20
    if month == 12 and is_late:
        return f"{starts_on.year}-winter"
    if month == 1 or (month == 2 and not is_late):
        return f"{starts_on.year - 1}-winter"
    if month < 6 or (month == 6 and not is_late):
        return f"{starts_on.year}-1"
    if month < 8 or (month == 8 and not is_late):
        return f"{starts_on.year}-summer"
    return f"{starts_on.year}-2"


def times_of(slots: Iterable[Slot]) -> tuple[str, ...]:
    """`weekend` when it meets on a Saturday or Sunday, `night` when all weekday hours begin at
    six in the evening or later, else `day`; nothing when the hours are unknown."""
    listed = list(slots)
    found = ["weekend"] if any(each.weekday >= SATURDAY for each in listed) else []
    on_weekdays = [each for each in listed if each.weekday < SATURDAY]
    if on_weekdays:
        found.append("night" if all(s.start >= NIGHT_FROM for s in on_weekdays) else "day")
    return tuple(found)


def languages_of(stored: str) -> tuple[str, ...]:
    """The codes of a course's `languages`; none where nobody told."""
    return tuple(filter(None, stored.split(";")))


def languages_text(codes: Iterable[str]) -> str:
    """As a course keeps them: each once, in the order they are shown, whatever was ticked first."""
    wanted = set(codes)
    return ";".join(code for code in LANGUAGES if code in wanted)
