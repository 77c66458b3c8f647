"""What the score looks at for a person and a course: thirteen numbers in 0..1, never NaN.

Targets are the openings the person aims at, with weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.ranking.context import RankingContext
from matcher.ranking.credits import Floats
from matcher.ranking.features import Feature, proof
from matcher.ranking.gaps import NO_TARGET, closed
from matcher.ranking.opening_gain import opening_gain
from matcher.ranking.pair_rules import AVERAGE_INTEREST, UNKNOWN_DAY, interest, wish
from matcher.ranking.prepared import PreparedOpenings, PreparedSeekers, only_once, openings_of
from matcher.ranking.requirements import Reach, canonical, check_canonical
from matcher.ranking.sessions import (
    NO_SESSION,
    best_session,
    fee,
    schedule,
    seats,
    starts_soon,
)
from matcher.ranking.types import Course, Opening, Seeker, SessionSlot, Target

STEPS_TOO_HIGH = 2
"""Who starts so many levels below the entry level of a course is not suited at all."""

COURSE_FEATURES: tuple[Feature, ...] = (
    Feature(
        "gap_closed",
        "목표 공고까지의 빈틈을 메우는 몫(제곱근이라 첫걸음이 커요)",
        "Share of the gap to the targets it closes (square root: first steps count more)",
        NO_TARGET,
        1,
    ),
    Feature(
        "certificate_help",
        "목표 공고에 모자란 자격증을 준비하는 몫",
        "Share of the missing target certificates it prepares for",
        NO_TARGET,
        1,
    ),
    proof(
        "prerequisites",
        "먼저 알아야 하는 것을 갖춘 몫(없으면 1)",
        "Share of the prerequisites held (1 if there are none)",
        1.0,
    ),
    Feature(
        "schedule",
        "주당 시간과 시작일이 맞는 정도",
        "Fit of weekly hours and start date",
        NO_SESSION,
        1,
    ),
    Feature("fee", "예산으로 낼 수 있는 몫", "Share of the fee the budget covers", NO_SESSION, 1),
    Feature("seats", "남은 자리(다섯 자리부터 1)", "Seats left (1 from five seats)", NO_SESSION),
    Feature("sector_wish", "바라는 산업과 맞는 정도", "Fit with the wished-for sectors", 0.5, 1),
    Feature("text", "자기소개와 과정 소개의 닮은 정도", "Likeness of profile and course text", 0.1),
    Feature(
        "starts_soon",
        "시작이 가까운 정도(30일마다 절반)",
        "How soon it starts (halves every 30 days)",
        UNKNOWN_DAY,
    ),
    Feature(
        "opening_gain",
        "과정을 마치면 가장 잘 맞는 공고 열 개의 점수가 오르는 폭(5점이면 1)",
        "How far the scores of the ten best openings rise once it is finished (1 = five points)",
        0.02,
        1,
    ),
    Feature(
        "already_known",
        "가르치는 것 가운데 그 수준까지 이미 아는 몫",
        "Share of what it teaches that is already held at that level",
        0.2,
        -1,
    ),
    Feature(
        "level_fit",
        "과정이 시작하는 수준이 지금 수준과 맞는 정도",
        "How well its entry level suits what is held now",
        0.5,
        1,
    ),
    Feature(
        "popularity",
        "본 사람 가운데 관심을 보인 비율(평균이면 0.5)",
        "How many of those who saw it took an interest (0.5 is the average)",
        AVERAGE_INTEREST,
    ),
)
_NEUTRAL = {each.name: each.neutral for each in COURSE_FEATURES}


@dataclass(frozen=True, slots=True)
class CourseMatrix:
    """(n, d) features and, per course, the session they speak of (None: no open session)."""

    matrix: Floats
    sessions: tuple[SessionSlot | None, ...]


def course_matrix(
    seeker: Seeker,
    courses: Sequence[Course],
    targets: Sequence[Target],
    context: RankingContext,
    openings: Sequence[Opening] | PreparedOpenings = (),
) -> CourseMatrix:
    """`openings`: those whose scores a finished course may raise; without any it is neutral."""
    only_once((each.id for each in courses), "course")
    sessions = tuple(best_session(seeker, each, context.today) for each in courses)
    skill, certificate = closed(seeker, courses, targets, context)
    gain = opening_gain(seeker, courses, openings_of(openings, context), context)
    reach = Reach.of(seeker, context.adjacency, context.today)
    columns: dict[str, Floats | list[float] | float] = {
        "gap_closed": skill,
        "certificate_help": certificate,
        "prerequisites": [_prerequisites(each, reach) for each in courses],
        "schedule": [schedule(seeker, each) for each in sessions],
        "fee": [fee(seeker, each) for each in sessions],
        "seats": [seats(each) for each in sessions],
        "sector_wish": [wish(seeker.sectors, each.sector) for each in courses],
        "text": _text(seeker, courses, context),
        "starts_soon": [starts_soon(each, context.today) for each in sessions],
        "opening_gain": _NEUTRAL["opening_gain"] if gain is None else gain,
        "already_known": [_already_known(seeker, each) for each in courses],
        "level_fit": [_level_fit(seeker, each) for each in courses],
        "popularity": [interest(each.popularity) for each in courses],
    }
    matrix = np.empty((len(courses), len(COURSE_FEATURES)))
    for index, feature in enumerate(COURSE_FEATURES):
        matrix[:, index] = columns[feature.name]
    return CourseMatrix(matrix, sessions)


def _held(seeker: Seeker, slug: str) -> int:
    held = seeker.skills.get(slug)
    return held.level if held is not None else 0


def _already_known(seeker: Seeker, course: Course) -> float:
    if not course.gained:
        return _NEUTRAL["already_known"]
    known = sum(_held(seeker, slug) >= high for slug, (_, high) in course.gained.items())
    return known / len(course.gained)


def _level_fit(seeker: Seeker, course: Course) -> float:
    """Mean over what it teaches: 1 at the entry level, less for each level missing below it and
    for each step that is known already."""
    if not course.gained:
        return _NEUTRAL["level_fit"]
    fits = [_step_fit(_held(seeker, slug), *step) for slug, step in sorted(course.gained.items())]
    return sum(fits) / len(fits)


def _step_fit(held: int, low: int, high: int) -> float:
    if held < low:
        return max(0.0, 1.0 - (low - held) / STEPS_TOO_HIGH)
    return max(0.0, (high - held) / (high - low))


def _prerequisites(course: Course, reach: Reach) -> float:
    lines = check_canonical(canonical(course.needed), reach).lines
    shares = [(each.credit, 1.0 if each.kind == "must" else 0.5) for each in lines]
    graded = [pair for pair, each in zip(shares, lines, strict=True) if each.kind in _GRADED]
    if not graded:
        return 1.0
    return sum(credit * share for credit, share in graded) / sum(share for _, share in graded)


_GRADED = ("must", "nice")


def _text(seeker: Seeker, courses: Sequence[Course], context: RankingContext) -> Floats:
    neutral = np.full(len(courses), _NEUTRAL["text"])
    if context.text is None:
        return neutral
    from matcher.ranking.text import text_column

    one = PreparedSeekers.from_seekers([seeker], context).text
    column = text_column(context.text.rows([each.text for each in courses]), one)
    return np.where(column >= 0.0, column, neutral)
