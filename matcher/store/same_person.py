"""Accounts that belong to one person, what they work as, and which partners a youth is tied to."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models.account import Account, Membership, Role
from models.application import (
    Application,
    ApplicationState,
    Introduction,
    IntroductionState,
    ShortlistEntry,
    ShortlistState,
)
from models.assignment import AssignmentPair
from models.opening import Opening
from models.organisation import Organisation
from models.promise import InterviewPromise, PromiseTaking
from models.review import SamePerson
from models.youth import Affiliation, YouthProfile


class Worker(NamedTuple):
    account_id: int
    email: str
    name: str
    role: Role
    organisation_id: int | None
    organisation_ko: str | None
    organisation_en: str | None


class Belonging(NamedTuple):
    affiliation: Affiliation
    university_id: int | None


def rows(session: Session) -> Sequence[SamePerson]:
    """Newest first."""
    return session.exec(
        select(SamePerson).order_by(col(SamePerson.at).desc(), col(SamePerson.id).desc())
    ).all()


def pair(session: Session, one: int, other: int) -> SamePerson | None:
    low, high = sorted((one, other))
    return session.exec(
        select(SamePerson).where(SamePerson.account_id == low, SamePerson.other_account_id == high)
    ).first()


def others(session: Session, account_id: int) -> frozenset[int]:
    """Every other account of the person, also over a third one."""
    found, edge = {account_id}, {account_id}
    while edge:
        near = session.execute(
            select(SamePerson.account_id, SamePerson.other_account_id).where(
                or_(
                    col(SamePerson.account_id).in_(edge),
                    col(SamePerson.other_account_id).in_(edge),
                )
            )
        )
        edge = {number for row in near for number in row} - found
        found |= edge
    return frozenset(found - {account_id})


def workers(session: Session, account_ids: Iterable[int]) -> dict[int, Worker]:
    """What the accounts work as, in whatever state they are: a stopped one still is somebody."""
    found = session.execute(
        select(
            Account.id,
            Account.email,
            Account.name,
            Membership.role,
            Membership.organisation_id,
            Organisation.name_ko,
            Organisation.name_en,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Membership, col(Membership.account_id) == Account.id)
        .join(Organisation, col(Organisation.id) == Membership.organisation_id, isouter=True)
        .where(col(Account.id).in_(list(account_ids)))
    )
    return {row[0]: Worker(*row) for row in found}


def belongings(session: Session, youth_ids: Sequence[int]) -> dict[int, Belonging]:
    found = session.execute(
        select(YouthProfile.id, YouthProfile.affiliation, YouthProfile.organisation_id).where(
            col(YouthProfile.id).in_(youth_ids)
        )
    )
    return {row[0]: Belonging(row[1], row[2]) for row in found}


def ties(
    session: Session, organisation_ids: Iterable[int], youth_ids: Sequence[int]
) -> dict[int, frozenset[int]]:
    """Youth -> those of the partners that the person applied to, was asked, noted or placed by,
    or took a promise of. People without such a tie are left out."""
    own = select(Opening.id).where(col(Opening.organisation_id).in_(list(organisation_ids)))
    found: dict[int, set[int]] = {}
    for table, lives in _TIES:
        pairs = session.execute(
            select(table.youth_id, Opening.organisation_id)
            .join(Opening, col(Opening.id) == table.opening_id)
            .where(col(table.opening_id).in_(own), col(table.youth_id).in_(youth_ids), lives)
        )
        for youth_id, organisation_id in pairs:
            found.setdefault(youth_id, set()).add(organisation_id)
    taken = session.execute(
        select(PromiseTaking.youth_id, Opening.organisation_id)
        .join(InterviewPromise, col(InterviewPromise.id) == PromiseTaking.promise_id)
        .join(Opening, col(Opening.id) == InterviewPromise.opening_id)
        .where(col(Opening.id).in_(own), col(PromiseTaking.youth_id).in_(youth_ids))
    )
    for youth_id, organisation_id in taken:
        found.setdefault(youth_id, set()).add(organisation_id)
    return {youth: frozenset(partners) for youth, partners in found.items()}


_TIES = (
    (Application, col(Application.state) != ApplicationState.WITHDRAWN),
    (
        Introduction,
        col(Introduction.state).in_((IntroductionState.REQUESTED, IntroductionState.ACCEPTED)),
    ),
    (ShortlistEntry, col(ShortlistEntry.state) == ShortlistState.SHORTLISTED),
    (AssignmentPair, col(AssignmentPair.id) > 0),
)


def owners(session: Session, opening_ids: Sequence[int]) -> frozenset[int]:
    """The organisations whose openings these are."""
    statement = select(Opening.organisation_id).where(col(Opening.id).in_(opening_ids))
    return frozenset(session.exec(statement).all())
