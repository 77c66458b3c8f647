"""Deciding applications: stages, coded refusals, hires, and what follows from them."""

from datetime import date

import pytest
from sqlmodel import select

from matcher.flows import application_sheet, applying, job_offers
from matcher.flows import applications_partner as flow
from matcher.flows.job_offers import Terms
from matcher.policy.states import ApplicationAction
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.wiring import Services
from models.account import Role
from models.application import (
    Application,
    ApplicationEvent,
    ApplicationState,
    ClosingCause,
    RefusalReason,
)
from models.consent import ConsentPurpose
from models.outbox import OutboxMail
from models.trail import AccessRecord, AuditEntry
from tests import factories
from tests.partner_desk import (
    OPERATION,
    Scene,
    actor,
    employer_consent,
    looking,
    set_scene,
    working,
)
from tests.people import People

TERMS = Terms(date(2026, 12, 14), date(2026, 11, 28), 36_000_000, "", 0)


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


def applied(services: Services, people: People, opening_id: int, **values: object) -> int:
    with services.database.writing() as session:
        for partner in (people.partner, people.other_partner):
            employer_consent(session, people.youth.youth_id, partner.organisation_id)
        return factories.application(session, opening_id, people.youth.youth_id, **values).id


def move(services: Services, people: People, row_id: int, version: int, action: str) -> None:
    with working(services, people.partner) as unit:
        flow.move(unit, actor(people.partner), row_id, version, ApplicationAction(action))


def accept(services: Services, people: People, row_id: int, version: int) -> None:
    with working(services, people.youth) as unit:
        applying.accept_offer(unit, actor(people.youth), row_id, version)


def test_the_whole_way_to_a_hire_is_recorded_and_mailed(
    services: Services, people: People, scene: Scene
) -> None:
    row_id = applied(services, people, scene.opening_id)
    for version, action in enumerate(("review", "invite"), start=1):
        move(services, people, row_id, version, action)
    with working(services, people.partner) as unit:
        job_offers.write(unit, actor(people.partner), row_id, 3, TERMS)
    accept(services, people, row_id, 4)
    move(services, people, row_id, 5, "hire")
    with services.database.reading() as session:
        events = session.exec(select(ApplicationEvent).order_by(ApplicationEvent.id)).all()
        mails = session.exec(select(OutboxMail).order_by(OutboxMail.id)).all()
        audits = session.exec(select(AuditEntry)).all()
        looks = session.exec(select(AccessRecord)).all()
        assert session.get_one(Application, row_id).state is ApplicationState.HIRED
    assert [(each.to_state, each.actor_role) for each in events] == [
        ("under_review", "partner"), ("interview", "partner"), ("offered", "partner"),
        ("accepted", "youth"), ("hired", "partner"),
    ]  # fmt: skip
    told = [people.youth.account_id] * 3 + [people.partner.account_id, people.youth.account_id]
    assert [each.account_id for each in mails] == told
    assert [each.action for each in audits].count("offer:made") == 1
    assert (len(audits), len(looks)) == (6, 4)
    assert {each.youth_id for each in looks} == {people.youth.youth_id}


@pytest.mark.parametrize(
    "action",
    [
        "invite", "offer", "accept", "hire", "reopen", "withdraw", "refuse", "lose_to_other",
        "end_with_opening", "lapse",
    ],
)  # fmt: skip
def test_a_step_the_table_does_not_have_changes_nothing(
    services: Services, people: People, scene: Scene, action: str
) -> None:
    row_id = applied(services, people, scene.opening_id)
    with pytest.raises(Conflict):
        move(services, people, row_id, 1, action)
    with services.database.reading() as session:
        assert session.get_one(Application, row_id).state is ApplicationState.SENT
        assert session.exec(select(ApplicationEvent)).all() == []


def test_a_stale_version_is_a_conflict(services: Services, people: People, scene: Scene) -> None:
    row_id = applied(services, people, scene.opening_id)
    move(services, people, row_id, 1, "review")
    with pytest.raises(Conflict):
        move(services, people, row_id, 1, "invite")


def test_an_accepted_offer_ends_the_persons_other_applications_without_refusing_them(
    services: Services, people: People, scene: Scene
) -> None:
    row_id = applied(services, people, scene.opening_id, state=ApplicationState.OFFERED)
    with services.database.writing() as session:
        elsewhere = factories.application(
            session, scene.foreign_opening_id, people.youth.youth_id,
            state=ApplicationState.INTERVIEW,
        ).id  # fmt: skip
        of_another = factories.application(
            session, scene.foreign_opening_id, people.far_youth.youth_id
        ).id
    accept(services, people, row_id, 1)
    with services.database.reading() as session:
        ended = session.get_one(Application, elsewhere)
        assert (ended.state, ended.reason) == (ApplicationState.HIRED_ELSEWHERE, None)
        assert ended.cause is ClosingCause.ACCEPTED_ELSEWHERE
        assert session.get_one(Application, of_another).state is ApplicationState.SENT
        told = session.exec(
            select(OutboxMail.account_id).where(
                OutboxMail.template == "applicant_accepted_elsewhere"
            )
        ).all()
    assert told == [people.other_partner.account_id]
    with looking(services, people.other_partner) as unit:
        view = application_sheet.view(unit, actor(people.other_partner), OPERATION, elsewhere)
    assert [step.who for step in view.steps] == [""]


