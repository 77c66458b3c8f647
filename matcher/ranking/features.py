"""What the score looks at for a person and an opening: sixteen numbers in 0..1, never NaN.

`opening_matrix` (one person, many openings) and `candidate_matrix` (one opening, many people) give
the same bits for the same pair. A feature nobody can judge (nothing asked, no wish stated) takes
its `neutral` value, which moves the score by exactly nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from matcher.ranking import pair_rules
from matcher.ranking.context import RankingContext
from matcher.ranking.credits import Floats, credit_table
from matcher.ranking.graded import graded
from matcher.ranking.pair_rules import OPENING_RULES, PAIR_RULES
from matcher.ranking.prepared import (
    PreparedOpenings,
    PreparedSeekers,
    openings_of,
    seekers_of,
)
from matcher.ranking.types import Opening, Seeker


@dataclass(frozen=True, slots=True)
class Feature:
    """`direction`: as the feature rises the score never falls (+1), never rises (-1) or may do
    either (0). `is_proof`: more skills, levels, certificates and verification move the feature in
    that direction or not at all, and so never lower a score."""

    name: str
    text_ko: str
    text_en: str
    neutral: float
    direction: Literal[-1, 0, 1] = 0
    is_proof: bool = False


def proof(
    name: str, text_ko: str, text_en: str, neutral: float, direction: Literal[-1, 1] = 1
) -> Feature:
    return Feature(name, text_ko, text_en, neutral, direction, is_proof=True)


OPENING_FEATURES: tuple[Feature, ...] = (
    proof(
        "must_skill",
        "필수 기술을 요구 수준까지 갖춘 몫(비슷한 기술은 일부만)",
        "Share of required skills held at the asked level (near skills count partly)",
        0.4,
    ),
    proof(
        "nice_skill",
        "우대 기술을 요구 수준까지 갖춘 몫",
        "Share of nice-to-have skills held at the asked level",
        0.3,
    ),
    proof(
        "certificate",
        "요구한 자격증을 가진 몫(기한이 지난 것은 0.3)",
        "Share of the certificates asked for (an expired one counts 0.3)",
        0.3,
    ),
    proof(
        "proof",
        "요구한 것 가운데 확인까지 된 몫",
        "Share of what is asked that is also verified",
        0.2,
    ),
    Feature("sector_wish", "바라는 산업과 맞는 정도", "Fit with the wished-for sectors", 0.5, 1),
    Feature("region_wish", "바라는 지역과 맞는 정도", "Fit with the wished-for regions", 0.5, 1),
    Feature(
        "employment_wish",
        "바라는 고용 형태와 맞는 정도",
        "Fit with the wished-for kinds of employment",
        0.5,
        1,
    ),
    Feature("text", "자기소개와 공고의 닮은 정도", "Likeness of profile and posting text", 0.1),
    Feature(
        "recency",
        "공고가 새로운 정도(30일마다 절반)",
        "How new the posting is (halves every 30 days)",
        pair_rules.UNKNOWN_DAY,
    ),
    Feature(
        "schedule",
        "시작일에 맞출 수 있는 정도(90일 늦으면 0)",
        "Free by the start date (0 when 90 days late)",
        0.5,
        1,
    ),
    proof(
        "must_missing",
        "필수 조건 가운데 비슷한 것조차 없는 몫",
        "Share of the requirements with nothing held that counts, not even something near",
        0.4,
        -1,
    ),
    proof(
        "must_exact",
        "필수 조건 가운데 바로 그것을 요구 수준까지 갖춘 몫",
        "Share of the requirements held as such, at the asked level",
        0.3,
    ),
    proof(
        "level_surplus",
        "요구한 기술의 수준을 넘어서는 정도(두 단계 위면 1)",
        "How far above the asked levels (1 from two levels above)",
        0.1,
    ),
    proof(
        "certificate_verified",
        "요구한 자격증이 유효하고 확인까지 된 정도",
        "How far the certificates asked for are valid and verified",
        0.2,
    ),
    proof(
        "mentioned_skill",
        "조건에는 없지만 공고 글에 나오는 기술을 가진 몫",
        "Share of the skills held that the text names beyond the requirements",
        0.3,
    ),
    Feature(
        "popularity",
        "본 사람 가운데 관심을 보인 비율(평균이면 0.5)",
        "How many of those who saw it took an interest (0.5 is the average)",
        pair_rules.AVERAGE_INTEREST,
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
    return _matrix(one, many, _likeness(many.text, one.text, len(many)), context)


def candidate_matrix(
    opening: Opening, seekers: Sequence[Seeker] | PreparedSeekers, context: RankingContext
) -> Floats:
    """(n, d) float64, one row per person in the given order."""
    many = seekers_of(seekers, context)
    one = PreparedOpenings.from_openings([opening], context)
    return _matrix(many, one, _likenesses(many, opening.text, context), context)


def _matrix(
    people: PreparedSeekers, openings: PreparedOpenings, text: Floats, context: RankingContext
) -> Floats:
    """(people x openings, d), one person or one opening."""
    proofs = graded(openings, credit_table(people.held, openings.asks), NEUTRAL)
    pairs = [(who, what) for who in people.seekers for what in openings.openings]
    matrix = np.empty((len(pairs), len(OPENING_FEATURES)), order="F")
    for column, feature in enumerate(OPENING_FEATURES):
        name = feature.name
        if name in proofs:
            matrix[:, column] = proofs[name].ravel()
        elif name in PAIR_RULES:
            matrix[:, column] = [PAIR_RULES[name](who, what) for who, what in pairs]
        elif name in OPENING_RULES:
            rule = OPENING_RULES[name]
            matrix[:, column] = [rule(each, context.today) for each in openings.openings]
        else:
            matrix[:, column] = np.where(text >= 0.0, text, feature.neutral)
    return matrix


def _likenesses(many: PreparedSeekers, one: str, context: RankingContext) -> Floats:
    """`_likeness` of many people's texts and one, remembered."""
    space = context.text
    if space is None:
        return np.full(len(many), -1.0)
    return space.likenesses([each.text for each in many.seekers], one, lambda: many.text)


def _likeness(many: object, one: object, rows: int) -> Floats:
    """(n,) likeness, -1 where one of the two sides has no text."""
    if many is None or one is None:
        return np.full(rows, -1.0)
    from matcher.ranking.text import text_column

    return text_column(many, one)
