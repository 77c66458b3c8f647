"""Proofs: a person's own, and those a desk has to judge. Files are read one at a time."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlmodel import Session, col

from matcher.actor import Actor
from matcher.store.cohort import duty, people
from models.account import Account
from models.people_desk import Evidence, EvidenceBlob, EvidenceState
from models.youth import AffiliationState, YouthProfile


class Show(StrEnum):
    OPEN = "open"
    RETURNED = "returned"
    ACCEPTED = "accepted"


_STATES = {
    Show.OPEN: (EvidenceState.WAITING, EvidenceState.IN_REVIEW),
    Show.RETURNED: (EvidenceState.RETURNED,),
    Show.ACCEPTED: (EvidenceState.ACCEPTED,),
}


class FileRow(NamedTuple):
    name: str
    media_type: str
    size: int


class OwnRow(NamedTuple):
    evidence: Evidence
    file: FileRow | None


class DeskRow(NamedTuple):
    evidence: Evidence
    name: str
    file: FileRow | None


def judged(actor: Actor) -> ColumnElement[bool]:
    """For statements that join YouthProfile and Account: whose proofs this desk settles."""
    is_confirmed = col(YouthProfile.affiliation_state) == AffiliationState.CONFIRMED
    return and_(people(actor), duty(actor), is_confirmed)


def waits() -> ColumnElement[bool]:
    return col(Evidence.state).in_(_STATES[Show.OPEN])


def own(session: Session, youth_id: int) -> list[OwnRow]:
    """Newest first."""
    found = session.execute(
        select(Evidence, *_FILE)
        .outerjoin(EvidenceBlob, col(EvidenceBlob.id) == col(Evidence.blob_id))
        .where(col(Evidence.youth_id) == youth_id)
        .order_by(col(Evidence.id).desc())
    )
    return [OwnRow(row[0], _file(row[0], row[1], row[2])) for row in found]


def own_one(session: Session, youth_id: int, evidence_id: int) -> Evidence | None:
    return session.scalars(
        select(Evidence).where(col(Evidence.youth_id) == youth_id, col(Evidence.id) == evidence_id)
    ).first()


def counts(session: Session, actor: Actor) -> dict[Show, int]:
    columns = [
        select(func.count(col(Evidence.id)))
        .join(YouthProfile, col(YouthProfile.id) == col(Evidence.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(judged(actor), col(Evidence.state).in_(states))
        .scalar_subquery()
        for states in _STATES.values()
    ]
    return dict(zip(_STATES, session.execute(select(*columns)).one(), strict=True))


def page(session: Session, actor: Actor, show: Show, number: int, size: int) -> list[DeskRow]:
    """What waits: the oldest first; what is settled: the newest first."""
    order = (
        (col(Evidence.created_at), col(Evidence.id))
        if show is Show.OPEN
        else (col(Evidence.decided_at).desc(), col(Evidence.id).desc())
    )
    statement = _desk(actor).where(col(Evidence.state).in_(_STATES[show])).order_by(*order)
    found = session.execute(statement.limit(size).offset((number - 1) * size))
    return [DeskRow(row[0], row[1], _file(row[0], row[2], row[3])) for row in found]


def get(session: Session, actor: Actor, evidence_id: int) -> DeskRow | None:
    """None too for what the person took back."""
    row = session.execute(
        _desk(actor).where(
            col(Evidence.id) == evidence_id, col(Evidence.state) != EvidenceState.WITHDRAWN
        )
    ).first()
    return None if row is None else DeskRow(row[0], row[1], _file(row[0], row[2], row[3]))


def last_decided(session: Session, actor: Actor, since: datetime) -> DeskRow | None:
    """The proof this account settled last."""
    row = session.execute(
        _desk(actor)
        .where(
            col(Evidence.reviewer_account_id) == actor.account_id,
            col(Evidence.decided_at) >= since,
        )
        .order_by(col(Evidence.decided_at).desc(), col(Evidence.id).desc())
        .limit(1)
    ).first()
    return None if row is None else DeskRow(row[0], row[1], _file(row[0], row[2], row[3]))


def free(
    session: Session, actor: Actor, stale: datetime, after: tuple[datetime, int] | None
) -> Sequence[Evidence]:
    """Some that may be claimed, the oldest first; those behind `after` come before the rest."""
    at, number = col(Evidence.created_at), col(Evidence.id)
    order: tuple[Any, ...] = (at, number)
    if after is not None:
        is_behind = or_(at > after[0], and_(at == after[0], number > after[1]))
        order = (is_behind.desc(), at, number)
    return session.scalars(
        select(Evidence)
        .join(YouthProfile, col(YouthProfile.id) == col(Evidence.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(judged(actor), is_free(actor.account_id, stale))
        .order_by(*order)
        .limit(5)
    ).all()


def is_free(account_id: int, stale: datetime) -> ColumnElement[bool]:
    """As `policy.evidence.can_claim` says it of one row that was read."""
    is_held = col(Evidence.state) == EvidenceState.IN_REVIEW
    is_mine = col(Evidence.reviewer_account_id) == account_id
    is_left = or_(col(Evidence.claimed_at).is_(None), col(Evidence.claimed_at) <= stale)
    is_waiting = col(Evidence.state) == EvidenceState.WAITING
    return or_(is_waiting, and_(is_held, or_(is_mine, is_left)))


def claim(session: Session, row: Evidence, account_id: int, now: datetime, stale: datetime) -> bool:
    """Take it to judge; False when another was faster."""
    taken = session.execute(
        update(Evidence)
        .where(
            col(Evidence.id) == row.id,
            col(Evidence.version) == row.version,
            is_free(account_id, stale),
        )
        .values(
            state=EvidenceState.IN_REVIEW,
            reviewer_account_id=account_id,
            claimed_at=now,
            version=row.version + 1,
            updated_at=now,
        )
        .execution_options(synchronize_session=False)
    )
    return int(taken.rowcount) == 1  # type: ignore[attr-defined]  # an UPDATE has one


def kept(session: Session, youth_id: int) -> int:
    statement = select(func.count(col(EvidenceBlob.id))).where(
        col(EvidenceBlob.youth_id) == youth_id
    )
    return int(session.scalar(statement) or 0)


def same_file(session: Session, youth_id: int, sha256: str) -> int | None:
    """The number of the person's own file with these bytes; nobody else's is looked at."""
    return session.scalars(
        select(col(EvidenceBlob.id)).where(
            col(EvidenceBlob.youth_id) == youth_id, col(EvidenceBlob.sha256) == sha256
        )
    ).first()


def handed_in(session: Session, row: Evidence) -> bool:
    """Whether the same file waits for the same thing already."""
    statement = select(col(Evidence.id)).where(
        col(Evidence.youth_id) == row.youth_id,
        col(Evidence.blob_id) == row.blob_id,
        col(Evidence.subject) == row.subject,
        col(Evidence.skill).is_(None) if row.skill is None else col(Evidence.skill) == row.skill,
        col(Evidence.record_id).is_(None)
        if row.record_id is None
        else col(Evidence.record_id) == row.record_id,
        col(Evidence.state).in_((*_STATES[Show.OPEN], EvidenceState.ACCEPTED)),
    )
    return session.scalars(statement.limit(1)).first() is not None


def blob(session: Session, blob_id: int | None) -> EvidenceBlob | None:
    return None if blob_id is None else session.get(EvidenceBlob, blob_id)


def drop_file(session: Session, row: Evidence) -> None:
    """Take the file off this proof, and away when no other proof of the person rests on it."""
    number, row.blob_id = row.blob_id, None
    session.add(row)
    session.flush()  # the file may only go after the row let go of it
    still_used = exists().where(col(Evidence.blob_id) == number)
    session.execute(delete(EvidenceBlob).where(col(EvidenceBlob.id) == number, ~still_used))


_FILE = (col(EvidenceBlob.media_type), col(EvidenceBlob.size))


def _desk(actor: Actor) -> Any:
    return (
        select(Evidence, col(Account.name), *_FILE)
        .join(YouthProfile, col(YouthProfile.id) == col(Evidence.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .outerjoin(EvidenceBlob, col(EvidenceBlob.id) == col(Evidence.blob_id))
        .where(judged(actor))
    )


def _file(row: Evidence, media_type: str | None, size: int | None) -> FileRow | None:
    return None if media_type is None else FileRow(row.file_name, media_type, size or 0)
