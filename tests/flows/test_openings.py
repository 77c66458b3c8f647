"""Writing, handing in, changing and ending postings; the centre's answers."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from matcher.flows import approvals, openings
from matcher.flows.openings import Draft, Wanted
from matcher.policy.states import OpeningAction
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound
from matcher.wiring import Services
from models.application import (
    Application,
    ApplicationEvent,
    ApplicationState,
    Introduction,
    IntroductionState,
)
from models.opening import Opening, OpeningState, RequirementKind
from models.organisation import Organisation, OrganisationState
from models.outbox import OutboxMail
from models.trail import AuditEntry
from tests import factories
from tests.partner_desk import Scene, actor, looking, set_scene, working
from tests.people import People

DRAFT = Draft(
    title_ko="위성 데이터 엔지니어",
    title_en="Satellite data engineer",
    sector="space",
    role=None,
    description="위성 영상을 모으고 다듬습니다.",
    employment_type="permanent",
    region="jeju-si",
    headcount=1,
    pay_min_krw=36_000_000,
    pay_max_krw=48_000_000,
    opens_on=date(2026, 11, 21),
    closes_on=date(2026, 12, 31),
    starts_on=None,
    requirements=(Wanted(RequirementKind.MUST, "python", 3),),
)


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


def make(services: Services, people: People, draft: Draft = DRAFT) -> int:
    with working(services, people.partner) as unit:
        return openings.create(unit, actor(people.partner), draft)


def hand_in(services: Services, people: People, opening_id: int, version: int = 1) -> OpeningState:
    with working(services, people.partner) as unit:
        return openings.submit(unit, actor(people.partner), opening_id, version)


def distrust(services: Services, people: People, state: OrganisationState) -> None:
    with services.database.writing() as session:
        row = session.get_one(Organisation, people.partner.organisation_id)
        row.is_trusted, row.state = False, state
        session.add(row)


def test_a_trusted_partners_clean_posting_is_published_with_an_audit_line(
    services: Services, people: People
) -> None:
    opening_id = make(services, people)
    assert hand_in(services, people, opening_id) is OpeningState.PUBLISHED
    with services.database.reading() as session:
        lines = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
        row = session.get_one(Opening, opening_id)
    assert [(each.action, each.account_id) for each in lines] == [
        ("opening:created", people.partner.account_id),
        ("opening:published", people.partner.account_id),
    ]
    assert lines[1].change == {"before": "draft", "after": "published"}
    assert row.published_at is not None


def test_a_first_posting_waits_and_the_centre_is_told(services: Services, people: People) -> None:
    distrust(services, people, OrganisationState.ACTIVE)
    opening_id = make(services, people)
    assert hand_in(services, people, opening_id) is OpeningState.SUBMITTED
    with services.database.reading() as session:
        (mail,) = session.exec(select(OutboxMail)).all()
    assert (mail.account_id, mail.template) == (people.centre.account_id, "opening_submitted")


def test_approving_publishes_trusts_and_tells_the_partner(
    services: Services, people: People
) -> None:
    distrust(services, people, OrganisationState.ACTIVE)
    opening_id = make(services, people)
    hand_in(services, people, opening_id)
    with working(services, people.centre) as unit:
        approvals.approve_opening(unit, actor(people.centre), opening_id, 2)
    with services.database.reading() as session:
        row = session.get_one(Opening, opening_id)
        organisation = session.get_one(Organisation, people.partner.organisation_id)
        mails = session.exec(select(OutboxMail).order_by(OutboxMail.id)).all()
        (line,) = session.exec(
            select(AuditEntry).where(AuditEntry.action == "opening:published")
        ).all()
    assert (row.state, organisation.is_trusted) == (OpeningState.PUBLISHED, True)
    assert mails[-1].account_id == people.partner.account_id
    assert line.account_id == people.centre.account_id


def test_returning_needs_a_reason_and_the_partner_may_try_again(
    services: Services, people: People
) -> None:
    distrust(services, people, OrganisationState.ACTIVE)
    opening_id = make(services, people)
    hand_in(services, people, opening_id)
    centre = actor(people.centre)
    with working(services, people.centre) as unit, pytest.raises(Invalid) as refused:
        approvals.return_opening(unit, centre, opening_id, 2, None, "")
    assert list(refused.value.fields) == ["reason"]
    with working(services, people.centre) as unit, pytest.raises(Invalid):
        approvals.return_opening(unit, centre, opening_id, 2, approvals.ReturnReason.OTHER, "")
    with working(services, people.centre) as unit:
        approvals.return_opening(
            unit, centre, opening_id, 2, approvals.ReturnReason.UNCLEAR_PAY, "급여를 적어 주십시오"
        )
    with services.database.reading() as session:
        row = session.get_one(Opening, opening_id)
        assert row.return_reason == "unclear_pay|급여를 적어 주십시오"
    assert hand_in(services, people, opening_id, 3) is OpeningState.SUBMITTED


def test_a_posting_of_an_unchecked_partner_is_not_approved_before_the_partner(
    services: Services, people: People
) -> None:
    distrust(services, people, OrganisationState.PENDING)
    opening_id = make(services, people)
    hand_in(services, people, opening_id)
    centre = actor(people.centre)
    with working(services, people.centre) as unit, pytest.raises(Conflict):
        approvals.approve_opening(unit, centre, opening_id, 2)
    with working(services, people.centre) as unit:
        approvals.approve_partner(unit, centre, people.partner.organisation_id)
    with working(services, people.centre) as unit:
        approvals.approve_opening(unit, centre, opening_id, 2)
    with services.database.reading() as session:
        assert session.get_one(Opening, opening_id).state is OpeningState.PUBLISHED


def test_a_partner_turned_away_is_closed_and_sees_nothing(
    services: Services, people: People
) -> None:
    distrust(services, people, OrganisationState.PENDING)
    opening_id = make(services, people)
    with working(services, people.centre) as unit:
        approvals.return_partner(
            unit, actor(people.centre), people.partner.organisation_id,
            approvals.ReturnReason.NOT_VERIFIED, "",
        )  # fmt: skip
    with pytest.raises(NotFound):
        hand_in(services, people, opening_id)
    with pytest.raises(NotFound):
        make(services, people)


@pytest.mark.parametrize("who", ["partner", "youth", "coordinator", "admin"])
def test_nobody_but_the_centre_decides(services: Services, people: People, who: str) -> None:
    person = getattr(people, who)
    with looking(services, person) as unit, pytest.raises(Forbidden):
        approvals.waiting(unit, actor(person))
    with working(services, person) as unit, pytest.raises(Forbidden):
        approvals.approve_opening(unit, actor(person), 1, 1)


def test_editing_a_published_text_into_a_forbidden_topic_takes_it_down_for_a_human(
    services: Services, people: People, scene: Scene
) -> None:
    changed = replace(DRAFT, description="젊은 분을 찾습니다.")
    with working(services, people.partner) as unit:
        state = openings.edit(unit, actor(people.partner), scene.opening_id, 1, changed)
    assert state is OpeningState.SUBMITTED
    with looking(services, people.centre) as unit:
        (waiting,) = approvals.waiting(unit, actor(people.centre)).openings
    assert [(hit.field, hit.words) for hit in waiting.hits] == [("description", "젊은")]


def test_another_sector_of_a_published_posting_is_approved_before_its_pool_is_seen(
    services: Services, people: People, scene: Scene
) -> None:
    """People agree to be seen by sector; an approved posting must not walk into another one."""
    with working(services, people.partner) as unit:
        changed = replace(DRAFT, sector="bio")
        state = openings.edit(unit, actor(people.partner), scene.opening_id, 1, changed)
    assert state is OpeningState.SUBMITTED
    with looking(services, people.centre) as unit:
        (waiting,) = approvals.waiting(unit, actor(people.centre)).openings
    assert waiting.id == scene.opening_id


def test_a_stale_version_is_a_conflict_and_changes_nothing(
    services: Services, people: People, scene: Scene
) -> None:
    with working(services, people.partner) as unit, pytest.raises(Conflict) as refused:
        openings.edit(unit, actor(people.partner), scene.opening_id, 7, DRAFT)
    assert refused.value.code == openings.STALE
    with services.database.reading() as session:
        assert session.get_one(Opening, scene.opening_id).version == 1


@pytest.mark.parametrize("field", ["pay_min_krw", "region", "employment_type", "starts_on"])
def test_pay_and_conditions_lock_at_the_first_application(
    services: Services, people: People, scene: Scene, field: str
) -> None:
    values = {
        "pay_min_krw": 37_000_000,
        "region": "remote",
        "employment_type": "intern",
        "starts_on": date(2027, 1, 4),
    }
    with services.database.writing() as session:
        factories.application(session, scene.opening_id, people.youth.youth_id)
    same = replace(DRAFT, pay_min_krw=None, pay_max_krw=None)
    changed = replace(same, **{field: values[field]})
    with working(services, people.partner) as unit, pytest.raises(Invalid) as refused:
        openings.edit(unit, actor(people.partner), scene.opening_id, 1, changed)
    assert list(refused.value.fields) == [field]
    with working(services, people.partner) as unit:
        openings.edit(unit, actor(people.partner), scene.opening_id, 1, same)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ((Wanted(RequirementKind.MUST, "없는 기술 이름"),), "req-0"),
        ((Wanted(RequirementKind.LICENCE, "python"),), "req-0"),
        ((Wanted(RequirementKind.MUST, "python"), Wanted(RequirementKind.NICE, "파이썬")), "req-1"),
    ],
)
def test_an_unclear_wrong_or_doubled_requirement_is_named(
    services: Services, people: People, wanted: tuple[Wanted, ...], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        make(services, people, replace(DRAFT, requirements=wanted))
    assert list(refused.value.fields) == [field]
    with services.database.reading() as session:
        assert session.exec(select(Opening)).all() == []


def test_ending_a_posting_ends_what_waited_and_tells_each_person(
    services: Services, people: People, scene: Scene
) -> None:
    with services.database.writing() as session:
        waiting = factories.application(session, scene.opening_id, people.youth.youth_id).id
        refused = factories.application(
            session, scene.opening_id, people.far_youth.youth_id, state=ApplicationState.REFUSED
        ).id
        asked = factories.introduction(
            session, scene.opening_id, people.other_youth.youth_id,
            asked_by_account_id=people.partner.account_id,
        ).id  # fmt: skip
    with working(services, people.partner) as unit:
        openings.end(unit, actor(people.partner), scene.opening_id, 1, OpeningAction.FILL)
    with services.database.reading() as session:
        assert session.get_one(Application, waiting).state is ApplicationState.CLOSED
        assert session.get_one(Application, refused).state is ApplicationState.REFUSED
        assert session.get_one(Introduction, asked).state is IntroductionState.WITHDRAWN
        (step,) = session.exec(select(ApplicationEvent)).all()
        (mail,) = session.exec(
            select(OutboxMail).where(OutboxMail.template == "application_ended")
        ).all()
        assert session.get_one(Opening, scene.opening_id).state is OpeningState.FILLED
    assert (step.actor_account_id, step.reason) == (people.partner.account_id, "opening_ended")
    assert mail.account_id == people.youth.account_id


def test_a_copy_is_a_fresh_draft_with_the_same_requirements(
    services: Services, people: People, scene: Scene
) -> None:
    with working(services, people.partner) as unit:
        copied = openings.copy(unit, actor(people.partner), scene.opening_id)
    with services.database.reading() as session:
        row = session.get_one(Opening, copied)
        rows = session.exec(select(openings.OpeningRequirement)).all()
    asked = [(each.ref, each.level) for each in rows if each.opening_id == copied]
    assert (row.state, row.opens_on, row.published_at) == (
        OpeningState.DRAFT,
        date(2026, 11, 21),
        None,
    )
    assert asked == [("python", 3), ("linux", 2)]


def test_a_posting_past_its_last_day_is_not_handed_in(services: Services, people: People) -> None:
    late = replace(DRAFT, opens_on=date(2026, 11, 1), closes_on=date(2026, 11, 20))
    opening_id = make(services, people, late)
    with pytest.raises(Conflict):
        hand_in(services, people, opening_id)
