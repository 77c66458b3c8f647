"""Whom a partner asked to meet, and taking a request back."""

from starlette.responses import Response

from matcher.flows import introductions_partner
from matcher.web import partner_choices
from matcher.web.forms.base import parse
from matcher.web.forms.partner import StepForm
from matcher.web.gates import pages
from matcher.web.operating import operation_of
from matcher.web.page import Paged
from matcher.web.params import Id

router = pages()


@router.get("/partner/introductions")
def list_introductions(page: Paged) -> Response:
    with page.reading() as unit:
        rows = introductions_partner.requests(unit, page.actor, operation_of(page))
    return page.html(
        "partner/introductions.html", rows=rows, states=partner_choices.introduction_states()
    )


@router.post("/partner/introductions/{introduction_id}/withdraw")
def withdraw_introduction(page: Paged, introduction_id: Id) -> Response:
    form = parse(StepForm, page.form)
    with page.writing() as unit:
        introductions_partner.withdraw(unit, page.actor, introduction_id, form.version)
    return page.redirect("/partner/introductions", notice="introduction-withdrawn")
