"""Uploaded files on their way in: who may see them, who works on them, and when they go."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, or_, select, update
from sqlmodel import Session, col

from matcher.actor import Actor
from models.account import Role
from models.bulk import ImportTask, TaskState

PARTNERS = ("openings", "job_feed")
"""What only partners send."""
LEASE = timedelta(seconds=60)
MOST_TRIES = 3
OPEN = (
    TaskState.WAITING,
    TaskState.CHECKING,
    TaskState.CHECKED,
    TaskState.ORDERED,
    TaskState.STORING,
)
AT_WORK = {TaskState.WAITING: TaskState.CHECKING, TaskState.ORDERED: TaskState.STORING}
ENDED = {"data": b"", "held_until": None}


class TaskRow(NamedTuple):
    """Without the file itself, which may be megabytes."""

    id: int
    kind: str
    file_name: str
    state: TaskState
    done: int
    total: int
    findings: dict[str, Any]
    batch_id: int | None
    created_at: datetime


class Claimed(NamedTuple):
    id: int
    state: TaskState
    account_id: int
    organisation_id: int | None
    kind: str
    file_name: str
    keeps_unmapped: bool
    data: bytes


_COLUMNS = tuple(getattr(ImportTask, name) for name in TaskRow._fields)


def managed(actor: Actor) -> ColumnElement[bool]:
    """A desk's or partner's own; the centre sees the universities' too."""
    if actor.role is Role.CENTRE:
        return col(ImportTask.kind).not_in(PARTNERS)
    if actor.role in (Role.COORDINATOR, Role.PARTNER) and actor.organisation_id is not None:
        return col(ImportTask.organisation_id) == actor.organisation_id
    return false()


def get(session: Session, actor: Actor, task_id: int) -> TaskRow | None:
    found = session.execute(
        select(*_COLUMNS).where(managed(actor), col(ImportTask.id) == task_id)
    ).first()
    return None if found is None else TaskRow(*found)


def open_ones(session: Session, actor: Actor) -> list[TaskRow]:
    return _newest(session, managed(actor), col(ImportTask.state).in_(OPEN))


def refused_since(session: Session, actor: Actor, since: datetime) -> list[TaskRow]:
    """Whose mistakes are still kept."""
    states = (TaskState.REFUSED, TaskState.FAILED)
    in_time = col(ImportTask.created_at) >= since
    return _newest(session, managed(actor), in_time, col(ImportTask.state).in_(states))


def _newest(session: Session, *where: ColumnElement[bool]) -> list[TaskRow]:
    statement = select(*_COLUMNS).where(*where).order_by(col(ImportTask.id).desc()).limit(50)
    return [TaskRow(*row) for row in session.execute(statement)]


def count_open(session: Session, account_id: int) -> int:
    statement = select(func.count(col(ImportTask.id))).where(
        col(ImportTask.account_id) == account_id, col(ImportTask.state).in_(OPEN)
    )
    return session.scalar(statement) or 0


def move(
    session: Session,
    actor: Actor,
    task_id: int,
    before: Sequence[TaskState],
    after: TaskState,
    now: datetime,
) -> bool:
    """A person's step; False when the task is not there or stands elsewhere by now."""
    ended = {} if after in OPEN else ENDED
    return _changed(
        session,
        [managed(actor), col(ImportTask.id) == task_id, col(ImportTask.state).in_(before)],
        state=after, tries=0, done=0, updated_at=now, **ended,
    )  # fmt: skip


def has_work(session: Session, now: datetime) -> bool:
    return session.scalar(select(col(ImportTask.id)).where(_is_free(now)).limit(1)) is not None


def claim(session: Session, now: datetime) -> Claimed | None:
    """The oldest task nobody works on, for as long as the lease lasts. What was tried too often
    is given up."""
    _changed(
        session, [_is_free(now), col(ImportTask.tries) >= MOST_TRIES],
        state=TaskState.FAILED, updated_at=now, **ENDED,
    )  # fmt: skip
    row = session.execute(
        select(col(ImportTask.id), col(ImportTask.state), col(ImportTask.tries))
        .where(_is_free(now))
        .order_by(col(ImportTask.id))
        .limit(1)
    ).first()
    if row is None:
        return None
    task_id, state, tries = row
    after = AT_WORK.get(state, state)
    same = [col(ImportTask.id) == task_id, col(ImportTask.tries) == tries, _is_free(now)]
    if not _changed(session, same, state=after, tries=tries + 1, held_until=now + LEASE, done=0):
        return None
    found = session.execute(
        select(*(getattr(ImportTask, name) for name in Claimed._fields)).where(
            col(ImportTask.id) == task_id
        )
    ).one()
    return Claimed(*found)


def progress(session: Session, task_id: int, done: int, total: int, now: datetime) -> None:
    """Also renews the lease: whoever still tells is alive."""
    _changed(
        session, [col(ImportTask.id) == task_id], done=done, total=total, held_until=now + LEASE
    )


def settle(
    session: Session,
    task_id: int,
    state: TaskState,
    now: datetime,
    findings: dict[str, Any] | None = None,
    batch_id: int | None = None,
) -> None:
    """What the worker found; the file goes with the last step."""
    values: dict[str, Any] = {"state": state, "updated_at": now, "held_until": None}
    values |= {} if state in OPEN else ENDED
    values |= {} if findings is None else {"findings": findings}
    values |= {} if batch_id is None else {"batch_id": batch_id}
    _changed(session, [col(ImportTask.id) == task_id], **values)


def forget(session: Session, before: datetime, now: datetime) -> int:
    """Files nobody came back for, and what was found in them."""
    left = session.execute(
        update(ImportTask)
        .where(col(ImportTask.created_at) < before, col(ImportTask.state).in_(OPEN))
        .values(state=TaskState.DROPPED, updated_at=now, **ENDED)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(ImportTask)
        .where(col(ImportTask.created_at) < before, col(ImportTask.state) != TaskState.STORED)
        .values(findings={})
        .execution_options(synchronize_session=False)
    )
    return int(left.rowcount)  # type: ignore[attr-defined]  # an UPDATE has one


def _is_free(now: datetime) -> ColumnElement[bool]:
    waits = col(ImportTask.state).in_(AT_WORK)
    left = and_(col(ImportTask.state).in_(AT_WORK.values()), col(ImportTask.held_until) < now)
    return or_(waits, left)


def _changed(session: Session, where: Sequence[ColumnElement[bool]], **values: Any) -> bool:
    done = session.execute(
        update(ImportTask)
        .where(*where)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount) == 1  # type: ignore[attr-defined]  # an UPDATE has one
