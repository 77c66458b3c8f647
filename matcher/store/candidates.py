"""People as a partner may see them, and what the partner did with each of them.

Every query about people starts from `visible_to`: live consent to the service, live pool consent
for the opening's sector, an active account, an own published opening of an active organisation.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, cast, false, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from matcher.actor import Actor
from models.account import Account, AccountState, Role
from models.application import Application, Introduction, IntroductionState, ShortlistEntry
from models.certification import AttemptState, CertificationRecord, LicenceRecord
from models.consent import Consent, ConsentPurpose
from models.opening import Opening, OpeningState
from models.organisation import Organisation, OrganisationState
from models.youth import YouthProfile

ANSWER_IN = timedelta(days=21)
"""As `policy.still_looking` has it; tests hold the two together."""


class IntroductionLine(NamedTuple):
    id: int
    opening_id: int
    youth_id: int
    title_ko: str
    title_en: str
    state: IntroductionState
    answer_by: date
    version: int


def live_consent(purpose: ConsentPurpose, today: date) -> ColumnElement[bool]:
    return (
        (col(Consent.purpose) == purpose)
        & col(Consent.withdrawn_at).is_(None)
        & or_(col(Consent.expires_on).is_(None), col(Consent.expires_on) >= today)
    )


def pool(sector: str, today: date) -> SelectOfScalar[Any]:
    """Youth ids that agreed to be seen masked by checked partners of this sector."""
    # The list is stored as JSON text on both databases; slugs hold no quotes.
    named = cast(col(Consent.sectors), String).contains(f'"{sector}"', autoescape=True)
    agreed = select(Consent.youth_id).where(live_consent(ConsentPurpose.POOL, today), named)
    served = select(Consent.youth_id).where(live_consent(ConsentPurpose.SERVICE, today))
    return (
        select(YouthProfile.id)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(
            Account.state == AccountState.ACTIVE,
            col(YouthProfile.id).in_(agreed),
            col(YouthProfile.id).in_(served),
            still_looking(today),
        )
    )


def still_looking(today: date) -> ColumnElement[bool]:
    """Not those who said that they stopped, nor those who left the question of the term unanswered;
    `policy.still_looking.is_hidden` says the same of one person."""
    asked = col(YouthProfile.looking_asked_on)
    answered = col(YouthProfile.looking_on)
    return col(YouthProfile.looking_stopped_on).is_(None) & or_(
        asked.is_(None), answered >= asked, asked >= today - ANSWER_IN
    )


def is_in_pool(session: Session, sector: str, today: date, youth_id: int) -> bool:
    statement = pool(sector, today).where(YouthProfile.id == youth_id)
    return session.exec(statement).first() is not None


def visible_to(actor: Actor, opening: Opening, today: date) -> SelectOfScalar[Any]:
    """Ids of the people this actor may see masked for this opening; a scope for matching."""
    if actor.role is not Role.PARTNER or actor.organisation_id is None:
        return select(YouthProfile.id).where(false())
    own = (
        select(Opening.id)
        .join(Organisation, col(Organisation.id) == Opening.organisation_id)
        .where(
            Opening.id == opening.id,
            Opening.organisation_id == actor.organisation_id,
            Opening.state == OpeningState.PUBLISHED,
            Organisation.state == OrganisationState.ACTIVE,
        )
    )
    return pool(opening.sector, today).where(own.exists())


def is_visible(
    session: Session, actor: Actor, opening: Opening, today: date, youth_id: int
) -> bool:
    scope = visible_to(actor, opening, today).where(YouthProfile.id == youth_id)
    return session.exec(scope).first() is not None


def visible_among(
    session: Session, actor: Actor, opening: Opening, today: date, youth_ids: Sequence[int]
) -> list[int]:
    scope = visible_to(actor, opening, today).where(col(YouthProfile.id).in_(youth_ids))
    return sorted(session.exec(scope).all())


def ids(session: Session, scope: SelectOfScalar[Any]) -> list[int]:
    return sorted(session.exec(scope).all())


def introductions(session: Session, opening_id: int) -> dict[int, Introduction]:
    """By youth."""
    rows = session.exec(select(Introduction).where(Introduction.opening_id == opening_id)).all()
    return {row.youth_id: row for row in rows}


def applicants(session: Session, opening_id: int) -> frozenset[int]:
    rows = session.exec(select(Application.youth_id).where(Application.opening_id == opening_id))
    return frozenset(rows.all())


def handled(session: Session, organisation_id: int) -> set[tuple[int, int]]:
    """(opening, youth) pairs the partner already marked, asked or has an application of."""
    own = select(Opening.id).where(Opening.organisation_id == organisation_id)
    pairs: set[tuple[int, int]] = set()
    for table in (ShortlistEntry, Introduction, Application):
        rows = session.execute(
            select(table.opening_id, table.youth_id).where(col(table.opening_id).in_(own))
        )
        pairs.update((row[0], row[1]) for row in rows)
    return pairs


def introduction_lines(session: Session, actor: Actor) -> list[IntroductionLine]:
    """All requests of the actor's own organisation, newest first."""
    rows = session.execute(
        select(
            Introduction.id,
            Introduction.opening_id,
            Introduction.youth_id,
            Opening.title_ko,
            Opening.title_en,
            Introduction.state,
            Introduction.answer_by,
            Introduction.version,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Opening, col(Opening.id) == Introduction.opening_id)
        .where(_own_opening(actor))
        .order_by(col(Introduction.created_at).desc(), col(Introduction.id).desc())
    )
    return [IntroductionLine(*row) for row in rows]


