"""Exam vouchers: an organisation's own pool, a person's own ones, and who may be given one."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from matcher.actor import Actor
from models.account import Account, Role
from models.organisation import Organisation
from models.voucher import Voucher, VoucherState
from models.youth import YouthProfile


class Standing(StrEnum):
    """State of a voucher as the day has it: an unused one lapses after its last day."""

    FREE = "free"
    ASSIGNED = "assigned"
    USED = "used"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


UNUSED = (VoucherState.FREE, VoucherState.ASSIGNED)
Listed = tuple[Voucher, str | None]
"""A voucher and the name of who has it."""


def managed(actor: Actor) -> ColumnElement[bool]:
    """A desk's own organisation's; the centre does not see the universities' pools."""
    if actor.role not in (Role.COORDINATOR, Role.CENTRE) or actor.organisation_id is None:
        return false()
    return col(Voucher.organisation_id) == actor.organisation_id


def standing_is(standing: Standing, today: date) -> ColumnElement[bool]:
    if standing is Standing.LAPSED:
        return and_(col(Voucher.state).in_(UNUSED), col(Voucher.expires_on) < today)
    state = col(Voucher.state) == VoucherState(standing.value)
    lives = standing in (Standing.FREE, Standing.ASSIGNED)
    return and_(state, col(Voucher.expires_on) >= today) if lives else state


def standing_of(voucher: Voucher, today: date) -> Standing:
    """The same of one row that was read."""
    is_lapsed = voucher.state in UNUSED and voucher.expires_on < today
    return Standing.LAPSED if is_lapsed else Standing(voucher.state.value)


def counts(session: Session, actor: Actor, today: date) -> dict[Standing, int]:
    columns = [
        select(func.count(col(Voucher.id)))
        .where(managed(actor), standing_is(each, today))
        .scalar_subquery()
        for each in Standing
    ]
    return dict(zip(Standing, session.execute(select(*columns)).one(), strict=True))


def page(
    session: Session, actor: Actor, standing: Standing | None, today: date, number: int, size: int
) -> list[Listed]:
    """Page `number` counts from 1; what lapses next comes first, what is past its day last."""
    statement = (
        select(Voucher, Account.name)
        .outerjoin(YouthProfile, col(YouthProfile.id) == Voucher.youth_id)
        .outerjoin(Account, col(Account.id) == YouthProfile.account_id)
        .where(managed(actor))
        .order_by(col(Voucher.expires_on) < today, col(Voucher.expires_on), col(Voucher.id))
        .limit(size)
        .offset((number - 1) * size)
    )
    if standing is not None:
        statement = statement.where(standing_is(standing, today))
    return [(row[0], row[1]) for row in session.execute(statement)]


def get(session: Session, actor: Actor, voucher_id: int) -> Voucher | None:
    return session.exec(select(Voucher).where(managed(actor), Voucher.id == voucher_id)).first()


def givable(session: Session, actor: Actor, today: date) -> Sequence[Voucher]:
    return session.exec(
        select(Voucher)
        .where(managed(actor), standing_is(Standing.FREE, today))
        .order_by(col(Voucher.expires_on), col(Voucher.id))
    ).all()


def known_codes(session: Session, codes: Iterable[str]) -> frozenset[str]:
    """Those already stored, by whatever organisation, in lower case: a code pays once, however
    it is written."""
    stored, asked = func.lower(col(Voucher.code)), [code.casefold() for code in codes]
    return frozenset(session.exec(select(stored).where(stored.in_(asked))))


def move(session: Session, voucher: Voucher, after: VoucherState, **values: Any) -> bool:
    """Only from the state and version that were read; False when another was faster."""
    moved = session.execute(
        update(Voucher)
        .where(
            col(Voucher.id) == voucher.id,
            col(Voucher.state) == voucher.state,
            col(Voucher.version) == voucher.version,
        )
        .values(state=after, version=voucher.version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    return int(moved.rowcount) == 1  # type: ignore[attr-defined]  # an UPDATE has one


def own(session: Session, youth_id: int) -> list[tuple[Voucher, Organisation]]:
    rows = session.execute(
        select(Voucher, Organisation)
        .join(Organisation, col(Organisation.id) == Voucher.organisation_id)
        .where(
            col(Voucher.youth_id) == youth_id,
            col(Voucher.state).in_((VoucherState.ASSIGNED, VoucherState.USED)),
        )
        .order_by(col(Voucher.expires_on), col(Voucher.id))
    )
    return [(row[0], row[1]) for row in rows]


def own_one(session: Session, youth_id: int, voucher_id: int) -> Voucher | None:
    return session.exec(
        select(Voucher).where(Voucher.youth_id == youth_id, Voucher.id == voucher_id)
    ).first()


def in_hand(session: Session, scope: SelectOfScalar[Any], today: date) -> list[Voucher]:
    """Unused vouchers the people in scope hold already, from whomever."""
    return list(
        session.exec(
            select(Voucher)
            .where(standing_is(Standing.ASSIGNED, today), col(Voucher.youth_id).in_(scope))
            .order_by(col(Voucher.id))
        )
    )
