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
from models.skill import SkillRecord
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
