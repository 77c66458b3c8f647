"""A proof as a desk sees it in a queue, and what may still be taken back."""

from dataclasses import dataclass
from datetime import datetime

from matcher.actor import Actor
from matcher.clock import start_of
from matcher.db import Unit
from matcher.matching import evidence as words
from matcher.matching import record_notes
from matcher.matching.evidence import About
from matcher.policy.evidence import can_claim, can_decide
from matcher.refusal import NotFound
from matcher.store import evidence as store
from matcher.store.evidence import DeskRow, FileRow
from models.people_desk import Evidence, EvidenceState


@dataclass(frozen=True)
class Line:
    id: int
    youth_id: int
    name: str
    about: About
    state: EvidenceState
    file: FileRow | None
    handed_in_at: datetime
    decided_at: datetime | None
    is_mine: bool
    is_held: bool
    """Somebody else looks at it right now."""
    is_demo: bool
    version: int


def found_proof(unit: Unit, actor: Actor, evidence_id: int) -> DeskRow:
    found = store.get(unit.session, actor, evidence_id)
    if found is None:
        raise NotFound
    return found


def proof_line(unit: Unit, actor: Actor, found: DeskRow) -> Line:
    row = found.evidence
    is_mine = can_decide(row, actor.account_id)
    return Line(
        id=row.id or 0,
        youth_id=row.youth_id,
        name=found.name,
        about=words.about(unit.session, row),
        state=row.state,
        file=found.file,
        handed_in_at=row.created_at,
        decided_at=row.decided_at,
        is_mine=is_mine,
        is_held=row.state is EvidenceState.IN_REVIEW
        and not can_claim(row, actor.account_id, unit.now),
        is_demo=row.is_demo,
        version=row.version,
    )


def may_undo(unit: Unit, actor: Actor, row: Evidence) -> bool:
    """One's own decision of today, and the record still says what it wrote."""
    if row.undo is None or row.decided_at is None or row.decided_at < start_of(unit.today):
        return False
    if row.reviewer_account_id != actor.account_id or row.blob_id is None:
        return False
    if row.state is EvidenceState.RETURNED:
        return True
    return record_notes.still_says(unit, row.undo)


def last_settled(unit: Unit, actor: Actor) -> Line | None:
    found = store.last_decided(unit.session, actor, start_of(unit.today))
    if found is None or not may_undo(unit, actor, found.evidence):
        return None
    return proof_line(unit, actor, found)
