"""Moments as day numbers, for arrays."""

from datetime import date, datetime, timedelta

from matcher.clock import start_of

_EPOCH = start_of(date(1970, 1, 1))


def day_number(moment: datetime) -> float:
    """Days since 1970 in Jeju; a whole number is midnight there."""
    return (moment - _EPOCH) / timedelta(days=1)
