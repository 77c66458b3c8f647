"""What became of people: proposed, confirmed by the right desk, asked about again."""

from datetime import date

import pytest
from sqlmodel import select

from matcher.flows import applications_partner, outcome_desk, own_outcomes
from matcher.flows.outcome_desk import OutcomeStep, Show, Told
from matcher.flows.own_outcomes import Answer
from matcher.policy.states import ApplicationAction
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.wiring import Services
from models.application import ApplicationState
from models.outcome import (
    Outcome,
    OutcomeCheck,
    OutcomeKind,
    OutcomeSource,
    OutcomeState,
)
from models.trail import AccessRecord
from models.youth import YouthProfile
from tests import factories
from tests.coordinator_desk import days, young
from tests.factories import TODAY
from tests.partner_desk import actor, employer_consent, looking, working
from tests.people import People, Person

JOB = Told(OutcomeKind.EMPLOYED, date(2026, 8, 1), "데모 회사", "space", True)


def view(
    services: Services, person: Person, show: Show = Show.PROPOSED
) -> outcome_desk.OutcomesView:
    with looking(services, person) as unit:
        return outcome_desk.listing(unit, actor(person), show)


def step(services: Services, person: Person, number: int, to: OutcomeStep, version: int) -> None:
    with working(services, person) as unit:
        outcome_desk.step(unit, actor(person), number, to, version)


def add(services: Services, person: Person, youth_id: int | None, told: Told = JOB) -> int:
    with working(services, person) as unit:
        return outcome_desk.add(unit, actor(person), youth_id or 0, told)


def only(services: Services) -> Outcome:
    with services.database.reading() as session:
        return session.exec(select(Outcome)).one()


def hire(services: Services, people: People, **values: object) -> None:
    with services.database.writing() as session:
        opening = factories.opening(session, people.partner.organisation_id, **values)
        row = factories.application(
            session, opening.id, people.youth.youth_id, state=ApplicationState.ACCEPTED
        )
        employer_consent(session, people.youth.youth_id or 0, people.partner.organisation_id)
        number, version = row.id or 0, row.version
    with working(services, people.partner) as unit:
        applications_partner.move(
            unit, actor(people.partner), number, version, ApplicationAction.HIRE
        )


@pytest.mark.parametrize(
    ("region", "in_jeju"), [("jeju-si", True), ("mainland", False), ("remote", None)]
)
def test_a_hire_recorded_here_proposes_an_outcome_and_confirms_nothing(
    services: Services, people: People, region: str, in_jeju: bool | None
) -> None:
    hire(services, people, starts_on=days(20), region=region)
    row = only(services)
    assert (row.state, row.source, row.kind) == (
        OutcomeState.PROPOSED, OutcomeSource.HIRE, OutcomeKind.EMPLOYED,
    )  # fmt: skip
    assert (row.started_on, row.sector, row.is_in_jeju) == (days(20), "space", in_jeju)
    assert row.organisation_name == "orbit 데모"


