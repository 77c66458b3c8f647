"""The scene of the reviewers' tests: one opening, a rubric, three colleagues, two people."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from matcher.flows import reviewing
from matcher.flows.reviewing import Given, Sheet
from matcher.policy.masking import candidate_number
from matcher.refusal import Refusal
from matcher.wiring import Services
from models.account import Role
from models.review import ReviewAssignment, ReviewCriterion, ReviewPhase
from tests import factories
from tests.factories import TODAY
from tests.partner_desk import OPERATION, actor, looking, pool_consent, working
from tests.people import People, Person

WEIGHTS = (50, 30, 20)


@dataclass(frozen=True)
class Desk:
    """`reviewers[0]` is the standing partner; `people` are seen masked by all three."""

    opening_id: int
    reviewers: tuple[Person, ...]
    people: tuple[Person, ...]

    def number(self, person: Person) -> str:
        return candidate_number(OPERATION.mask_key, self.opening_id, person.youth_id or 0)


def colleague(session: Session, name: str, organisation_id: int | None) -> Person:
    row = factories.account(session, f"{name}@example.com")
    factories.membership(session, row.id, Role.PARTNER, organisation_id=organisation_id)
    return Person(row.email, Role.PARTNER, row.id, organisation_id)


def set_desk(services: Services, people: People, weights: tuple[int, ...] = WEIGHTS) -> Desk:
    with services.database.writing() as session:
        more = [
            colleague(session, name, people.partner.organisation_id) for name in ("mina", "jun")
        ]
        for each in (people.youth, people.other_youth):
            pool_consent(session, each.youth_id or 0)
    opening_id = another_opening(services, people, weights)
    return Desk(opening_id, (people.partner, *more), (people.youth, people.other_youth))


def another_opening(services: Services, people: People, weights: tuple[int, ...] = WEIGHTS) -> int:
    with services.database.writing() as session:
        opening = factories.opening(session, people.partner.organisation_id)
        factories.requirement(session, opening.id, "python")
        for place, weight in enumerate(weights, start=1):
            session.add(
                ReviewCriterion(
                    opening_id=opening.id, place=place, name=f"Criterion {place}", weight=weight
                )
            )
        return opening.id


def phase(services: Services, opening_id: int, **values: Any) -> None:
    """Running today, with everything allowed but what is given."""
    dates = {"starts_on": TODAY - timedelta(2), "ends_on": TODAY + timedelta(2)}
    with services.database.writing() as session:
        session.add(ReviewPhase(opening_id=opening_id, name="First look", **{**dates, **values}))


def assigned(services: Services, desk: Desk, reviewer: Person, person: Person) -> None:
    with services.database.writing() as session:
        session.add(
            ReviewAssignment(
                opening_id=desk.opening_id, account_id=reviewer.account_id,
                youth_id=person.youth_id or 0, created_at=services.clock.now(),
            )
        )  # fmt: skip


def sheet(services: Services, desk: Desk, reviewer: Person, person: Person) -> Sheet:
    with looking(services, reviewer) as unit:
        return reviewing.sheet(
            unit, actor(reviewer), OPERATION, desk.opening_id, desk.number(person)
        )


def score(
    services: Services,
    desk: Desk,
    reviewer: Person,
    person: Person,
    *scores: int,
    abstains: bool = False,
    note: str = "",
) -> None:
    """With what the reviewer has in sight now."""
    seen = sheet(services, desk, reviewer, person).panel
    given = Given(dict(enumerate(scores, start=1)), note, seen.rubric, seen.version, abstains)
    with working(services, reviewer) as unit:
        reviewing.submit(
            unit, actor(reviewer), OPERATION, desk.opening_id, desk.number(person), given
        )


def tried(services: Services, desk: Desk, reviewer: Person, person: Person, *scores: int) -> bool:
    """Whether the score was taken."""
    try:
        score(services, desk, reviewer, person, *scores)
    except Refusal:
        return False
    return True


def declare(services: Services, desk: Desk, reviewer: Person, person: Person) -> None:
    with working(services, reviewer) as unit:
        reviewing.declare_conflict(
            unit, actor(reviewer), OPERATION, desk.opening_id, desk.number(person)
        )
