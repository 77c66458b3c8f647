"""A desk judges proofs one after the other: take one, accept or return it, and the next opens.

Two people never hold the same proof: it is taken by a conditional update, and left again after
half an hour without an answer. The last decision can be undone while nothing stands on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matcher.actor import Actor
from matcher.clock import start_of
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import evidence as words
from matcher.matching import judgements, record_notes
from matcher.matching.evidence import About
from matcher.policy.desk import ProofReason, ProofStep
from matcher.policy.evidence import CLAIM_LASTS, can_claim, can_decide
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import evidence as store
from matcher.store import organisations, outbox, youth_desk, youths
from matcher.store.evidence import DeskRow, FileRow, Show
from models.people_desk import Evidence, EvidenceState, EvidenceSubject, ReturnReason
from models.skill import EvidenceKind

__all__ = ["ReturnReason", "Show"]
PAGE = 50
MARKED = ("verification", "verified_by_account_id")
KINDS = {EvidenceSubject.SKILL: EvidenceKind.PROJECT, EvidenceSubject.COURSE: EvidenceKind.COURSE}


@dataclass(frozen=True)
class Verdict:
    """`reason` how a certificate was seen, `level` of a skill; `comment` the person reads."""

    version: int
    reason: ProofReason | None = None
    level: int | None = None
    comment: str = ""


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
        tuple(_line(unit, actor, row) for row in found),
        page,
        max(1, -(-counts[show] // PAGE)),
        _last(unit, actor),
    )


def sheet(unit: Unit, actor: Actor, evidence_id: int) -> ReviewView:
    found = _found(unit, actor, evidence_id)
    row = found.evidence
    unit.access("evidence:read", row.youth_id, evidence=evidence_id)
    return ReviewView(
        line=_line(unit, actor, found),
        note=row.note,
        level=row.level,
        decided_level=row.decided_level,
        return_reason=row.return_reason,
        comment=row.comment,
        may_claim=can_claim(row, actor.account_id, unit.now)
        and not can_decide(row, actor.account_id),
        may_decide=can_decide(row, actor.account_id),
        may_undo=_may_undo(unit, actor, row),
        waiting=store.counts(unit.session, actor)[Show.OPEN],
        last=_last(unit, actor),
    )


def file(unit: Unit, actor: Actor, evidence_id: int) -> Stored:
    row = _found(unit, actor, evidence_id).evidence
    blob = store.blob(unit.session, row.blob_id)
    if blob is None:
        raise NotFound
    unit.access("evidence:file", row.youth_id, evidence=evidence_id)
    return Stored(row.file_name, blob.media_type, blob.data)


def take_next(unit: Unit, actor: Actor, after: int | None = None) -> int | None:
    """The number of the proof that is now this account's to judge; None when nothing waits.
    `after` is passed over: what comes behind it is tried first, then the rest."""
    passed = None if after is None else store.get(unit.session, actor, after)
    key = None if passed is None else (passed.evidence.created_at, passed.evidence.id or 0)
    for row in store.free(unit.session, actor, unit.now - CLAIM_LASTS, key):
        if row.id != after and _claimed(unit, actor, row):
            return row.id
    return None


def claim(unit: Unit, actor: Actor, evidence_id: int) -> None:
    row = _found(unit, actor, evidence_id).evidence
    if not can_claim(row, actor.account_id, unit.now) or not _claimed(unit, actor, row):
        raise Conflict(_("다른 담당자가 보고 있거나 이미 답한 증빙입니다."))


def skip(unit: Unit, actor: Actor, evidence_id: int, version: int) -> int | None:
    """Leave it to others and take the next one."""
    row = _held(unit, actor, evidence_id, version)
    row.state, row.reviewer_account_id, row.claimed_at = EvidenceState.WAITING, None, None
    _touch(unit, row)
    unit.session.flush()  # the next one is looked for among what waits
    return take_next(unit, actor, evidence_id)


def accept(unit: Unit, actor: Actor, evidence_id: int, verdict: Verdict) -> int | None:
    """The record's verification rises as if it was judged by hand; gives the next proof."""
    row = _held(unit, actor, evidence_id, verdict.version)
    if row.subject is EvidenceSubject.CERTIFICATE:
        row.undo = _see(unit, actor, row, verdict.reason)
    else:
        row.undo = _rate(unit, actor, row, verdict.level)
        row.decided_level = verdict.level
    return _decided(unit, actor, row, EvidenceState.ACCEPTED, verdict.comment)


def send_back(
    unit: Unit, actor: Actor, evidence_id: int, reason: ReturnReason | None, verdict: Verdict
) -> int | None:
    row = _held(unit, actor, evidence_id, verdict.version)
    if reason is None:
        raise Invalid({"return_reason": _("돌려보내는 이유 하나를 골라 주십시오.")})
    if reason is ReturnReason.OTHER and not verdict.comment:
        raise Invalid({"return_comment": _("본인이 무엇을 하면 되는지 적어 주십시오.")})
    row.return_reason, row.undo = reason, {}
    return _decided(unit, actor, row, EvidenceState.RETURNED, verdict.comment)


