"""The form of one opening, shown new, stored, as it was typed, or begun from a pasted text."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from starlette.responses import Response

from matcher.flows import opening_counts, opening_help, partner_organisation
from matcher.flows.partner_desk import OpeningView
from matcher.matching.typed_requirements import TypedRow
from matcher.web import choices, partner_choices
from matcher.web.forms.partner import OpeningForm
from matcher.web.page import Page

Errors = dict[str, str]
SPARE_ROWS: Final = 3
PLAIN: Final = tuple(name for name in OpeningForm.model_fields if not name.startswith("req_"))
"""Every field of the form but the lists of requirements."""


def opening_form(
    page: Page,
    values: Mapping[str, Any],
    rows: list[TypedRow],
    errors: Errors,
    status: int,
    view: OpeningView | None = None,
    *,
    both: bool = False,
    counts: opening_counts.Counts | None = None,
    is_taken: bool = False,
    is_pasted: bool = False,
) -> Response:
    """`is_taken`: an easing was just taken over; `is_pasted`: what a pasted text asks for. Nothing
    of either is saved."""
    spare = TypedRow("must", "")
    shown = [*rows, *[spare] * SPARE_ROWS]
    helped = [opening_help.help_with(row.text, row.pick) for row in shown]
    return page.html(
        "partner/opening_form.html",
        status,
        view=view,
        both=both,
        counts=counts,
        is_taken=is_taken,
        is_pasted=is_pasted,
        values={**dict.fromkeys(PLAIN, ""), **values},
        rows=list(zip(shown, helped, strict=True)),
        errors=errors,
        wage=_pay_floor(page, values),
        kinds=partner_choices.requirement_kinds(),
        sectors=choices.sector_choices(),
        regions=choices.region_choices(),
        employments=choices.employment_choices(),
        roles=partner_choices.role_choices(),
    )


def new_values(page: Page) -> dict[str, Any]:
    """What a new posting begins with: today, and the firm's own sector."""
    with page.reading() as unit:
        sector = partner_organisation.sector(unit, page.actor)
    today = page.services.clock.today()
    return {"sector": sector, "headcount": 1, "opens_on": today, "answer_days": 14, "version": 1}


def _pay_floor(page: Page, values: Mapping[str, Any]) -> opening_help.PayFloor | None:
    closes_on = _day(values.get("closes_on")) or page.services.clock.today()
    return opening_help.pay_floor(_day(values.get("starts_on")), closes_on)


def _day(value: object) -> date | None:
    """Typed days may be no days yet."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def stored_rows(view: OpeningView) -> list[TypedRow]:
    return [
        TypedRow(each.kind, each.meant.name, str(each.level or ""), each.meant.key)
        for each in view.requirements
    ]
