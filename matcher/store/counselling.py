"""Appointments a desk offers, and those a person took."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select, update
from sqlmodel import Session, col

from matcher.actor import Actor
from models.account import Account, Role
from models.organisation import Organisation, OrganisationKind
from models.outcome import Outcome
from models.people_desk import Counselling, CounsellingState
from models.youth import Affiliation, AffiliationState, YouthProfile


class DeskRow(NamedTuple):
    row: Counselling
    name: str | None


class OwnRow(NamedTuple):
    row: Counselling
    organisation_ko: str
    organisation_en: str


def offered_by(actor: Actor) -> ColumnElement[bool]:
    """A desk's own organisation's; the centre does not see the universities'."""
    if actor.role not in (Role.COORDINATOR, Role.CENTRE) or actor.organisation_id is None:
        return false()
    return col(Counselling.organisation_id) == actor.organisation_id


def needs_note(today: date) -> ColumnElement[bool]:
    """Taken, and its day has come: what was said is still to be written down."""
    is_booked = col(Counselling.state) == CounsellingState.BOOKED
    return and_(is_booked, col(Counselling.held_on) <= today)


def count_to_note(session: Session, actor: Actor, today: date) -> int:
    statement = select(func.count(col(Counselling.id))).where(offered_by(actor), needs_note(today))
    return int(session.scalar(statement) or 0)


def listed(session: Session, actor: Actor, since: date, today: date, most: int) -> list[DeskRow]:
    """Talks from `since` on, hours nobody took from today on, and whatever still lacks its note,
    in the order of time."""
    lacks = col(Counselling.state) == CounsellingState.BOOKED
    is_free = col(Counselling.state) == CounsellingState.OPEN
    found = session.execute(
        select(Counselling, col(Account.name))
        .outerjoin(YouthProfile, col(YouthProfile.id) == col(Counselling.youth_id))
        .outerjoin(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(
            offered_by(actor),
            col(Counselling.state) != CounsellingState.WITHDRAWN,
            or_(
                col(Counselling.held_on) >= today,
                and_(col(Counselling.held_on) >= since, not_(is_free)),
                lacks,
            ),
        )
        .order_by(col(Counselling.held_on), col(Counselling.starts), col(Counselling.id))
        .limit(most)
    )
    return [DeskRow(*row) for row in found]


def get(session: Session, actor: Actor, number: int) -> Counselling | None:
    return session.scalars(
        select(Counselling).where(offered_by(actor), col(Counselling.id) == number)
    ).first()


def on_day(session: Session, account_id: int, day: date) -> Sequence[Counselling]:
    """The counsellor's hours of a day, withdrawn ones too: an hour is offered once."""
    return session.scalars(
        select(Counselling).where(
            col(Counselling.counsellor_account_id) == account_id, col(Counselling.held_on) == day
        )
    ).all()


def hold_account(session: Session, account_id: int) -> None:
    """Two forms of one counsellor come one after the other."""
    session.execute(select(col(Account.id)).where(col(Account.id) == account_id).with_for_update())


def open_to(session: Session, youth_id: int, today: date) -> list[OwnRow]:
    """What this person may take: hours of the own university and of the centre."""
    found = session.execute(
        _own().where(
            col(Counselling.state) == CounsellingState.OPEN,
            col(Counselling.held_on) > today,
            _reachable(youth_id),
        )
    )
    return [OwnRow(*row) for row in found]


def own(session: Session, youth_id: int) -> list[OwnRow]:
    found = session.execute(_own().where(col(Counselling.youth_id) == youth_id))
    return [OwnRow(*row) for row in found]


def open_one(session: Session, youth_id: int, number: int) -> Counselling | None:
    """One this person may see: reachable, or taken by themselves."""
    mine = col(Counselling.youth_id) == youth_id
    return session.scalars(
        select(Counselling)
        .join(Organisation, col(Organisation.id) == col(Counselling.organisation_id))
        .where(
            col(Counselling.id) == number,
            or_(mine, and_(col(Counselling.state) == CounsellingState.OPEN, _reachable(youth_id))),
        )
    ).first()


def move(session: Session, row: Counselling, **values: Any) -> bool:
    """Only from the version that was read; False when another was faster."""
    moved = session.execute(
        update(Counselling)
        .where(
            col(Counselling.id) == row.id,
            col(Counselling.version) == row.version,
            col(Counselling.state) == row.state,
        )
        .values(version=row.version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    return int(moved.rowcount) == 1  # type: ignore[attr-defined]  # an UPDATE has one


def outcomes_of(session: Session, youth_id: int) -> Sequence[Outcome]:
    return session.scalars(
        select(Outcome)
        .where(col(Outcome.youth_id) == youth_id)
        .order_by(col(Outcome.started_on).desc())
    ).all()


def let_go(session: Session, outcome_id: int) -> None:
    """Before an outcome goes: hours that named it keep their notes."""
    session.execute(
        update(Counselling)
        .where(col(Counselling.outcome_id) == outcome_id)
        .values(outcome_id=None)
        .execution_options(synchronize_session=False)
    )


def booked_of(session: Session, youth_ids: Sequence[int], since: date) -> Sequence[Counselling]:
    """For the calendar: taken and held hours from that day on."""
    states = (CounsellingState.BOOKED, CounsellingState.HELD)
    return session.scalars(
        select(Counselling)
        .where(
            col(Counselling.youth_id).in_(youth_ids),
            col(Counselling.state).in_(states),
            col(Counselling.held_on) >= since,
        )
        .order_by(col(Counselling.held_on), col(Counselling.starts))
    ).all()


def _reachable(youth_id: int) -> ColumnElement[bool]:
    home = (
        select(col(YouthProfile.organisation_id))
        .where(
            col(YouthProfile.id) == youth_id,
            col(YouthProfile.affiliation) == Affiliation.RISE_UNIVERSITY,
            col(YouthProfile.affiliation_state) == AffiliationState.CONFIRMED,
        )
        .scalar_subquery()
    )
    is_centre = col(Organisation.kind) == OrganisationKind.RISE_CENTRE
    return or_(is_centre, col(Counselling.organisation_id) == home)


def _own() -> Any:
    return (
        select(Counselling, col(Organisation.name_ko), col(Organisation.name_en))
        .join(Organisation, col(Organisation.id) == col(Counselling.organisation_id))
        .order_by(col(Counselling.held_on), col(Counselling.starts), col(Counselling.id))
    )
