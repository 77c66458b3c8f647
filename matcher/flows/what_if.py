"""What planned certificates and skill levels would change among today's openings."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from matcher.actor import Actor
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import load_taxonomy
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching.cards import card_view
from matcher.matching.crowd import Crowd, crowd_in, crowds
from matcher.matching.exam_versions import known
from matcher.matching.own_records import Deed, Passed, Reached
from matcher.matching.readiness import scored_youth
from matcher.matching.standing import Standing, standing_of
from matcher.matching.window import Window
from matcher.ranking.whatif import Change, what_if
from matcher.refusal import ConsentNeeded, Invalid, NoticeNeeded
from matcher.store import cards

SHOWN = 5


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
class MovedOpening(ChangeView):
    """With the place among the people who agreed to be seen, where that may be told."""

    crowd_before: Crowd | None
    crowd_after: Crowd | None


@dataclass(frozen=True)
class Changes:
    rows: tuple[ChangeView, ...]
    total: int
    model_version: str


@dataclass(frozen=True)
class CertificationEffects:
    """What passing it today would change among the `of` openings of today: how many scores are
    `moved`, and the largest gains first."""

    certification: str
    is_held: bool
    moved: int
    of: int
    best: tuple[MovedOpening, ...]
    is_neutral: bool
    model_version: str

    @property
    def has_crowds(self) -> bool:
        return any(each.crowd_before and each.crowd_after for each in self.best)


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
    then = standing.then(_deeds(certifications, skills, unit.today))
    found = what_if(standing.seeker, then, standing.many, standing.context)
    shown = window.cut(found)
    return Changes(_views(unit, shown), len(found), standing.model_version)


def certification(unit: Unit, actor: Actor, certification_id: str) -> CertificationEffects | None:
    """None while the person has not read the notice or not agreed to be scored, so that the page
    around it still opens. Raises NotFound for an unknown certification."""
    known(load_programme(), certification_id)
    try:
        youth_id = scored_youth(unit.session, actor, unit.today)
    except (NoticeNeeded, ConsentNeeded):
        return None
    standing = standing_of(unit.session, actor, youth_id, unit.today)
    held = standing.seeker.certifications.get(certification_id)
    deed = Passed(certification_id, None, unit.today)
    found = what_if(standing.seeker, standing.then([deed]), standing.many, standing.context)
    moved = [each for each in found if each.score_after != each.score_before]
    best = sorted(moved, key=lambda each: (-each.gain, each.rank_after or 0, each.id))[:SHOWN]
    return CertificationEffects(
        certification=certification_id,
        is_held=held is not None and held.is_active(unit.today),
        moved=len(moved),
        of=len(found),
        best=_with_crowds(unit, standing, deed, best),
        is_neutral=standing.is_neutral,
        model_version=standing.model_version,
    )


def _deeds(
    certifications: Sequence[str], skills: Sequence[tuple[str, int]], today: date
) -> list[Deed]:
    ids = {each.id for each in load_programme().certifications}
    errors = {
        f"certifications.{place}": _("목록에 있는 자격을 골라 주세요.")
        for place, name in enumerate(certifications)
        if name not in ids
    }
    reached: list[Deed] = []
    for place, (text, level) in enumerate(skills):
        skill = load_taxonomy().resolve(text)
        if skill is None or skill.kind == "legal-licence":
            errors[f"skills.{place}.skill"] = _("목록에 있는 기술을 골라 주세요.")
        else:
            reached.append(Reached(skill.slug, level))
    if errors:
        raise Invalid(errors)
    return [*(Passed(name, None, today) for name in dict.fromkeys(certifications)), *reached]


def _views(unit: Unit, changes: Sequence[Change]) -> tuple[ChangeView, ...]:
    named = cards.cards_of(unit.session, [each.id for each in changes])
    return tuple(_view(each, card_view(named[each.id], unit.today).title) for each in changes)


def _with_crowds(
    unit: Unit, standing: Standing, deed: Deed, changes: Sequence[Change]
) -> tuple[MovedOpening, ...]:
    if not changes:
        return ()
    wanted = {each.id for each in changes}
    openings = [each for each in standing.many.openings if each.id in wanted]
    pools = crowds(unit.session, openings, standing.context, unit.today)
    scores = standing.tried([[deed]])

    def crowd(row: int, opening_id: int) -> Crowd | None:
        exact = scores.exact(row, opening_id)
        return crowd_in(pools.get(opening_id), standing.seeker.id, exact)

    return tuple(
        MovedOpening(**asdict(each), crowd_before=crowd(0, each.id), crowd_after=crowd(1, each.id))
        for each in _views(unit, changes)
    )


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
