"""The people of an opening side by side by what their reviewers gave."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import in_language
from matcher.matching.own_opening import own_opening
from matcher.matching.review_people import Person, people_among
from matcher.matching.review_reading import (
    Judgement,
    Phase,
    barred_of,
    left_of,
    phase_now,
    readable,
)
from matcher.policy import reviewing as rules
from matcher.policy.operation import Operation
from matcher.store import reviews
from models.opening import Opening
from models.review import Review, ReviewState


@dataclass(frozen=True)
class BoardRow:
    number: str
    label: str
    application_id: int | None
    is_mine: bool
    conflict: bool
    state: ReviewState | None
    """What the reader did about the person."""
    finished: int
    mean: int | None = None
    spread: int | None = None
    is_split: bool = False


@dataclass(frozen=True)
class Board:
    """`rows`: those the reader may compare first, by mean; then the others by number."""

    opening_id: int
    title: str
    is_demo: bool
    phase: Phase
    has_rubric: bool
    rows: tuple[BoardRow, ...]
    left: tuple[str, ...] = ()
    """Numbers the reader has still to score, in a fixed order."""
    done: int = 0


def board(unit: Unit, actor: Actor, operation: Operation, opening_id: int) -> Board:
    """Everybody under review, with what the reader may know of the scores."""
    opening = own_opening(unit, actor, opening_id)
    phase = phase_now(unit, opening_id)
    ids = reviews.noted(unit.session, opening_id) | reviews.reviewed(unit.session, opening_id)
    people = people_among(unit, actor, operation, opening, ids)
    seen = readable(unit, actor, opening_id, phase)
    finished = reviews.submitted_counts(unit.session, opening_id)
    mine = reviews.assigned_to(unit.session, opening_id, actor.account_id)
    barred = barred_of(unit, actor, opening_id, list(people))
    rows = [
        _row(each, actor, seen.get(each.youth_id, []), finished, mine, barred, phase)
        for each in people.values()
    ]
    rows.sort(key=lambda row: (row.mean is None, -(row.mean or 0), row.number))
    left = left_of(unit, actor, operation, opening)
    unit.access("reviews:listed", None, opening=opening_id, youths=sorted(people))
    return Board(
        opening_id, _title(opening), opening.is_demo, phase,
        bool(reviews.criteria(unit.session, opening_id)), tuple(rows),
        tuple(each.number for each in left), sum(1 for row in rows if row.state is not None),
    )  # fmt: skip


def next_number(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, after: str = ""
) -> str | None:
    """Whom the reader scores next: the first one behind `after`, else from the beginning."""
    opening = own_opening(unit, actor, opening_id)
    left = [
        each.number for each in left_of(unit, actor, operation, opening) if each.number != after
    ]
    return next((each for each in left if each > after), left[0] if left else None)


def left_by_opening(unit: Unit, actor: Actor, operation: Operation) -> dict[int, int]:
    """How many assigned people wait for the reader's score, by opening; those who took a consent
    back are not among them."""
    rows = reviews.left_of(unit.session, actor.organisation_id or 0, actor.account_id)
    found = {
        each: len(left_of(unit, actor, operation, own_opening(unit, actor, each)))
        for each in sorted({row.opening_id for row in rows})
    }
    return {each: count for each, count in found.items() if count}


def _row(
    person: Person,
    actor: Actor,
    found: list[tuple[Judgement, Review]],
    finished: Mapping[int, int],
    mine: frozenset[int],
    barred: frozenset[int],
    phase: Phase,
) -> BoardRow:
    conflict = person.youth_id in barred
    own = next((row for each, row in found if not each.who), None)
    state = None if own is None or conflict else own.state
    totals = [each.total for each, _row in found if each.total is not None]
    shows = not conflict and state is ReviewState.SUBMITTED
    return BoardRow(
        number=person.number,
        label=person.label,
        application_id=person.application_id,
        is_mine=person.youth_id in mine,
        conflict=conflict,
        state=state,
        finished=finished.get(person.youth_id, 0),
        mean=rules.mean(totals) if shows else None,
        spread=rules.spread(totals) if shows and len(totals) > 1 else None,
        is_split=shows and rules.disagree(totals),
    )


def _title(opening: Opening) -> str:
    return in_language(opening.title_ko, opening.title_en)
