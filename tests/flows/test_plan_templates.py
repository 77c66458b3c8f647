"""A desk suggests a path to a cohort; the person chooses, declines, or is there already."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from matcher.flows import plan_templates, suggestions
from matcher.flows.plan_templates import CohortFilter, Draft, Preview
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import plan_templates as store
from matcher.wiring import Services
from models.consent import Consent, ConsentPurpose
from models.course import EnrolmentState
from models.outbox import OutboxMail
from models.plan import PlanTarget
from models.plan_template import PlanSuggestion, PlanTemplate, SuggestionState
from models.youth import AffiliationState, YouthProfile, YouthStatus
from tests import coordinator_desk as desk
from tests import factories
from tests.factories import NOW
from tests.matching_desk import actor_of
from tests.people import People, Person

DRAFT = Draft("클라우드", "certification:SAA", 8, date(2027, 6, 30), "함께 가요.")
ALL = CohortFilter()


def write(services: Services, person: Person, step: Any, *asked: Any) -> Any:
    with services.writing(actor_of(person)) as unit:
        return step(unit, actor_of(person), *asked)


def look(services: Services, person: Person, step: Any, *asked: Any) -> Any:
    with services.reading(actor_of(person)) as unit:
        return step(unit, actor_of(person), *asked)


def made(services: Services, people: People, draft: Draft = DRAFT) -> int:
    return int(write(services, people.coordinator, plan_templates.make, draft))


def preview(services: Services, people: People, template_id: int, wanted: CohortFilter) -> Preview:
    view = look(services, people.coordinator, plan_templates.view, template_id, wanted)
    assert view.preview is not None
    return view.preview


def suggest(services: Services, people: People, template_id: int, expected: int) -> int:
    step = plan_templates.suggest
    return int(write(services, people.coordinator, step, template_id, ALL, expected, 1))


def change(services: Services, youth_id: int | None, **values: Any) -> None:
    with services.database.writing() as session:
        row = session.get_one(YouthProfile, youth_id)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        session.add(row)


def test_a_cohort_is_the_desks_own_confirmed_people_who_agreed_to_the_service(
    services: Services, people: People
) -> None:
    template_id = made(services, people)
    assert preview(services, people, template_id, ALL) == Preview(2, 2, 0, 0, 0)
    change(services, people.other_youth.youth_id, affiliation_state=AffiliationState.CLAIMED)
    assert preview(services, people, template_id, ALL).cohort == 1
    with services.database.writing() as session:
        consent = session.exec(
            select(Consent).where(
                Consent.youth_id == people.youth.youth_id,
                Consent.purpose == ConsentPurpose.SERVICE,
            )
        ).one()
        consent.withdrawn_at = NOW
        session.add(consent)
    assert preview(services, people, template_id, ALL).cohort == 0


def test_conditions_narrow_the_cohort(services: Services, people: People) -> None:
    template_id, youth_id = made(services, people), people.youth.youth_id or 0
    change(
        services, youth_id, status=YouthStatus.EXPECTED_GRADUATE, graduation_on=date(2027, 2, 19)
    )
    with services.database.writing() as session:
        course = desk.course(session, people.coordinator.organisation_id)
        run = desk.run(session, course.id, desk.days(10), desk.days(40))
        desk.enrolment(session, run.id, youth_id, EnrolmentState.ENROLLED)
        session_id = run.id
    for wanted in (
        CohortFilter(status=YouthStatus.EXPECTED_GRADUATE),
        CohortFilter(graduation_year=2027),
        CohortFilter(session_id=session_id),
    ):
        assert preview(services, people, template_id, wanted).cohort == 1
    assert preview(services, people, template_id, CohortFilter(graduation_year=2026)).cohort == 0
    assert preview(services, people, template_id, CohortFilter(sector="space")).cohort == 0


def test_everybody_new_is_told_once_and_nobody_gets_a_plan(
    services: Services, people: People
) -> None:
    template_id = made(services, people)
    assert suggest(services, people, template_id, 2) == 2
    assert preview(services, people, template_id, ALL) == Preview(2, 0, 2, 0, 0)
    with pytest.raises(Conflict):
        write(services, people.coordinator, plan_templates.suggest, template_id, ALL, 0, 1)
    with services.database.reading() as session:
        mails = session.exec(
            select(OutboxMail).where(OutboxMail.template == "path_suggested")
        ).all()
        told = {mail.account_id for mail in mails}
    assert told == {people.youth.account_id, people.other_youth.account_id}
    assert len(mails) == 2
    [line] = look(services, people.youth, suggestions.listing)
    assert line.asks == {"target": "certification:SAA", "hours": "8", "by": "2027-06-30"}
    assert look(services, people.far_youth, suggestions.listing) == ()


def test_whoever_is_there_or_on_the_way_is_left_alone(services: Services, people: People) -> None:
    with services.database.writing() as session:
        desk.certificate(session, people.youth.youth_id, certification="SAA", exam_code="SAA-C03")
        factories.plan(
            session, people.other_youth.youth_id or 0, ["SAA"], target=PlanTarget.CERTIFICATION
        )
    template_id = made(services, people)
    assert preview(services, people, template_id, ALL) == Preview(2, 0, 0, 1, 1)
    with pytest.raises(Conflict):
        suggest(services, people, template_id, 0)


def test_a_number_other_than_the_previewed_one_stores_nothing(
    services: Services, people: People
) -> None:
    template_id = made(services, people)
    with pytest.raises(Conflict):
        suggest(services, people, template_id, 3)
    with services.database.reading() as session:
        assert session.exec(select(PlanSuggestion)).all() == []


def test_a_chosen_path_answers_the_suggestion_even_after_a_no(
    services: Services, people: People
) -> None:
    template_id = made(services, people)
    suggest(services, people, template_id, 2)
    [line] = look(services, people.youth, suggestions.listing)
    write(services, people.youth, suggestions.decline, line.id)
    assert look(services, people.youth, suggestions.listing) == ()
    with pytest.raises(Conflict):
        write(services, people.youth, suggestions.decline, line.id)
    with services.database.writing() as session:
        youth_id = people.youth.youth_id or 0
        plan = factories.plan(session, youth_id, ["SAA"], target=PlanTarget.CERTIFICATION)
        target = PlanTarget.CERTIFICATION
        store.settle(session, youth_id, target, ("CLF",), plan.id or 0, NOW)
        assert _state(session, youth_id) is SuggestionState.DECLINED
        store.settle(session, youth_id, target, ("SAA",), plan.id or 0, NOW)
        assert _state(session, youth_id) is SuggestionState.ACCEPTED
        assert _state(session, people.other_youth.youth_id) is SuggestionState.SUGGESTED


def _state(session: Any, youth_id: int | None) -> SuggestionState:
    statement = select(PlanSuggestion.state).where(PlanSuggestion.youth_id == youth_id)
    return SuggestionState(session.exec(statement).one())


def test_a_no_to_somebody_elses_suggestion_is_not_found(services: Services, people: People) -> None:
    suggest(services, people, made(services, people), 2)
    [line] = look(services, people.youth, suggestions.listing)
    with pytest.raises(NotFound):
        write(services, people.other_youth, suggestions.decline, line.id)


def test_an_edit_reaches_whoever_has_not_answered_and_keeps_the_target(
    services: Services, people: People
) -> None:
    template_id = made(services, people)
    suggest(services, people, template_id, 2)
    slower = replace(DRAFT, weekly_hours=4, finish_by=None)
    write(services, people.coordinator, plan_templates.edit, template_id, slower, 1)
    [line] = look(services, people.youth, suggestions.listing)
    assert line.asks == {"target": "certification:SAA", "hours": "4"}
    other = replace(DRAFT, target="certification:CLF")
    with pytest.raises(Invalid) as refusal:
        write(services, people.coordinator, plan_templates.edit, template_id, other, 2)
    assert set(refusal.value.fields) == {"target"}
    with pytest.raises(Conflict):
        write(services, people.coordinator, plan_templates.edit, template_id, slower, 1)


def test_an_ended_template_is_gone_from_peoples_pages(services: Services, people: People) -> None:
    template_id = made(services, people)
    suggest(services, people, template_id, 2)
    write(services, people.coordinator, plan_templates.end, template_id, 1)
    assert look(services, people.youth, suggestions.listing) == ()
    with pytest.raises(Conflict):
        write(services, people.coordinator, plan_templates.suggest, template_id, ALL, 0, 2)


def test_another_desks_template_is_not_found(services: Services, people: People) -> None:
    template_id = made(services, people)
    for person in (people.other_coordinator, people.centre):
        with pytest.raises(NotFound):
            look(services, person, plan_templates.view, template_id)
        assert look(services, person, plan_templates.listing).lines == ()


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(DRAFT, target="certification:XXX"), "target"),
        (replace(DRAFT, target="opening:1"), "target"),
        (replace(DRAFT, finish_by=date(2026, 1, 1)), "finish_by"),
        (replace(DRAFT, finish_by=date(2099, 1, 1)), "finish_by"),
    ],
)
def test_a_target_or_day_that_cannot_be_is_refused_by_its_field(
    services: Services, people: People, draft: Draft, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        made(services, people, draft)
    assert set(refusal.value.fields) == {field}
    with services.database.reading() as session:
        assert session.exec(select(PlanTemplate)).all() == []


def test_what_no_course_teaches_is_named(services: Services, people: People) -> None:
    template_id = made(services, people)
    view = look(services, people.coordinator, plan_templates.view, template_id)
    assert [each.courses for each in view.holes] == [0]
    with services.database.writing() as session:
        course = desk.course(
            session, people.coordinator.organisation_id, linked_certification="SAA"
        )
        desk.run(session, course.id, desk.days(10), desk.days(40))
    view = look(services, people.coordinator, plan_templates.view, template_id)
    assert (view.holes, [each.courses for each in view.covers]) == ((), [1])