def refuse(services: Services, people: People, row_id: int, reason, share: bool = False) -> None:  # type: ignore[no-untyped-def]
    with working(services, people.partner) as unit:
        flow.refuse(unit, actor(people.partner), row_id, 1, reason, share)


@pytest.mark.parametrize(("share", "told"), [(True, "lacks_skill"), (False, "")])
def test_a_refusal_needs_a_reason_and_tells_it_only_when_asked_to(
    services: Services, people: People, scene: Scene, share: bool, told: str
) -> None:
    row_id = applied(services, people, scene.opening_id)
    with pytest.raises(Invalid) as refused:
        refuse(services, people, row_id, None)
    assert list(refused.value.fields) == ["reason"]
    refuse(services, people, row_id, RefusalReason.LACKS_SKILL, share)
    with services.database.reading() as session:
        row = session.get_one(Application, row_id)
        (mail,) = session.exec(select(OutboxMail)).all()
    assert (row.state, row.reason) == (ApplicationState.REFUSED, RefusalReason.LACKS_SKILL)
    assert mail.context["reason"] == told


def test_a_refused_one_may_be_opened_again(
    services: Services, people: People, scene: Scene
) -> None:
    row_id = applied(services, people, scene.opening_id)
    refuse(services, people, row_id, RefusalReason.OTHER)
    move(services, people, row_id, 2, "reopen")
    with services.database.reading() as session:
        row = session.get_one(Application, row_id)
    assert (row.state, row.reason) == (ApplicationState.UNDER_REVIEW, None)


def crowd(services: Services, people: People, opening_id: int, count: int) -> list[int]:
    made = []
    with services.database.writing() as session:
        for number in range(count):
            account = factories.account(session, f"applicant-{number}@example.com")
            factories.membership(session, account.id, Role.YOUTH)
            youth = factories.youth(session, account.id)
            factories.consent(session, youth.id, ConsentPurpose.SERVICE)
            employer_consent(session, youth.id, people.partner.organisation_id)
            made.append(factories.application(session, opening_id, youth.id).id)
    return made


def refuse_many(services: Services, people: People, opening_id: int, ids: list[int]) -> int:
    with working(services, people.partner) as unit:
        return flow.refuse_many(
            unit, actor(people.partner), opening_id, ids, RefusalReason.POSITION_FILLED, True
        )


def read(services: Services, people: People, ids: list[int]) -> None:
    for each in ids:
        with looking(services, people.partner) as unit:
            application_sheet.view(unit, actor(people.partner), OPERATION, each)


def states(services: Services) -> set[ApplicationState]:
    with services.database.reading() as session:
        return set(session.exec(select(Application.state)).all())


def test_refusing_several_needs_each_one_opened_first(
    services: Services, people: People, scene: Scene
) -> None:
    ids = crowd(services, people, scene.opening_id, 3)
    read(services, people, ids[:2])
    with pytest.raises(Conflict):
        refuse_many(services, people, scene.opening_id, ids)
    assert states(services) == {ApplicationState.SENT}
    read(services, people, ids[2:])
    assert refuse_many(services, people, scene.opening_id, ids) == 3
    assert states(services) == {ApplicationState.REFUSED}


def test_twenty_one_at_once_are_too_many(services: Services, people: People, scene: Scene) -> None:
    ids = crowd(services, people, scene.opening_id, 21)
    with pytest.raises(Invalid):
        refuse_many(services, people, scene.opening_id, ids)
    with pytest.raises(Invalid):
        refuse_many(services, people, scene.opening_id, [])
    assert states(services) == {ApplicationState.SENT}


def test_one_foreign_id_among_several_refuses_the_whole_request(
    services: Services, people: People, scene: Scene
) -> None:
    ids = crowd(services, people, scene.opening_id, 2)
    with services.database.writing() as session:
        foreign = factories.application(
            session, scene.foreign_opening_id, people.far_youth.youth_id
        ).id
    read(services, people, ids)
    with pytest.raises(NotFound):
        refuse_many(services, people, scene.opening_id, [*ids, foreign])
    with pytest.raises(NotFound):
        refuse_many(services, people, scene.foreign_opening_id, ids)
    assert states(services) == {ApplicationState.SENT}


def test_another_partners_application_is_absent(
    services: Services, people: People, scene: Scene
) -> None:
    row_id = applied(services, people, scene.foreign_opening_id)
    with looking(services, people.partner) as unit, pytest.raises(NotFound):
        application_sheet.view(unit, actor(people.partner), OPERATION, row_id)
    with pytest.raises(NotFound):
        move(services, people, row_id, 1, "review")


def test_a_look_at_an_application_is_recorded(
    services: Services, people: People, scene: Scene
) -> None:
    row_id = applied(services, people, scene.opening_id)
    read(services, people, [row_id])
    with services.database.reading() as session:
        (look,) = session.exec(select(AccessRecord)).all()
    assert (look.task, look.youth_id, look.account_id) == (
        "application:read",
        people.youth.youth_id,
        people.partner.account_id,
    )
