"""The reporting year: from a day in spring to the day before it a year later."""

from datetime import date, timedelta


def first_day(year: int, month: int, day: int) -> date:
    return date(year, month, day)


def year_of(on: date, month: int, day: int) -> int:
    """The calendar year in which the reporting year of a day began."""
    return on.year if (on.month, on.day) >= (month, day) else on.year - 1


def last_day(year: int, month: int, day: int) -> date:
    return date(year + 1, month, day) - timedelta(days=1)


def term_of(on: date) -> str:
    """Half-year in which somebody began: "2026-1" is March to August, "2026-2" what follows."""
    if 3 <= on.month <= 8:
        return f"{on.year}-1"
    return f"{on.year if on.month > 8 else on.year - 1}-2"
