"""Rows for tests: one function a table, every value can be overridden, nothing hidden."""

from datetime import UTC, date, datetime
from typing import Any

from models.account import Account, AccountState, Membership, Role
from models.consent import Consent, ConsentPurpose, NoticeReading
from models.organisation import Organisation, OrganisationKind, OrganisationState
from models.youth import Affiliation, AffiliationState, YouthProfile
from sqlmodel import Session

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
    defaults: dict[str, Any] = {"notice_version": "2026-11", "read_at": NOW}
    return add(session, NoticeReading(account_id=account_id, **(defaults | values)))