def test_a_hire_that_was_told_already_is_not_proposed_twice(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        factories.outcome(session, people.youth.youth_id or 0, started_on=days(-10))
    hire(services, people)
    assert only(services).source is OutcomeSource.SURVEY


def test_a_proposal_is_confirmed_left_out_and_opened_again(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        number = factories.outcome(session, people.youth.youth_id or 0).id or 0
    step(services, people.coordinator, number, OutcomeStep.CONFIRM, 1)
    assert only(services).decided_by_account_id == people.coordinator.account_id
    with pytest.raises(Conflict):
        step(services, people.coordinator, number, OutcomeStep.REJECT, 2)
    step(services, people.coordinator, number, OutcomeStep.REOPEN, 2)
    step(services, people.coordinator, number, OutcomeStep.REJECT, 3)
    assert only(services).state is OutcomeState.REJECTED
    with pytest.raises(Conflict):
        step(services, people.coordinator, number, OutcomeStep.REOPEN, 3)
    with services.database.reading() as session:
        tasks = [row.task for row in session.exec(select(AccessRecord))]
    assert tasks == ["outcome:confirm", "outcome:reopen", "outcome:reject"]


def test_a_coordinator_neither_sees_nor_writes_another_universitys_outcomes(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        number = factories.outcome(session, people.far_youth.youth_id or 0).id or 0
    for person in (people.coordinator, people.centre):
        assert view(services, person).lines == ()
        with pytest.raises(NotFound):
            step(services, person, number, OutcomeStep.CONFIRM, 1)
        with pytest.raises(NotFound):
            add(services, person, people.far_youth.youth_id)
    assert len(view(services, people.other_coordinator).lines) == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (Told(OutcomeKind.FOUNDED, date(1999, 12, 31)), "started_on"),
        (Told(OutcomeKind.FOUNDED, days(367)), "started_on"),
        (Told(OutcomeKind.FOUNDED, TODAY, ended_on=days(-1)), "ended_on"),
        (JOB, "started_on"),
    ],
)
def test_days_that_cannot_be_and_doubles_are_refused(
    services: Services, people: People, told: Told, field: str
) -> None:
    add(services, people.coordinator, people.youth.youth_id)
    with pytest.raises(Invalid) as refusal:
        add(services, people.coordinator, people.youth.youth_id, told)
    assert set(refusal.value.fields) == {field}
    assert only(services).state is OutcomeState.CONFIRMED


def test_checks_are_listed_when_due_and_answered_once(services: Services, people: People) -> None:
    number = add(services, people.coordinator, people.youth.youth_id)
    due = view(services, people.coordinator, Show.DUE)
    assert [(line.id, line.due) for line in due.lines] == [(number, 3)]
    desk = actor(people.coordinator)
    with services.writing(desk) as unit:
        outcome_desk.check(unit, desk, number, 3, True, True)
    for months in (3, 6):
        with pytest.raises(Conflict), services.writing(desk) as unit:
            outcome_desk.check(unit, desk, number, months, True, None)
    assert view(services, people.coordinator, Show.DUE).lines == ()
    with services.database.reading() as session:
        row = session.exec(select(OutcomeCheck)).one()
    assert (row.months, row.still_holds, row.is_in_jeju, row.source) == (
        3, True, True, OutcomeSource.DESK,
    )  # fmt: skip


def test_knowledge_counts_graduates_of_half_a_year_ago(services: Services, people: People) -> None:
    home = people.coordinator.organisation_id
    with services.database.writing() as session:
        graduated = [
            young(session, f"g{n}", home, graduation_on=date(2026, 2, 20)) for n in range(3)
        ]
        young(session, "late", home, graduation_on=date(2026, 8, 20))
    add(services, people.coordinator, graduated[0])
    too_late = Told(OutcomeKind.EMPLOYED, date(2026, 8, 21))
    add(services, people.coordinator, graduated[1], too_late)
    found = view(services, people.coordinator, Show.UNKNOWN)
    assert (found.known, found.graduates) == (1, 3)
    assert {each.youth_id for each in found.unknown} == set(graduated[1:])
    assert found.counts[Show.UNKNOWN] == len(found.unknown)


def test_every_count_is_the_length_of_its_list(services: Services, people: People) -> None:
    with services.database.writing() as session:
        youth_id = people.youth.youth_id or 0
        session.get_one(YouthProfile, youth_id).graduation_on = date(2025, 2, 20)
        for n, state in enumerate(OutcomeState):
            factories.outcome(session, youth_id, state=state, started_on=date(2026, 7, n + 1))
    counts = view(services, people.coordinator).counts
    for show in Show:
        found = view(services, people.coordinator, show)
        assert counts[show] == len(found.lines) + len(found.unknown) == 1


def test_a_persons_answer_waits_and_can_be_taken_back_until_it_is_confirmed(
    services: Services, people: People
) -> None:
    me = actor(people.youth)
    with working(services, people.youth) as unit:
        number = own_outcomes.answer(unit, me, Answer(OutcomeKind.FOUNDED, date(2026, 8, 1)))
    with pytest.raises(Invalid), working(services, people.youth) as unit:
        own_outcomes.answer(unit, me, Answer(OutcomeKind.FOUNDED, date(2026, 8, 1)))
    with pytest.raises(NotFound), working(services, people.other_youth) as unit:
        own_outcomes.remove(unit, actor(people.other_youth), number, 1)
    step(services, people.coordinator, number, OutcomeStep.CONFIRM, 1)
    with pytest.raises(Conflict), working(services, people.youth) as unit:
        own_outcomes.remove(unit, me, number, 2)
    with looking(services, people.youth) as unit:
        line = own_outcomes.view(unit, me)[0]
    assert (line.due, line.can_remove) == ((3,), False)
    with working(services, people.youth) as unit:
        own_outcomes.check(unit, me, number, 3, False, None)
    with pytest.raises(Conflict), working(services, people.youth) as unit:
        own_outcomes.check(unit, me, number, 3, True, None)
    step(services, people.coordinator, number, OutcomeStep.REOPEN, 2)
    with working(services, people.youth) as unit:
        own_outcomes.answer(unit, me, Answer(OutcomeKind.SEEKING, TODAY))
