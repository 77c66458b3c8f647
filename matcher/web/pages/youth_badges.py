"""A young person's badges: hand one in, see what it proves, have it checked again, take it back."""

from typing import Any

from starlette.responses import Response

from matcher.flows import badge_sample, presenting
from matcher.flows.presenting import MOST_MB, Unread
from matcher.refusal import Conflict, Invalid, TooMany
from matcher.web.attached import uploaded
from matcher.web.files import file_answer
from matcher.web.forms.badges import MOST_SHOWN_AGAIN, BadgeForm
from matcher.web.forms.base import parse
from matcher.web.forms.buttons import VersionForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to, still_there, typed_values

router = pages()
BLANK = {"link": "", "text": ""}


@router.get("/youth/badges")
def show(page: Paged) -> Response:
    return _page(page, BLANK, {}, 200)


@router.post("/youth/badges")
def hand_in(page: Paged) -> Response:
    try:
        form = parse(BadgeForm, page.form, ignore=("csrf", "file"))
        given = form.given(*uploaded(page.form, "file", MOST_MB), MOST_MB)
        with page.writing() as unit:
            at_hand = presenting.begin(unit, page.actor, page.services.key_vault)
        looked = presenting.look(given, at_hand, page.services.clock.now())
        with page.writing() as unit:
            found = presenting.hand_in(unit, page.actor, looked)
        if isinstance(found, Unread):
            raise Invalid({given.field: " ".join(found.sentences())})
    except (Invalid, Conflict, TooMany) as refusal:
        return _page(page, _typed(page), *answer_to(refusal))
    return page.redirect(f"/youth/badges/{found}")


@router.get("/youth/badges/demo")
def sample(page: Paged) -> Response:
    """A badge to try with; in the demo only."""
    with page.reading() as unit:
        data = badge_sample.sample(unit, page.actor)
    return file_answer(data, "oreum-demo-badge", "jwt")


@router.get("/youth/badges/{badge_id}")
def result(page: Paged, badge_id: Id) -> Response:
    return _result(page, badge_id, {}, 200)


@router.post("/youth/badges/{badge_id}/check")
def check_again(page: Paged, badge_id: Id) -> Response:
    try:
        form = parse(VersionForm, page.form)
        with page.writing() as unit:
            vault = page.services.key_vault
            again = presenting.begin_again(unit, page.actor, badge_id, form.version, vault)
        if again is not None:
            checked = presenting.look_again(again, page.services.clock.now())
            with page.writing() as unit:
                presenting.check_again(unit, page.actor, again, checked)
    except (Invalid, Conflict, TooMany) as refusal:
        return _result(page, badge_id, *answer_to(refusal))
    return page.redirect(f"/youth/badges/{badge_id}", notice="badge-checked")


@router.post("/youth/badges/{badge_id}/withdraw")
def withdraw(page: Paged, badge_id: Id) -> Response:
    try:
        form = parse(VersionForm, page.form)
        with page.writing() as unit:
            presenting.withdraw(unit, page.actor, badge_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _result(page, badge_id, *answer_to(refusal))
    return page.redirect("/youth/badges", notice="badge-withdrawn")


def _typed(page: Page) -> dict[str, Any]:
    values = typed_values(page.form, BLANK)
    return values if len(values["text"]) <= MOST_SHOWN_AGAIN else {**values, "text": ""}


def _page(page: Page, values: dict[str, Any], errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        view = presenting.view(unit, page.actor)
        has_sample = badge_sample.is_offered(unit)
    return page.html(
        "youth/badges.html", status, view=view, values=values, errors=errors, most_mb=MOST_MB,
        has_sample=has_sample,
    )  # fmt: skip


def _result(page: Page, badge_id: int, errors: dict[str, str], status: int) -> Response:
    with still_there(errors, status), page.reading() as unit:
        badge = presenting.one(unit, page.actor, badge_id)
    return page.html("youth/badge.html", status, badge=badge, errors=errors)
