"""What the score looks at for a person and an opening: ten numbers in 0..1, never NaN.

`opening_matrix` (one person, many openings) and `candidate_matrix` (one opening, many people) give
the same bits for the same pair. A feature nobody can judge (nothing asked, no wish stated) takes
its `neutral` value, which moves the score by exactly nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matcher.ranking.context import RankingContext
from matcher.ranking.credits import Floats, Ints, credit_table, grouped_mean
from matcher.ranking.prepared import (
    PreparedOpenings,
    PreparedSeekers,
    openings_of,
    seekers_of,
)
from matcher.ranking.types import Opening, Seeker

RECENCY_HALF_LIFE_DAYS = 30.0
LATE_DAYS = 90.0


@dataclass(frozen=True, slots=True)
class Feature:
    """`is_proof`: rises with skills, levels, certificates and their verification, never falls."""

    name: str
    text_ko: str
    text_en: str
    neutral: float
    is_proof: bool = False


OPENING_FEATURES: tuple[Feature, ...] = (
    Feature(
        "must_skill",
        "필수 기술을 요구 수준까지 갖춘 몫(비슷한 기술은 일부만 세요)",
        "Share of required skills held at the asked level (near skills count partly)",
        0.4,
        is_proof=True,
    ),
    Feature(
        "nice_skill",
        "우대 기술을 요구 수준까지 갖춘 몫",
        "Share of nice-to-have skills held at the asked level",
        0.3,
        is_proof=True,
    ),
    Feature(
        "certificate",
        "요구한 자격증을 가진 몫(기한이 지난 것은 0.3)",
        "Share of the certificates asked for (an expired one counts 0.3)",
        0.3,
        is_proof=True,
    ),
    Feature(
        "proof",
        "요구한 것 가운데 확인까지 된 몫",
        "Share of what is asked that is also verified",
        0.2,
        is_proof=True,
    ),
    Feature("sector_wish", "바라는 산업과 맞는 정도", "Fit with the wished-for sectors", 0.5),
    Feature("region_wish", "바라는 지역과 맞는 정도", "Fit with the wished-for regions", 0.5),
    Feature(
        "employment_wish",
        "바라는 고용 형태와 맞는 정도",
        "Fit with the wished-for kinds of employment",
        0.5,
    ),
    Feature("text", "자기소개와 공고의 닮은 정도", "Likeness of profile and posting text", 0.1),
    Feature(
        "recency",
        "공고가 새로운 정도(30일마다 절반)",
        "How new the posting is (halves every 30 days)",
        0.5,
    ),
    Feature(
        "schedule",
        "시작일에 맞출 수 있는 정도(90일 늦으면 0)",
        "Free by the start date (0 when 90 days late)",
        0.5,
    ),
)
NEUTRAL: Mapping[str, float] = {each.name: each.neutral for each in OPENING_FEATURES}


def names(features: Sequence[Feature]) -> tuple[str, ...]:
    return tuple(each.name for each in features)


def opening_features(seeker: Seeker, opening: Opening, context: RankingContext) -> Floats:
    """(d,) in the order of `OPENING_FEATURES`."""
    row: Floats = opening_matrix(seeker, [opening], context)[0]
    return row


def opening_matrix(
    seeker: Seeker, openings: Sequence[Opening] | PreparedOpenings, context: RankingContext
) -> Floats:
    """(n, d) float64, one row per opening in the given order."""
    many = openings_of(openings, context)
    one = PreparedSeekers.from_seekers([seeker], context)
    credit, proved = credit_table(one.held, many.asks)
    ask, row = many.entries.ask, many.entries.row
    graded = _graded(many, credit[0, ask], proved[0, ask], row, len(many))
    pairs = [(seeker, each) for each in many.openings]
    return _columns(graded, pairs, _likeness(many.text, one.text, len(many)), context)


def candidate_matrix(
    opening: Opening, seekers: Sequence[Seeker] | PreparedSeekers, context: RankingContext
) -> Floats:
    """(n, d) float64, one row per person in the given order."""
    many = seekers_of(seekers, context)
    one = PreparedOpenings.from_openings([opening], context)
    credit, proved = credit_table(many.held, one.asks)
    ask = one.entries.ask
    row = np.repeat(np.arange(len(many), dtype=np.int64), len(ask))
    graded = _graded(one, credit[:, ask].ravel(), proved[:, ask].ravel(), row, len(many))
    pairs = [(each, opening) for each in many.seekers]
    return _columns(graded, pairs, _likeness(many.text, one.text, len(many)), context)


def _graded(
    openings: PreparedOpenings, credit: Floats, proved: Floats, row: Ints, rows: int
) -> dict[str, Floats]:
    """The four proof features; `row` repeats the entries once per person on the candidate side."""
    times = len(credit) // max(1, len(openings.entries.ask))
    parts = {
        "must_skill": (credit, openings.entries.must),
        "nice_skill": (credit, openings.entries.nice),
        "certificate": (credit, openings.entries.certificate),
        "proof": (proved, openings.entries.proof),
    }
    return {
        name: grouped_mean(row, value, np.tile(share, times), rows, NEUTRAL[name])
        for name, (value, share) in parts.items()
    }


def _columns(
    graded: dict[str, Floats],
    pairs: Sequence[tuple[Seeker, Opening]],
    text: Floats,
    context: RankingContext,
) -> Floats:
    matrix = np.empty((len(pairs), len(OPENING_FEATURES)))
    for column, feature in enumerate(OPENING_FEATURES):
        rule = _PAIR_RULES.get(feature.name)
        if feature.name in graded:
            matrix[:, column] = graded[feature.name]
        elif rule is None:
            matrix[:, column] = np.where(text >= 0.0, text, feature.neutral)
        else:
            today = context.today
            matrix[:, column] = [rule(seeker, opening, today) for seeker, opening in pairs]
    return matrix


def _likeness(many: object, one: object, rows: int) -> Floats:
    """(n,) likeness, -1 where one of the two sides has no text."""
    if many is None or one is None:
        return np.full(rows, -1.0)
    from matcher.ranking.text import text_column

    return text_column(many, one)


def wish(wishes: Mapping[str, float], value: str | None, neutral: float = 0.5) -> float:
    """No wish stated, or nothing to compare it with: neutral. A stated wish elsewhere: 0."""
    if not wishes or value is None:
        return neutral
    return wishes.get(value, 0.0)


def recency(posted_on: date | None, today: date, neutral: float = 0.5) -> float:
    if posted_on is None:
        return neutral
    return float(0.5 ** (max(0, (today - posted_on).days) / RECENCY_HALF_LIFE_DAYS))


def punctuality(free_from: date | None, starts_on: date | None, neutral: float = 0.5) -> float:
    if free_from is None or starts_on is None:
        return neutral
    return max(0.0, 1.0 - max(0, (free_from - starts_on).days) / LATE_DAYS)


_PAIR_RULES: dict[str, Callable[[Seeker, Opening, date], float]] = {
    "sector_wish": lambda who, what, _: wish(who.sectors, what.sector),
    "region_wish": lambda who, what, _: wish(who.regions, what.region),
    "employment_wish": lambda who, what, _: wish(who.employment, what.employment_type),
    "recency": lambda _, what, today: recency(what.posted_on, today),
    "schedule": lambda who, what, _: punctuality(who.available_from, what.starts_on),
}
