"""Writing what a desk judged on a person's record, by hand or from a proof that was handed in."""

from typing import Any

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching import two_hats
from matcher.policy import desk
from matcher.policy.desk import ProofReason, ProofStep
from matcher.store import youths
from models.certification import CertificationRecord
from models.skill import EvidenceKind, Rater, SkillRecord

RATED = ("level", "rated_on", "verification", "evidence_kind", "evidence", "rated_by_account_id")


def mark_certificate(
    unit: Unit, actor: Actor, row: CertificationRecord, step: ProofStep, reason: ProofReason
) -> bool:
    """Move the verification one step; False when this record may not take it."""
    before, after = row.verification, desk.verification_after(row, step, reason)
    if after is None:
        return False
    if step is ProofStep.SEE:
        two_hats.refuse_for_desk(unit, actor, [row.youth_id])
    row.verification, row.version, row.updated_at = after, row.version + 1, unit.now
    row.verified_by_account_id = actor.account_id if step is ProofStep.SEE else None
    unit.session.add(row)
    unit.audit(
        "certification:seen" if step is ProofStep.SEE else "certification:taken_back",
        "certification",
        row.id,
        before=before,
        after=after,
        reason=reason.value,
    )
    unit.access("certification:judged", row.youth_id, certification=row.id, reason=reason.value)
    return True


def rate_skill(
    unit: Unit,
    actor: Actor,
    youth_id: int,
    skill: str,
    level: int,
    kind: EvidenceKind | None,
    note: str,
) -> tuple[SkillRecord, dict[str, Any] | None]:
    """The desk's record of the skill, and its values before; None when there was none."""
    two_hats.refuse_for_desk(unit, actor, [youth_id])
    row = youths.skill_record(unit.session, youth_id, skill, Rater.COORDINATOR)
    before = None if row is None else {name: getattr(row, name) for name in RATED}
    if row is None:
        row = SkillRecord(
            youth_id=youth_id, skill=skill, level=level, rater=Rater.COORDINATOR,
            rated_on=unit.today, created_at=unit.now,
        )  # fmt: skip
    row.level, row.rated_on, row.verification = level, unit.today, desk.SEEN
    row.evidence_kind, row.evidence = kind, note
    row.rated_by_account_id = actor.account_id
    unit.session.add(row)
    unit.audit(
        "skill:rated", "youth", youth_id, skill=skill,
        before=None if before is None else before["level"], after=level,
    )  # fmt: skip
    unit.access("skill:rated", youth_id, skill=skill)
    return row, before
