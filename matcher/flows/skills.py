"""A young person records skills with levels and evidence."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.catalogue.skills import Skill, load_taxonomy
from matcher.db import Unit
from matcher.i18n import current_language
from matcher.i18n import gettext as _
from matcher.matching import certified, shown_projects
from matcher.matching.certified import Follows, Judgement
from matcher.matching.shown_projects import ShownProject
from matcher.policy import profiles
from matcher.policy.profiles import Counted
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import youths
from models.skill import EvidenceKind, Rater, SkillRecord


@dataclass(frozen=True)
class Other:
    """Of a person or a test `rated_on`, or following from a `certification` until its end."""

    rater: Rater
    level: int
    verification: int
    rated_on: date | None
    certification: str | None
    until: date | None


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
    certification: str | None
    """The certificate it follows from, `until` its last day (None: no end)."""
    until: date | None
    can_delete: bool
    history: tuple[Other, ...]
    """Judgements that do not count because another one does."""


@dataclass(frozen=True)
class FromCertificate:
    """Skills nobody recorded that follow from one certificate, all at one level and proof."""

    certification: str
    until: date | None
    level: int
    verification: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class SkillsView:
    """`skills` somebody recorded, `follows` those that only follow from certificates."""

    skills: tuple[SkillView, ...]
    follows: tuple[SkillView, ...]
    proved: int
    """How many of those recorded somebody else confirmed."""
    projects: tuple[ShownProject, ...]

    @property
    def every(self) -> tuple[SkillView, ...]:
        return tuple(sorted((*self.skills, *self.follows), key=lambda each: each.slug))

    @property
    def shown_with(self) -> Mapping[str, tuple[str, ...]]:
        """Skill -> titles of the projects shown that were made with it; empty for the others."""
        found: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for project in self.projects:
            for slug, _name in project.skills:
                found[slug] = (*found[slug], project.title)
        return found

    @property
    def by_certificate(self) -> tuple[FromCertificate, ...]:
        """The best proved level first, as long as it lasts."""
        groups: dict[tuple[str, date | None, int, int], list[str]] = {}
        for each in self.follows:
            key = (each.certification or "", each.until, each.level, each.verification)
            groups.setdefault(key, []).append(each.name)
        found = [FromCertificate(*key, tuple(sorted(names))) for key, names in groups.items()]
        return tuple(sorted(found, key=lambda each: (-each.level, each.certification)))


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
    judged = certified.judgements_of(unit.session, actor.own_youth_id, unit.today)
    counts = profiles.weighed(judged)
    recorded = {each.skill for each in judged if isinstance(each, SkillRecord)}
    every = [_skill(counts[slug], judged) for slug in sorted(counts)]
    shown = tuple(each for each in every if each.slug in recorded)
    follows = tuple(each for each in every if each.slug not in recorded)
    proved = sum(each.verification > 1 for each in shown)
    projects = shown_projects.of_one(unit.session, actor.own_youth_id)
    return SkillsView(shown, follows, proved, projects)


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


def _skill(counts: Counted[Judgement], judged: Sequence[Judgement]) -> SkillView:
    by = counts.by
    skill = load_taxonomy().get(by.skill)
    own = [each for each in judged if each.skill == by.skill]
    stored = [each for each in own if isinstance(each, SkillRecord)]
    return SkillView(
        slug=by.skill,
        name=skill.name(current_language()) if skill else by.skill,
        level=by.level,
        level_text=skill.level_text(by.level, current_language()) if skill else "",
        rater=by.rater,
        verification=counts.verification,
        evidence=by.evidence if isinstance(by, SkillRecord) else "",
        evidence_kind=_kind(by),
        certification=by.certification if isinstance(by, Follows) else None,
        until=by.until if isinstance(by, Follows) else None,
        can_delete=any(profiles.can_delete_skill(row) for row in stored),
        history=tuple(_other(each) for each in own if each is not by),
    )


def _kind(by: Judgement) -> EvidenceKind | None:
    return EvidenceKind.CERTIFICATE if isinstance(by, Follows) else by.evidence_kind


def _other(each: Judgement) -> Other:
    if isinstance(each, Follows):
        return Other(
            each.rater, each.level, each.verification, None, each.certification, each.until
        )
    return Other(each.rater, each.level, each.verification, each.rated_on, None, None)


def _choice(skill: Skill) -> Choice:
    texts = tuple(skill.level_text(level, current_language()) for level in range(1, 6))
    return Choice(skill.slug, skill.name(current_language()), skill.kind, texts)
