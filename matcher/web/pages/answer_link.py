"""Answering for one applicant through a link; the address is the key, nobody is signed in."""

from typing import Any

from starlette.responses import Response

from matcher.flows import link_answering
from matcher.flows.link_answering import Answered
from matcher.refusal import Conflict, Invalid, TooMany
from matcher.web import interview_words, partner_choices
from matcher.web.forms.base import parse
from matcher.web.forms.interviews import AnswerForm
from matcher.web.gates import pages
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Slug
from matcher.web.refused import answer_to, typed_values

router = pages()
BLANK: dict[str, Any] = {
    "times": [], "minutes": "30", "mode": "on_site", "place": "", "reason": "", "share": "",
}  # fmt: skip


@router.get("/answer/{token}")
def show(page: Paged, token: Slug) -> Response:
    return _page(page, token, BLANK, {}, 200)


@router.post("/answer/{token}")
def answer(page: Paged, token: Slug) -> Response:
    try:
        form = parse(AnswerForm, page.form)
        with page.writing() as unit:
            done = _answer(page, unit, token, form)
    except (Conflict, Invalid, TooMany) as refusal:
        return _page(page, token, typed_values(page.form, BLANK), *answer_to(refusal))
    if done is None:
        return _dead(page)
    return _private(page.html("public/answered.html", done=done))


def _answer(page: Page, unit: Any, token: str, form: AnswerForm) -> Answered | None:
    operation = operation_of(page)
    if form.answer == "interview":
        return link_answering.say_yes(unit, operation, token, form.proposed())
    return link_answering.say_no(unit, operation, token, form.given_reason(), form.share)


def _page(
    page: Page, token: str, values: dict[str, Any], errors: dict[str, str], status: int
) -> Response:
    with page.reading() as unit:
        asked = link_answering.look(unit, operation_of(page), token)
    if asked is None:
        return _dead(page)
    times = [*values["times"], *[""] * 5][:5]
    return _private(
        page.html(
            "public/answer.html",
            status,
            asked=asked,
            token=token,
            values={**values, "times": times},
            errors=errors,
            modes=interview_words.mode_choices(),
            refusals=partner_choices.refusal_choices(),
        )
    )


def _dead(page: Page) -> Response:
    """Unknown, over, used, taken back, consent withdrawn: from outside all the same."""
    return _private(page.html("public/answer_dead.html", 404))


def _private(response: Response) -> Response:
    """Not for search engines, and the address goes nowhere with a click."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
