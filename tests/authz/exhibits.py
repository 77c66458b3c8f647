"""One object of every kind: `haneul`'s, the first university's or the first partner's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from matcher.matching import evaluation
from matcher.matching.pack_views import row_of
from matcher.policy.masking import candidate_number
from matcher.ranking.weights import MODEL_VERSION
from matcher.wiring import Services
from models.account import AccessToken, AccountState, Role
from models.attendance import ClassMeeting, Credential
from models.bulk import SavedView
from models.certification import AttemptState, CertificationRecord, LicenceRecord
from models.consent import ConsentPurpose
from models.course import (
    Course,
    CourseMode,
    CourseSession,
    CourseState,
    Enrolment,
    EnrolmentState,
)
from models.opening import OpeningState
from models.organisation import Organisation, OrganisationState
from models.people_desk import CounsellingState, EvidenceState, PersonMerge
from models.plan import PlanEventKind, PlanState
from models.venue import Venue, VenueBooking, VenueItem, VenueItemKind
from models.voucher import VoucherState
from tests import factories
from tests.factories import NOW, TODAY
from tests.people import People
from tests.walk import MASK_KEY, Route

MISSING = 2_147_483_000
CREDENTIAL = "OR-2026-EXHIBIT22222"


@dataclass(frozen=True)
class Exhibits:
    """Table -> id of the exhibit; `foreign` -> a row of the same kind with another parent."""

    ids: Mapping[str, int]
    foreign: Mapping[str, int]
    number: str

    def fill(self, route: Route, **changed: object) -> str:
        values: dict[str, object] = {
            "slug": "python",
            "certification": "CLF",
            "label": MODEL_VERSION,
            "token": "A" * 43,
            "number": self.number,
            "credential": CREDENTIAL,
        }
        for name in route.parameters:
            table = route.table(name)
            if table is not None:
                values[name] = self.ids[self._row(route, table)]
        return route.fill(values | changed)

    def _row(self, route: Route, table: str) -> str:
        """Approvals are about what waits, not about what is out already."""
        waiting = f"waiting {table}"
        is_approval = route.path.startswith("/centre/approvals")
        return waiting if is_approval and waiting in self.ids else table


def set_out(services: Services, people: People) -> Exhibits:
    with services.database.writing() as session:
        ids, foreign = _openings(session, people)
        _course(session, people, ids, foreign)
        _records(session, people, ids, foreign)
        _progress(session, people, ids, foreign)
        _plans(session, people, ids, foreign)
        _imports(session, people, ids, foreign)
        _proofs(session, people, ids, foreign)
        _merged(session, people, ids)
        _rounds(session, people, ids, foreign)
        _community(session, people, ids, foreign)
        _pack(session, people, ids)
        number = candidate_number(MASK_KEY, ids["opening"], people.youth.youth_id or 0)
        return Exhibits(ids, foreign, number)


def _pack(session: Session, people: People, ids: dict[str, int]) -> None:
    """Frozen by the first university."""
    desk = session.get_one(Organisation, people.coordinator.organisation_id)
    made = evaluation.content(session, evaluation.Asked(desk, 2025, "", NOW), None)
    ids["evaluation_pack"] = factories.add(session, row_of(desk, made)).id


def _openings(session: Session, people: People) -> tuple[dict[str, int], dict[str, int]]:
    youth_id = people.youth.youth_id
    opening = factories.opening(session, people.partner.organisation_id)
    other = factories.opening(session, people.partner.organisation_id)
    waiting = factories.opening(
        session, people.partner.organisation_id, state=OpeningState.SUBMITTED
    )
    partner = factories.organisation(session, "newcomer", state=OrganisationState.PENDING)
    for each in (opening, other, waiting):
        factories.requirement(session, each.id, "python")
    factories.consent(session, youth_id, ConsentPurpose.POOL, sectors=["space"])
    application = factories.application(session, opening.id, youth_id)
    introduction = factories.introduction(
        session, other.id, youth_id, asked_by_account_id=people.partner.account_id
    )
    ids = {
        "opening": opening.id,
        "waiting opening": waiting.id,
        "waiting organisation": partner.id,
        "organisation": people.partner.organisation_id,
        "application": application.id,
        "introduction": introduction.id,
        "account": people.youth.account_id,
        "youth_profile": youth_id,
    }
    return ids, {"opening": other.id}


def _rounds(session: Session, people: People, ids: dict[str, int], foreign: dict[str, int]) -> None:
    """The exhibit takes wishes, so that every side finds its form; its pair stands in the other,
    which is published."""
    organisation_id = people.coordinator.organisation_id or 0
    for store, opening_id in ((ids, ids["opening"]), (foreign, foreign["opening"])):
        row = factories.assignment_round(session, organisation_id)
        store["assignment_round"] = row.id or 0
        store["assignment_opening"] = opening_id
        factories.assignment_opening(session, row.id or 0, opening_id)
        entry = factories.assignment_entry(session, row.id or 0, people.youth.youth_id or 0)
        factories.assignment_wish(session, row.id or 0, people.youth.youth_id or 0, opening_id)
        store["assignment_entry"] = entry.id or 0
        store["assignment_run"] = factories.assignment_run(session, row.id or 0, entry).id or 0
        pair = factories.assignment_pair(
            session, row.id or 0, opening_id, people.youth.youth_id or 0
        )
        store["assignment_pair"] = pair.id or 0


def _course(session: Session, people: People, ids: dict[str, int], foreign: dict[str, int]) -> None:
    def made(youth_id: int) -> tuple[int, int, int, int]:
        course = factories.add(
            session,
            Course(
                organisation_id=people.coordinator.organisation_id,
                state=CourseState.PUBLISHED,
                title_ko="데모 과정",
                title_en="Demo course",
                field="cloud",
                level="basic",
                kind="short",
                mode=CourseMode.ONLINE,
                total_hours=20,
                created_at=NOW,
                updated_at=NOW,
            ),
        )
        run = CourseSession(
            course_id=course.id,
            starts_on=TODAY + timedelta(days=14),
            ends_on=TODAY + timedelta(days=40),
            applications_open_on=TODAY - timedelta(days=3),
            applications_close_on=TODAY + timedelta(days=3),
            weekly_hours=4,
            seats=5,
            taken=1,
        )
        factories.add(session, run)
        row = Enrolment(
            session_id=run.id,
            youth_id=youth_id,
            state=EnrolmentState.ENROLLED,
            created_at=NOW,
            updated_at=NOW,
        )
        enrolment_id = factories.add(session, row).id
        meeting = ClassMeeting(
            session_id=run.id, held_on=run.starts_on, starts="19:00", ends="21:00",
            mode=CourseMode.ONLINE,
        )  # fmt: skip
        return course.id, run.id or 0, enrolment_id, factories.add(session, meeting).id

    for store, youth_id in ((ids, people.youth.youth_id), (foreign, people.other_youth.youth_id)):
        course_id, session_id, enrolment_id, meeting_id = made(youth_id or 0)
        store |= {"course": course_id, "course_session": session_id, "enrolment": enrolment_id}
        store["class_meeting"] = meeting_id
    for store, person, desk in (
        (ids, people.youth, people.coordinator), (foreign, people.far_youth, people.centre),
    ):  # fmt: skip
        venue = factories.add(
            session,
            Venue(
                organisation_id=desk.organisation_id, name_ko="데모 실습동", name_en="Demo lab",
                opens="09:00", closes="21:00", created_at=NOW,
            ),
        )  # fmt: skip
        item = factories.add(
            session,
            VenueItem(
                venue_id=venue.id, kind=VenueItemKind.PC, name_ko="데모 PC", name_en="Demo PC",
                quantity=2, is_for_youth=person is people.youth,
            ),
        )  # fmt: skip
        booking = factories.add(
            session,
            VenueBooking(
                item_id=item.id, held_on=TODAY, starts="19:00", ends="20:00",
                youth_id=person.youth_id, created_at=NOW,
            ),
        )  # fmt: skip
        store |= {"venue": venue.id, "venue_item": item.id, "venue_booking": booking.id}
    factories.add(
        session,
        Credential(
            youth_id=people.youth.youth_id, enrolment_id=ids["enrolment"], number=CREDENTIAL,
            title_ko="데모 과정", title_en="Demo course", issued_on=TODAY, created_at=NOW,
        ),
    )  # fmt: skip


def _plans(session: Session, people: People, ids: dict[str, int], foreign: dict[str, int]) -> None:
    """Handed in, so that the desk of the person's university sees them too."""
    for store, person in ((ids, people.youth), (foreign, people.far_youth)):
        plan = factories.plan(
            session, person.youth_id or 0, [str(ids["opening"])], state=PlanState.SUBMITTED
        )
        store["plan"] = plan.id or 0
        store["plan_step"] = factories.plan_step(session, plan.id or 0).id or 0
        template = factories.plan_template(
            session,
            people.coordinator.organisation_id
            if person is people.youth
            else people.other_coordinator.organisation_id,
        )
        store["plan_template"] = template.id or 0
        store["plan_suggestion"] = (
            factories.plan_suggestion(session, template.id or 0, person.youth_id or 0).id or 0
        )
        factories.plan_event(session, plan.id or 0, person.account_id, PlanEventKind.SUBMITTED)


