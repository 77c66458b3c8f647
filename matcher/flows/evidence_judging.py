"""A desk judges proofs one after the other: take one, accept or return it, and the next opens.

Two people never hold the same proof: it is taken by a conditional update, and left again after
half an hour without an answer. The last decision can be undone while nothing stands on it.
"""

from dataclasses import dataclass
from typing import Any

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import judgements, record_notes
from matcher.matching.evidence_queue import found_proof, may_undo
from matcher.policy.desk import ProofReason, ProofStep
from matcher.policy.evidence import CLAIM_LASTS, can_claim, can_decide
from matcher.refusal import Conflict, Invalid
from matcher.store import evidence as store
from matcher.store import organisations, outbox, youth_desk, youths
from models.people_desk import Evidence, EvidenceState, EvidenceSubject, ReturnReason
from models.skill import EvidenceKind

__all__ = ["ReturnReason"]
MARKED = ("verification", "verified_by_account_id")
KINDS = {EvidenceSubject.SKILL: EvidenceKind.PROJECT, EvidenceSubject.COURSE: EvidenceKind.COURSE}


@dataclass(frozen=True)
class Verdict:
    """`reason` how a certificate was seen, `level` of a skill; `comment` the person reads."""

    version: int
    reason: ProofReason | None = None
    level: int | None = None
    comment: str = ""


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
    row = found_proof(unit, actor, evidence_id).evidence
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
    row = found_proof(unit, actor, evidence_id).evidence
    if row.version != version or not may_undo(unit, actor, row):
        raise Conflict(_("되돌릴 수 없습니다. 그 뒤에 이 기록이 다시 바뀌었습니다."))
    record_notes.put_back(unit, row.undo or {})
    before = row.state
    row.state, row.claimed_at, row.decided_at = EvidenceState.IN_REVIEW, unit.now, None
    row.decided_level, row.return_reason, row.comment, row.undo = None, None, "", None
    _touch(unit, row)
    unit.audit("evidence:undone", "evidence", evidence_id, before=before.value)
    unit.access("evidence:undone", row.youth_id, evidence=evidence_id)
    _tell(unit, row, "reopened")


def _held(unit: Unit, actor: Actor, evidence_id: int, version: int) -> Evidence:
    row = found_proof(unit, actor, evidence_id).evidence
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
