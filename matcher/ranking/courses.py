"""What the score looks at for a person and a course: nine numbers in 0..1, never NaN.

Targets are the openings the person aims at, with weights. Finishing a course is tried on the same
credit table the openings are scored with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matcher.ranking.context import RankingContext
from matcher.ranking.credits import Floats, HeldTable, credit_table
from matcher.ranking.features import Feature, punctuality, recency, wish
from matcher.ranking.prepared import PreparedOpenings, PreparedSeekers, only_once
from matcher.ranking.requirements import Reach, check
from matcher.ranking.types import (
    Adjacency,
    CertificationProof,
    Course,
    Opening,
    Seeker,
    SessionSlot,
    SkillProof,
    Target,
    level_after,
)

PLENTY_OF_SEATS = 5

COURSE_FEATURES: tuple[Feature, ...] = (
    Feature(
        "gap_closed",
        "목표 공고까지의 빈틈을 메우는 몫(제곱근이라 첫걸음이 커요)",
        "Share of the gap to the targets it closes (square root: first steps count more)",
        0.2,
    ),
    Feature(
        "certificate_help",
        "목표 공고에 모자란 자격증을 준비하는 몫",
        "Share of the missing target certificates it prepares for",
        0.2,
    ),
    Feature(
        "prerequisites",
        "먼저 알아야 하는 것을 갖춘 몫(없으면 1)",
        "Share of the prerequisites held (1 if there are none)",
        1.0,
        is_proof=True,
    ),
    Feature(
        "schedule",
        "주당 시간과 시작일이 맞는 정도",
        "Fit of weekly hours and start date",
        0.5,
    ),
    Feature("fee", "예산으로 낼 수 있는 몫", "Share of the fee the budget covers", 0.5),
    Feature("seats", "남은 자리(다섯 자리부터 1)", "Seats left (1 from five seats)", 0.5),
    Feature("sector_wish", "바라는 산업과 맞는 정도", "Fit with the wished-for sectors", 0.5),
    Feature("text", "자기소개와 과정 소개의 닮은 정도", "Likeness of profile and course text", 0.1),
    Feature(
        "starts_soon",
        "시작이 가까운 정도(30일마다 절반)",
        "How soon it starts (halves every 30 days)",
        0.5,
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
) -> CourseMatrix:
    only_once((each.id for each in courses), "course")
    sessions = tuple(best_session(seeker, each, context.today) for each in courses)
    skill, certificate = _closed(seeker, courses, targets, context)
    reach = Reach.of(seeker, context.adjacency, context.today)
    columns: dict[str, Floats | list[float]] = {
        "gap_closed": skill,
        "certificate_help": certificate,
        "prerequisites": [_prerequisites(seeker, each, context, reach) for each in courses],
        "schedule": [_schedule(seeker, each) for each in sessions],
        "fee": [_fee(seeker, each) for each in sessions],
        "seats": [_seats(each) for each in sessions],
        "sector_wish": [wish(seeker.sectors, each.sector) for each in courses],
        "text": _text(seeker, courses, context),
        "starts_soon": [_soon(each, context.today) for each in sessions],
    }
    matrix = np.empty((len(courses), len(COURSE_FEATURES)))
    for index, feature in enumerate(COURSE_FEATURES):
        matrix[:, index] = columns[feature.name]
    return CourseMatrix(matrix, sessions)


def finished(seeker: Seeker, course: Course, verified: float = 0.0) -> dict[str, SkillProof]:
    """The course's skills as this person would hold them afterwards; nothing goes down."""
    after: dict[str, SkillProof] = {}
    for slug in sorted(course.gained):
        held = seeker.skills.get(slug)
        level = level_after(held.level if held else 0, course.gained[slug])
        after[slug] = SkillProof(slug, level, max(verified, held.verified if held else 0.0))
    return after


def gaps_closed(
    seeker: Seeker, course: Course, opening: Opening, adjacency: Adjacency, today: date
) -> tuple[int, int]:
    """(requirements the course brings to "met", requirements open now): "closes 2 of your 5 gaps".

    Certificates are not counted as closed: preparing for one is not passing it.
    """
    after = Seeker(
        seeker.id,
        {**seeker.skills, **finished(seeker, course)},
        seeker.certifications,
        licences=seeker.licences,
    )
    now = check(seeker, opening.requirements, adjacency, today=today)
    then = check(after, opening.requirements, adjacency, today=today)
    asked = [
        (old.met, new.met)
        for old, new in zip(now.lines, then.lines, strict=True)
        if old.kind != "exclude"
    ]
    open_now = [new for old, new in asked if old != "met"]
    return sum(new == "met" for new in open_now), len(open_now)


