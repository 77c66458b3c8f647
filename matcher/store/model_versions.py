"""The registry of trained models: which one serves, what bytes it is, and what became of others."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select as plain_select
from sqlalchemy import update
from sqlmodel import Session, col, func, select

from models.model_version import (
    ModelArtefact,
    ModelState,
    ModelVersion,
    RankingSwitch,
    TrainingTurn,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A version as far as serving needs it."""

    id: int
    label: str
    sha256: str
    replaced_id: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What serves now: no pointer = the hand-made prior; `is_on` False = neutral order."""

    pointer: Pointer | None
    is_on: bool


def standing(session: Session) -> Standing:
    """One query, small enough for every ranking: no worker has to be told of a change."""
    newest = select(RankingSwitch.is_on).order_by(col(RankingSwitch.id).desc()).limit(1)
    switch = plain_select(newest.scalar_subquery().label("is_on")).subquery()
    serving = (
        plain_select(
            col(ModelVersion.id), col(ModelVersion.label), col(ModelVersion.sha256),
            col(ModelVersion.replaced_id),
        )
        .where(col(ModelVersion.state) == ModelState.SERVING)
        .subquery()
    )  # fmt: skip
    found = session.execute(
        plain_select(switch.c.is_on, *serving.c).select_from(switch).outerjoin(
            serving, serving.c.id.is_not(None)
        )
    ).one()  # fmt: skip
    is_on, version_id, label, sha256, replaced_id = found
    pointer = None if version_id is None else Pointer(version_id, label, sha256 or "", replaced_id)
    return Standing(pointer, is_on is None or bool(is_on))


def pointer(session: Session, version_id: int) -> Pointer | None:
    row = session.get(ModelVersion, version_id)
    return (
        None if row is None else Pointer(version_id, row.label, row.sha256 or "", row.replaced_id)
    )


def artefact(session: Session, sha256: str, most: int) -> bytes | None:
    """None when there is none, or when it has more than `most` bytes."""
    return session.exec(
        select(ModelArtefact.data).where(
            ModelArtefact.sha256 == sha256, func.length(ModelArtefact.data) <= most
        )
    ).first()


def add(
    session: Session,
    *,
    data: bytes | None,
    state: ModelState,
    trained_until: date,
    seed: int,
    verdict: Verdict,
    reasons: Sequence[dict[str, Any]],
    report: dict[str, Any] | None,
    now: datetime,
    today: date,
    account_id: int | None = None,
) -> ModelVersion:
    """A new version under a new label, its artefact with it. `data` None: nothing was learned."""
    row = ModelVersion(
        label=_new_label(session, today),
        sha256=None if data is None else _keep(session, data, now),
        state=state,
        trained_until=trained_until,
        seed=seed,
        created_at=now,
        created_by_account_id=account_id,
        report=report,
        verdict=verdict,
        reasons=list(reasons),
    )
    session.add(row)
    session.flush()
    return row


def every(session: Session) -> Sequence[ModelVersion]:
    """Newest first."""
    return session.exec(select(ModelVersion).order_by(col(ModelVersion.id).desc())).all()


def by_label(session: Session, label: str) -> ModelVersion | None:
    return session.exec(select(ModelVersion).where(ModelVersion.label == label)).first()


def serving(session: Session) -> ModelVersion | None:
    return session.exec(
        select(ModelVersion).where(ModelVersion.state == ModelState.SERVING)
    ).first()


def change_over(
    session: Session, old: ModelVersion | None, new: ModelVersion | None, now: datetime
) -> None:
    """`new` serves instead of `old` (None = the prior). Whoever is second of two at once fails."""
    if old is not None:
        old.state, old.retired_at = ModelState.RETIRED, now
        old.version += 1
        session.add(old)
        session.flush()  # before the other: at no moment do two rows serve
    if new is not None:
        new.state, new.retired_at = ModelState.SERVING, None
        new.version += 1
        session.add(new)
        session.flush()


def switches(session: Session, most: int = 20) -> Sequence[RankingSwitch]:
    """Newest first."""
    statement = select(RankingSwitch).order_by(col(RankingSwitch.id).desc()).limit(most)
    return session.exec(statement).all()


def take_turn(session: Session, token: str, now: datetime, stale: timedelta) -> bool:
    """Whether this training may run. A turn older than `stale` was left by one that died."""
    if session.get(TrainingTurn, 1) is None:
        session.add(TrainingTurn(id=1))
        session.flush()
    free = (col(TrainingTurn.token) == "") | (col(TrainingTurn.taken_at) < now - stale)
    taken = session.execute(
        update(TrainingTurn)
        .where(col(TrainingTurn.id) == 1, free)
        .values(token=token, taken_at=now)
    )  # fmt: skip
    return bool(getattr(taken, "rowcount", 0))


def give_turn_back(session: Session, token: str) -> None:
    session.execute(
        update(TrainingTurn)
        .where(col(TrainingTurn.id) == 1, col(TrainingTurn.token) == token)
        .values(token="", taken_at=None)
    )


def _keep(session: Session, data: bytes, now: datetime) -> str:
    """The same bytes are stored once, whatever versions they are."""
    sha256 = hashlib.sha256(data).hexdigest()
    if session.get(ModelArtefact, sha256) is None:
        session.add(ModelArtefact(sha256=sha256, data=data, size=len(data), created_at=now))
        session.flush()
    return sha256


def _new_label(session: Session, today: date) -> str:
    start = f"learned-{today.isoformat()}-"
    taken = set(
        session.exec(
            select(ModelVersion.label).where(col(ModelVersion.label).startswith(start))
        ).all()
    )
    return next(f"{start}{n}" for n in range(1, len(taken) + 2) if f"{start}{n}" not in taken)
