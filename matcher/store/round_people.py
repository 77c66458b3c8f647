"""The people of an assignment round: who may join, who did, what both sides wish, the chances."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, func, true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from matcher.actor import Actor
from matcher.store import youths
from matcher.store.candidates import live_consent
from models.account import Account, AccountState
from models.assignment import (
    AssignmentBand,
    AssignmentChance,
    AssignmentEntry,
    AssignmentRound,
    AssignmentWish,
    EntryState,
)
from models.consent import Consent, ConsentPurpose
from models.course import Enrolment
from models.organisation import Organisation, OrganisationKind
from models.youth import Affiliation, AffiliationState, YouthProfile


class PersonLine(NamedTuple):
    youth_id: int
    name: str
    organisation_id: int | None
    organisation_ko: str | None
    organisation_en: str | None
    is_demo: bool


def cohort(row: AssignmentRound, today: date) -> SelectOfScalar[Any]:
    """Ids of the people who may join: active, with consent to the service, of the round's
    university (confirmed) or, in a round of the centre, of anywhere; narrowed by its filters."""
    served = select(Consent.youth_id).where(live_consent(ConsentPurpose.SERVICE, today))
    statement = (
        select(YouthProfile.id)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(
            Account.state == AccountState.ACTIVE,
            col(YouthProfile.id).in_(served),
            _of_owner(row.organisation_id),
        )
    )
    if row.cohort_status is not None:
        statement = statement.where(YouthProfile.status == row.cohort_status)
    if row.cohort_session_id is not None:
        taking = select(Enrolment.youth_id).where(Enrolment.session_id == row.cohort_session_id)
        statement = statement.where(col(YouthProfile.id).in_(taking))
    return statement


def _of_owner(organisation_id: int) -> ColumnElement[bool]:
    central = select(Organisation.id).where(
        Organisation.id == organisation_id, Organisation.kind == OrganisationKind.RISE_CENTRE
    )
    return central.exists() | (
        (col(YouthProfile.organisation_id) == organisation_id)
        & (col(YouthProfile.affiliation) == Affiliation.RISE_UNIVERSITY)
        & (col(YouthProfile.affiliation_state) == AffiliationState.CONFIRMED)
    )


def is_invited(session: Session, row: AssignmentRound, youth_id: int, today: date) -> bool:
    statement = cohort(row, today).where(YouthProfile.id == youth_id)
    return session.exec(statement).first() is not None


def invited(session: Session, row: AssignmentRound, today: date) -> int:
    return session.exec(select(func.count()).select_from(cohort(row, today).subquery())).one()


def accounts(session: Session, youth_ids: Any) -> list[tuple[int, Account]]:
    """Where mail about these people goes, in the order of their numbers."""
    rows = session.exec(
        select(YouthProfile.id, Account)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(col(YouthProfile.id).in_(youth_ids), Account.state == AccountState.ACTIVE)
        .order_by(col(YouthProfile.id))
    ).all()
    return [(row[0] or 0, row[1]) for row in rows]


def unanswered(session: Session, row: AssignmentRound, today: date) -> SelectOfScalar[Any]:
    """Ids of the invited who neither wished nor left."""
    said = select(AssignmentEntry.youth_id).where(AssignmentEntry.round_id == row.id)
    return cohort(row, today).where(col(YouthProfile.id).not_in(said))


def entries(session: Session, round_id: int) -> Sequence[AssignmentEntry]:
    return session.exec(
        select(AssignmentEntry)
        .where(AssignmentEntry.round_id == round_id)
        .order_by(col(AssignmentEntry.id))
    ).all()


def entry(session: Session, round_id: int, youth_id: int) -> AssignmentEntry | None:
    return session.exec(
        select(AssignmentEntry).where(
            AssignmentEntry.round_id == round_id, AssignmentEntry.youth_id == youth_id
        )
    ).first()


def entry_by_id(session: Session, round_id: int, entry_id: int) -> AssignmentEntry | None:
    return session.exec(
        select(AssignmentEntry).where(
            AssignmentEntry.round_id == round_id, AssignmentEntry.id == entry_id
        )
    ).first()


def own_rounds(session: Session, youth_id: int) -> dict[int, EntryState]:
    rows = session.execute(
        select(AssignmentEntry.round_id, AssignmentEntry.state).where(
            AssignmentEntry.youth_id == youth_id
        )
    )
    return {row[0]: row[1] for row in rows}


def answered(session: Session) -> dict[int, int]:
    """Round -> people who are in it."""
    rows = session.execute(
        select(AssignmentEntry.round_id, func.count(col(AssignmentEntry.id)))
        .where(AssignmentEntry.state == EntryState.JOINED)
        .group_by(col(AssignmentEntry.round_id))
    )
    return {row[0]: row[1] for row in rows}


def lines(
    session: Session, youth_ids: Sequence[int], actor: Actor | None = None
) -> dict[int, PersonLine]:
    """Names for a desk, and only of people it may see."""
    rows = session.execute(
        select(
            YouthProfile.id,
            Account.name,
            YouthProfile.organisation_id,
            Organisation.name_ko,
            Organisation.name_en,
            Account.is_demo,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .outerjoin(Organisation, col(Organisation.id) == YouthProfile.organisation_id)
        .where(
            col(YouthProfile.id).in_(youth_ids),
            true() if actor is None else youths.visible_to(actor),
        )
    )
    return {row[0]: PersonLine(*row) for row in rows}


def universities(session: Session, youth_ids: Sequence[int]) -> dict[int, int | None]:
    rows = session.execute(
        select(YouthProfile.id, YouthProfile.organisation_id).where(
            col(YouthProfile.id).in_(youth_ids)
        )
    )
    return {row[0]: row[1] for row in rows}


def joined(session: Session, round_id: int, today: date) -> list[AssignmentEntry]:
    """Who is in and may still be placed: the account lives and the consent to the service too."""
    served = select(Consent.youth_id).where(live_consent(ConsentPurpose.SERVICE, today))
    return list(
        session.exec(
            select(AssignmentEntry)
            .join(YouthProfile, col(YouthProfile.id) == AssignmentEntry.youth_id)
            .join(Account, col(Account.id) == YouthProfile.account_id)
            .where(
                AssignmentEntry.round_id == round_id,
                AssignmentEntry.state == EntryState.JOINED,
                Account.state == AccountState.ACTIVE,
                col(YouthProfile.id).in_(served),
            )
            .order_by(col(AssignmentEntry.code))
        ).all()
    )


def wishes(
    session: Session, round_id: int, youth_id: int | None = None
) -> dict[int, dict[int, int]]:
    """Youth -> opening -> tier."""
    statement = select(
        AssignmentWish.youth_id, AssignmentWish.opening_id, AssignmentWish.tier
    ).where(AssignmentWish.round_id == round_id)
    if youth_id is not None:
        statement = statement.where(AssignmentWish.youth_id == youth_id)
    found: dict[int, dict[int, int]] = {}
    for row in session.execute(statement):
        found.setdefault(row[0], {})[row[1]] = row[2]
    return found


def wishers_of(session: Session, round_id: int, opening_ids: Sequence[int]) -> set[int]:
    """Who wishes for one of them."""
    rows = session.exec(
        select(AssignmentWish.youth_id).where(
            AssignmentWish.round_id == round_id, col(AssignmentWish.opening_id).in_(opening_ids)
        )
    )
    return set(rows)


def drop_openings(session: Session, round_id: int, opening_ids: Sequence[int]) -> None:
    """What both sides said about openings that leave a round."""
    for table in (AssignmentWish, AssignmentBand):
        session.exec(
            delete(table).where(
                col(table.round_id) == round_id, col(table.opening_id).in_(opening_ids)
            )
        )


def replace_wishes(
    session: Session, round_id: int, youth_id: int, tiers: Mapping[int, int]
) -> None:
    session.exec(
        delete(AssignmentWish).where(
            col(AssignmentWish.round_id) == round_id, col(AssignmentWish.youth_id) == youth_id
        )
    )
    session.add_all(
        AssignmentWish(round_id=round_id, youth_id=youth_id, opening_id=opening, tier=tier)
        for opening, tier in sorted(tiers.items())
    )


def bands(session: Session, round_id: int) -> dict[int, dict[int, AssignmentBand]]:
    """Opening -> youth -> what the partner confirmed."""
    found: dict[int, dict[int, AssignmentBand]] = {}
    for row in session.exec(select(AssignmentBand).where(AssignmentBand.round_id == round_id)):
        found.setdefault(row.opening_id, {})[row.youth_id] = row
    return found


def replace_bands(
    session: Session, round_id: int, opening_id: int, rows: Iterable[AssignmentBand]
) -> None:
    session.exec(
        delete(AssignmentBand).where(
            col(AssignmentBand.round_id) == round_id, col(AssignmentBand.opening_id) == opening_id
        )
    )
    session.add_all(rows)


def chance(session: Session, round_id: int, youth_id: int) -> AssignmentChance | None:
    return session.exec(
        select(AssignmentChance).where(
            AssignmentChance.round_id == round_id, AssignmentChance.youth_id == youth_id
        )
    ).first()


def replace_chances(session: Session, round_id: int, rows: Iterable[AssignmentChance]) -> None:
    session.exec(delete(AssignmentChance).where(col(AssignmentChance.round_id) == round_id))
    session.add_all(rows)


def forget_chance(session: Session, round_id: int, youth_id: int) -> None:
    """Wishes that changed are not what it was computed from."""
    session.exec(
        delete(AssignmentChance).where(
            col(AssignmentChance.round_id) == round_id, col(AssignmentChance.youth_id) == youth_id
        )
    )
