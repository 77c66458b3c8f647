"""What planned certificates and skill levels would change among today's openings."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.actor import Actor
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import load_taxonomy
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching.cards import card_view
from matcher.matching.readiness import scored_youth
from matcher.matching.standing import standing_of
from matcher.matching.window import Window
from matcher.ranking.types import CertificationProof, SkillProof
from matcher.ranking.whatif import Change, Plan, what_if
from matcher.refusal import Invalid
from matcher.store import cards


@dataclass(frozen=True)
class ChangeView:
    """Scores and places of one opening; None = a hard rule keeps it out."""

    id: int
    title: str
    score_before: float | None
    score_after: float | None
    rank_before: int | None
    rank_after: int | None
    gain: float


@dataclass(frozen=True)
class Changes:
    rows: tuple[ChangeView, ...]
    total: int
    model_version: str


def changes(
    unit: Unit,
    actor: Actor,
    certifications: Sequence[str],
    skills: Sequence[tuple[str, int]],
    window: Window,
) -> Changes:
    """Best place afterwards first. Writes nothing. Raises Invalid by field for unknown names."""
    youth_id = scored_youth(unit.session, actor, unit.today)
    standing = standing_of(unit.session, actor, youth_id, unit.today)
    plan = _plan(certifications, skills)
    found = what_if(standing.seeker, plan, standing.many, standing.context)
    shown = window.cut(found)
    named = cards.cards_of(unit.session, [each.id for each in shown])
    rows = tuple(_view(each, card_view(named[each.id], unit.today).title) for each in shown)
    return Changes(rows, len(found), standing.model_version)


def _plan(certifications: Sequence[str], skills: Sequence[tuple[str, int]]) -> Plan:
    known = {each.id for each in load_programme().certifications}
    errors = {
        f"certifications.{place}": _("목록에 있는 자격을 골라 주세요.")
        for place, name in enumerate(certifications)
        if name not in known
    }
    proofs = []
    for place, (text, level) in enumerate(skills):
        skill = load_taxonomy().resolve(text)
        if skill is None or skill.kind == "legal-licence":
            errors[f"skills.{place}.skill"] = _("목록에 있는 기술을 골라 주세요.")
        else:
            proofs.append(SkillProof(skill.slug, level))
    if errors:
        raise Invalid(errors)
    passed = tuple(CertificationProof(name) for name in dict.fromkeys(certifications))
    return Plan(certifications=passed, skills=tuple(proofs))


def _view(change: Change, title: str) -> ChangeView:
    return ChangeView(
        id=change.id,
        title=title,
        score_before=change.score_before,
        score_after=change.score_after,
        rank_before=change.rank_before,
        rank_after=change.rank_after,
        gain=change.gain,
    )