def _proofs(session: Session, people: People, ids: dict[str, int], foreign: dict[str, int]) -> None:
    """In the hands of the coordinator, so that the page has every form."""
    for store, person in ((ids, people.youth), (foreign, people.far_youth)):
        row = factories.evidence(
            session, person.youth_id or 0, state=EvidenceState.IN_REVIEW,
            reviewer_account_id=people.coordinator.account_id, claimed_at=NOW,
        )  # fmt: skip
        store["evidence"] = row.id or 0
        desk = people.coordinator if store is ids else people.other_coordinator
        hour = factories.counselling(
            session, desk, youth_id=person.youth_id, state=CounsellingState.BOOKED
        )
        store["counselling"] = hour.id or 0
        store["outcome"] = factories.outcome(session, person.youth_id or 0).id or 0


def _imports(
    session: Session, people: People, ids: dict[str, int], foreign: dict[str, int]
) -> None:
    """A checked file and a batch of each university's desk."""
    for store, desk in ((ids, people.coordinator), (foreign, people.other_coordinator)):
        task = factories.import_task(session, desk.account_id, desk.organisation_id)
        batch = factories.import_batch(session, desk.account_id, desk.organisation_id)
        view = SavedView(
            account_id=desk.account_id, place="roster", name="구직 중", query="status=seeking",
            created_at=NOW,
        )  # fmt: skip
        store |= {"import_task": task.id or 0, "import_batch": batch.id or 0}
        store["saved_view"] = factories.add(session, view).id


