"""Courses and openings everybody may read; no token is needed."""

from typing import Annotated, Literal

from fastapi import Query
from starlette.responses import Response

from matcher.flows import browse
from matcher.matching.cards import Wanted
from matcher.matching.course_facets import CourseQuery
from matcher.matching.window import Window
from matcher.web.api.answers import CoursePublic, OpeningDetail, OpeningPublic, RequirementPublic
from matcher.web.api.fields import Limit, Offset, SearchText
from matcher.web.api.paging import Listed, link, listed
from matcher.web.api.routing import api
from matcher.web.forms.matching import SectorOrCommon
from matcher.web.forms.records import Employment, Region, Sector
from matcher.web.page import Paged
from matcher.web.params import Id

router = api("public")
OpeningSort = Annotated[Literal["closes_on", "-closes_on"], Query()]
CourseSort = Annotated[Literal["next_run", "-next_run"], Query()]


@router.get("/openings")
def list_openings(
    page: Paged,
    response: Response,
    q: SearchText = "",
    sector: Annotated[list[Sector] | None, Query(max_length=4)] = None,
    region: Annotated[list[Region] | None, Query(max_length=4)] = None,
    employment: Annotated[list[Employment] | None, Query(max_length=5)] = None,
    sort: OpeningSort = "closes_on",
    limit: Limit = 20,
    offset: Offset = 0,
) -> Listed[OpeningPublic]:
    """Openings that take applications today."""
    window = Window(offset, limit, sort.startswith("-"))
    wanted = Wanted(q, sector or (), region or (), employment or ())
    with page.reading() as unit:
        found = browse.opening_list(unit, wanted, window=window)
    link(page.request, response, found.found, window)
    shown = [OpeningPublic.model_validate(each) for each in found.rows]
    return listed(shown, found.found, window)


@router.get("/openings/{opening_id}")
def read_opening(page: Paged, opening_id: Id) -> OpeningDetail:
    """One published opening with what it asks for."""
    with page.reading() as unit:
        view = browse.opening(unit, opening_id)
    return OpeningDetail(
        **OpeningPublic.model_validate(view.card).model_dump(),
        requirements=[RequirementPublic.model_validate(each) for each in view.requirements],
        published_on=view.published_on,
        is_open=view.is_open,
    )


@router.get("/courses")
def list_courses(
    page: Paged,
    response: Response,
    q: SearchText = "",
    sector: Annotated[list[SectorOrCommon] | None, Query(max_length=5)] = None,
    sort: CourseSort = "next_run",
    limit: Limit = 20,
    offset: Offset = 0,
) -> Listed[CoursePublic]:
    """Published courses, those that take people first."""
    window = Window(offset, limit, sort.startswith("-"))
    chosen = {"sector": sector} if sector else {}
    with page.reading() as unit:
        found = browse.course_list(unit, CourseQuery(q, chosen), window=window)
    link(page.request, response, found.found, window)
    shown = [CoursePublic.model_validate(each) for each in found.rows]
    return listed(shown, found.found, window)


@router.get("/courses/{course_id}")
def read_course(page: Paged, course_id: Id) -> CoursePublic:
    """One published course with its runs and free seats."""
    with page.reading() as unit:
        return CoursePublic.model_validate(browse.course(unit, course_id))
