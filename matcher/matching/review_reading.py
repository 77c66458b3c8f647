"""What one reviewer may read of the reviews of an opening, and whom they have still to score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching import two_hats
from matcher.matching.review_people import Person, under_review
from matcher.policy import reviewing as rules
from matcher.policy.operation import Operation
from matcher.policy.reviewing import Switches
from matcher.store import applications, reviews
from models.opening import Opening
from models.review import Review, ReviewState


@dataclass(frozen=True)
class Judgement:
    """`who` is empty for one's own; `total` in hundredths, None for an abstention."""

    who: str
    total: int | None
    scores: tuple[int, ...]
    note: str


@dataclass(frozen=True)
class Phase:
    """`name` is empty outside every phase."""

    switches: Switches
    name: str = ""
    ends_on: date | None = None


Found = dict[int, list[tuple[Judgement, Review]]]


def readable(
    unit: Unit, actor: Actor, opening_id: int, phase: Phase, youth_id: int | None = None
) -> Found:
    """By person, every review the reader may see now; the store's scope decides which."""
    rows = reviews.reviews(
        unit.session, opening_id, actor.account_id, phase.switches.others, youth_id
    )
    criteria = reviews.criteria(unit.session, opening_id)
    scores = reviews.scores(unit.session, rows)
    accounts = sorted({row.account_id for row in rows})
    names = applications.actor_names(unit.session, accounts)
    found: Found = {}
    for row in rows:
        given = scores[row.id or 0]
        is_full = row.state is ReviewState.SUBMITTED
        judgement = Judgement(
            who="" if row.account_id == actor.account_id else names[row.account_id],
            total=rules.total(criteria, given) if is_full else None,
            scores=tuple(given[each.id or 0] for each in criteria) if is_full else (),
            note=row.note,
        )
        found.setdefault(row.youth_id, []).append((judgement, row))
    return found


def left_of(unit: Unit, actor: Actor, operation: Operation, opening: Opening) -> list[Person]:
    """Assigned people first of all; where nobody was assigned to anybody, everybody under review
    whom the reader has not judged."""
    opening_id = opening.id or 0
    people = under_review(unit, actor, operation, opening)
    if reviews.assigned(unit.session, opening_id):
        mine = reviews.assigned_to(unit.session, opening_id, actor.account_id)
        people = {youth: each for youth, each in people.items() if youth in mine}
    judged = reviews.judged_by(unit.session, opening_id, actor.account_id)
    barred = barred_of(unit, actor, opening_id, list(people))
    return [each for youth, each in people.items() if youth not in judged | barred]


def barred_of(
    unit: Unit, actor: Actor, opening_id: int, youth_ids: Sequence[int]
) -> frozenset[int]:
    declared = reviews.conflicts(unit.session, opening_id, actor.account_id)
    both = two_hats.barred(unit.session, actor, youth_ids)
    return (declared & frozenset(youth_ids)) | both


def phase_now(unit: Unit, opening_id: int) -> Phase:
    phases = reviews.phases(unit.session, opening_id)
    running = rules.phase_on(phases, unit.today)
    switches = rules.switches_on(phases, unit.today)
    if running is None:
        return Phase(switches)
    return Phase(switches, running.name, running.ends_on)