def _merged(session: Session, people: People, ids: dict[str, int]) -> None:
    """A record of the first university that went into haneul's."""
    account = factories.account(session, "twice@example.com", state=AccountState.DISABLED)
    factories.membership(session, account.id or 0, Role.YOUTH)
    other = factories.youth(session, account.id or 0)
    row = PersonMerge(
        youth_id=people.youth.youth_id,
        other_youth_id=other.id,
        account_id=people.coordinator.account_id,
        merged_at=NOW,
    )
    ids["person_merge"] = factories.add(session, row).id


def _progress(
    session: Session, people: People, ids: dict[str, int], foreign: dict[str, int]
) -> None:
    """Study, practice and vouchers; the exhibit of a voucher is given and not used yet."""
    owners = ((ids, people.youth, people.coordinator), (foreign, people.far_youth, people.centre))
    for number, (store, person, desk) in enumerate(owners):
        made = factories.study_entry(session, person.youth_id)
        store["study_entry"] = made.id
        store["practice_score"] = factories.practice_score(session, person.youth_id).id
        given = factories.voucher(
            session, desk.organisation_id, code=f"EXHIBIT-{number}", youth_id=person.youth_id,
            state=VoucherState.ASSIGNED, assigned_at=NOW, assigned_by_account_id=desk.account_id,
        )  # fmt: skip
        store["voucher"] = given.id
        store["planning_scenario"] = factories.scenario(session, desk.organisation_id).id


def _records(
    session: Session, people: People, ids: dict[str, int], foreign: dict[str, int]
) -> None:
    for store, person in ((ids, people.youth), (foreign, people.other_youth)):
        record = CertificationRecord(
            youth_id=person.youth_id,
            certification="CLF",
            exam_code="CLF-C02",
            state=AttemptState.PLANNED,
            planned_on=date(2026, 12, 20),
            created_at=NOW,
            updated_at=NOW,
        )
        store["certification_record"] = factories.add(session, record).id
        licence = LicenceRecord(
            youth_id=person.youth_id, licence="licence-electrician", created_at=NOW
        )
        store["licence_record"] = factories.add(session, licence).id
        factories.skill_record(session, person.youth_id or 0, "python")
        store["busy_period"] = factories.busy_period(session, person.youth_id or 0).id
    token = AccessToken(
        token_hash="0" * 64,
        account_id=people.youth.account_id,
        name="데모",
        created_at=NOW,
        expires_on=TODAY + timedelta(days=30),
    )
    ids["access_token"] = factories.add(session, token).id
    ids["subsidy"] = factories.subsidy(session, people.centre.organisation_id or 0).id
    consent = factories.consent(
        session,
        people.youth.youth_id or 0,
        ConsentPurpose.EMPLOYER,
        organisation_id=people.partner.organisation_id,
        fields=["name"],
        expires_on=TODAY + timedelta(days=60),
    )
    ids["consent"] = consent.id


def _community(
    session: Session, people: People, ids: dict[str, int], foreign: dict[str, int]
) -> None:
    """`haneul` leads a project of the first university and comes to its event."""
    owners = (
        (ids, people.youth, people.coordinator),
        (foreign, people.far_youth, people.other_coordinator),
    )
    for store, person, desk in owners:
        event = factories.event(session, desk.organisation_id or 0)
        store["community_event"] = event.id or 0
        factories.event_sign_up(session, event.id or 0, person.youth_id or 0)
        project = factories.project(session, desk.organisation_id or 0)
        store["project"] = project.id or 0
        member = factories.project_member(session, project.id or 0, person.youth_id or 0)
        store["project_member"] = member.id or 0
