"""Rankings for whoever runs the service, from the command line: exact and in full."""

from dataclasses import dataclass, replace
from typing import Any

from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import course_views
from matcher.matching.aims import own_aim
from matcher.matching.candidates import rank_adjusted
from matcher.matching.context import names_for, ranking_context
from matcher.matching.items import items, keys
from matcher.matching.openings import opening_of, prepared_openings
from matcher.matching.seekers import seeker_of, seekers_of
from matcher.matching.standing import standing_of
from matcher.ranking.candidates import EmptyReason
from matcher.ranking.prepared import PreparedSeekers
from matcher.ranking.recommend import Ranking, rank_courses, rank_openings
from matcher.ranking.types import Seeker
from matcher.refusal import NotFound
from matcher.store import candidates, courses, openings, titles


@dataclass(frozen=True)
class Ranked:
    """`titles` by item id: the Korean and English title, or a candidate's number."""

    items: list[dict[str, Any]]
    total: int
    excluded: int
    model_version: str
    titles: dict[int, tuple[str, str]]
    empty: EmptyReason | None


def recommend_openings(unit: Unit, youth_id: int, limit: int) -> Ranked:
    seeker, context = _seeker(unit, youth_id), ranking_context(unit.session, unit.today)
    many = prepared_openings(unit.session, openings.open_now(None, unit.today), context)
    ranking = rank_openings(seeker, many, context, limit)
    return _ranked(unit, ranking, titles.openings(unit.session, _ids(ranking)))


def recommend_courses(unit: Unit, youth_id: int, limit: int) -> Ranked:
    standing = standing_of(unit.session, None, _seeker(unit, youth_id).id, unit.today)
    rows = course_views.read(unit.session, courses.published(None))
    ahead = course_views.still_ahead(unit.session, rows, youth_id, unit.today)
    targets = own_aim(unit.session, standing).target
    ranking = rank_courses(standing.seeker, ahead, targets, standing.context, limit, standing.many)
    return _ranked(unit, ranking, titles.courses(unit.session, _ids(ranking)))


def recommend_candidates(unit: Unit, opening_id: int, limit: int) -> Ranked:
    """Only people with a live pool consent for the opening's sector, by number and not by name."""
    opening = opening_of(unit.session, opening_id, unit.today)
    if opening is None:
        raise NotFound(_("이 번호의 공고가 없습니다."))
    scope = candidates.pool(opening.sector or "", unit.today)
    context = ranking_context(unit.session, unit.today)
    people = PreparedSeekers.from_seekers(seekers_of(unit.session, scope, unit.today), context)
    adjusted, _examples = rank_adjusted(unit.session, opening, people)
    ranking = replace(adjusted.ranking, items=adjusted.ranking.items[:limit])
    shown = {each.id: (f"#{each.id}", f"#{each.id}") for each in ranking.items}
    return _ranked(unit, ranking, shown)


def _seeker(unit: Unit, youth_id: int) -> Seeker:
    seeker = seeker_of(unit.session, youth_id, unit.today)
    if seeker is None:
        raise NotFound(_("이 번호의 청년이 없습니다."))
    return seeker


def _ids(ranking: Ranking) -> list[int]:
    return [each.id for each in ranking.items]


def _ranked(unit: Unit, ranking: Ranking, shown: dict[int, tuple[str, str]]) -> Ranked:
    names = names_for(unit.session, keys(ranking))
    return Ranked(
        items=items(ranking, names),
        total=ranking.total,
        excluded=len(ranking.excluded),
        model_version=ranking.model_version,
        titles=shown,
        empty=ranking.empty,
    )
