"""Whom a desk may give a voucher, and what decides who of them should get one."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, false, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from matcher.actor import Actor
from matcher.store import youths
from matcher.store.candidates import live_consent
from models.account import Account, AccountState, Role
from models.application import Application, ApplicationState
from models.certification import AttemptState, CertificationRecord
from models.consent import Consent, ConsentPurpose
from models.opening import Opening
from models.organisation import Organisation
from models.youth import AffiliationState, YouthProfile


class Recipient(NamedTuple):
    youth_id: int
    name: str
    organisation_id: int | None
    organisation_ko: str | None
    organisation_en: str | None
    is_demo: bool


class AttemptRow(NamedTuple):
    youth_id: int
    certification: str
    exam_code: str
    state: AttemptState
    planned_on: date | None
    exam_on: date | None


def recipients(actor: Actor) -> ColumnElement[bool]:
    """Whom a desk may give a voucher, in statements that join Account: people of its own whose
    affiliation is confirmed; the centre everybody whose affiliation is."""
    if actor.role not in (Role.COORDINATOR, Role.CENTRE):
        return false()
    return and_(
        youths.visible_to(actor),
        col(YouthProfile.affiliation_state) == AffiliationState.CONFIRMED,
        col(Account.state) == AccountState.ACTIVE,
    )


_RECIPIENT = (
    YouthProfile.id,
    Account.name,
    YouthProfile.organisation_id,
    Organisation.name_ko,
    Organisation.name_en,
    Account.is_demo,
)


def found(
    session: Session, actor: Actor, search: str = "", youth_id: int | None = None, most: int = 20
) -> list[Recipient]:
    """By name, or the one asked for."""
    tests: list[ColumnElement[bool]] = []
    if youth_id is not None:
        tests.append(col(YouthProfile.id) == youth_id)
    if text := search.replace(" ", "").lower():
        name = func.replace(func.lower(col(Account.name)), " ", "")
        tests.append(name.contains(text, autoescape=True))
    return _recipients(session, actor, tests, most)


def found_all(session: Session, actor: Actor, youth_ids: Sequence[int]) -> list[Recipient]:
    return _recipients(session, actor, [col(YouthProfile.id).in_(youth_ids)], None)


def _recipients(
    session: Session, actor: Actor, tests: Iterable[ColumnElement[bool]], most: int | None
) -> list[Recipient]:
    statement = (
        select(*_RECIPIENT)  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .outerjoin(Organisation, col(Organisation.id) == YouthProfile.organisation_id)
        .where(recipients(actor), *tests)
        .order_by(col(Account.name), col(YouthProfile.id))
        .limit(most)
    )
    return [Recipient(*row) for row in session.execute(statement)]


def seeking(actor: Actor, today: date) -> SelectOfScalar[Any]:
    """Ids of those among the recipients whom the service may match and nobody has hired."""
    served = select(Consent.youth_id).where(live_consent(ConsentPurpose.SERVICE, today))
    hired = select(Application.youth_id).where(Application.state == ApplicationState.HIRED)
    return (
        select(YouthProfile.id)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(
            recipients(actor),
            col(YouthProfile.id).in_(served),
            col(YouthProfile.id).not_in(hired),
        )
    )


def attempts(session: Session, scope: SelectOfScalar[Any]) -> list[AttemptRow]:
    rows = session.execute(
        select(
            CertificationRecord.youth_id,
            CertificationRecord.certification,
            CertificationRecord.exam_code,
            CertificationRecord.state,
            CertificationRecord.planned_on,
            CertificationRecord.exam_on,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .where(col(CertificationRecord.youth_id).in_(scope))
        .order_by(col(CertificationRecord.youth_id), col(CertificationRecord.id))
    )
    return [AttemptRow(*row) for row in rows]


def places(session: Session, scope: SelectOfScalar[Any]) -> dict[int, int]:
    """Places of openings that nobody was hired for yet."""
    hired = (
        select(func.count(col(Application.id)))
        .where(
            col(Application.opening_id) == col(Opening.id),
            col(Application.state) == ApplicationState.HIRED,
        )
        .correlate(Opening)
        .scalar_subquery()
    )
    rows = session.execute(
        select(col(Opening.id), col(Opening.headcount) - hired).where(col(Opening.id).in_(scope))
    )
    return {number: max(0, left) for number, left in rows}
