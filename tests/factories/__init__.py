"""Rows for tests: one function a table, every value can be overridden, nothing hidden."""

from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session

from matcher.policy.notices import NOTICE_VERSION
from models.account import Account, AccountState, Membership, Role
from models.application import (
    Application,
    ApplicationState,
    Introduction,
    IntroductionState,
)
from models.consent import Consent, ConsentPurpose, NoticeReading
from models.opening import (
    Opening,
    OpeningRequirement,
    OpeningState,
    RequirementKind,
    RequirementSubject,
)
from models.organisation import Organisation, OrganisationKind, OrganisationState
from models.plan import (
    BusyPeriod,
    Plan,
    PlanEvent,
    PlanEventKind,
    PlanKind,
    PlanState,
    PlanStep,
    PlanTarget,
    StepKind,
    Subsidy,
    SubsidyCovers,
)
from models.skill import SkillRecord
from models.study import PracticeScore, PracticeSource, StudyEntry
from models.voucher import Voucher
from models.youth import Affiliation, AffiliationState, YouthProfile

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def add(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def organisation(session: Session, slug: str, **values: Any) -> Organisation:
    defaults: dict[str, Any] = {
        "kind": OrganisationKind.PARTNER,
        "state": OrganisationState.ACTIVE,
        "name_ko": f"{slug} 데모",
        "name_en": f"{slug} demo",
        "created_at": NOW,
    }
    return add(session, Organisation(slug=slug, **(defaults | values)))


def account(session: Session, email: str, **values: Any) -> Account:
    defaults: dict[str, Any] = {
        "name": email.split("@")[0],
        "password_hash": "plain:correct horse",
        "state": AccountState.ACTIVE,
        "created_at": NOW,
    }
    return add(session, Account(email=email, **(defaults | values)))


def membership(session: Session, account_id: int, role: Role, **values: Any) -> Membership:
    defaults: dict[str, Any] = {"created_at": NOW}
    return add(session, Membership(account_id=account_id, role=role, **(defaults | values)))


def youth(session: Session, account_id: int, **values: Any) -> YouthProfile:
    defaults: dict[str, Any] = {
        "affiliation": Affiliation.NONE,
        "affiliation_state": AffiliationState.CLAIMED,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, YouthProfile(account_id=account_id, **(defaults | values)))


def consent(session: Session, youth_id: int, purpose: ConsentPurpose, **values: Any) -> Consent:
    defaults: dict[str, Any] = {"text_version": "2026-11", "granted_at": NOW}
    return add(session, Consent(youth_id=youth_id, purpose=purpose, **(defaults | values)))


def notice_reading(session: Session, account_id: int, **values: Any) -> NoticeReading:
    defaults: dict[str, Any] = {"notice_version": NOTICE_VERSION, "read_at": NOW}
    return add(session, NoticeReading(account_id=account_id, **(defaults | values)))


def opening(session: Session, organisation_id: int, **values: Any) -> Opening:
    defaults: dict[str, Any] = {
        "state": OpeningState.PUBLISHED,
        "title_ko": "지상국 데이터 엔지니어",
        "title_en": "Ground station data engineer",
        "sector": "space",
        "description": "위성 영상을 모으고 다듬는 일입니다.",
        "employment_type": "permanent",
        "region": "jeju-si",
        "opens_on": date(2026, 11, 1),
        "closes_on": date(2026, 12, 31),
        "published_at": NOW,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, Opening(organisation_id=organisation_id, **(defaults | values)))


def requirement(session: Session, opening_id: int, ref: str, **values: Any) -> OpeningRequirement:
    defaults: dict[str, Any] = {
        "kind": RequirementKind.MUST,
        "subject": RequirementSubject.SKILL,
        "level": 3,
    }
    row = OpeningRequirement(opening_id=opening_id, ref=ref, **(defaults | values))
    return add(session, row)


def skill_record(session: Session, youth_id: int, skill: str, **values: Any) -> SkillRecord:
    defaults: dict[str, Any] = {"level": 3, "rated_on": TODAY, "created_at": NOW}
    return add(session, SkillRecord(youth_id=youth_id, skill=skill, **(defaults | values)))


def application(session: Session, opening_id: int, youth_id: int, **values: Any) -> Application:
    defaults: dict[str, Any] = {
        "state": ApplicationState.SENT,
        "created_at": NOW,
        "updated_at": NOW,
    }
    row = Application(opening_id=opening_id, youth_id=youth_id, **(defaults | values))
    return add(session, row)


def introduction(session: Session, opening_id: int, youth_id: int, **values: Any) -> Introduction:
    defaults: dict[str, Any] = {
        "state": IntroductionState.REQUESTED,
        "answer_by": date(2026, 11, 28),
        "created_at": NOW,
        "updated_at": NOW,
    }
    row = Introduction(opening_id=opening_id, youth_id=youth_id, **(defaults | values))
    return add(session, row)


def study_entry(session: Session, youth_id: int | None, **values: Any) -> StudyEntry:
    defaults: dict[str, Any] = {
        "certification": "CLF",
        "studied_on": TODAY,
        "minutes": 90,
        "created_at": NOW,
    }
    return add(session, StudyEntry(youth_id=youth_id, **(defaults | values)))


def practice_score(session: Session, youth_id: int | None, **values: Any) -> PracticeScore:
    defaults: dict[str, Any] = {
        "certification": "CLF",
        "exam_code": "CLF-C02",
        "taken_on": TODAY,
        "percent": 70,
        "source": PracticeSource.OFFICIAL_QUESTIONS,
        "created_at": NOW,
    }
    return add(session, PracticeScore(youth_id=youth_id, **(defaults | values)))


def voucher(session: Session, organisation_id: int | None, code: str, **values: Any) -> Voucher:
    defaults: dict[str, Any] = {
        "expires_on": date(2027, 6, 30),
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, Voucher(organisation_id=organisation_id, code=code, **(defaults | values)))


def busy_period(session: Session, youth_id: int, **values: Any) -> BusyPeriod:
    defaults: dict[str, Any] = {
        "name": "중간고사",
        "starts_on": date(2026, 12, 7),
        "ends_on": date(2026, 12, 18),
        "weekly_hours": 2,
    }
    return add(session, BusyPeriod(youth_id=youth_id, **(defaults | values)))


def subsidy(session: Session, organisation_id: int, **values: Any) -> Subsidy:
    defaults: dict[str, Any] = {
        "name_ko": "응시료 지원 (데모)",
        "name_en": "Exam fee help (demo)",
        "covers": SubsidyCovers.EXAM,
        "cap_krw": 100_000,
        "opens_on": date(2026, 11, 1),
        "closes_on": date(2027, 2, 28),
        "source": "데모 공고 1호",
        "is_demo": True,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, Subsidy(organisation_id=organisation_id, **(defaults | values)))


def plan(session: Session, youth_id: int, refs: list[str], **values: Any) -> Plan:
    defaults: dict[str, Any] = {
        "target": PlanTarget.OPENING,
        "kind": PlanKind.FASTEST,
        "state": PlanState.ACCEPTED,
        "starts_on": date(2026, 11, 23),
        "ends_on": date(2027, 1, 16),
        "weekly_hours": 12,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, Plan(youth_id=youth_id, target_refs=refs, **(defaults | values)))


def plan_step(session: Session, plan_id: int, place: int = 1, **values: Any) -> PlanStep:
    defaults: dict[str, Any] = {
        "kind": StepKind.EXAM,
        "ref": "SAA-C03",
        "starts_on": date(2026, 11, 23),
        "ends_on": date(2027, 1, 16),
        "hours": 60.0,
    }
    return add(session, PlanStep(plan_id=plan_id, place=place, **(defaults | values)))


def plan_event(
    session: Session, plan_id: int, account_id: int, kind: PlanEventKind, **values: Any
) -> PlanEvent:
    defaults: dict[str, Any] = {"at": NOW}
    row = PlanEvent(plan_id=plan_id, account_id=account_id, kind=kind, **(defaults | values))
    return add(session, row)
