"""`certifications`: what can be sat on a day, as plain rows for a table or JSON."""

from datetime import date
from typing import Any

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.programme import Sitting


def rows(on: date, language: str | None) -> list[dict[str, Any]]:
    """One row per exam version sittable that day in that language (any language when None),
    by level, then code. `last_day` is ISO, or None while no end is known."""
    return [_row(sitting) for sitting in load_programme().sittable(on, language)]


def _row(sitting: Sitting) -> dict[str, Any]:
    terms, last_day = sitting.phase.terms, sitting.last_day
    return {
        "id": sitting.certification.id,
        "exam_code": sitting.exam.code,
        "name_ko": sitting.certification.name_ko,
        "name_en": sitting.certification.name_en,
        "level": sitting.certification.level,
        "status": sitting.status,
        "price_usd": terms.price_usd,
        "minutes": terms.minutes,
        "last_day": None if last_day is None else last_day.isoformat(),
    }
