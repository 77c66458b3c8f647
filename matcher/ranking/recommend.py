"""Rank openings for a person, people for an opening, courses for a person.

The order is the additive score before clipping; ties fall by a salted hash of both sides, never
by id, name or time, so nobody is always first. The same pair has the same score from both sides.
scikit-learn is loaded on the first ranking, not on import.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from matcher.ranking.candidates import (
    EmptyReason,
    Excluded,
    Kind,
    blank_profile,
    stopped,
    stopped_course,
    why_empty,
)
from matcher.ranking.context import RankingContext
from matcher.ranking.courses import course_matrix
from matcher.ranking.credits import Floats
from matcher.ranking.features import candidate_matrix, opening_matrix
from matcher.ranking.neutral import by_day
from matcher.ranking.places import Place, clipped, in_order, tie_of_opening, tie_of_seeker
from matcher.ranking.prepared import (
    PreparedOpenings,
    PreparedSeekers,
    openings_of,
    seekers_of,
)
from matcher.ranking.requirements import Checklist, Reach, canonical, check_canonical, hard
from matcher.ranking.tables import added
from matcher.ranking.types import Course, Opening, Requirement, Seeker, Target

if TYPE_CHECKING:
    from matcher.ranking.model import Scorer

CLIP = "clip"


@dataclass(frozen=True, slots=True)
class Contribution:
    """`value` in points of the 0-5 scale; `feature` 0..1 (None for the clip line); `points` lie
    between feature values 0 and 1."""

    code: str
    value: float
    feature: float | None
    points: float = 0.0


@dataclass(frozen=True, slots=True)
class RankedItem:
    """score == base + sum of contribution values, to 1e-9. `session` is for courses.

    While ranking is off all of them are nought and mean nothing: screens show none of them.
    """

    id: int
    rank: int
    score: float
    base: float
    contributions: tuple[Contribution, ...]
    checklist: Checklist
    session: int | None = None

    @property
    def shown_score(self) -> float | None:
        """None while ranking is off."""
        return self.score if self.contributions else None


@dataclass(frozen=True, slots=True)
class Ranking:
    """`total` = how many were ranked; `items` may be fewer (limit). `excluded` in id order."""

    items: tuple[RankedItem, ...]
    total: int
    excluded: tuple[Excluded, ...]
    model_version: str
    empty: EmptyReason | None = None
    is_neutral: bool = False


def rank_openings(
    seeker: Seeker,
    openings: Sequence[Opening] | PreparedOpenings,
    context: RankingContext,
    limit: int | None = None,
) -> Ranking:
    many = openings_of(openings, context)
    reach = Reach.of(seeker, context.adjacency, context.today)
    excluded = opening_exclusions(many, seeker, context)
    blank = _blank(seeker, many.requirements, context) if len(many) else None
    if blank is not None:
        return _nothing(excluded, blank, context)

    def checklist(index: int) -> Checklist:
        return check_canonical(many.requirements[index], reach)

    return _ranked(
        kind="opening",
        context=context,
        ids=[each.id for each in many.openings],
        days=[each.closes_on for each in many.openings],
        matrix=opening_matrix(seeker, many, context),
        excluded=excluded,
        tie=tie_of_seeker(seeker, context),
        limit=limit,
        checklist=checklist,
    )


def opening_places(
    seeker: Seeker, openings: Sequence[Opening] | PreparedOpenings, context: RankingContext
) -> dict[int, Place]:
    """Score and place by opening id, exactly as `rank_openings` gives them, without the reasons."""
    many = openings_of(openings, context)
    if _blank(seeker, (), context) is not None:
        return {}
    out = {each.id for each in opening_exclusions(many, seeker, context)}
    kept = [index for index, each in enumerate(many.openings) if each.id not in out]
    ids = [many.openings[index].id for index in kept]
    tie = tie_of_seeker(seeker, context)
    if context.serving.is_neutral:
        order = by_day(ids, [many.openings[index].closes_on for index in kept], tie)
        return {ids[place]: Place(rank, None) for rank, place in enumerate(order, start=1)}
    additive = _scorer("opening", context).additive(opening_matrix(seeker, many, context)[kept])
    order = in_order(ids, additive, tie)
    return {
        ids[place]: Place(rank, clipped(float(additive[place])))
        for rank, place in enumerate(order, start=1)
    }


def rank_candidates(
    opening: Opening,
    seekers: Sequence[Seeker] | PreparedSeekers,
    context: RankingContext,
    limit: int | None = None,
) -> Ranking:
    """`excluded` tells the partner how many the hard rules left out; show counts, not people."""
    many = seekers_of(seekers, context)
    wanted = canonical(opening.requirements)
    asked = frozenset(each.key for each in wanted)
    excluded = candidate_exclusions(opening, many.seekers, context)

    def checklist(index: int) -> Checklist:
        reach = Reach.of(many.seekers[index], context.adjacency, context.today, asked)
        return check_canonical(wanted, reach)

    return _ranked(
        kind="candidate",
        context=context,
        ids=[each.id for each in many.seekers],
        days=[None] * len(many),
        matrix=candidate_matrix(opening, many, context),
        excluded=excluded,
        tie=tie_of_opening(opening, context),
        limit=limit,
        checklist=checklist,
    )


def rank_courses(
    seeker: Seeker,
    courses: Sequence[Course],
    targets: Sequence[Target],
    context: RankingContext,
    limit: int | None = None,
    openings: Sequence[Opening] | PreparedOpenings = (),
) -> Ranking:
    """`targets`: the openings aimed at; without any, the gap neither helps nor hurts a course.
    `openings`: all those whose scores a finished course may raise."""
    reach = Reach.of(seeker, context.adjacency, context.today)
    stops = (stopped_course(each, seeker, context.today) for each in courses)
    excluded = tuple(each for each in stops if each is not None)
    wanted = [canonical(each.opening.requirements) for each in targets]
    blank = _blank(seeker, wanted, context) if courses else None
    if blank is not None:
        return _nothing(excluded, blank, context)
    features = course_matrix(seeker, courses, targets, context, openings)

    def checklist(index: int) -> Checklist:
        return check_canonical(canonical(courses[index].needed), reach)

    return _ranked(
        kind="course",
        context=context,
        ids=[each.id for each in courses],
        days=[None if each is None else each.starts_on for each in features.sessions],
        matrix=features.matrix,
        excluded=excluded,
        tie=f"{context.salt}|courses:{seeker.id}",
        limit=limit,
        checklist=checklist,
        sessions=[None if each is None else each.id for each in features.sessions],
    )


def opening_exclusions(
    many: PreparedOpenings, seeker: Seeker, context: RankingContext
) -> tuple[Excluded, ...]:
    pairs = zip(many.openings, many.rules, strict=True)
    stops = (
        stopped(opening.id, rules, seeker, opening.closes_on, context.today)
        for opening, rules in pairs
    )
    return tuple(each for each in stops if each is not None)


def candidate_exclusions(
    opening: Opening, seekers: Iterable[Seeker], context: RankingContext
) -> tuple[Excluded, ...]:
    rules, today = hard(canonical(opening.requirements)), context.today
    closed = opening.closes_on is not None and opening.closes_on < today
    if not rules and not closed:
        return ()
    stops = (stopped(each.id, rules, each, opening.closes_on, today) for each in seekers)
    return tuple(each for each in stops if each is not None)


def _blank(
    seeker: Seeker, wanted: Iterable[Iterable[Requirement]], context: RankingContext
) -> EmptyReason | None:
    """Nothing recorded matters only where something is scored."""
    return None if context.serving.is_neutral else blank_profile(seeker, wanted)


def _scorer(kind: Kind, context: RankingContext) -> "Scorer":
    model = context.serving
    return model.course if kind == "course" else model.opening


def _nothing(excluded: Sequence[Excluded], why: EmptyReason, context: RankingContext) -> Ranking:
    model = context.serving
    return Ranking((), 0, _by_id(excluded), model.version, why, model.is_neutral)


def _by_id(excluded: Iterable[Excluded]) -> tuple[Excluded, ...]:
    return tuple(sorted(excluded, key=lambda each: each.id))


def _ranked(
    *,
    kind: Kind,
    context: RankingContext,
    ids: Sequence[int],
    days: Sequence[date | None],
    matrix: Floats,
    excluded: Sequence[Excluded],
    tie: str,
    limit: int | None,
    checklist: Callable[[int], Checklist],
    sessions: Sequence[int | None] | None = None,
) -> Ranking:
    out = {each.id for each in excluded}
    kept = [index for index, item in enumerate(ids) if item not in out]
    if not kept:
        return _nothing(excluded, why_empty(excluded, kind), context)
    some = [ids[index] for index in kept]
    score: Callable[[int], _Score]
    if context.serving.is_neutral:
        order, score = by_day(some, [days[index] for index in kept], tie), _no_score
    else:
        order, score = _scored(_scorer(kind, context), some, matrix[kept], tie)
    items = tuple(
        RankedItem(
            ids[kept[place]],
            rank,
            *score(place),
            checklist=checklist(kept[place]),
            session=sessions[kept[place]] if sessions is not None else None,
        )
        for rank, place in enumerate(order[:limit], start=1)
    )
    model = context.serving
    return Ranking(items, len(kept), _by_id(excluded), model.version, None, model.is_neutral)


_Score = tuple[float, float, tuple[Contribution, ...]]
"""Score, base, contributions."""


def _scored(
    scorer: "Scorer", ids: Sequence[int], matrix: Floats, tie: str
) -> tuple[list[int], Callable[[int], _Score]]:
    parts = scorer.contributions(matrix)
    additive = added(parts, scorer.base_)

    def score(place: int) -> _Score:
        exact = float(additive[place])
        lines = _lines(scorer, matrix[place], parts[place], exact)
        return clipped(exact), scorer.base_, lines

    return in_order(ids, additive, tie), score


def _no_score(place: int) -> _Score:
    return 0.0, 0.0, ()


def _lines(
    scorer: "Scorer", row: Floats, parts: Floats, additive: float
) -> tuple[Contribution, ...]:
    lines = [
        Contribution(name, value, feature, points)
        for name, value, feature, points in zip(
            scorer.names, parts.tolist(), row.tolist(), scorer.rise().tolist(), strict=True
        )
    ]
    over = clipped(additive) - additive
    if over != 0.0:
        lines.append(Contribution(CLIP, over, None))
    return tuple(lines)
