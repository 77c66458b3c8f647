"""What a desk does with one person's record: the affiliation, proofs and ratings.

Every change leaves an access record, is audited, and is told to the person by mail.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.actor import Actor
from matcher.catalogue.skills import Skill, load_taxonomy
from matcher.db import Unit
from matcher.i18n import current_language
from matcher.i18n import gettext as _
from matcher.matching import judgements
from matcher.policy import desk
from matcher.policy.desk import AffiliationStep, EndReason, ProofReason, ProofStep
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound
from matcher.store import outbox, youth_desk, youths
from matcher.store.youth_desk import Person
from models.skill import EvidenceKind
from models.youth import AffiliationState

__all__ = ["AffiliationStep", "EndReason", "ProofReason", "ProofStep"]


@dataclass(frozen=True)
class Rating:
    """`skill` is a slug, a name or an alias; `note` says what the level rests on."""

    skill: str
    level: int
    note: str
    evidence_kind: EvidenceKind | None = None


def move_affiliation(
    unit: Unit,
    actor: Actor,
    youth_id: int,
    step: AffiliationStep,
    reason: EndReason | None,
    version: int,
) -> AffiliationState:
    """Confirm or end; an end names its reason. Raises Forbidden when another desk answers."""
    found = _person(unit, actor, youth_id)
    profile, account = found.profile, found.account
    _answers(actor, found)
    if step is AffiliationStep.END and reason is None:
        raise Invalid({"reason": _("끝내는 이유 하나를 골라 주십시오.")})
    before, after = (
        profile.affiliation_state,
        desk.affiliation_after(profile.affiliation_state, step),
    )
    if after is None or profile.version != version:
        raise Conflict(_stale())
    profile.affiliation_state, profile.version = after, profile.version + 1
    profile.updated_at = unit.now
    unit.session.add(profile)
    unit.audit(
        f"affiliation:{after.value}",
        "youth",
        youth_id,
        before=before.value,
        after=after.value,
        reason=reason.value if reason and step is AffiliationStep.END else "",
    )
    unit.access(f"affiliation:{after.value}", youth_id)
    outbox.put(
        unit.session,
        account,
        f"affiliation_{after.value}",
        unit.now,
        f"affiliation:{youth_id}:{profile.version}",
        **_desk_names(found),
    )
    return after  # fmt: skip


def judge_certification(
    unit: Unit,
    actor: Actor,
    youth_id: int,
    record_id: int,
    step: ProofStep,
    reason: ProofReason | None,
    version: int,
) -> None:
    """Mark a passed certificate as seen, or take an own mark back. The record itself stays the
    person's; an issuer's confirmation is not touched."""
    found = _judged(unit, actor, youth_id)
    row = youths.certification_record(unit.session, youth_id, record_id)
    if row is None:
        raise NotFound
    if reason is None:
        raise Invalid({"reason": _("이유 하나를 골라 주십시오.")})
    if (step is ProofStep.SEE) != (reason in desk.SEEING):
        raise Invalid({"reason": _("이 일에 맞는 이유를 골라 주십시오.")})
    if row.version != version or not judgements.mark_certificate(unit, actor, row, step, reason):
        raise Conflict(_stale())
    outbox.put(
        unit.session, found.account, "certification_judged", unit.now,
        f"certification:{record_id}:{row.version}", exam_code=row.exam_code,
        is_seen=step is ProofStep.SEE, **_desk_names(found),
    )  # fmt: skip


def rate_skill(unit: Unit, actor: Actor, youth_id: int, rating: Rating) -> str:
    """Write the desk's judgement beside the person's own; gives the slug."""
    found = _judged(unit, actor, youth_id)
    skill = _resolved(rating.skill)
    if not 1 <= rating.level <= 5:
        raise Invalid({"level": _("수준을 1에서 5 사이로 골라 주십시오.")})
    judgements.rate_skill(
        unit, actor, youth_id, skill.slug, rating.level, rating.evidence_kind, rating.note
    )
    outbox.put(
        unit.session, found.account, "skill_rated", unit.now, skill_ko=skill.name_ko,
        skill_en=skill.name_en, level=rating.level, **_desk_names(found),
    )  # fmt: skip
    return skill.slug


def skill_name(text: str) -> str:
    """The name of a skill meant by a slug or as typed; the text itself when unknown."""
    skill = load_taxonomy().resolve(text) if text else None
    return text if skill is None else skill.name(current_language())


def _person(unit: Unit, actor: Actor, youth_id: int) -> Person:
    found = youth_desk.person(unit.session, actor, youth_id)
    if found is None:
        raise NotFound
    return found


def _answers(actor: Actor, found: Person) -> None:
    if not desk.answers_for(actor.role, found.profile.affiliation):
        raise Forbidden(_("이 사람의 소속 대학이 확인할 일입니다."))


def _judged(unit: Unit, actor: Actor, youth_id: int) -> Person:
    found = _person(unit, actor, youth_id)
    _answers(actor, found)
    profile = found.profile
    if not desk.may_judge(actor.role, profile.affiliation, profile.affiliation_state):
        raise Conflict(_("소속을 먼저 확인해 주십시오."))
    return found


def _resolved(text: str) -> Skill:
    taxonomy = load_taxonomy()
    skill = taxonomy.resolve(text)
    if skill is None:
        near = ", ".join(each.name(current_language()) for each in taxonomy.nearest(text)) or "-"
        words = _("목록에 없는 기술입니다. 가까운 것: %(near)s")
        raise Invalid({"skill": words % {"near": near}})
    if skill.kind == "legal-licence":
        raise Invalid({"skill": _("법정 자격에는 수준을 매기지 않습니다.")})
    return skill


def _desk_names(found: Person) -> Mapping[str, str]:
    """Who acted, for the mail; the centre has no row with the person."""
    row = found.organisation
    return {
        "desk_ko": row.name_ko if row else "",
        "desk_en": row.name_en if row else "",
    }


def _stale() -> str:
    return _("그 사이에 이 기록이 바뀌었습니다. 새로 열어 다시 확인해 주십시오.")
