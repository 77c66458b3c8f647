"""Public holidays of Korea, substitute days included, as the `holidays` library knows them."""

from datetime import date
from functools import cache


def public_holidays(first: date, last: date) -> frozenset[date]:
    """Holidays from `first` to `last`, both included. A day the government names later (a day of
    election, a day off at short notice) is there only once the library knows it."""
    years = range(first.year, last.year + 1)
    return frozenset(day for year in years for day in _of(year) if first <= day <= last)


@cache
def _of(year: int) -> frozenset[date]:
    # 0.2 s of calendars of the whole world, which no start of the service should wait for.
    from holidays import country_holidays

    return frozenset(country_holidays("KR", years=year))
