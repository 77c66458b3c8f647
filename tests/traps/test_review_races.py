"""Two colleagues at one list at the same instant: one decision counts, and never four examples."""

import pytest
from sqlmodel import select

from matcher.flows import calibrating, candidate_actions, candidates, own_consents
from matcher.policy.masking import candidate_number
from matcher.wiring import Services
from models.application import RefusalReason, ShortlistEntry, ShortlistState
from models.consent import ConsentPurpose
from models.review import CalibrationExample
from tests import factories
from tests.partner_desk import OPERATION, actor, looking, pool_consent, set_scene, working
from tests.people import People, Person
from tests.traps.test_hiring_races import chains_hold, together

ROUNDS = 6
MANY = 500


def number_of(opening_id: int, youth_id: int) -> str:
    return candidate_number(OPERATION.mask_key, opening_id, youth_id)


def crowd(services: Services, people: People, size: int) -> tuple[int, list[int]]:
    """An opening and willing people."""
    opening_id = set_scene(services, people).opening_id
    made = []
    with services.database.writing() as session:
        for number in range(size):
            account = factories.account(session, f"racer{number}@example.com")
            youth = factories.youth(session, account.id)
            factories.consent(session, youth.id, ConsentPurpose.SERVICE)
            pool_consent(session, youth.id)
            factories.skill_record(session, youth.id, "python", level=4)
            made.append(youth.id)
    return opening_id, made


def two_decide(services: Services, people: People, rounds: int) -> None:
    opening_id, youths = crowd(services, people, min(rounds, 20))
    states = (ShortlistState.SHORTLISTED, ShortlistState.SET_ASIDE)

    def mark(youth_id: int, state: ShortlistState) -> None:
        with working(services, people.partner) as unit:
            candidate_actions.mark(
                unit, actor(people.partner), OPERATION, opening_id,
                number_of(opening_id, youth_id), state, RefusalReason.LACKS_SKILL, "new",
            )  # fmt: skip

    for turn in range(rounds):
        youth_id = youths[turn % len(youths)]
        with services.database.writing() as session:
            for row in session.exec(select(ShortlistEntry)).all():
                session.delete(row)
        found = together(*(lambda s=s, y=youth_id: mark(y, s) for s in states))
        assert sorted(found) == ["conflict", "done"]
        with services.database.reading() as session:
            (kept,) = session.exec(select(ShortlistEntry.state)).all()
        assert kept is states[found.index("done")]
    assert chains_hold(services)


def test_of_two_who_decide_about_one_person_the_second_is_told(
    any_services: Services, any_people: People
) -> None:
    two_decide(any_services, any_people, ROUNDS)


@pytest.mark.slow
def test_five_hundred_times_two_who_decide_about_one_person(
    any_services: Services, any_people: People
) -> None:
    two_decide(any_services, any_people, MANY)


def test_two_who_mark_a_third_example_leave_three(
    any_services: Services, any_people: People
) -> None:
    services, people = any_services, any_people
    opening_id, youths = crowd(services, people, 4)

    def add(youth_id: int) -> None:
        with working(services, people.partner) as unit:
            number = number_of(opening_id, youth_id)
            calibrating.add(unit, actor(people.partner), OPERATION, opening_id, number)

    for _round in range(ROUNDS):
        with services.database.writing() as session:
            for row in session.exec(select(CalibrationExample)).all():
                session.delete(row)
        add(youths[0])
        add(youths[1])
        found = together(lambda: add(youths[2]), lambda: add(youths[3]))
        assert sorted(found) == ["conflict", "done"]
        with services.database.reading() as session:
            assert len(session.exec(select(CalibrationExample)).all()) == 3


def test_a_decision_is_taken_back_once_when_it_is_asked_twice(
    any_services: Services, any_people: People
) -> None:
    services, people = any_services, any_people
    opening_id, youths = crowd(services, people, 1)
    partner = actor(people.partner)

    def undo() -> None:
        with working(services, people.partner) as unit:
            candidate_actions.undo(unit, partner, OPERATION, opening_id)

    for _round in range(ROUNDS):
        with working(services, people.partner) as unit:
            candidate_actions.mark(
                unit, partner, OPERATION, opening_id, number_of(opening_id, youths[0]),
                ShortlistState.SHORTLISTED,
            )  # fmt: skip
        assert sorted(together(undo, undo)) == ["conflict", "done"]


def test_whoever_withdraws_while_being_marked_is_seen_nowhere_afterwards(
    any_services: Services, any_people: People
) -> None:
    services, people = any_services, any_people
    opening_id, youths = crowd(services, people, 2)
    sought: Person = people.youth
    numbers = [number_of(opening_id, each) for each in (sought.youth_id or 0, *youths)]

    def mark() -> None:
        with working(services, people.partner) as unit:
            candidate_actions.mark_many(
                unit, actor(people.partner), OPERATION, opening_id, numbers,
                ShortlistState.SHORTLISTED,
            )  # fmt: skip

    def withdraw() -> None:
        with services.writing(actor(sought)) as unit:
            own_consents.withdraw_pool(unit)

    for turn in range(ROUNDS):
        with services.database.writing() as session:
            if turn:
                pool_consent(session, sought.youth_id or 0)
        marked, withdrawn = together(mark, withdraw)
        assert withdrawn == "done"
        assert marked in {"done", "conflict"}
        with looking(services, people.partner) as unit:
            shown = candidates.grid(
                unit, actor(people.partner), OPERATION, opening_id, "shortlisted"
            )
        assert numbers[0] not in [row.number for row in shown.rows]
