"""The ways to decide beside the application's page: one press in the list, offers, links."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import select

from matcher.flows import (
    answer_links,
    application_sheet,
    applications_partner,
    job_offers,
    link_answering,
)
from matcher.flows.job_offers import Terms
from matcher.flows.link_answering import Proposed
from matcher.refusal import Conflict
from matcher.wiring import Services
from models.account import Account, AccountState
from models.answer_link import AnswerLink
from models.application import Application, ApplicationState, RefusalReason
from models.interview import InterviewMode
from models.organisation import Organisation
from models.outbox import OutboxMail
from tests.hiring_desk import Hiring, set_hiring
from tests.partner_desk import OPERATION, actor, looking, working
from tests.people import People
from tests.review_desk import phase


def link(services: Services, people: People, hiring: Hiring) -> str:
    """To a partner nobody signs in for."""
    with services.database.writing() as session:
        owner = session.get_one(Organisation, people.partner.organisation_id)
        owner.contact_email = "owner@orbit.example"
        session.get_one(Account, people.partner.account_id).state = AccountState.DISABLED
    with services.writing(actor(people.youth)) as unit:
        answer_links.announce(unit, OPERATION, hiring.first)
    with services.database.reading() as session:
        found = select(OutboxMail).where(OutboxMail.template == "answer_asked")
        return str(session.exec(found).one().context["token"])


def yes(services: Services, people: People, hiring: Hiring) -> None:
    token = link(services, people, hiring)
    with services.writing(None, "", "203.0.113.7") as unit:
        proposed = Proposed((), 30, InterviewMode.ON_SITE, "")
        assert link_answering.say_yes(unit, OPERATION, token, proposed) is not None


def no(services: Services, people: People, hiring: Hiring) -> None:
    token = link(services, people, hiring)
    with services.writing(None, "", "203.0.113.7") as unit:
        reason = RefusalReason.LACKS_SKILL
        assert link_answering.say_no(unit, OPERATION, token, reason, True) is not None


def invite(services: Services, people: People, hiring: Hiring) -> None:
    with looking(services, people.partner) as unit:
        application_sheet.view(unit, actor(people.partner), OPERATION, hiring.first)
    with working(services, people.partner) as unit:
        applications_partner.invite(unit, actor(people.partner), hiring.first, 1)


def offer(services: Services, people: People, hiring: Hiring) -> None:
    terms = Terms(date(2026, 12, 14), date(2026, 11, 28), 36_000_000, "", 0)
    with working(services, people.partner) as unit:
        job_offers.write(unit, actor(people.partner), hiring.first, 1, terms)


Way = Callable[[Services, People, Hiring], None]
WAYS: dict[str, tuple[Way, ApplicationState]] = {
    "link yes": (yes, ApplicationState.SENT),
    "link no": (no, ApplicationState.SENT),
    "invite": (invite, ApplicationState.SENT),
    "offer": (offer, ApplicationState.INTERVIEW),
}


@pytest.mark.parametrize("can_decide", [True, False])
@pytest.mark.parametrize("way", list(WAYS))
def test_a_phase_without_decisions_holds_on_every_way(
    services: Services, people: People, way: str, can_decide: bool
) -> None:
    act, state = WAYS[way]
    hiring = set_hiring(services, people, state=state, begins=())
    phase(services, hiring.opening_id, can_decide=can_decide)
    if can_decide:
        act(services, people, hiring)
    else:
        with pytest.raises(Conflict):
            act(services, people, hiring)
    with services.database.reading() as session:
        moved = session.get_one(Application, hiring.first).state is not state
        used = [row for row in session.exec(select(AnswerLink)) if row.answered_at is not None]
    assert moved is can_decide
    assert can_decide or used == []


@pytest.mark.parametrize("shows_names", [True, False])
def test_a_phase_that_hides_names_hides_them_behind_a_link_too(
    services: Services, people: People, shows_names: bool
) -> None:
    hiring = set_hiring(services, people, state=ApplicationState.SENT, begins=())
    phase(services, hiring.opening_id, shows_names=shows_names)
    token = link(services, people, hiring)
    with services.reading(None, "", "203.0.113.7") as unit:
        asked = link_answering.look(unit, OPERATION, token)
    with services.writing(None, "", "203.0.113.7") as unit:
        proposed = Proposed((), 30, InterviewMode.ON_SITE, "")
        done = link_answering.say_yes(unit, OPERATION, token, proposed)
    assert asked is not None
    assert done is not None
    assert done.is_yes
    assert (asked.message != "", done.email != "", done.name != "") == (shows_names,) * 3
    assert (asked.hidden_until is None, done.hidden_until is None) == (shows_names,) * 2
