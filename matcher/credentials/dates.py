"""Dates of credentials: RFC 3339 with a zone in Open Badges 3.0, looser in 2.0; ours in UTC."""

import math
import re
from datetime import UTC, datetime
from typing import Any, Final

from matcher.credentials.findings import Refused

_EXACT: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")
_LOOSE: Final = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?"
)


def exact(value: Any, name: str) -> datetime | None:
    """None where nothing is said. Raises `Refused` for what is no moment."""
    return _moment(value, name, _EXACT)


def loose(value: Any, name: str) -> datetime | None:
    """Without a zone it is read as UTC, a day alone as its first moment; seconds since 1970."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return numeric(value, name)
    return _moment(value, name, _LOOSE)


def numeric(value: Any, name: str) -> datetime | None:
    """Seconds since 1970, as token claims say it."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Refused("date_unreadable", name=name)
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        raise Refused("date_unreadable", name=name) from None


def written(at: datetime) -> str:
    """Whole seconds in UTC, as dateTimeStamp."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(value: Any, name: str, form: re.Pattern[str]) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, str) or not form.fullmatch(value):
        raise Refused("date_unreadable", name=name)
    try:
        read = datetime.fromisoformat(value.upper())
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused("date_unreadable", name=name) from None
