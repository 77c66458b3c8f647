"""One own opening as a page."""

from starlette.responses import Response

from matcher.flows.partner_desk import OpeningView
from matcher.web import choices, partner_choices
from matcher.web.page import Page


def opening_page(
    page: Page,
    view: OpeningView,
) -> Response:
    reason, words = partner_choices.returned_words(view.return_reason)
    return page.html(
        "partner/opening.html",
        view=view,
        return_reason=reason,
        return_words=words,
        states=partner_choices.opening_states(),
        topics=partner_choices.topics(),
        hit_fields=partner_choices.hit_fields(),
        kinds=dict(partner_choices.requirement_kinds()),
        regions=dict(choices.region_choices()),
        employments=dict(choices.employment_choices()),
        roles=dict(partner_choices.role_choices()),
    )
