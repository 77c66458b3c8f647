"""Pages anybody may open."""

from starlette.responses import Response

from matcher.flows import browse, model_cards, posting_history
from matcher.web import choices, course_facet_words, matching_words, structured
from matcher.web.forms.base import parse
from matcher.web.forms.course_list import FacetsQuery
from matcher.web.forms.matching import LOOK, OpeningsQuery
from matcher.web.gates import pages
from matcher.web.page import Paged
from matcher.web.params import Id

router = pages()


@router.get("/")
def landing(page: Paged) -> Response:
    with page.reading() as unit:
        counts = browse.sector_counts(unit)
    return page.html("public/landing.html", counts=counts)


@router.get("/styleguide")
def styleguide(page: Paged) -> Response:
    return page.html("public/styleguide.html")


@router.get("/openings")
def openings(page: Paged) -> Response:
    query = parse(OpeningsQuery, page.request.query_params, LOOK)
    with page.reading() as unit:
        view = browse.opening_list(unit, query.wanted(), query.page)
    return page.html(
        "public/openings.html",
        block="results",
        view=view,
        query=query,
        is_narrowed=not query.wanted().is_empty,
        sectors=choices.sector_choices(),
        regions=choices.region_choices(),
        employments=choices.employment_choices(),
    )


@router.get("/openings/{opening_id}")
def opening(page: Paged, opening_id: Id) -> Response:
    with page.reading() as unit:
        view = browse.opening(unit, opening_id)
        told = posting_history.told(unit, [opening_id]).get(opening_id, ())
    return page.html(
        "public/opening.html",
        view=view,
        told=told,
        regions=dict(choices.region_choices()),
        employments=dict(choices.employment_choices()),
        data=structured.job_posting(view) if view.is_open else "",
    )


@router.get("/courses")
def courses(page: Paged) -> Response:
    query = parse(FacetsQuery, page.request.query_params, LOOK)
    with page.reading() as unit:
        view = browse.course_list(unit, query.wanted(), query.page)
    first, more = course_facet_words.facets(view.counts, view.names, query.chosen())
    return page.html(
        "public/courses.html",
        block="results",
        view=view,
        query=query,
        first_facets=first,
        more_facets=more,
        is_narrowed=not query.wanted().is_empty,
        modes=dict(matching_words.mode_choices()),
    )


@router.get("/courses/{course_id}")
def course(page: Paged, course_id: Id) -> Response:
    with page.reading() as unit:
        view = browse.course(unit, course_id)
    return page.html(
        "public/course.html",
        course=view,
        modes=dict(matching_words.mode_choices()),
        kinds=dict(matching_words.course_kind_choices()),
        levels=dict(matching_words.course_level_choices()),
        projects=dict(matching_words.project_choices()),
        languages=dict(matching_words.teaching_language_choices()),
        weekdays=matching_words.weekdays(),
        data=structured.course(view),
    )


@router.get("/model")
def model(page: Paged) -> Response:
    with page.reading() as unit:
        serving = model_cards.serving_label(unit)
    return page.html(
        "public/model.html",
        model=browse.model(),
        serving=serving,
        is_prior=serving == model_cards.PRIOR,
    )


@router.get("/accessibility")
def accessibility(page: Paged) -> Response:
    return page.html("public/accessibility.html")


@router.get("/help")
def help_page(page: Paged) -> Response:
    return page.html("public/help.html")