def _closed(
    seeker: Seeker,
    courses: Sequence[Course],
    targets: Sequence[Target],
    context: RankingContext,
) -> tuple[Floats, Floats]:
    """Per course: (root of the share of skill gaps closed, share of certificate gaps served)."""
    ordered = sorted(targets, key=lambda each: each.opening.id)
    goal = PreparedOpenings.from_openings([each.opening for each in ordered], context)
    weight = np.array([each.weight for each in ordered], dtype=np.float64)
    now, _ = credit_table(HeldTable.of([seeker], context.today), goal.asks)
    trial = [_trial(seeker, each) for each in courses]
    then, _ = credit_table(HeldTable.of(trial, context.today), goal.asks)
    gain = np.maximum(then - now, 0.0)
    entries = goal.entries
    skill = _share(
        goal, now[0], gain, np.where(entries.certificate > 0, 0.0, entries.proof), weight
    )
    served = _share(goal, now[0], gain, entries.certificate, weight)
    nothing_left = 0.0 if len(ordered) else _NEUTRAL["gap_closed"]
    return (
        np.full(len(courses), nothing_left) if skill is None else np.sqrt(skill),
        np.full(len(courses), _NEUTRAL["certificate_help"]) if served is None else served,
    )


def _share(
    goal: PreparedOpenings, now: Floats, gain: Floats, importance: Floats, weight: Floats
) -> Floats | None:
    """(courses,) weighted mean over targets of closed/open; None if no target has a gap."""
    row, ask, size = goal.entries.row, goal.entries.ask, len(goal)
    missing = np.bincount(row, weights=importance * (1.0 - now[ask]), minlength=size)
    worth = np.where(missing > 1e-12, weight, 0.0)
    if not worth.sum() > 0.0:
        return None
    scale = worth / worth.sum() / np.where(missing > 1e-12, missing, 1.0)
    per_entry = importance * scale[row]
    # one sum per ask first: courses x asks stays small however many targets there are
    per_ask = np.bincount(ask, weights=per_entry, minlength=len(now))
    total = np.zeros(len(gain))
    for column in np.flatnonzero(per_ask):
        total += gain[:, column] * per_ask[column]
    return np.clip(total, 0.0, 1.0)


def _trial(seeker: Seeker, course: Course) -> Seeker:
    """Only what the course brings; what is held already is in the other table."""
    linked = {each: CertificationProof(each) for each in course.certifications}
    return Seeker(course.id, finished(seeker, course), linked)


def best_session(seeker: Seeker, course: Course, today: date) -> SessionSlot | None:
    """The open session that suits best: time, then fee, then a free seat, then the earliest."""
    open_now = [each for each in course.sessions if each.is_open(today)]
    return min(
        open_now,
        key=lambda each: (
            -_schedule(seeker, each),
            -_fee(seeker, each),
            each.seats_left == 0,
            each.starts_on,
            each.ends_on,
            each.fee_krw,
            each.id or 0,
        ),
        default=None,
    )


def _prerequisites(seeker: Seeker, course: Course, context: RankingContext, reach: Reach) -> float:
    lines = check(seeker, course.needed, context.adjacency, today=context.today, reach=reach).lines
    shares = [(each.credit, 1.0 if each.kind == "must" else 0.5) for each in lines]
    graded = [pair for pair, each in zip(shares, lines, strict=True) if each.kind in _GRADED]
    if not graded:
        return 1.0
    return sum(credit * share for credit, share in graded) / sum(share for _, share in graded)


_GRADED = ("must", "nice")


def _schedule(seeker: Seeker, slot: SessionSlot | None) -> float:
    if slot is None:
        return _NEUTRAL["schedule"]
    if seeker.weekly_hours is None:
        return punctuality(seeker.available_from, slot.starts_on)
    enough = seeker.weekly_hours >= slot.weekly_hours
    hours = 1.0 if enough else max(0.0, seeker.weekly_hours / slot.weekly_hours)
    return min(hours, punctuality(seeker.available_from, slot.starts_on, 1.0))


def _fee(seeker: Seeker, slot: SessionSlot | None) -> float:
    if slot is None:
        return _NEUTRAL["fee"]
    if slot.fee_krw <= 0:
        return 1.0
    if seeker.budget_krw is None:
        return _NEUTRAL["fee"]
    return min(1.0, max(0, seeker.budget_krw) / slot.fee_krw)


def _seats(slot: SessionSlot | None) -> float:
    if slot is None:
        return _NEUTRAL["seats"]
    if slot.seats_left is None:
        return 1.0
    return min(1.0, max(0, slot.seats_left) / PLENTY_OF_SEATS)


def _soon(slot: SessionSlot | None, today: date) -> float:
    # as many days ahead as a posting is old: the same halving
    return recency(None, today) if slot is None else recency(today, slot.starts_on)


def _text(seeker: Seeker, courses: Sequence[Course], context: RankingContext) -> Floats:
    neutral = np.full(len(courses), _NEUTRAL["text"])
    if context.text is None:
        return neutral
    from matcher.ranking.text import text_column

    one = PreparedSeekers.from_seekers([seeker], context).text
    column = text_column(context.text.rows([each.text for each in courses]), one)
    return np.where(column >= 0.0, column, neutral)
