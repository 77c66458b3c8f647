"""One person at a desk: the record as staff may see it, the affiliation, proofs and ratings.

Every reading and every change leaves an access record; a change is audited and told by mail.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from matcher.actor import Actor
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import Skill, load_taxonomy
from matcher.db import Unit
from matcher.i18n import current_language
from matcher.i18n import gettext as _
from matcher.planning import certification_rules
from matcher.policy import desk, profiles
from matcher.policy.desk import AffiliationStep, EndReason, ProofReason, ProofStep
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound
from matcher.store import outbox, youth_desk, youths
from matcher.store.youth_desk import Person
from models.application import ApplicationState
from models.certification import AttemptState, CertificationRecord
from models.course import EnrolmentState
from models.skill import EvidenceKind, Rater, SkillRecord
from models.youth import Affiliation, AffiliationState, WishKind, YouthStatus

__all__ = ["AffiliationStep", "EndReason", "ProofReason", "ProofStep"]


@dataclass(frozen=True)
class Judgement:
    rater: Rater
    level: int
    verification: int
    rated_on: date
    evidence: str


@dataclass(frozen=True)
class SkillLine:
    """`judgements` in the order of whose word counts; the first one does."""

    slug: str
    name: str
    level_text: str
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True)
class CertificationLine:
    id: int
    certification: str
    name: str
    exam_code: str
    state: str
    """Of the attempt; a passed one reads active, expiring or expired by the day."""
    on: date | None
    expires_on: date | None
    verification: int
    proof_url: str
    version: int
    step: ProofStep | None
    """What this desk may do with it now."""


@dataclass(frozen=True)
class CourseLine:
    title: str
    state: EnrolmentState
    starts_on: date
    ends_on: date
    is_demo: bool


@dataclass(frozen=True)
class ApplicationLine:
    title: str
    organisation: str
    state: ApplicationState
    created_at: datetime
    is_demo: bool


@dataclass(frozen=True)
class PersonView:
    youth_id: int
    name: str
    email: str
    is_demo: bool
    status: YouthStatus
    affiliation: Affiliation
    affiliation_state: AffiliationState
    organisation: str
    graduation_on: date | None
    available_from: date | None
    sectors: tuple[str, ...]
    version: int
    steps: tuple[AffiliationStep, ...]
    """What this desk may do with the affiliation; empty when another desk answers for it."""
    may_judge: bool
    """Proofs and ratings: this desk answers for the person and has confirmed the affiliation."""
    skills: tuple[SkillLine, ...]
    certifications: tuple[CertificationLine, ...]
    licences: tuple[str, ...]
    courses: tuple[CourseLine, ...]
    applications: tuple[ApplicationLine, ...]
    unmapped: tuple[str, ...]


@dataclass(frozen=True)
class Rating:
    """`skill` is a slug, a name or an alias; `note` says what the level rests on."""

    skill: str
    level: int
    note: str
    evidence_kind: EvidenceKind | None = None


def view(unit: Unit, actor: Actor, youth_id: int) -> PersonView:
    found = _person(unit, actor, youth_id)
    unit.access("person:read", youth_id)
    profile, account, organisation = found
    answers = desk.answers_for(actor.role, profile.affiliation)
    may_judge = _may_judge(actor, found)
    session = unit.session
    return PersonView(
        youth_id=youth_id,
        name=account.name,
        email=account.email,
        is_demo=account.is_demo,
        status=profile.status,
        affiliation=profile.affiliation,
        affiliation_state=profile.affiliation_state,
        organisation=_named(organisation.name_ko, organisation.name_en) if organisation else "",
        graduation_on=profile.graduation_on,
        available_from=profile.available_from,
        sectors=tuple(
            wish.value
            for wish in youths.wishes(session, youth_id)
            if wish.kind is WishKind.SECTOR
        ),
        version=profile.version,
        steps=desk.steps_from(profile.affiliation_state) if answers else (),
        may_judge=may_judge,
        skills=_skills(unit, youth_id),
        certifications=tuple(
            _certification(row, unit.today, may_judge)
            for row in youths.certification_records(session, youth_id)
        ),
        licences=tuple(
            _licence(row.licence) for row in youths.licences(session, youth_id)
        ),
        courses=tuple(
            CourseLine(
                _named(row.title_ko, row.title_en), row.state, row.starts_on, row.ends_on,
                row.is_demo,
            )
            for row in youth_desk.enrolments(session, youth_id)
        ),
        applications=tuple(
            ApplicationLine(
                _named(row.title_ko, row.title_en),
                _named(row.organisation_ko, row.organisation_en),
                row.state, row.created_at, row.is_demo,
            )
            for row in youth_desk.applications(session, youth_id)
        ),
        unmapped=tuple(youth_desk.unmapped(session, youth_id)),
    )  # fmt: skip


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
    before, after = profile.affiliation_state, desk.affiliation_after(
        profile.affiliation_state, step
    )
    if after is None or profile.version != version:
        raise Conflict(_stale())
    profile.affiliation_state, profile.version = after, profile.version + 1
    profile.updated_at = unit.now
    unit.session.add(profile)
    unit.audit(
        f"affiliation:{after.value}", "youth", youth_id, before=before.value, after=after.value,
        reason=reason.value if reason and step is AffiliationStep.END else "",
    )
    unit.access(f"affiliation:{after.value}", youth_id)
    outbox.put(
        unit.session, account, f"affiliation_{after.value}", unit.now,
        f"affiliation:{youth_id}:{profile.version}", **_desk_names(found),
    )
    return after  # fmt: skip


def judge_certification(
    unit: Unit,
    actor: Actor,
    youth_id: int,
    record_id: int,
    step: ProofStep,
    reason: ProofReason,
    version: int,
) -> None:
    """Mark a passed certificate as seen, or take an own mark back. The record itself stays the
    person's; an issuer's confirmation is not touched."""
    found = _judged(unit, actor, youth_id)
    row = youths.certification_record(unit.session, youth_id, record_id)
    if row is None:
        raise NotFound
    if (step is ProofStep.SEE) != (reason in desk.SEEING):
        raise Invalid({"reason": _("이 일에 맞는 이유를 골라 주십시오.")})
    before, after = row.verification, desk.verification_after(row, step, reason)
    if after is None or row.version != version:
        raise Conflict(_stale())
    row.verification, row.version, row.updated_at = after, row.version + 1, unit.now
    row.verified_by_account_id = actor.account_id if step is ProofStep.SEE else None
    unit.session.add(row)
    unit.audit(
        "certification:seen" if step is ProofStep.SEE else "certification:taken_back",
        "certification", record_id, before=before, after=after, reason=reason.value,
    )
    unit.access("certification:judged", youth_id, certification=record_id, reason=reason.value)
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
    row = youths.skill_record(unit.session, youth_id, skill.slug, Rater.COORDINATOR)
    before = row.level if row is not None else None
    if row is None:
        row = SkillRecord(
            youth_id=youth_id, skill=skill.slug, level=rating.level, rater=Rater.COORDINATOR,
            rated_on=unit.today, created_at=unit.now,
        )  # fmt: skip
    row.level, row.rated_on, row.verification = rating.level, unit.today, desk.SEEN
    row.evidence_kind, row.evidence = rating.evidence_kind, rating.note
    row.rated_by_account_id = actor.account_id
    unit.session.add(row)
    unit.audit(
        "skill:rated", "youth", youth_id, skill=skill.slug, before=before, after=rating.level
    )
    unit.access("skill:rated", youth_id, skill=skill.slug)
    outbox.put(
        unit.session, found.account, "skill_rated", unit.now, skill_ko=skill.name_ko,
        skill_en=skill.name_en, level=rating.level, **_desk_names(found),
    )  # fmt: skip
    return skill.slug


def skill_name(text: str) -> str:
    """The name of a skill meant by a slug or as typed; the text itself when unknown."""
    skill = load_taxonomy().resolve(text) if text else None
    return text if skill is None else _skill_named(skill)


def _person(unit: Unit, actor: Actor, youth_id: int) -> Person:
    found = youth_desk.person(unit.session, actor, youth_id)
    if found is None:
        raise NotFound
    return found


def _answers(actor: Actor, found: Person) -> None:
    if not desk.answers_for(actor.role, found.profile.affiliation):
        raise Forbidden(_("이 사람의 소속 대학이 확인할 일입니다."))


def _may_judge(actor: Actor, found: Person) -> bool:
    is_confirmed = found.profile.affiliation_state is AffiliationState.CONFIRMED
    return is_confirmed and desk.answers_for(actor.role, found.profile.affiliation)


def _judged(unit: Unit, actor: Actor, youth_id: int) -> Person:
    found = _person(unit, actor, youth_id)
    _answers(actor, found)
    if not _may_judge(actor, found):
        raise Conflict(_("소속을 먼저 확인해 주십시오."))
    return found


def _resolved(text: str) -> Skill:
    taxonomy = load_taxonomy()
    skill = taxonomy.resolve(text)
    if skill is None:
        near = ", ".join(_skill_named(each) for each in taxonomy.nearest(text)) or "-"
        words = _("목록에 없는 기술입니다. 가까운 것: %(near)s")
        raise Invalid({"skill": words % {"near": near}})
    if skill.kind == "legal-licence":
        raise Invalid({"skill": _("법정 자격에는 수준을 매기지 않습니다.")})
    return skill


def _skills(unit: Unit, youth_id: int) -> tuple[SkillLine, ...]:
    by_slug: dict[str, list[SkillRecord]] = {}
    for row in youths.skill_records(unit.session, youth_id):
        by_slug.setdefault(row.skill, []).append(row)
    lines = [_skill(slug, rows) for slug, rows in by_slug.items()]
    return tuple(sorted(lines, key=lambda line: (line.judgements[0].verification > 1, line.name)))


def _skill(slug: str, rows: list[SkillRecord]) -> SkillLine:
    skill, winner = load_taxonomy().get(slug), profiles.counting(rows)[slug]
    ordered = sorted(rows, key=lambda row: (row.id != winner.id, row.rater.value))
    return SkillLine(
        slug,
        _skill_named(skill) if skill else slug,
        skill.level_text(winner.level, current_language()) if skill else "",
        tuple(
            Judgement(row.rater, row.level, row.verification, row.rated_on, row.evidence)
            for row in ordered
        ),
    )


def _certification(
    row: CertificationRecord, today: date, may_judge: bool
) -> CertificationLine:
    assert row.id is not None
    known = {each.id: each for each in load_programme().certifications}
    named = known.get(row.certification)
    steps = {desk.SAID: ProofStep.SEE, desk.SEEN: ProofStep.TAKE_BACK}
    is_passed = row.state is AttemptState.PASSED
    return CertificationLine(
        id=row.id,
        certification=row.certification,
        name=_named(named.name_ko, named.name_en) if named else row.certification,
        exam_code=row.exam_code,
        state=_standing(row, today),
        on=row.exam_on or row.planned_on,
        expires_on=row.expires_on,
        verification=row.verification,
        proof_url=row.proof_url,
        version=row.version,
        step=steps.get(row.verification) if may_judge and is_passed else None,
    )


def _licence(slug: str) -> str:
    known = load_taxonomy().get(slug)
    return slug if known is None else _skill_named(known)


def _standing(row: CertificationRecord, today: date) -> str:
    if row.state is not AttemptState.PASSED or row.exam_on is None or row.expires_on is None:
        return row.state.value
    return certification_rules.standing(row.exam_on, row.expires_on, today)


def _desk_names(found: Person) -> Mapping[str, str]:
    """Who acted, for the mail; the centre has no row with the person."""
    row = found.organisation
    return {
        "desk_ko": row.name_ko if row else "",
        "desk_en": row.name_en if row else "",
    }


def _stale() -> str:
    return _("그 사이에 이 기록이 바뀌었습니다. 새로 열어 다시 확인해 주십시오.")


def _skill_named(skill: Skill) -> str:
    return _named(skill.name_ko, skill.name_en)


def _named(name_ko: str, name_en: str) -> str:
    return name_ko if current_language() == "ko" else name_en
