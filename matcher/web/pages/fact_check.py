"""Anybody checks a proof of facts; nothing about who asks or what was shown is kept."""

from starlette.responses import Response

from matcher.flows import facts
from matcher.refusal import Invalid
from matcher.web import sharing_words
from matcher.web.forms.base import parse
from matcher.web.forms.sharing import CheckForm
from matcher.web.gates import pages
from matcher.web.page import Paged
from matcher.web.refused import answer_to, typed_values

router = pages()
BLANK = {"token_text": ""}


@router.get("/facts")
def show(page: Paged) -> Response:
    return page.html("public/facts.html", checked=None, told=[], values=BLANK, errors={}, words={})


@router.post("/facts")
def check(page: Paged) -> Response:
    values = typed_values(page.form, BLANK)
    try:
        token = parse(CheckForm, page.form).token_text
    except Invalid as refusal:
        errors, status = answer_to(refusal)
        return page.html(
            "public/facts.html", status, checked=None, told=[], values=values, errors=errors,
            words={},
        )  # fmt: skip
    with page.reading() as unit:
        checked, shown = facts.check(unit, page.services.key_vault, token)
    return page.html(
        "public/facts.html",
        checked=checked,
        told=sharing_words.shown_words(shown),
        values=values,
        errors={},
        words=sharing_words.verdict_words(),
    )
