"""One object of every kind: `haneul`'s, the first university's or the first partner's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from matcher.policy.masking import candidate_number
from matcher.ranking.weights import MODEL_VERSION
from matcher.wiring import Services
from models.account import AccessToken
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
from models.organisation import OrganisationState
from models.plan import PlanEventKind, PlanState
from models.voucher import VoucherState
from tests import factories
from tests.factories import NOW, TODAY
from tests.people import People
from tests.walk import MASK_KEY, Route

MISSING = 2_147_483_000


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
        number = candidate_number(MASK_KEY, ids["opening"], people.youth.youth_id or 0)
        return Exhibits(ids, foreign, number)


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


def _course(session: Session, people: People, ids: dict[str, int], foreign: dict[str, int]) -> None:
    def made(youth_id: int) -> tuple[int, int, int]:
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
        return course.id, run.id or 0, factories.add(session, row).id

    for store, youth_id in ((ids, people.youth.youth_id), (foreign, people.other_youth.youth_id)):
        course_id, session_id, enrolment_id = made(youth_id or 0)
        store |= {"course": course_id, "course_session": session_id, "enrolment": enrolment_id}


def _plans(session: Session, people: People, ids: dict[str, int], foreign: dict[str, int]) -> None:
    """Handed in, so that the desk of the person's university sees them too."""
    for store, person in ((ids, people.youth), (foreign, people.far_youth)):
        plan = factories.plan(
            session, person.youth_id or 0, [str(ids["opening"])], state=PlanState.SUBMITTED
        )
        store["plan"] = plan.id or 0
        store["plan_step"] = factories.plan_step(session, plan.id or 0).id or 0
        factories.plan_event(session, plan.id or 0, person.account_id, PlanEventKind.SUBMITTED)


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
