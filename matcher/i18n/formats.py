"""Dates, numbers and money the way each language writes them."""

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from matcher.i18n.language import Language, current_language

SEOUL: Final = ZoneInfo("Asia/Seoul")
MINUS: Final = "\N{MINUS SIGN}"
NumberLike = int | float | Decimal
DateStyle = Literal["long", "short", "month", "tick", "weekday", "iso"]

_SKELETONS: Final[dict[str, dict[Language, str]]] = {
    "long": {"ko": "yMMMd", "en": "yMMMd"},
    "short": {"ko": "MMMd", "en": "MMMd"},
    "month": {"ko": "yMMM", "en": "yMMM"},
    "tick": {"ko": "MMM", "en": "MMM"},
    "weekday": {"ko": "MMMEd", "en": "MMMEd"},
}


def format_date(value: date | datetime, style: DateStyle = "long") -> str:
    """long 2026년 11월 21일, short 11월 21일, month 2026년 11월, tick 11월, iso,
    weekday 11월 21일 (토)."""
    day = _seoul(value).date() if isinstance(value, datetime) else value
    if style == "iso":
        return day.isoformat()
    language = current_language()
    at_midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return format_skeleton(_SKELETONS[style][language], at_midnight, tzinfo=UTC, locale=language)


def format_days(first: date, last: date, style: DateStyle = "long") -> str:
    """One day alone, a range with the year where it changes: 2026년 12월 21일 – 2027년 4월 2일.

    Short where the year goes without saying: 12월 21일 – 4월 2일."""
    if first == last:
        return format_date(first, style)
    if style == "short" or first.year != last.year:
        return f"{format_date(first, style)} – {format_date(last, style)}"
    if current_language() == "ko":
        return f"{format_date(first)} – {format_date(last, 'short')}"
    return f"{format_date(first, 'short')} – {format_date(last)}"


def format_datetime(value: datetime) -> str:
    """Day and 24-hour time in Jeju: 2026년 11월 21일 14:05, or Nov 21, 2026, 14:05."""
    local = _seoul(value)
    gap = " " if current_language() == "ko" else ", "
    return f"{format_date(local)}{gap}{local:%H:%M}"


def _seoul(value: datetime) -> datetime:
    """Times are stored as UTC; one without a zone is read as UTC."""
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(SEOUL)


def format_number(value: NumberLike, digits: int | None = None) -> str:
    """Thousands are parted; ``digits`` fixes the decimals, halves rounding up."""
    if digits is None:
        return str(format_decimal(value, locale=current_language()))
    return _grouped(value, digits)


def _grouped(value: NumberLike, digits: int) -> str:
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return f"{abs(exact):,}" if exact >= 0 else f"{MINUS}{abs(exact):,}"


def format_percent(share: float, digits: int = 0) -> str:
    """A share between 0 and 1, as 82% or 82.0%."""
    return f"{_grouped(share * 100, digits)}%"


def format_signed(value: NumberLike, digits: int = 2) -> str:
    """+1.03, −0.40, and 0.00 without a sign."""
    text = _grouped(value, digits)
    shown = Decimal(text.replace(MINUS, "-").replace(",", ""))
    return f"+{text}" if shown > 0 else text.lstrip(MINUS) if shown == 0 else text


def format_half(value: NumberLike) -> str:
    """A fit to the nearest half point: 2.93 is shown as 3.0."""
    doubled = (Decimal(str(value)) * 2).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"{doubled / 2:.1f}"


def format_krw(won: NumberLike) -> str:
    """163,000원; in English ₩163,000."""
    amount = _grouped(won, 0)
    return f"{amount}원" if current_language() == "ko" else f"₩{amount}"


def format_usd(dollars: NumberLike) -> str:
    """US$150, and cents only when there are some: US$49.50."""
    exact = Decimal(str(dollars))
    return f"US${_grouped(exact, 0 if exact == exact.to_integral_value() else 2)}"
