"""Rank openings for a person, people for an opening, courses for a person.

The order is the additive score before clipping; ties fall by a salted hash of both sides, never
by id, name or time, so nobody is always first. The same pair has the same score from both sides.
scikit-learn is loaded on the first ranking, not on import.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
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


@dataclass(frozen=True)
class Reasons:
    """Why each item of one ranking stands where it does, put together when somebody looks: of ten
    thousand ranked people a page shows twenty. Both are asked by an item's `place`."""

    lines: Callable[[int], tuple[Contribution, ...]]
    checklist: Callable[[int], Checklist]

    @classmethod
    def remembered(
        cls,
        lines: Callable[[int], tuple[Contribution, ...]],
        checklist: Callable[[int], Checklist],
    ) -> "Reasons":
        return cls(cache(lines), cache(checklist))


@dataclass(frozen=True, slots=True, eq=False)
class RankedItem:
    """score == base + sum of contribution values, to 1e-9. `session` is for courses.

    While ranking is off all of them are nought and mean nothing: screens show none of them.
    """

    id: int
    rank: int
    score: float
    base: float
    reasons: Reasons = field(repr=False)
    place: int = field(repr=False)
    session: int | None = None

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        return self.reasons.lines(self.place)

    @property
    def checklist(self) -> Checklist:
        return self.reasons.checklist(self.place)

    @property
    def shown_score(self) -> float | None:
        """None while ranking is off."""
        return self.score if self.contributions else None

    def __eq__(self, other: object) -> bool:
        """Reasons are compared by what they say."""
        if not isinstance(other, RankedItem) or self._place() != other._place():
            return False
        return (self.contributions, self.checklist) == (other.contributions, other.checklist)

    def __hash__(self) -> int:
        return hash(self._place())

    def _place(self) -> tuple[float | None, ...]:
        return self.id, self.rank, self.score, self.base, self.session


@dataclass(frozen=True)
class Scored:
    """The arrays behind a ranking, one row a ranked thing; an item's `place` is its row. `exact` is
    the score before clipping."""

    names: tuple[str, ...]
    matrix: Floats
    base: float
    exact: Floats
    lines: Callable[[int], tuple[Contribution, ...]]

    @classmethod
    def by(cls, scorer: "Scorer", matrix: Floats) -> "Scored":
        parts = scorer.contributions(matrix)
        exact, rise = added(parts, scorer.base_), scorer.rise().tolist()

        def lines(place: int) -> tuple[Contribution, ...]:
            row, own = matrix[place].tolist(), parts[place].tolist()
            some = zip(scorer.names, own, row, rise, strict=True)
            return with_clip([Contribution(*each) for each in some], float(exact[place]))

        return cls(scorer.names, matrix, scorer.base_, exact, lines)


@dataclass(frozen=True, slots=True)
class Ranking:
    """`total` = how many were ranked; `items` may be fewer (limit). `excluded` in id order.
    `scored` is None for one that is off or empty, and for one that somebody adjusted."""

    items: tuple[RankedItem, ...]
    total: int
    excluded: tuple[Excluded, ...]
    model_version: str
    empty: EmptyReason | None = None
    is_neutral: bool = False
    scored: Scored | None = field(default=None, compare=False, repr=False)


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
    scored = None
    if context.serving.is_neutral:
        order = by_day(some, [days[index] for index in kept], tie)
    else:
        scored = Scored.by(_scorer(kind, context), matrix[kept])
        order = in_order(some, scored.exact, tie)
    reasons = Reasons.remembered(
        scored.lines if scored is not None else lambda _place: (),
        lambda place: checklist(kept[place]),
    )
    items = tuple(
        RankedItem(
            some[place],
            rank,
            clipped(float(scored.exact[place])) if scored is not None else 0.0,
            scored.base if scored is not None else 0.0,
            reasons,
            place,
            session=sessions[kept[place]] if sessions is not None else None,
        )
        for rank, place in enumerate(order[:limit], start=1)
    )
    model = context.serving
    return Ranking(
        items, len(kept), _by_id(excluded), model.version, None, model.is_neutral, scored
    )


def with_clip(lines: Sequence[Contribution], exact: float) -> tuple[Contribution, ...]:
    """`lines` add up to `exact`, which may lie outside of 0 to 5."""
    over = clipped(exact) - exact
    return (*lines, Contribution(CLIP, over, None)) if over != 0.0 else tuple(lines)
