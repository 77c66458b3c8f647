"""Steps that come too late are told so in words, on every path: 409, and nothing changes."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import func, select

from matcher.db import Unit
from matcher.flows import answer_links, applications_partner, applying, job_offers, reply_clock
from matcher.policy.states import ApplicationAction
from matcher.refusal import Conflict
from matcher.wiring import Services
from models.application import Application, ApplicationState, LateReason, RefusalReason
from models.opening import Opening, OpeningState
from tests import factories
from tests.conftest import SignIn, post
from tests.partner_desk import OPERATION, Scene, actor, employer_consent, set_scene, working
from tests.people import People

S = ApplicationState
TERMS = job_offers.Terms(date(2026, 12, 1), date(2026, 11, 10), 30_000_000, "", 0)


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


def applied(services: Services, people: People, scene: Scene, state: ApplicationState) -> int:
    with services.database.writing() as session:
        employer_consent(session, people.youth.youth_id, people.partner.organisation_id)
        row = factories.application(session, scene.opening_id, people.youth.youth_id, state=state)
        return row.id


def change(services: Services, scene: Scene, **values: object) -> None:
    with services.database.writing() as session:
        row = session.get_one(Opening, scene.opening_id)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)


@pytest.mark.parametrize("late", ["twice", "closed", "filled", "past"])
def test_applying_twice_or_after_the_end_is_a_conflict_on_page_and_in_flow(
    services: Services, people: People, scene: Scene, sign_in: SignIn, late: str
) -> None:
    if late == "twice":
        applied(services, people, scene, S.SENT)
    elif late == "past":
        change(services, scene, closes_on=date(2026, 11, 2))
    else:
        change(services, scene, state=OpeningState(late))
    with pytest.raises(Conflict) as refused, working(services, people.youth) as unit:
        applying.apply(unit, actor(people.youth), scene.opening_id, "", True)
    answer = post(
        sign_in(people.youth), f"/youth/openings/{scene.opening_id}/apply", {"consent": "1"}
    )
    assert (answer.status_code, refused.value.message in answer.text) == (409, True)
    with services.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Application)) == (late == "twice")


@pytest.mark.parametrize("state", [S.HIRED, S.REFUSED, S.WITHDRAWN, S.HIRED_ELSEWHERE, S.CLOSED])
def test_withdrawing_what_is_over_is_a_conflict(
    services: Services, people: People, scene: Scene, sign_in: SignIn, state: ApplicationState
) -> None:
    number = applied(services, people, scene, state)
    path = f"/youth/applications/{number}/withdraw"
    assert post(sign_in(people.youth), path, {"version": "1"}).status_code == 409
    with services.database.reading() as session:
        assert session.get_one(Application, number).state is state


def test_nobody_decides_about_who_withdrew(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    number = applied(services, people, scene, S.WITHDRAWN)
    who = actor(people.partner)

    def said(act: Callable[[Unit], object]) -> str:
        with pytest.raises(Conflict) as refused, working(services, people.partner) as unit:
            act(unit)
        return refused.value.message

    acts: list[Callable[[Unit], object]] = [
        lambda unit: applications_partner.move(unit, who, number, 1, ApplicationAction.HIRE),
        lambda unit: applications_partner.invite(unit, who, number, 1),
        lambda unit: applications_partner.refuse(unit, who, number, 1, RefusalReason.OTHER, False),
        lambda unit: job_offers.write(unit, who, number, 1, TERMS),
        lambda unit: reply_clock.ask_more(unit, who, number, 1, LateReason.ON_HOLD, 3),
        lambda unit: answer_links.ask(unit, who, OPERATION, number, "lead@partner.example"),
    ]
    assert {said(act) for act in acts} == {"그 사이에 지원자가 지원을 거두었습니다."}
    browser, path = sign_in(people.partner), f"/partner/applications/{number}"
    offer = {"starts_on": "2026-12-01", "answer_by": "2026-11-10", "pay_krw": "30000000"}
    for step, form in {
        "move": {"action": "hire", "version": "1"},
        "refuse": {"reason": "other", "version": "1"},
        "offer": {**offer, "offer_version": "0", "version": "1"},
        "more-time": {"reason": "on_hold", "days": "3", "version": "1"},
        "note": {"note": "a line"},
        "links": {"email": "lead@partner.example"},
    }.items():
        answer = post(browser, f"{path}/{step}", form)
        said = "그 사이에 지원자가 지원을 거두었습니다." in answer.text
        assert (step, answer.status_code, said) == (step, 409, True)
    assert browser.get(path).status_code == 404
    foreign = sign_in(people.other_partner)
    answer = post(foreign, f"{path}/move", {"action": "hire", "version": "1"})
    assert answer.status_code == 404
