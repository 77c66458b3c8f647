"""What loading and serving the demo has to know of the database."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from models.account import Account, AccountState, Membership, Role
from models.organisation import Organisation
from models.youth import YouthProfile


class SignIn(NamedTuple):
    role: Role
    account_id: int
    youth_id: int | None
    organisation_id: int | None
    """Where staff work, or the university of a youth."""
    email: str
    name: str
    organisation: str | None


def holds_accounts(session: Session) -> bool:
    return session.exec(select(func.count()).select_from(Account)).one() > 0


def can_sign_in(session: Session) -> bool:
    """Whether a demo account is open, whose password everybody may know."""
    open_ones = select(Account.id).where(
        col(Account.is_demo),
        Account.state == AccountState.ACTIVE,
        col(Account.password_hash).is_not(None),
    )
    return session.exec(open_ones.limit(1)).first() is not None


def organisation_ids(session: Session) -> dict[str, int]:
    """By slug."""
    rows = session.exec(select(Organisation.slug, Organisation.id).order_by(col(Organisation.id)))
    return {slug: number for slug, number in rows if number is not None}


def sign_ins(session: Session, emails: Sequence[str]) -> list[SignIn]:
    """In the order of the addresses; those without a demo account are left out."""
    home = func.coalesce(Membership.organisation_id, YouthProfile.organisation_id)
    rows = session.execute(
        select(
            Membership.role,
            Account.id,
            YouthProfile.id,
            Organisation.id,
            Account.email,
            Account.name,
            Organisation.name_ko,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Membership, col(Membership.account_id) == Account.id)
        .join(YouthProfile, col(YouthProfile.account_id) == Account.id, isouter=True)
        .join(Organisation, col(Organisation.id) == home, isouter=True)
        .where(col(Account.email).in_(emails), col(Account.is_demo))
    )
    found = [SignIn(*row) for row in rows]
    return sorted(found, key=lambda row: emails.index(row.email))
