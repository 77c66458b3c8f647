"""Which openings a person aims at, and what a course does for them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session

from matcher.matching.own_records import Finished
from matcher.matching.standing import Standing, cents
from matcher.ranking.gaps import gaps_closed
from matcher.ranking.places import Place
from matcher.ranking.recommend import RankedItem
from matcher.ranking.types import Course, Opening, Target
from matcher.store import own_ties
from models.youth import SavedKind

MOST_TARGETS = 5


@dataclass(frozen=True)
class Aim:
    """`main` is the one opening cards speak of; None when nothing is ranked."""

    targets: tuple[Target, ...]
    main: Opening | None
    item: RankedItem | None

    @property
    def target(self) -> tuple[Target, ...]:
        """What courses are ranked for: one opening at a time, so that the order can be told."""
        return () if self.main is None else (Target(self.main),)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Keys of what the main opening asks for and is not fully there."""
        lines = self.item.checklist.lines if self.item is not None else ()
        return tuple(each.key for each in lines if each.met != "met" and each.kind != "exclude")


@dataclass(frozen=True)
class Closing:
    """What a course brings for the main opening: `closed` of `gaps`, and exact points."""

    closed: int
    gaps: int
    gain: Decimal


def own_aim(session: Session, standing: Standing, asked: int | None = None) -> Aim:
    """What courses are ranked for, the same on a page, in the API and on the command line."""
    saved = own_ties.saved(session, standing.seeker.id, SavedKind.OPENING)
    return aim_of(standing, saved, asked)


def aim_of(standing: Standing, saved: Collection[int], asked: int | None = None) -> Aim:
    """Saved openings, best place first; without any, the best places. `asked` goes before all."""
    wished = [each for each in standing.order() if each in set(saved)]
    ids = (wished or list(standing.order()))[:MOST_TARGETS]
    if asked is not None and asked in standing.places:
        ids = [asked, *(each for each in ids if each != asked)][:MOST_TARGETS]
    found = {each.id: each for each in standing.many.openings if each.id in ids}
    items = standing.items(ids)
    lists = {each: items[each].checklist for each in ids}
    with_gaps = [each for each in ids if lists[each].met_count < lists[each].total]
    main = asked if asked in ids else next(iter(with_gaps or ids), None)
    return Aim(
        tuple(Target(found[each]) for each in sorted(ids)),
        found[main] if main is not None else None,
        items[main] if main is not None else None,
    )


def closings(standing: Standing, aim: Aim, courses: Sequence[Course]) -> dict[int, Closing]:
    """By course id; empty without an opening aimed at, and while ranking is off."""
    if aim.main is None or aim.item is None or standing.is_neutral:
        return {}
    scores = standing.tried([Finished(each)] for each in courses)
    return {
        course.id: _closing(
            standing, aim.main, course, aim.item.score, scores.place(row, aim.main.id)
        )
        for row, course in enumerate(courses, start=1)
    }


def closing(standing: Standing, aim: Aim, course: Course) -> Closing | None:
    return closings(standing, aim, [course]).get(course.id)


def _closing(
    standing: Standing, opening: Opening, course: Course, before: float, then: Place | None
) -> Closing:
    after = before if then is None or then.score is None else then.score
    context = standing.context
    closed, gaps = gaps_closed(
        standing.seeker,
        standing.then([Finished(course)]),
        opening,
        context.adjacency,
        context.today,
    )
    return Closing(closed, gaps, cents(after) - cents(before))
