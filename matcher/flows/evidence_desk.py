"""The proofs that wait at a desk: the queue, one of them side by side, and its file."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching.evidence_queue import Line, found_proof, last_settled, may_undo, proof_line
from matcher.matching.paging import pages_of
from matcher.policy.evidence import can_claim, can_decide
from matcher.refusal import NotFound
from matcher.store import evidence as store
from matcher.store.evidence import Show
from models.people_desk import ReturnReason

__all__ = ["Show"]
PAGE = 50


@dataclass(frozen=True)
class QueueView:
    counts: Mapping[Show, int]
    lines: tuple[Line, ...]
    page: int
    pages: int
    last: Line | None
    """The proof this account settled last today, when that can still be undone."""


@dataclass(frozen=True)
class ReviewView:
    line: Line
    note: str
    level: int | None
    decided_level: int | None
    return_reason: ReturnReason | None
    comment: str
    may_claim: bool
    may_decide: bool
    may_undo: bool
    waiting: int
    last: Line | None


@dataclass(frozen=True)
class Stored:
    name: str
    media_type: str
    data: bytes


def queue(unit: Unit, actor: Actor, show: Show = Show.OPEN, page: int = 1) -> QueueView:
    counts = store.counts(unit.session, actor)
    found = store.page(unit.session, actor, show, page, PAGE)
    if found:
        unit.access("evidence:listed", None, youths=sorted({r.evidence.youth_id for r in found}))
    return QueueView(
        counts,
        tuple(proof_line(unit, actor, row) for row in found),
        page,
        pages_of(counts[show], PAGE),
        last_settled(unit, actor),
    )


def sheet(unit: Unit, actor: Actor, evidence_id: int) -> ReviewView:
    found = found_proof(unit, actor, evidence_id)
    row = found.evidence
    unit.access("evidence:read", row.youth_id, evidence=evidence_id)
    return ReviewView(
        line=proof_line(unit, actor, found),
        note=row.note,
        level=row.level,
        decided_level=row.decided_level,
        return_reason=row.return_reason,
        comment=row.comment,
        may_claim=can_claim(row, actor.account_id, unit.now)
        and not can_decide(row, actor.account_id),
        may_decide=can_decide(row, actor.account_id),
        may_undo=may_undo(unit, actor, row),
        waiting=store.counts(unit.session, actor)[Show.OPEN],
        last=last_settled(unit, actor),
    )


def file(unit: Unit, actor: Actor, evidence_id: int) -> Stored:
    row = found_proof(unit, actor, evidence_id).evidence
    blob = store.blob(unit.session, row.blob_id)
    if blob is None:
        raise NotFound
    unit.access("evidence:file", row.youth_id, evidence=evidence_id)
    return Stored(row.file_name, blob.media_type, blob.data)
