"""Ranked lists with exact scores and reasons, and what would change them."""

from typing import Any

from starlette.responses import Response

from matcher.flows import candidates, ranked_limit, recommend, recommend_courses, what_if
from matcher.matching.items import RankedView
from matcher.matching.window import Window
from matcher.policy.masking import told_version
from matcher.web.api.answers import CandidatePublic, ChangePublic, RankedPublic
from matcher.web.api.bodies import WhatIfRequest
from matcher.web.api.fields import Limit, Offset
from matcher.web.api.paging import Listed, link
from matcher.web.api.routing import api
from matcher.web.operating import explore_slots, operation_of
from matcher.web.page import Paged
from matcher.web.params import Id

router = api("recommendations")


class Ranked(Listed[RankedPublic]):
    """`empty` says why nothing is ranked at all, or is ""."""

    model_version: str
    empty: str


class RankedPeople(Listed[CandidatePublic]):
    model_version: str
    empty: str


class Changed(Listed[ChangePublic]):
    model_version: str


@router.get("/recommendations/openings")
def rank_openings(page: Paged, response: Response, limit: Limit = 20, offset: Offset = 0) -> Ranked:
    """Today's openings for you, best first. 403 before you read the notice or without consent."""
    window = Window(offset, limit)
    with page.reading() as unit:
        ranked_limit.check(unit, page.actor)
        view = recommend.ranked(unit, page.actor, window, explore_slots(page))
    link(page.request, response, view.total, window)
    return Ranked(**_ranked(view, window))


@router.get("/recommendations/courses")
def rank_courses(page: Paged, response: Response, limit: Limit = 20, offset: Offset = 0) -> Ranked:
    """Courses that take people, those that close the most of your gaps first."""
    window = Window(offset, limit)
    with page.reading() as unit:
        ranked_limit.check(unit, page.actor)
        view = recommend_courses.ranked(unit, page.actor, window, explore_slots(page))
    link(page.request, response, view.total, window)
    return Ranked(**_ranked(view, window))


@router.get("/openings/{opening_id}/candidates")
def rank_candidates(
    page: Paged, response: Response, opening_id: Id, limit: Limit = 20, offset: Offset = 0
) -> RankedPeople:
    """People who agreed to be found, for an opening of yours, by number and not by name."""
    window = Window(offset, limit)
    with page.reading() as unit:
        ranked_limit.check(unit, page.actor)
        view = candidates.ranked(unit, page.actor, operation_of(page), opening_id, window)
    link(page.request, response, view.total, window)
    people = [
        {**{key: value for key, value in item.items() if key != "id"}, "number": number}
        for item in view.items
        if (number := view.titles[item["id"]])
    ]
    version = told_version(view.model_version)
    return RankedPeople(**_ranked(view, window) | {"items": people, "model_version": version})


@router.post("/what-if")
def compare(
    page: Paged, response: Response, body: WhatIfRequest, limit: Limit = 20, offset: Offset = 0
) -> Changed:
    """Scores and places as they are and as they would be; nothing is stored."""
    window = Window(offset, limit)
    skills = [(each.skill, each.level) for each in body.skills]
    with page.reading() as unit:
        ranked_limit.check(unit, page.actor)
        found = what_if.changes(unit, page.actor, body.certifications, skills, window)
    link(page.request, response, found.total, window)
    return Changed(
        items=[ChangePublic.model_validate(each) for each in found.rows],
        total=found.total,
        limit=limit,
        offset=offset,
        model_version=found.model_version,
    )


def _ranked(view: RankedView, window: Window) -> dict[str, Any]:
    return {
        "items": [{**item, "title": view.titles.get(item["id"], "")} for item in view.items],
        "total": view.total,
        "limit": window.limit,
        "offset": window.offset,
        "model_version": view.model_version,
        "empty": view.empty,
    }
