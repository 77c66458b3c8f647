"""A partner's own firm, and the day on which application papers go."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from matcher.clock import start_of
from matcher.flows import approvals, openings, papers, partner_organisation
from matcher.flows.partner_organisation import STALE, Firm
from matcher.refusal import Conflict, Invalid
from matcher.wiring import Services
from models.application import Application, ApplicationEvent, ApplicationState
from models.interview import Interview, InterviewMode, InterviewSlot, InterviewState, JobOffer
from models.opening import OpeningState
from models.organisation import Organisation
from models.review import Review, ReviewState
from models.trail import AuditEntry
from tests import factories
from tests.factories import NOW, TODAY
from tests.flows.test_openings import DRAFT
from tests.partner_desk import Scene, actor, looking, set_scene, working
from tests.people import People

NUMBER = "124-81-00998"


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


def firm(services: Services, people: People) -> tuple[Firm, str]:
    with looking(services, people.partner) as unit:
        view = partner_organisation.view(unit, actor(people.partner))
    return view.firm, view.seen


def save(services: Services, people: People, wanted: Firm, seen: str) -> None:
    with working(services, people.partner) as unit:
        partner_organisation.save(unit, actor(people.partner), wanted, seen)


def test_what_was_changed_is_kept_with_who_and_without_the_address(
    services: Services, people: People
) -> None:
    held, seen = firm(services, people)
    wanted = replace(held, business_number="1248100998", contact_email="jobs@example.com")
    save(services, people, wanted, seen)
    found, _seen = firm(services, people)
    assert (found.business_number, found.contact_email) == (NUMBER, "jobs@example.com")
    with looking(services, people.partner) as unit:
        (line,) = partner_organisation.view(unit, actor(people.partner)).history
    assert line.fields == ("business_number", "contact_email")
    with services.database.reading() as session:
        kept = session.exec(
            select(AuditEntry).where(AuditEntry.action == partner_organisation.EDITED)
        ).one()
    assert kept.account_id == people.partner.account_id
    assert "jobs@example.com" not in str(kept.change)


def test_a_save_over_somebody_elses_is_noticed(services: Services, people: People) -> None:
    held, seen = firm(services, people)
    save(services, people, replace(held, name_ko="새 이름"), seen)
    with pytest.raises(Conflict) as refused:
        save(services, people, replace(held, papers_kept_days=30), seen)
    assert refused.value.code == STALE
    assert firm(services, people)[0].papers_kept_days == 180


@pytest.mark.parametrize(
    ("field", "value"),
    [("business_number", "124-81-00997"), ("papers_kept_days", 13), ("papers_kept_days", 181)],
)
def test_wrong_values_are_told_by_field(
    services: Services, people: People, field: str, value: object
) -> None:
    held, seen = firm(services, people)
    with pytest.raises(Invalid) as refused:
        save(services, people, replace(held, **{field: value}), seen)  # type: ignore[arg-type]  # on purpose
    assert set(refused.value.fields) == {field}


def test_another_firms_number_is_not_taken(services: Services, people: People) -> None:
    with services.database.writing() as session:
        other = session.get_one(Organisation, people.other_partner.organisation_id)
        other.business_number = NUMBER.replace("-", "")
    held, seen = firm(services, people)
    with pytest.raises(Invalid) as refused:
        save(services, people, replace(held, business_number=NUMBER), seen)
    assert set(refused.value.fields) == {"business_number"}


def test_under_another_name_the_next_posting_is_read_by_the_centre_with_the_number(
    services: Services, people: People
) -> None:
    held, seen = firm(services, people)
    save(services, people, replace(held, name_ko="다른 이름", business_number=NUMBER), seen)
    partner = actor(people.partner)
    with working(services, people.partner) as unit:
        opening_id = openings.create(unit, partner, DRAFT)
        assert openings.submit(unit, partner, opening_id, 1) is OpeningState.SUBMITTED
    with looking(services, people.centre) as unit:
        (waiting,) = approvals.waiting(unit, actor(people.centre)).openings
    assert (waiting.business_number, waiting.is_trusted) == (NUMBER, False)


def decided(
    services: Services, people: People, scene: Scene, state: ApplicationState, on: date
) -> int:
    """An application with everything that is written with one."""
    with services.database.writing() as session:
        row = factories.application(
            session, scene.opening_id, people.youth.youth_id, state=state,
            message="잘 부탁드립니다", words="다음에 뵙겠습니다", note="메모",
        )  # fmt: skip
        session.add(
            ApplicationEvent(
                application_id=row.id or 0, from_state="sent", to_state=state.value,
                actor_account_id=people.partner.account_id, at=start_of(on),
            )
        )  # fmt: skip
        by = {"account_id": people.partner.account_id, "created_at": NOW}
        session.add(
            JobOffer(application_id=row.id or 0, starts_on=on, answer_by=on, words="함께해요",
                     updated_at=NOW, **by)
        )  # fmt: skip
        session.add(
            Review(opening_id=scene.opening_id, youth_id=people.youth.youth_id or 0,
                   state=ReviewState.SUBMITTED, note="꼼꼼함", updated_at=NOW, **by)
        )  # fmt: skip
        slot = factories.add(
            session,
            InterviewSlot(opening_id=scene.opening_id, starts_at=NOW, minutes=30,
                          mode=InterviewMode.ON_SITE, place="3층 회의실", **by),
        )  # fmt: skip
        session.add(
            Interview(application_id=row.id or 0, slot_id=slot.id or 0,
                      state=InterviewState.HELD, created_at=NOW, updated_at=NOW)
        )  # fmt: skip
        return row.id or 0


def words(services: Services, application_id: int) -> set[str]:
    with services.database.reading() as session:
        row = session.get_one(Application, application_id)
        return {
            row.message, row.words, row.note,
            *session.exec(select(JobOffer.words)), *session.exec(select(Review.note)),
            *session.exec(select(InterviewSlot.place)),
        }  # fmt: skip


def test_papers_go_on_their_day_and_not_before_and_once(
    services: Services, people: People, scene: Scene
) -> None:
    number = decided(services, people, scene, ApplicationState.REFUSED, TODAY - timedelta(days=29))
    with services.database.writing() as session:
        session.get_one(Organisation, people.partner.organisation_id).papers_kept_days = 30
    with looking(services, people.partner) as unit:
        shown = papers.shown(unit, [number])[number]
    assert (shown.on, shown.gone_on) == (TODAY + timedelta(days=1), None)
    assert papers.destroy_due(services) == 0
    assert "" not in words(services, number)
    with services.database.writing() as session:
        session.get_one(Organisation, people.partner.organisation_id).papers_kept_days = 29
    assert (papers.destroy_due(services), papers.destroy_due(services)) == (1, 0)
    assert words(services, number) == {""}
    with services.database.reading() as session:
        row = session.get_one(Application, number)
        lines = session.exec(
            select(AuditEntry).where(AuditEntry.action == "application:papers_gone")
        ).all()
    assert (row.papers_gone_on, row.state) == (TODAY, ApplicationState.REFUSED)
    assert [each.subject_id for each in lines] == [number]


def test_papers_of_an_open_application_stay_however_old(
    services: Services, people: People, scene: Scene
) -> None:
    long_ago = TODAY - timedelta(days=400)
    number = decided(services, people, scene, ApplicationState.INTERVIEW, long_ago)
    assert papers.destroy_due(services) == 0
    assert "" not in words(services, number)


def test_an_interview_place_somebody_else_still_needs_stays(
    services: Services, people: People, scene: Scene
) -> None:
    number = decided(services, people, scene, ApplicationState.CLOSED, TODAY - timedelta(days=180))
    with services.database.writing() as session:
        other = factories.application(session, scene.opening_id, people.other_youth.youth_id)
        slot = session.exec(select(InterviewSlot)).one()
        session.add(
            Interview(application_id=other.id or 0, slot_id=slot.id or 0,
                      state=InterviewState.BOOKED, created_at=NOW, updated_at=NOW)
        )  # fmt: skip
    assert papers.destroy_due(services) == 1
    assert words(services, number) == {"", "3층 회의실"}
