"""A young person records skills with levels and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.catalogue.skills import Skill, load_taxonomy
from matcher.db import Unit
from matcher.i18n import current_language
from matcher.i18n import gettext as _
from matcher.policy import profiles
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import youths
from models.skill import EvidenceKind, Rater, SkillRecord


@dataclass(frozen=True)
class Judgement:
    rater: Rater
    level: int
    rated_on: date


@dataclass(frozen=True)
class SkillView:
    slug: str
    name: str
    level: int
    level_text: str
    rater: Rater
    verification: int
    evidence: str
    evidence_kind: EvidenceKind | None
    can_delete: bool
    history: tuple[Judgement, ...]
    """Judgements that do not count because somebody with more say judged too."""


@dataclass(frozen=True)
class SkillsView:
    skills: tuple[SkillView, ...]
    proved: int
    """How many have evidence somebody else confirmed."""


@dataclass(frozen=True)
class Choice:
    slug: str
    name: str
    kind: str
    level_texts: tuple[str, ...]
    """What a person can do at levels 1 to 5."""


@dataclass(frozen=True)
class SkillClaim:
    """What a form or the API asks for: the skill as a slug, or as typed."""

    skill: str
    level: int
    evidence_kind: EvidenceKind | None = None
    evidence: str = ""


def view(unit: Unit, actor: Actor) -> SkillsView:
    records = youths.skill_records(unit.session, actor.own_youth_id)
    winners = profiles.counting(records)
    shown = tuple(_skill(winners[slug], records) for slug in sorted(winners))
    return SkillsView(shown, sum(skill.verification > 1 for skill in shown))


def search(text: str, limit: int = 12) -> tuple[Choice, ...]:
    return tuple(_choice(skill) for skill in load_taxonomy().search(text, limit))


def choice(text: str) -> Choice | None:
    """The skill meant by a slug, a name or an alias."""
    skill = load_taxonomy().resolve(text)
    return None if skill is None else _choice(skill)


def claim(unit: Unit, actor: Actor, wanted: SkillClaim) -> str:
    """Record or change the person's own judgement; gives the slug. Raises Invalid by field."""
    youth_id, skill = actor.own_youth_id, _resolved(wanted.skill)
    if not 1 <= wanted.level <= 5:
        raise Invalid({"level": _("수준을 1에서 5 사이로 골라 주세요.")})
    row = youths.skill_record(unit.session, youth_id, skill.slug, Rater.SELF)
    if row is None:
        if youths.count_skills(unit.session, youth_id) >= profiles.MOST_SKILLS:
            raise Invalid({"skill": _("기술은 100개까지 적을 수 있어요.")})
        row = SkillRecord(
            youth_id=youth_id,
            skill=skill.slug,
            level=wanted.level,
            rated_on=unit.today,
            created_at=unit.now,
        )
    row.level, row.rated_on = wanted.level, unit.today
    row.evidence_kind, row.evidence = wanted.evidence_kind, wanted.evidence
    row.rated_by_account_id = actor.account_id
    unit.session.add(row)
    unit.audit("skill:claimed", "youth", youth_id, skill=skill.slug, level=wanted.level)
    return skill.slug


def withdraw(unit: Unit, actor: Actor, slug: str) -> None:
    """Take back the own judgement of a skill; others' judgements stay."""
    youth_id = actor.own_youth_id
    records = [row for row in youths.skill_records(unit.session, youth_id) if row.skill == slug]
    if not records:
        raise NotFound
    own = next((row for row in records if profiles.can_delete_skill(row)), None)
    if own is None:
        raise Conflict(_("대학이나 시험이 확인한 기술은 여기서 지울 수 없어요."))
    youths.remove(unit.session, own)
    unit.audit("skill:withdrawn", "youth", youth_id, skill=slug)


def _resolved(text: str) -> Skill:
    taxonomy = load_taxonomy()
    skill = taxonomy.resolve(text)
    if skill is None:
        near = ", ".join(found.name(current_language()) for found in taxonomy.nearest(text))
        raise Invalid(
            {"skill": _("목록에 없는 기술이에요. 가까운 것: %(near)s") % {"near": near or "-"}}
        )
    if skill.kind == "legal-licence":
        raise Invalid({"skill": _("법정 자격은 기술이 아니라 면허로 적어 주세요.")})
    return skill


def _skill(record: SkillRecord, records: Sequence[SkillRecord]) -> SkillView:
    skill = load_taxonomy().get(record.skill)
    return SkillView(
        slug=record.skill,
        name=skill.name(current_language()) if skill else record.skill,
        level=record.level,
        level_text=skill.level_text(record.level, current_language()) if skill else "",
        rater=record.rater,
        verification=record.verification,
        evidence=record.evidence,
        evidence_kind=record.evidence_kind,
        can_delete=any(
            profiles.can_delete_skill(row) for row in records if row.skill == record.skill
        ),
        history=tuple(
            Judgement(row.rater, row.level, row.rated_on)
            for row in records
            if row.skill == record.skill and row.id != record.id
        ),
    )


def _choice(skill: Skill) -> Choice:
    texts = tuple(skill.level_text(level, current_language()) for level in range(1, 6))
    return Choice(skill.slug, skill.name(current_language()), skill.kind, texts)
