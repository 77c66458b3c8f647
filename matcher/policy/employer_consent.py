"""What an employer may see after a yes to it alone, and for how long."""

from datetime import date, timedelta

FIELDS = ("name", "contact", "profile")
AFTER_CLOSING = timedelta(days=180)
"""Long enough for interviews and an answer; the person may withdraw on any day before."""
AT_LEAST = timedelta(days=14)
"""Whoever chooses the end leaves the partner this long to meet them."""


def until(closes_on: date, today: date) -> date:
    return max(closes_on, today) + AFTER_CLOSING


def earliest(today: date) -> date:
    """The first day a person may choose as the end."""
    return today + AT_LEAST
