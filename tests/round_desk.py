"""The scene of the assignment tests: two openings of the partner, people who wish for them."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from matcher.flows import round_publishing, round_trials, rounds_own, rounds_setup, rounds_steps
from matcher.flows.rounds_setup import Draft, Seats
from matcher.wiring import Services
from models.account import Role
from models.assignment import AssignmentMethod, AssignmentRound, RoundState
from models.consent import ConsentPurpose
from models.youth import YouthProfile
from tests import factories
from tests.coordinator_desk import young
from tests.factories import TODAY
from tests.partner_desk import OPERATION, actor, pool_consent
from tests.people import People, Person

LAST_DAY = TODAY + timedelta(days=7)


@dataclass
class RoundScene:
    """`one` has a single seat, `two` has two; `people` can all be seen by the partner."""

    one: int
    two: int
    people: list[Person] = field(default_factory=list)
    round_id: int = 0


def set_round(services: Services, people: People, count: int = 3, **values: Any) -> RoundScene:
    """A draft of the first university; `count` willing people of it besides the standing ones."""
    with services.database.writing() as session:
        ids = []
        for headcount in (1, 2):
            opening = factories.opening(
                session, people.partner.organisation_id, headcount=headcount
            )
            factories.requirement(session, opening.id, "python")
            ids.append(opening.id)
        scene = RoundScene(*ids)
        for number in range(count):
            youth_id = young(session, f"cohort{number}", people.coordinator.organisation_id)
            factories.consent(session, youth_id, ConsentPurpose.SERVICE)
            pool_consent(session, youth_id)
            factories.skill_record(session, youth_id, "python", level=1 + number % 5)
            account_id = session.get_one(YouthProfile, youth_id).account_id
            factories.notice_reading(session, account_id)
            scene.people.append(
                Person(
                    f"cohort{number}@example.com",
                    Role.YOUTH,
                    account_id,
                    people.coordinator.organisation_id,
                    youth_id,
                )
            )
    scene.round_id = create(services, people.coordinator, scene, **values)
    return scene


def draft(scene: RoundScene, **values: Any) -> Draft:
    """One seat at `one` and two at `two` for everybody of the university, but for these values."""
    defaults: dict[str, Any] = {
        "name_ko": "2026 겨울 배정",
        "name_en": "Winter 2026",
        "wishes_until": LAST_DAY,
        "most_wishes": 3,
        "seats": [Seats(scene.one, 1, 0), Seats(scene.two, 2, 0)],
        "hard_rules": [],
        "cohort_status": None,
        "cohort_session_id": None,
    }
    return Draft(**(defaults | values))


def create(services: Services, by: Person, scene: RoundScene, **values: Any) -> int:
    with services.writing(actor(by)) as unit:
        return rounds_setup.create(unit, actor(by), draft(scene, **values))


def version(services: Services, round_id: int) -> int:
    return stored(services, round_id).version


def stored(services: Services, round_id: int) -> AssignmentRound:
    with services.database.reading() as session:
        return session.get_one(AssignmentRound, round_id)


def open_round(services: Services, by: Person, round_id: int) -> None:
    with services.writing(actor(by)) as unit:
        rounds_steps.open_wishes(unit, actor(by), round_id, version(services, round_id))


def wish(services: Services, person: Person, round_id: int, tiers: dict[int, int]) -> None:
    me = actor(person)
    with services.reading(me) as unit:
        now = rounds_own.view(unit, me, round_id).version
    with services.writing(me) as unit:
        rounds_own.wish(unit, me, round_id, tiers, now)


def lock_wishes(services: Services, round_id: int) -> None:
    """As if the last day were over."""
    with services.database.writing() as session:
        row = session.get_one(AssignmentRound, round_id)
        row.wishes_until = TODAY - timedelta(days=1)


def dry_run(services: Services, by: Person, round_id: int) -> dict[AssignmentMethod, int]:
    """Run ids by method."""
    with services.reading(actor(by)) as unit:
        done = round_trials.attempt(unit, actor(by), OPERATION, round_id)
    with services.writing(actor(by)) as unit:
        round_trials.keep(unit, actor(by), done)
    with services.reading(actor(by)) as unit:
        return {each.method: each.id for each in round_trials.lines(unit, actor(by), round_id)}


def propose(
    services: Services,
    by: Person,
    round_id: int,
    method: AssignmentMethod = AssignmentMethod.WEAKLY_STABLE,
) -> int:
    run_id = dry_run(services, by, round_id)[method]
    with services.writing(actor(by)) as unit:
        now = version(services, round_id)
        round_publishing.propose(unit, actor(by), round_id, run_id, now)
    return run_id


def confirm(services: Services, by: Person, round_id: int, at: int | None = None) -> None:
    now = version(services, round_id) if at is None else at
    with services.writing(actor(by)) as unit:
        round_publishing.confirm(unit, actor(by), OPERATION, round_id, now)


def wished(services: Services, people: People, count: int = 4, **values: Any) -> RoundScene:
    """Wishes given by everybody (one first, then two), and locked."""
    scene = set_round(services, people, count, **values)
    open_round(services, people.coordinator, scene.round_id)
    for person in scene.people:
        wish(services, person, scene.round_id, {scene.one: 1, scene.two: 2})
    lock_wishes(services, scene.round_id)
    return scene


def published(services: Services, people: People, count: int = 4) -> RoundScene:
    scene = wished(services, people, count)
    propose(services, people.coordinator, scene.round_id)
    confirm(services, people.centre, scene.round_id)
    assert stored(services, scene.round_id).state is RoundState.PUBLISHED
    return scene


def cancel(services: Services, by: Person, round_id: int, reason: str = "") -> None:
    with services.writing(actor(by)) as unit:
        rounds_steps.cancel(unit, actor(by), round_id, version(services, round_id), reason)
