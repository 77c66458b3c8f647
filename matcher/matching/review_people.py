"""The people of an opening a partner may review, called by their numbers."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching.candidates import resolve_number
from matcher.matching.context import names_for, ranking_context
from matcher.matching.explained import CheckedLine, explained
from matcher.matching.openings import opening_of
from matcher.matching.seekers import seeker_of
from matcher.policy.masking import candidate_number, is_number, label
from matcher.policy.operation import Operation
from matcher.ranking.recommend import rank_candidates
from matcher.refusal import NotFound
from matcher.store import applications, openings, reviews
from models.account import Role
from models.opening import Opening


@dataclass(frozen=True)
class Person:
    """Without a name, also where the name is open elsewhere: a score is given to the number."""

    youth_id: int
    number: str
    label: str
    application_id: int | None
    in_pool: bool


def own_opening(unit: Unit, actor: Actor, opening_id: int, *, lock: bool = False) -> Opening:
    row = openings.get(unit.session, actor, opening_id, lock=lock)
    if row is None or actor.role is not Role.PARTNER:
        raise NotFound
    return row


def people_among(
    unit: Unit, actor: Actor, operation: Operation, opening: Opening, youth_ids: Collection[int]
) -> dict[int, Person]:
    """In the order of the numbers, which says nothing about anybody."""
    masked, applied = reviews.seen_among(unit.session, actor, opening, unit.today, youth_ids)
    pool = masked if operation.may_rank_people else frozenset()
    found = (
        _person(operation, opening, youth, applied.get(youth), youth in pool)
        for youth in pool | set(applied)
    )
    return {each.youth_id: each for each in sorted(found, key=lambda each: each.number)}


def under_review(
    unit: Unit, actor: Actor, operation: Operation, opening: Opening
) -> dict[int, Person]:
    """Everybody shortlisted, asked, applied or assigned whom the partner still may see."""
    noted = reviews.noted(unit.session, opening.id or 0)
    return people_among(unit, actor, operation, opening, noted)


def person_of(
    unit: Unit, actor: Actor, operation: Operation, opening: Opening, number: str
) -> Person:
    """Raises NotFound for a number that is not, or no longer, somebody this partner may see."""
    if not is_number(number):
        raise NotFound
    for line in applications.lines(unit.session, actor, unit.today, opening.id):
        if candidate_number(operation.mask_key, opening.id or 0, line.youth_id) == number:
            return _person(operation, opening, line.youth_id, line.id, in_pool=False)
    youth_id = None
    if operation.may_rank_people:
        youth_id = resolve_number(
            unit.session, actor, opening, unit.today, operation.mask_key, number
        )
    if youth_id is None:
        raise NotFound
    return _person(operation, opening, youth_id, None, in_pool=True)


def lines_of(unit: Unit, opening: Opening, youth_id: int) -> tuple[CheckedLine, ...]:
    """What the opening asks for beside what the person has; without the model's score, which
    would be somebody else's score before one's own."""
    wanted = opening_of(unit.session, opening.id or 0, unit.today)
    seeker = seeker_of(unit.session, youth_id)
    if wanted is None or seeker is None:
        return ()
    context = ranking_context(unit.session, unit.today)
    ranking = rank_candidates(replace(wanted, closes_on=None), [seeker], context)
    if not ranking.items:
        return ()
    names = names_for(unit.session, {each.key for each in wanted.requirements})
    return explained(ranking.items[0], seeker, names, formal=True).lines


def _person(
    operation: Operation,
    opening: Opening,
    youth_id: int,
    application_id: int | None,
    in_pool: bool,
) -> Person:
    number = candidate_number(operation.mask_key, opening.id or 0, youth_id)
    return Person(youth_id, number, label(number), application_id, in_pool)
