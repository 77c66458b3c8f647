"""One own opening as a page; used where it is shown and where answering applications failed."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from matcher.flows.partner_desk import OpeningView
from matcher.web import choices, partner_choices
from matcher.web.page import Page


def opening_page(
    page: Page,
    view: OpeningView,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    values: Mapping[str, Any] | None = None,
) -> Response:
    reason, words = partner_choices.returned_words(view.return_reason)
    return page.html(
        "partner/opening.html",
        status,
        view=view,
        errors=dict(errors or {}),
        values={"reason": "", "share": "", "applications": [], **(values or {})},
        return_reason=reason,
        return_words=words,
        states=partner_choices.opening_states(),
        application_states=partner_choices.application_states(),
        topics=partner_choices.topics(),
        hit_fields=partner_choices.hit_fields(),
        kinds=dict(partner_choices.requirement_kinds()),
        refusals=partner_choices.refusal_choices(),
        regions=dict(choices.region_choices()),
        employments=dict(choices.employment_choices()),
        roles=dict(partner_choices.role_choices()),
    )
