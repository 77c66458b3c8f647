"""The queue of genuine badges of which it is not sure whose they are."""

from typing import Any

from starlette.responses import Response

from matcher.flows import badges_desk
from matcher.i18n import gettext as _
from matcher.refusal import Conflict, Forbidden, Invalid, Refusal
from matcher.web.forms.badges import BadgeAnswerForm, BadgeQueueQuery
from matcher.web.forms.base import parse
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base
from matcher.web.params import Id
from matcher.web.refused import answer_to, typed_values

router = pages()
TYPED = {"certification": "", "on": "", "comment": ""}


@router.get("/coordinator/badges")
@router.get("/centre/badges")
def queue(page: Paged) -> Response:
    base = desk_base(page)
    query = parse(BadgeQueueQuery, page.request.query_params, ignore=LOOK)
    with page.reading() as unit:
        view = badges_desk.queue(unit, page.actor, query.show, query.page or 1)
    shows = {
        badges_desk.Show.OPEN: _("누구의 것인지 살펴볼 배지"),
        badges_desk.Show.NOT_THEIRS: _("본인의 것이 아니라고 한 배지"),
        badges_desk.Show.ACCEPTED: _("본인의 것으로 받아들인 배지"),
    }
    return page.html("coordinator/badges.html", base=base, view=view, show=query.show, shows=shows)


@router.get("/coordinator/badges/{badge_id}")
@router.get("/centre/badges/{badge_id}")
def sheet(page: Paged, badge_id: Id) -> Response:
    return _sheet(page, desk_base(page), badge_id, {}, {}, 200)


@router.post("/coordinator/badges/{badge_id}/accept")
@router.post("/centre/badges/{badge_id}/accept")
def accept(page: Paged, badge_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(BadgeAnswerForm, page.form)
        with page.writing() as unit:
            badges_desk.accept(unit, page.actor, badge_id, form.answer())
    except (Invalid, Conflict, Forbidden) as refusal:
        return _refused(page, base, badge_id, refusal)
    return page.redirect(f"{base}/badges", notice="badge-accepted")


@router.post("/coordinator/badges/{badge_id}/refuse")
@router.post("/centre/badges/{badge_id}/refuse")
def refuse(page: Paged, badge_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(BadgeAnswerForm, page.form)
        with page.writing() as unit:
            badges_desk.refuse(unit, page.actor, badge_id, form.answer())
    except (Invalid, Conflict, Forbidden) as refusal:
        return _refused(page, base, badge_id, refusal)
    return page.redirect(f"{base}/badges", notice="badge-refused")


def _refused(page: Page, base: str, badge_id: int, refusal: Refusal) -> Response:
    return _sheet(page, base, badge_id, typed_values(page.form, TYPED), *answer_to(refusal))


def _sheet(
    page: Page,
    base: str,
    badge_id: int,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
) -> Response:
    with page.reading() as unit:
        view = badges_desk.sheet(unit, page.actor, badge_id)
    return page.html(
        "coordinator/badge.html",
        status,
        base=base,
        view=view,
        values={**TYPED, **values},
        errors=errors,
    )
