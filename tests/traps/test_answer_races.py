"""An answer, a withdrawal and the clock at the same instant: one of them ends the application."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session, select

from matcher.actor import Actor
from matcher.flows import applications_partner, applying, reply_clock
from matcher.wiring import Services
from models.account import Role
from models.application import (
    Application,
    ApplicationEvent,
    ApplicationState,
    LateReason,
    RefusalReason,
)
from models.consent import ConsentPurpose
from models.outbox import OutboxMail
from tests import factories
from tests.partner_desk import actor, working
from tests.people import People
from tests.traps.test_hiring_races import chains_hold, together

ROUNDS = 6
MANY = 500
LONG_AGO = date(2020, 1, 1)
S = ApplicationState


def waiting(session: Session, people: People, number: int, **values: object) -> tuple[Actor, int]:
    """A new person with an application at the first partner whose promised day is long past."""
    account = factories.account(session, f"waits{number}@example.com")
    factories.membership(session, account.id, Role.YOUTH)
    youth = factories.youth(session, account.id)
    factories.consent(session, youth.id, ConsentPurpose.SERVICE)
    factories.consent(
        session, youth.id, ConsentPurpose.EMPLOYER, organisation_id=people.partner.organisation_id
    )
    opening = factories.opening(session, people.partner.organisation_id)
    row = factories.application(session, opening.id, youth.id, **({"answer_by": LONG_AGO} | values))
    return Actor(account.id, Role.YOUTH, "x", youth_id=youth.id), row.id


def refuse(services: Services, people: People, number: int) -> None:
    with working(services, people.partner) as unit:
        reason = RefusalReason.LACKS_SKILL
        applications_partner.refuse(unit, actor(people.partner), number, 1, reason, False)


def withdraw(services: Services, who: Actor, number: int) -> None:
    with services.writing(who) as unit:
        applying.withdraw(unit, who, number, 1)


def end(services: Services, number: int) -> Callable[[], object]:
    return lambda: reply_clock.end_overdue(services)


def state_of(services: Services, number: int) -> tuple[ApplicationState, int, int]:
    """(state, version, mails to the person)"""
    with services.database.reading() as session:
        row = session.get_one(Application, number)
        mails = session.exec(select(OutboxMail.dedupe_key)).all()
        steps = session.exec(
            select(ApplicationEvent.id).where(ApplicationEvent.application_id == number)
        ).all()
    assert len(steps) == 1
    told = [key for key in mails if key.startswith(f"application:{number}:")]
    return row.state, row.version, len(told)


def withdraw_against_refuse(services: Services, people: People, rounds: int) -> None:
    with services.database.writing() as session:
        made = [waiting(session, people, number) for number in range(rounds)]
    for who, number in made:
        gone, refused = together(
            lambda who=who, number=number: withdraw(services, who, number),
            lambda number=number: refuse(services, people, number),
        )
        assert (gone == "done") != (refused == "done"), (gone, refused)
        state, version, told = state_of(services, number)
        assert state is (S.WITHDRAWN if gone == "done" else S.REFUSED)
        assert (version, told) == (2, 1)
    assert chains_hold(services)


def lapse_against_answer(services: Services, people: People, rounds: int) -> None:
    for n in range(rounds):
        with services.database.writing() as session:
            _who, number = waiting(session, people, n)
        ended, refused = together(
            end(services, number), lambda number=number: refuse(services, people, number)
        )
        state, version, _told = state_of(services, number)
        assert (ended, version) == ("done", 2)
        assert state is (S.REFUSED if refused == "done" else S.CLOSED), refused
    assert chains_hold(services)


def lapse_against_accepting_elsewhere(services: Services, people: People, rounds: int) -> None:
    for n in range(rounds):
        with services.database.writing() as session:
            who, number = waiting(session, people, n)
            other = factories.opening(session, people.other_partner.organisation_id)
            offer = factories.application(session, other.id, who.youth_id, state=S.OFFERED).id

        def accept(who: Actor = who, offer: int = offer) -> None:
            with services.writing(who) as unit:
                applying.accept_offer(unit, who, offer, 1)

        assert together(end(services, number), accept) == ["done", "done"]
        state, version, _told = state_of(services, number)
        assert (state in (S.CLOSED, S.HIRED_ELSEWHERE), version) == (True, 2)
        with services.database.reading() as session:
            assert session.get_one(Application, offer).state is S.ACCEPTED
    assert chains_hold(services)


RACES = [withdraw_against_refuse, lapse_against_answer, lapse_against_accepting_elsewhere]


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_one_of_two_ends_an_application(
    any_services: Services, any_people: People, race: Callable[[Services, People, int], None]
) -> None:
    race(any_services, any_people, ROUNDS)


@pytest.mark.slow
@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_five_hundred_times_one_of_two_ends_an_application(
    any_services: Services, any_people: People, race: Callable[[Services, People, int], None]
) -> None:
    race(any_services, any_people, MANY)


def test_two_runs_of_the_clock_end_each_application_once(
    any_services: Services, any_people: People
) -> None:
    with any_services.database.writing() as session:
        made = [waiting(session, any_people, number)[1] for number in range(ROUNDS)]
    found = together(*(lambda: reply_clock.end_overdue(any_services) for _ in range(2)))
    assert found == ["done", "done"]
    assert [state_of(any_services, number)[:2] for number in made] == [(S.CLOSED, 2)] * ROUNDS


def test_two_colleagues_put_an_answer_off_once(any_services: Services, any_people: People) -> None:
    with any_services.database.writing() as session:
        _who, number = waiting(session, any_people, 0, answer_by=date(2026, 11, 30))

    def later() -> None:
        with working(any_services, any_people.partner) as unit:
            reply_clock.ask_more(
                unit, actor(any_people.partner), number, 1, LateReason.STILL_READING, 7
            )

    assert sorted(together(later, later)) == ["conflict", "done"]
    with any_services.database.reading() as session:
        assert session.get_one(Application, number).answer_by == date(2026, 12, 7)
