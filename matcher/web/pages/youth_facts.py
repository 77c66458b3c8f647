"""Single facts of the own record, proved without a name."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from matcher.flows import facts
from matcher.flows.facts import Proved
from matcher.refusal import Conflict, Invalid
from matcher.web import sharing_words
from matcher.web.files import file_answer
from matcher.web.forms.base import parse
from matcher.web.forms.sharing import FactsForm
from matcher.web.gates import pages
from matcher.web.operating import site_of
from matcher.web.page import Page, Paged
from matcher.web.refused import answer_to, typed_values

router = pages()
BLANK: dict[str, Any] = {"facts": [], "days": str(facts.USUAL_DAYS)}


@router.get("/youth/facts")
def show(page: Paged) -> Response:
    return _page(page)


@router.post("/youth/facts")
def prove(page: Paged) -> Response:
    """Answers with the page or the file itself: a proof is stored nowhere."""
    values = typed_values(page.form, BLANK)
    try:
        form = parse(FactsForm, page.form)
        with page.writing() as unit:
            vault = page.services.key_vault
            proved = facts.prove(unit, page.actor, vault, form.facts, form.days)
    except (Invalid, Conflict) as refusal:
        return _page(page, *answer_to(refusal), values)
    if form.way == "file":
        return file_answer(proved.token.encode("ascii"), "oreum-facts", "sd-jwt")
    return _page(page, values=values, proved=proved)


def _page(
    page: Page,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    values: Mapping[str, Any] | None = None,
    proved: Proved | None = None,
) -> Response:
    with page.reading() as unit:
        view = facts.view(unit, page.actor, page.services.key_vault)
    return page.html(
        "youth/facts.html",
        status,
        view=view,
        choices=[(fact.name, sharing_words.fact_words(fact)) for fact in view.facts],
        days=sharing_words.day_choices(),
        values={**BLANK, **(values or {})},
        errors=errors or {},
        proved=proved,
        told=[] if proved is None else [sharing_words.fact_words(each) for each in proved.facts],
        check_at=f"{site_of(page)}/facts",
    )
