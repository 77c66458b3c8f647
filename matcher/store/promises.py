"""Promises of an interview, and who took one up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, false, func, or_, true
from sqlmodel import Session, col, select

from matcher.actor import Actor
from models.account import Role
from models.application import Application
from models.interview import Interview, InterviewSlot, InterviewState
from models.opening import Opening, OpeningState
from models.organisation import Organisation, OrganisationKind, OrganisationState
from models.promise import InterviewPromise, PromiseState, PromiseTaking, TakingState


class OwnTaking(NamedTuple):
    """One taking with what it is about; both names of the organisation."""

    taking: PromiseTaking
    promise: InterviewPromise
    opening: Opening
    organisation: Organisation


def visible_to(actor: Actor | None) -> ColumnElement[bool]:
    """For statements that join Opening. A partner sees its own, the centre all; everybody else
    those on published openings of active partners, and what they took up themselves."""
    role = None if actor is None else actor.role
    if actor is not None and role is Role.PARTNER:
        return _is_own(actor)
    if role in (Role.CENTRE, Role.ADMIN):
        return true()
    listed = (col(Opening.state) == OpeningState.PUBLISHED) & col(Opening.organisation_id).in_(
        select(Organisation.id).where(Organisation.state == OrganisationState.ACTIVE)
    )
    if actor is None or actor.youth_id is None:
        return listed
    taken = select(PromiseTaking.promise_id).where(PromiseTaking.youth_id == actor.youth_id)
    return or_(listed, col(InterviewPromise.id).in_(taken))


def _is_own(actor: Actor) -> ColumnElement[bool]:
    if actor.organisation_id is None:
        return false()
    working = select(Organisation.id).where(
        Organisation.id == actor.organisation_id,
        Organisation.kind == OrganisationKind.PARTNER,
        Organisation.state != OrganisationState.CLOSED,
    )
    return col(Opening.organisation_id).in_(working)


def get(
    session: Session, actor: Actor | None, promise_id: int, *, lock: bool = False
) -> tuple[InterviewPromise, Opening] | None:
    """`lock` holds the promise until the transaction ends: its places are counted one person
    after the other."""
    statement = (
        select(InterviewPromise, Opening)
        .join(Opening, col(Opening.id) == InterviewPromise.opening_id)
        .where(visible_to(actor), InterviewPromise.id == promise_id)
    )
    if lock:
        statement = statement.with_for_update(of=InterviewPromise)
    row = session.exec(statement.execution_options(populate_existing=lock)).first()
    return None if row is None else (row[0], row[1])


def of_opening(
    session: Session, actor: Actor | None, opening_id: int
) -> Sequence[InterviewPromise]:
    """The one that ends first comes first."""
    return session.exec(
        select(InterviewPromise)
        .join(Opening, col(Opening.id) == InterviewPromise.opening_id)
        .where(visible_to(actor), InterviewPromise.opening_id == opening_id)
        .order_by(col(InterviewPromise.earn_by), col(InterviewPromise.id))
    ).all()


def counts(session: Session, promise_ids: Sequence[int]) -> dict[int, Counter[TakingState]]:
    """How many takings stand where, by promise."""
    rows = session.execute(
        select(PromiseTaking.promise_id, PromiseTaking.state, func.count())
        .where(col(PromiseTaking.promise_id).in_(promise_ids))
        .group_by(col(PromiseTaking.promise_id), col(PromiseTaking.state))
    )
    found: dict[int, Counter[TakingState]] = {each: Counter() for each in promise_ids}
    for promise_id, state, number in rows:
        found[promise_id][state] = number
    return found


def promised(session: Session, opening_ids: Sequence[int], today: date) -> frozenset[int]:
    """Those of the openings with a promise that can still be taken up by its day and state."""
    rows = session.exec(
        select(InterviewPromise.opening_id)
        .where(
            col(InterviewPromise.opening_id).in_(opening_ids),
            InterviewPromise.state == PromiseState.OFFERED,
            col(InterviewPromise.earn_by) >= today,
        )
        .distinct()
    )
    return frozenset(rows.all())


def takings_of_youth(session: Session, youth_id: int) -> list[OwnTaking]:
    """The one that ends first comes first."""
    rows = session.exec(
        select(PromiseTaking, InterviewPromise, Opening, Organisation)
        .join(InterviewPromise, col(InterviewPromise.id) == PromiseTaking.promise_id)
        .join(Opening, col(Opening.id) == InterviewPromise.opening_id)
        .join(Organisation, col(Organisation.id) == Opening.organisation_id)
        .where(PromiseTaking.youth_id == youth_id)
        .order_by(col(InterviewPromise.earn_by), col(PromiseTaking.id))
    ).all()
    return [OwnTaking(*row) for row in rows]


def taking_of(
    session: Session, youth_id: int, promise_id: int, *, lock: bool = False
) -> PromiseTaking | None:
    statement = select(PromiseTaking).where(
        PromiseTaking.youth_id == youth_id, PromiseTaking.promise_id == promise_id
    )
    if lock:
        statement = statement.with_for_update()
    return session.exec(statement.execution_options(populate_existing=lock)).first()


def takings_of_youth_by_promise(
    session: Session, youth_id: int, promise_ids: Sequence[int]
) -> dict[int, PromiseTaking]:
    rows = session.exec(
        select(PromiseTaking).where(
            PromiseTaking.youth_id == youth_id, col(PromiseTaking.promise_id).in_(promise_ids)
        )
    ).all()
    return {row.promise_id: row for row in rows}


def claimed(session: Session, actor: Actor, opening_id: int) -> Sequence[PromiseTaking]:
    """Takings of the actor's own opening whose person asked for the interview; before that a
    partner learns nothing but how many places are taken."""
    return session.exec(
        select(PromiseTaking)
        .join(InterviewPromise, col(InterviewPromise.id) == PromiseTaking.promise_id)
        .join(Opening, col(Opening.id) == InterviewPromise.opening_id)
        .where(
            _is_own(actor) if actor.role is Role.PARTNER else false(),
            Opening.id == opening_id,
            col(PromiseTaking.application_id).is_not(None),
        )
        .order_by(col(PromiseTaking.interview_by), col(PromiseTaking.id))
    ).all()


def claimants(session: Session, opening_ids: Sequence[int]) -> frozenset[tuple[int, int]]:
    """(opening, youth) of everybody who proved what was asked and claimed the interview."""
    rows = session.execute(
        select(InterviewPromise.opening_id, PromiseTaking.youth_id)
        .join(InterviewPromise, col(InterviewPromise.id) == PromiseTaking.promise_id)
        .where(
            col(InterviewPromise.opening_id).in_(opening_ids),
            col(PromiseTaking.state).in_((TakingState.CLAIMED, TakingState.KEPT)),
        )
    )
    return frozenset((row[0], row[1]) for row in rows)


def living(session: Session, states: Sequence[TakingState]) -> Sequence[int]:
    """Ids of the takings the clock looks at, oldest first."""
    return session.exec(
        select(PromiseTaking.id)
        .where(col(PromiseTaking.state).in_(states))
        .order_by(col(PromiseTaking.id))
    ).all()  # type: ignore[return-value]  # an id read back is never None


def held(session: Session, taking_id: int) -> OwnTaking | None:
    """For the clock: the taking locked and read as it is then; None when it is gone."""
    row = session.exec(
        select(PromiseTaking, InterviewPromise, Opening, Organisation)
        .join(InterviewPromise, col(InterviewPromise.id) == PromiseTaking.promise_id)
        .join(Opening, col(Opening.id) == InterviewPromise.opening_id)
        .join(Organisation, col(Organisation.id) == Opening.organisation_id)
        .where(PromiseTaking.id == taking_id)
        .with_for_update(of=PromiseTaking)
        .execution_options(populate_existing=True)
    ).first()
    return None if row is None else OwnTaking(*row)


def youth_of(session: Session, taking_id: int) -> int | None:
    return session.exec(select(PromiseTaking.youth_id).where(PromiseTaking.id == taking_id)).first()


def interviews(session: Session, application_id: int) -> Sequence[InterviewState]:
    """What became of the interviews booked for an application."""
    found = session.exec(select(Interview.state).where(Interview.application_id == application_id))
    return [InterviewState(each) for each in found]


def was_time_offered(session: Session, opening_id: int, since: datetime, until: datetime) -> bool:
    """Whether the partner had a time open in the span that nobody took in the end."""
    taken = select(Interview.slot_id).where(
        col(Interview.state).in_((InterviewState.BOOKED, InterviewState.HELD))
    )
    free = select(InterviewSlot.id).where(
        InterviewSlot.opening_id == opening_id,
        col(InterviewSlot.is_cancelled).is_(False),
        col(InterviewSlot.created_at) < until,
        col(InterviewSlot.starts_at) >= since,
        col(InterviewSlot.starts_at) < until,
        col(InterviewSlot.id).not_in(taken),
    )
    return session.exec(free.limit(1)).first() is not None


def broken_counts(session: Session, organisation_ids: Sequence[int]) -> Mapping[int, int]:
    """Promises of an interview each organisation broke; each counts as an answer it never gave."""
    rows = session.execute(
        select(Opening.organisation_id, func.count())
        .join(InterviewPromise, col(InterviewPromise.opening_id) == Opening.id)
        .join(PromiseTaking, col(PromiseTaking.promise_id) == InterviewPromise.id)
        .where(
            col(Opening.organisation_id).in_(organisation_ids),
            PromiseTaking.state == TakingState.BROKEN,
        )
        .group_by(col(Opening.organisation_id))
    )
    found = {row[0]: row[1] for row in rows}
    return {each: found.get(each, 0) for each in organisation_ids}


def unspoken(session: Session, organisation_id: int | None = None) -> list[OwnTaking]:
    """Broken ones about which the centre has not spoken with the partner, the oldest first."""
    statement = (
        select(PromiseTaking, InterviewPromise, Opening, Organisation)
        .join(InterviewPromise, col(InterviewPromise.id) == PromiseTaking.promise_id)
        .join(Opening, col(Opening.id) == InterviewPromise.opening_id)
        .join(Organisation, col(Organisation.id) == Opening.organisation_id)
        .where(
            PromiseTaking.state == TakingState.BROKEN,
            col(PromiseTaking.spoken_on).is_(None),
        )
        .order_by(col(PromiseTaking.interview_by), col(PromiseTaking.id))
    )
    if organisation_id is not None:
        statement = statement.where(Opening.organisation_id == organisation_id)
    return [OwnTaking(*row) for row in session.exec(statement).all()]


def note_spoken(
    session: Session, organisation_id: int, account_id: int, today: date, now: datetime
) -> int:
    """Every broken one of the organisation is settled at once; gives how many."""
    rows = unspoken(session, organisation_id)
    for each in rows:
        each.taking.spoken_on, each.taking.spoken_by_account_id = today, account_id
        each.taking.version, each.taking.updated_at = each.taking.version + 1, now
        session.add(each.taking)
    return len(rows)


def application(session: Session, application_id: int) -> Application | None:
    """Of a claimed taking, locked for deciding."""
    return session.exec(
        select(Application)
        .where(Application.id == application_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
