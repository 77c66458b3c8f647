"""Offers: written with terms, read with what accepting does, accepted once, checked on later."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from matcher.flows import (
    applications_partner,
    applying,
    hire_questions,
    hires_desk,
    job_offers,
    own_outcomes,
)
from matcher.flows.job_offers import Terms
from matcher.policy.states import ApplicationAction
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.wiring import Services
from models.account import Role
from models.application import Application, ApplicationState, ClosingCause
from models.interview import JobOffer
from models.outbox import OutboxMail
from models.outcome import Outcome, OutcomeCheck, OutcomeSource, OutcomeState
from models.trail import AuditEntry
from tests import factories
from tests.hiring_desk import Hiring, offer, set_hiring
from tests.partner_desk import OPERATION, actor, employer_consent, looking, working
from tests.people import People, Person

TERMS = Terms(date(2026, 12, 14), date(2026, 11, 28), 36_000_000, "함께 일하고 싶습니다.", 0)


@pytest.fixture
def hiring(services: Services, people: People) -> Hiring:
    return set_hiring(services, people)


def write(
    services: Services, people: People, number: int, terms: Terms = TERMS, version: int = 1
) -> None:
    with working(services, people.partner) as unit:
        job_offers.write(unit, actor(people.partner), number, version, terms)


def accept(services: Services, person: Person, number: int, version: int = 2) -> None:
    with working(services, person) as unit:
        applying.accept_offer(unit, actor(person), number, version)


def state(services: Services, number: int) -> ApplicationState:
    with services.database.reading() as session:
        return session.get_one(Application, number).state


def offered(services: Services, people: People, **values: object) -> Hiring:
    """Both people hold an offer."""
    hiring = set_hiring(services, people, state=ApplicationState.OFFERED, **values)
    with services.database.writing() as session:
        for number in (hiring.first, hiring.second):
            offer(session, number, people.partner.account_id)
    return hiring


def test_an_offer_moves_the_application_and_its_words_reach_the_person(
    services: Services, people: People, hiring: Hiring
) -> None:
    write(services, people, hiring.first)
    with looking(services, people.youth) as unit:
        view = job_offers.own(unit, actor(people.youth), hiring.first)
    assert view.terms == replace(TERMS, version=1)
    assert (view.can_accept, view.ends, view.has_place) == (True, (), True)
    with services.database.reading() as session:
        told = session.exec(select(OutboxMail).where(OutboxMail.template == "application_moved"))
        (mail,) = told.all()
    assert (mail.context["state"], mail.context["said"]) == ("offered", TERMS.words)


def test_no_step_makes_an_offer_without_its_terms(
    services: Services, people: People, hiring: Hiring
) -> None:
    with pytest.raises(Conflict, match="조건"), working(services, people.partner) as unit:
        applications_partner.move(
            unit, actor(people.partner), hiring.first, 1, ApplicationAction.OFFER
        )
    assert state(services, hiring.first) is ApplicationState.INTERVIEW


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"pay_krw": 20_000_000}, "pay_krw"),  # below the minimum wage
        ({"pay_krw": 31_000_000}, "pay_krw"),  # below the posting people applied to
        ({"pay_krw": None}, "pay_krw"),
        ({"starts_on": date(2026, 11, 20)}, "starts_on"),
        ({"answer_by": date(2026, 11, 21)}, "answer_by"),
        ({"answer_by": date(2026, 12, 22)}, "answer_by"),
        ({"words": "결혼 여부를 알려 주세요."}, "words"),
    ],
)
def test_terms_that_cannot_be_are_refused_by_field(
    services: Services, people: People, hiring: Hiring, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        write(services, people, hiring.first, replace(TERMS, **change))  # type: ignore[arg-type]
    assert list(refused.value.fields) == [field]
    assert state(services, hiring.first) is ApplicationState.INTERVIEW


def test_changed_terms_are_told_and_a_stale_form_overwrites_nothing(
    services: Services, people: People, hiring: Hiring
) -> None:
    write(services, people, hiring.first)
    better = replace(TERMS, pay_krw=38_000_000, version=1)
    write(services, people, hiring.first, better, version=2)
    with pytest.raises(Conflict):
        write(services, people, hiring.first, replace(TERMS, version=1), version=2)
    with services.database.reading() as session:
        assert session.exec(select(JobOffer)).one().pay_krw == 38_000_000
        changed = session.exec(select(OutboxMail).where(OutboxMail.template == "offer_changed"))
        assert len(changed.all()) == 1


def test_a_yes_to_terms_that_changed_meanwhile_agrees_to_nothing(
    services: Services, people: People, hiring: Hiring
) -> None:
    write(services, people, hiring.first)
    with looking(services, people.youth) as unit:
        read = job_offers.own(unit, actor(people.youth), hiring.first).version
    less = replace(TERMS, pay_krw=33_000_000, version=1)
    write(services, people, hiring.first, less, version=2)
    with pytest.raises(Conflict):
        accept(services, people.youth, hiring.first, read)
    assert state(services, hiring.first) is ApplicationState.OFFERED
    accept(services, people.youth, hiring.first, read + 1)
    assert state(services, hiring.first) is ApplicationState.ACCEPTED


def test_accepting_names_what_it_ends_and_ends_it(
    services: Services, people: People, hiring: Hiring
) -> None:
    with services.database.writing() as session:
        elsewhere = factories.opening(
            session, people.other_partner.organisation_id or 0, title_ko="바다 데이터 분석가"
        )
        other = factories.application(session, elsewhere.id or 0, people.youth.youth_id or 0).id
    write(services, people, hiring.first)
    with looking(services, people.youth) as unit:
        view = job_offers.own(unit, actor(people.youth), hiring.first)
    assert view.ends == ("바다 데이터 분석가",)
    accept(services, people.youth, hiring.first)
    with services.database.reading() as session:
        ended = session.get_one(Application, other)
    assert (ended.state, ended.cause) == (
        ApplicationState.HIRED_ELSEWHERE, ClosingCause.ACCEPTED_ELSEWHERE,
    )  # fmt: skip


def test_nobody_accepts_beyond_the_headcount_and_the_partner_is_warned_before(
    services: Services, people: People
) -> None:
    hiring = offered(services, people, headcount=1)
    with services.database.writing() as session:
        third = factories.application(
            session, hiring.opening_id, people.far_youth.youth_id or 0,
            state=ApplicationState.INTERVIEW,
        ).id or 0  # fmt: skip
        employer_consent(session, people.far_youth.youth_id or 0, people.partner.organisation_id)
    with looking(services, people.partner) as unit:
        assert job_offers.desk(unit, actor(people.partner), OPERATION, third).is_over_headcount
    accept(services, people.youth, hiring.first, 1)
    with pytest.raises(Conflict) as refused:
        accept(services, people.other_youth, hiring.second, 1)
    assert "남은 자리가 없" in refused.value.message
    assert state(services, hiring.second) is ApplicationState.OFFERED
    with looking(services, people.other_youth) as unit:
        view = job_offers.own(unit, actor(people.other_youth), hiring.second)
    assert not view.has_place


def test_a_declined_offer_leaves_the_others_alone(services: Services, people: People) -> None:
    hiring = offered(services, people)
    with working(services, people.youth) as unit:
        applying.withdraw(unit, actor(people.youth), hiring.first, 1)
    assert state(services, hiring.first) is ApplicationState.WITHDRAWN
    assert state(services, hiring.second) is ApplicationState.OFFERED


def test_an_offer_is_for_its_person_and_its_partner_alone(
    services: Services, people: People
) -> None:
    hiring = offered(services, people)
    for person in (people.other_youth, people.far_youth):
        with pytest.raises(NotFound), looking(services, person) as unit:
            job_offers.own(unit, actor(person), hiring.first)
    with pytest.raises(NotFound), looking(services, people.other_partner) as unit:
        job_offers.desk(unit, actor(people.other_partner), OPERATION, hiring.first)


def test_the_agreed_day_becomes_the_outcome_and_is_asked_about_once(
    services: Services, people: People
) -> None:
    hiring = set_hiring(services, people, state=ApplicationState.ACCEPTED)
    with services.database.writing() as session:
        offer(session, hiring.first, people.partner.account_id, starts_on=date(2026, 12, 14))
    with working(services, people.partner) as unit:
        applications_partner.move(
            unit, actor(people.partner), hiring.first, 1, ApplicationAction.HIRE
        )
    with services.database.writing() as session:
        outcome = session.exec(select(Outcome)).one()
        assert outcome.started_on == date(2026, 12, 14)
        outcome.state, outcome.started_on = OutcomeState.CONFIRMED, date(2026, 5, 20)
        number = outcome.id or 0
    with looking(services, people.partner) as unit:
        (line,) = hires_desk.view(unit, actor(people.partner), OPERATION)
    assert line.due == (3, 6)
    assert [hire_questions.ask_due(services) for _ in range(2)] == [1, 0]
    with services.database.reading() as session:
        asked = session.exec(
            select(OutboxMail.template, OutboxMail.account_id).where(
                col(OutboxMail.dedupe_key).startswith("still-here:")
            )
        )
        assert sorted(asked) == [
            ("still_here", people.partner.account_id),
            ("still_working", people.youth.account_id),
        ]
    with working(services, people.partner) as unit:
        hires_desk.answer(unit, actor(people.partner), number, 6, True)
    with services.database.reading() as session:
        check = session.exec(select(OutcomeCheck)).one()
    assert (check.months, check.still_holds, check.source) == (6, True, OutcomeSource.HIRE)
    with pytest.raises(Conflict), working(services, people.partner) as unit:
        hires_desk.answer(unit, actor(people.partner), number, 6, False)
    with pytest.raises(NotFound), working(services, people.other_partner) as unit:
        hires_desk.answer(unit, actor(people.other_partner), number, 3, True)


def corrected(services: Services, people: People, person: Person, number: int) -> None:
    with working(services, person) as unit:
        if person.role is Role.YOUTH:
            own_outcomes.correct(unit, actor(person), number, 6, False, None)
        else:
            hires_desk.correct(unit, actor(person), number, 6, False)


@pytest.mark.parametrize("source", [OutcomeSource.HIRE, OutcomeSource.SURVEY])
def test_an_answer_is_put_right_by_who_gave_it_within_two_weeks(
    services: Services, people: People, source: OutcomeSource
) -> None:
    hiring = set_hiring(services, people, state=ApplicationState.HIRED)
    with services.database.writing() as session:
        outcome = factories.outcome(
            session, people.youth.youth_id or 0, started_on=date(2026, 5, 20),
            state=OutcomeState.CONFIRMED, application_id=hiring.first,
        )  # fmt: skip
        number = outcome.id or 0
        check = OutcomeCheck(
            outcome_id=number, months=6, still_holds=True, source=source,
            checked_on=factories.TODAY - timedelta(days=14),
        )  # fmt: skip
        factories.add(session, check)
    by, other = people.partner, people.youth
    if source is OutcomeSource.SURVEY:
        by, other = other, by
    with pytest.raises(Conflict):
        corrected(services, people, other, number)
    corrected(services, people, by, number)
    with services.database.writing() as session:
        row = session.exec(select(OutcomeCheck)).one()
        assert (row.still_holds, row.checked_on) == (False, factories.TODAY - timedelta(days=14))
        audit = session.exec(select(AuditEntry)).all()[-1]
        assert audit.action == "outcome:corrected"
        assert (audit.change["before"], audit.change["after"]) == (True, False)
        row.checked_on -= timedelta(days=1)
    with pytest.raises(Conflict):
        corrected(services, people, by, number)
