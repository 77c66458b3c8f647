"""Terms a desk plans for: March to August and September to February, as the reporting year runs."""

from dataclasses import dataclass
from datetime import date, timedelta

SHOWN = 4
APPLYING = timedelta(days=30)
"""To tell of a course and take applications for it: our own choice."""


@dataclass(frozen=True)
class Term:
    """`key` such as "2026-09": the month it starts in."""

    key: str
    first: date
    last: date


def term_of(day: date) -> Term:
    if 3 <= day.month <= 8:
        first, after = date(day.year, 3, 1), date(day.year, 9, 1)
    else:
        year = day.year if day.month >= 9 else day.year - 1
        first, after = date(year, 9, 1), date(year + 1, 3, 1)
    return Term(f"{first:%Y-%m}", first, after - timedelta(days=1))


def terms_from(today: date) -> tuple[Term, ...]:
    """This term and those after it."""
    found = [term_of(today)]
    while len(found) < SHOWN:
        found.append(term_of(found[-1].last + timedelta(days=1)))
    return tuple(found)


def first_to_fill(today: date) -> Term:
    """The first term more than half of which is still ahead once people could apply."""
    ready = today + APPLYING
    return next(each for each in terms_from(today) if ready <= each.first + _half(each))


def _half(term: Term) -> timedelta:
    return (term.last - term.first) / 2
