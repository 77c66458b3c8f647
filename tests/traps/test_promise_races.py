"""Promised places are never given out twice, and a claim and the clock come one after the other."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from matcher.actor import Actor
from matcher.flows import own_promises, promise_clock, promises_desk
from matcher.refusal import Refusal
from matcher.wiring import Services
from models.application import Application
from models.promise import PromiseTaking, TakingState
from tests import factories
from tests.factories import TODAY
from tests.partner_desk import actor
from tests.people import People
from tests.promise_desk import put_pass, put_promise, put_taking
from tests.traps.test_hiring_races import chains_hold, together
from tests.traps.test_races import at_once, crashes, young_people

PLACES, TRIES = 5, 64
ROUNDS, MANY = 4, 500
COUNTS = [ROUNDS, pytest.param(MANY, marks=pytest.mark.slow)]


def taking(services: Services, actor: Actor, promise_id: int) -> Callable[[], str]:
    def take() -> str:
        with services.writing(actor) as unit:
            own_promises.take_up(unit, actor, promise_id)
        return "taken"

    return take


def test_sixty_four_people_take_five_places_and_five_have_one(
    any_services: Services, any_people: People
) -> None:
    services = any_services
    with services.database.writing() as session:
        opening = factories.opening(session, any_people.partner.organisation_id or 0)
        promise_id = put_promise(session, opening.id or 0, places=PLACES).id or 0
        crowd = young_people(session, TRIES)
    found = at_once([taking(services, who, promise_id) for who in crowd])
    assert crashes(found) == []
    assert found.count("taken") == PLACES
    assert all(isinstance(each, Refusal) for each in found if each != "taken")
    with services.database.reading() as session:
        assert len(session.exec(select(PromiseTaking)).all()) == PLACES


def test_whoever_presses_sixteen_times_has_one_place(
    any_services: Services, any_people: People
) -> None:
    services = any_services
    with services.database.writing() as session:
        opening = factories.opening(session, any_people.partner.organisation_id or 0)
        promise_id = put_promise(session, opening.id or 0, places=PLACES).id or 0
        (who,) = young_people(session, 1)
    found = at_once([taking(services, who, promise_id)] * 16)
    assert crashes(found) == []
    assert found.count("taken") == 1


@pytest.mark.parametrize("rounds", COUNTS)
def test_a_claim_pressed_twice_makes_one_application(
    any_services: Services, any_people: People, rounds: int
) -> None:
    services = any_services
    with services.database.writing() as session:
        crowd = young_people(session, rounds)
        opening = factories.opening(session, any_people.partner.organisation_id or 0)
        promise_id = put_promise(session, opening.id or 0, places=200).id or 0
        for who in crowd:
            put_taking(session, promise_id, who.own_youth_id)
            put_pass(session, who.own_youth_id)

    def claim(who: Actor) -> None:
        with services.writing(who) as unit:
            own_promises.claim(unit, who, promise_id, 1, True)

    for who in crowd:
        assert sorted(together(lambda w=who: claim(w), lambda w=who: claim(w))) == [
            "conflict", "done"
        ]  # fmt: skip
    with services.database.reading() as session:
        assert len(session.exec(select(Application)).all()) == rounds
    assert chains_hold(services)


@pytest.mark.parametrize("rounds", COUNTS)
def test_the_last_place_and_the_end_of_the_offer_come_one_after_the_other(
    any_services: Services, any_people: People, rounds: int
) -> None:
    services, partner = any_services, actor(any_people.partner)
    with services.database.writing() as session:
        crowd = young_people(session, rounds)
        opening = factories.opening(session, any_people.partner.organisation_id or 0)
        ids = [put_promise(session, opening.id or 0).id or 0 for _ in crowd]

    def withdraw(promise_id: int) -> None:
        with services.writing(partner) as unit:
            promises_desk.withdraw(unit, partner, promise_id, 1)

    for who, promise_id in zip(crowd, ids, strict=True):
        taken, ended = together(
            lambda w=who, p=promise_id: taking(services, w, p)(),
            lambda p=promise_id: withdraw(p),
        )
        assert (taken in ("done", "conflict"), ended) == (True, "done")
        with services.database.reading() as session:
            found = session.exec(
                select(PromiseTaking).where(PromiseTaking.promise_id == promise_id)
            ).all()
        assert len(found) == (taken == "done")


def test_two_clocks_at_once_settle_everything_once(
    any_services: Services, any_people: People
) -> None:
    services = any_services
    with services.database.writing() as session:
        opening = factories.opening(session, any_people.partner.organisation_id or 0)
        gone = put_promise(session, opening.id or 0, earn_by=TODAY - timedelta(days=15), places=200)
        for who in young_people(session, 12):
            put_taking(session, gone.id or 0, who.own_youth_id)
    found = together(lambda: promise_clock.run(services), lambda: promise_clock.run(services))
    assert found == ["done", "done"]
    with services.database.reading() as session:
        rows = session.exec(select(PromiseTaking)).all()
    assert {(row.state, row.version) for row in rows} == {(TakingState.LAPSED, 2)}
