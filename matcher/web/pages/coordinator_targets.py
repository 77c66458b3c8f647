"""Results of a desk against what was promised, and skills held against skills asked for."""

from typing import Any

from starlette.responses import Response

from matcher.flows import forecasting, programme_targets, skill_market
from matcher.refusal import Conflict, Invalid
from matcher.web import planning_words
from matcher.web.choices import sector_choices
from matcher.web.forms.base import parse, typed
from matcher.web.forms.planning_desk import (
    ForecastQuery,
    SkillsQuery,
    TargetForm,
    TargetsQuery,
)
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base
from matcher.web.refused import answer_to

router = pages()


@router.get("/coordinator/targets")
@router.get("/centre/targets")
def targets(page: Paged) -> Response:
    base = desk_base(page)
    try:
        query = parse(TargetsQuery, page.request.query_params, ignore=LOOK)
        return _targets(page, base, query.year, query.project, {}, {}, 200)
    except Invalid as refusal:
        return _targets(page, base, None, "", {}, refusal.fields, 422)


@router.post("/coordinator/targets")
@router.post("/centre/targets")
def write(page: Paged) -> Response:
    base, kept = desk_base(page), typed(TargetForm, page.form)
    try:
        form = parse(TargetForm, page.form)
        with page.writing() as unit:
            programme_targets.write(
                unit, page.actor, form.year, form.project, form.promise(), form.version
            )
    except (Invalid, Conflict) as refusal:
        errors, status = answer_to(refusal)
        year = kept.get("year", "")
        known = int(year) if str(year).isascii() and str(year).isdigit() else None
        return _targets(page, base, known, str(kept.get("project", "")), kept, errors, status)
    return page.redirect(f"{base}/targets?year={form.year}", notice="target-written")


def _targets(
    page: Page,
    base: str,
    year: int | None,
    project: str,
    kept: dict[str, Any],
    errors: dict[str, str],
    status: int,
) -> Response:
    with page.reading() as unit:
        try:
            view = programme_targets.view(unit, page.actor, year)
        except Invalid as refusal:
            errors, status = {**refusal.fields, **errors}, 422
            view = programme_targets.view(unit, page.actor)
    line = next((each for each in view.lines if each.slug == project), None)
    values: dict[str, Any] = {} if line is None else {**vars(line.promise), "version": line.version}
    return page.html(
        "coordinator/targets.html",
        status,
        base=base,
        view=view,
        line=line,
        values={**values, **kept},
        errors=errors,
        words=planning_words.figure_words(),
        years=planning_words.year_choices(view.years),
    )


@router.get("/coordinator/skills")
@router.get("/centre/skills")
def skills(page: Paged) -> Response:
    base = desk_base(page)
    query = parse(SkillsQuery, page.request.query_params, ignore=LOOK)
    with page.reading() as unit:
        view = skill_market.view(unit, page.actor, query.sector or "")
    return page.html(
        "coordinator/skills_market.html",
        base=base,
        view=view,
        columns=[planning_words.quarter_name(each.key) for each in view.quarters],
        rows=planning_words.heat_rows(view),
        sectors=sector_choices(),
    )


@router.get("/coordinator/forecast")
@router.get("/centre/forecast")
def outlook(page: Paged) -> Response:
    base, query = desk_base(page), page.request.query_params
    try:
        asked = parse(ForecastQuery, query, ignore=LOOK)
        return _outlook(page, base, asked, {}, {}, 200)
    except Invalid as refusal:
        kept = typed(ForecastQuery, query, ignore=LOOK)
        return _outlook(page, base, ForecastQuery(), kept, refusal.fields, 422)


def _outlook(
    page: Page,
    base: str,
    asked: ForecastQuery,
    kept: dict[str, Any],
    errors: dict[str, str],
    status: int,
) -> Response:
    with page.reading() as unit:
        view = forecasting.view(unit, page.actor, asked.seats or 0, asked.openings or 100)
    return page.html(
        "coordinator/forecast.html",
        status,
        base=base,
        view=view,
        values={"seats": view.seats, "openings": view.percent, **kept},
        errors=errors,
        past=planning_words.past_bars(view),
        ahead=planning_words.ahead_bars(view),
        quarter=planning_words.quarter_name,
        columns=[(planning_words.quarter_name(key), True) for key in view.quarters],
    )