def introduction(session: Session, actor: Actor, introduction_id: int) -> Introduction | None:
    """For deciding: locked until the transaction ends where the database has row locks."""
    return session.exec(
        select(Introduction)
        .join(Opening, col(Opening.id) == Introduction.opening_id)
        .where(_own_opening(actor), Introduction.id == introduction_id)
        .with_for_update(of=Introduction)
        .execution_options(populate_existing=True)
    ).first()


def _own_opening(actor: Actor) -> ColumnElement[bool]:
    active = select(Organisation.id).where(
        Organisation.id == actor.organisation_id, Organisation.state == OrganisationState.ACTIVE
    )
    if actor.role is not Role.PARTNER or actor.organisation_id is None:
        return false()
    return col(Opening.organisation_id).in_(active)


def employer_consented(
    session: Session, organisation_id: int, youth_ids: Sequence[int], today: date
) -> frozenset[int]:
    """Those of the people whose consent for this one employer is alive."""
    rows = session.exec(
        select(Consent.youth_id).where(
            live_consent(ConsentPurpose.EMPLOYER, today),
            Consent.organisation_id == organisation_id,
            col(Consent.youth_id).in_(youth_ids),
        )
    )
    return frozenset(rows.all())


def contacts(session: Session, youth_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Youth -> (name, e-mail); only after `policy.consent.may_see_name` would say yes."""
    rows = session.execute(
        select(YouthProfile.id, Account.name, Account.email)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(col(YouthProfile.id).in_(youth_ids))
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def account_of(session: Session, youth_id: int) -> Account:
    """Where mail about the person goes."""
    return session.exec(
        select(Account)
        .join(YouthProfile, col(YouthProfile.account_id) == Account.id)
        .where(YouthProfile.id == youth_id)
    ).one()


def licences(
    session: Session, actor: Actor, opening: Opening, today: date, asked: Sequence[str]
) -> list[tuple[int, str, int]]:
    """(person, licence, verification) of those asked for, of everybody visible for the opening."""
    rows = session.execute(
        select(LicenceRecord.youth_id, LicenceRecord.licence, LicenceRecord.verification)
        .where(
            col(LicenceRecord.youth_id).in_(visible_to(actor, opening, today)),
            col(LicenceRecord.licence).in_(asked),
        )
        .order_by(col(LicenceRecord.youth_id), col(LicenceRecord.licence))
    )
    return [(row[0], row[1], row[2]) for row in rows]


def planned_exams(session: Session, youth_id: int) -> dict[str, date | None]:
    """Certificates on the way, by id, with the exam day where one is booked."""
    rows = session.execute(
        select(
            CertificationRecord.certification,
            func.max(CertificationRecord.exam_on),
        )
        .where(
            CertificationRecord.youth_id == youth_id,
            CertificationRecord.state == AttemptState.SCHEDULED,
        )
        .group_by(CertificationRecord.certification)
        .order_by(CertificationRecord.certification)
    )
    return {row[0]: row[1] for row in rows}
