"""The people of an opening a partner may review, called by their numbers."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching.candidates import resolve_number
from matcher.matching.explained import CheckedLine
from matcher.matching.one_pair import explained_pair
from matcher.policy.masking import candidate_number, is_number, label
from matcher.policy.operation import Operation
from matcher.refusal import NotFound
from matcher.store import applications, openings, reviews
from models.opening import Opening
from models.review import ReviewAssignment


@dataclass(frozen=True)
class Person:
    """Without a name, also where the name is open elsewhere: a score is given to the number."""

    youth_id: int
    number: str
    label: str
    application_id: int | None
    in_pool: bool


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


def colleagues_of(unit: Unit, opening: Opening) -> dict[int, str]:
    """Account -> name, of everybody of the firm who may be asked to score; the oldest first."""
    found = openings.partner_accounts(unit.session, opening.organisation_id)
    return {each.id or 0: each.name for each in found}


def loads_of(account_ids: Iterable[int], assigned: Sequence[ReviewAssignment]) -> dict[int, int]:
    """Account -> how many people it scores."""
    counts = Counter(row.account_id for row in assigned)
    return {each: counts[each] for each in account_ids}


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
    found = explained_pair(unit.session, opening.id or 0, youth_id, unit.today)
    return () if found is None else found.lines


def _person(
    operation: Operation,
    opening: Opening,
    youth_id: int,
    application_id: int | None,
    in_pool: bool,
) -> Person:
    number = candidate_number(operation.mask_key, opening.id or 0, youth_id)
    return Person(youth_id, number, label(number), application_id, in_pool)