def undo(unit: Unit, actor: Actor, evidence_id: int, version: int) -> None:
    """Put the record back and the proof in front of the same reviewer."""
    row = _found(unit, actor, evidence_id).evidence
    if row.version != version or not _may_undo(unit, actor, row):
        raise Conflict(_("되돌릴 수 없습니다. 그 뒤에 이 기록이 다시 바뀌었습니다."))
    record_notes.put_back(unit, row.undo or {})
    before = row.state
    row.state, row.claimed_at, row.decided_at = EvidenceState.IN_REVIEW, unit.now, None
    row.decided_level, row.return_reason, row.comment, row.undo = None, None, "", None
    _touch(unit, row)
    unit.audit("evidence:undone", "evidence", evidence_id, before=before.value)
    unit.access("evidence:undone", row.youth_id, evidence=evidence_id)
    _tell(unit, row, "reopened")


def _found(unit: Unit, actor: Actor, evidence_id: int) -> DeskRow:
    found = store.get(unit.session, actor, evidence_id)
    if found is None:
        raise NotFound
    return found


def _held(unit: Unit, actor: Actor, evidence_id: int, version: int) -> Evidence:
    row = _found(unit, actor, evidence_id).evidence
    if not can_decide(row, actor.account_id) or row.version != version:
        raise Conflict(_("다른 담당자가 보고 있거나 이미 답한 증빙입니다."))
    return row


def _claimed(unit: Unit, actor: Actor, row: Evidence) -> bool:
    taken = store.claim(unit.session, row, actor.account_id, unit.now, unit.now - CLAIM_LASTS)
    if taken:
        unit.audit("evidence:claimed", "evidence", row.id)
    return taken


def _see(unit: Unit, actor: Actor, row: Evidence, reason: ProofReason | None) -> dict[str, Any]:
    if reason is None:
        raise Invalid({"reason": _("이유 하나를 골라 주십시오.")})
    record = youths.certification_record(unit.session, row.youth_id, row.record_id or 0)
    before = None if record is None else record_notes.values(record, MARKED)
    if record is None or not judgements.mark_certificate(
        unit, actor, record, ProofStep.SEE, reason
    ):
        raise Conflict(_("지워졌거나 이미 확인된 자격이어서 확인할 수 없습니다."))
    return record_notes.note("certification_record", record, before, MARKED)


def _rate(unit: Unit, actor: Actor, row: Evidence, level: int | None) -> dict[str, Any]:
    if level is None:
        raise Invalid({"level": _("수준을 1에서 5 사이로 골라 주십시오.")})
    record, before = judgements.rate_skill(
        unit, actor, row.youth_id, row.skill or "", level, KINDS[row.subject],
        row.title or row.file_name,
    )  # fmt: skip
    unit.session.flush()  # a record made just now gets its number
    return record_notes.note("skill_record", record, before, judgements.RATED)


def _decided(
    unit: Unit, actor: Actor, row: Evidence, state: EvidenceState, comment: str
) -> int | None:
    row.state, row.comment, row.decided_at = state, comment, unit.now
    _touch(unit, row)
    unit.audit(f"evidence:{state.value}", "evidence", row.id, about=row.subject.value)
    unit.access(f"evidence:{state.value}", row.youth_id, evidence=row.id)
    _tell(unit, row, state.value)
    unit.session.flush()  # the next one is looked for among what waits
    return take_next(unit, actor, row.id)


def _touch(unit: Unit, row: Evidence) -> None:
    row.version, row.updated_at = row.version + 1, unit.now
    unit.session.add(row)


def _may_undo(unit: Unit, actor: Actor, row: Evidence) -> bool:
    """One's own decision of today, and the record still says what it wrote."""
    if row.undo is None or row.decided_at is None or row.decided_at < start_of(unit.today):
        return False
    if row.reviewer_account_id != actor.account_id or row.blob_id is None:
        return False
    if row.state is EvidenceState.RETURNED:
        return True
    return record_notes.still_says(unit, row.undo)


def _last(unit: Unit, actor: Actor) -> Line | None:
    found = store.last_decided(unit.session, actor, start_of(unit.today))
    if found is None or not _may_undo(unit, actor, found.evidence):
        return None
    return _line(unit, actor, found)


def _line(unit: Unit, actor: Actor, found: DeskRow) -> Line:
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


def _tell(unit: Unit, row: Evidence, state: str) -> None:
    actor = unit.signed_in
    person = youth_desk.person(unit.session, actor, row.youth_id)
    desk = organisations.get(unit.session, actor.organisation_id or 0)
    assert person is not None
    outbox.put(
        unit.session, person.account, "evidence_judged", unit.now,
        f"evidence:{row.id}:{row.version}", state=state, comment=row.comment,
        desk_ko=desk.name_ko if desk else "", desk_en=desk.name_en if desk else "",
    )  # fmt: skip
