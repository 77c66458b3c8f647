"""The certification programme on a day: which exams can be sat, in which languages."""

from dataclasses import dataclass
from datetime import date

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.programme import Sitting
from matcher.i18n import in_language


@dataclass(frozen=True)
class SittingView:
    """`last_day` of the language asked for, or of the exam; None while no end is known."""

    certification: str
    name: str
    exam_code: str
    level: str
    phase: str
    status: str
    languages: tuple[str, ...]
    price_usd: int | None
    minutes: int | None
    last_day: date | None


def sittings(on: date, language: str | None = None) -> tuple[SittingView, ...]:
    return tuple(_view(each) for each in load_programme().sittable(on, language))


def _view(sitting: Sitting) -> SittingView:
    found, terms = sitting.certification, sitting.phase.terms
    return SittingView(
        certification=found.id,
        name=in_language(found.name_ko, found.name_en),
        exam_code=sitting.exam.code,
        level=found.level_slug,
        phase=sitting.phase.name,
        status=sitting.status,
        languages=sitting.languages,
        price_usd=terms.price_usd,
        minutes=terms.minutes,
        last_day=sitting.last_day,
    )
