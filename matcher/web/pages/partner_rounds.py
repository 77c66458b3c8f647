"""A partner's assignment rounds: masked people into bands, then confirming what came out."""

from starlette.responses import Response

from matcher.flows import rounds_partner
from matcher.refusal import Conflict, Invalid, Refusal
from matcher.web import round_words
from matcher.web.forms.base import parse
from matcher.web.forms.rounds import BandsForm, PairForm
from matcher.web.gates import pages
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()


@router.get("/partner/rounds")
def rounds(page: Paged) -> Response:
    with page.reading() as unit:
        rows = rounds_partner.listed(unit, page.actor)
    return page.html("partner/rounds.html", rows=rows, states=round_words.state_words())


@router.get("/partner/rounds/{round_id}")
def show(page: Paged, round_id: Id) -> Response:
    return _show(page, round_id, {}, [], 200)


@router.post("/partner/rounds/{round_id}/openings/{opening_id}")
def bands(page: Paged, round_id: Id, opening_id: Id) -> Response:
    try:
        form = parse(BandsForm, page.form)
        with page.writing() as unit:
            rounds_partner.set_bands(
                unit, page.actor, operation_of(page), round_id, opening_id, form.bands()
            )
    except (Invalid, Conflict) as refusal:
        return _again(page, round_id, refusal)
    return page.redirect(f"/partner/rounds/{round_id}#opening-{opening_id}", "round-banded")


@router.post("/partner/rounds/{round_id}/pairs/{pair_id}")
def answer(page: Paged, round_id: Id, pair_id: Id) -> Response:
    try:
        form = parse(PairForm, page.form)
        with page.writing() as unit:
            rounds_partner.answer(unit, page.actor, round_id, pair_id, form.to, form.version)
    except (Invalid, Conflict) as refusal:
        return _again(page, round_id, refusal)
    return page.redirect(f"/partner/rounds/{round_id}", notice="round-answered")


def _again(page: Page, round_id: int, refusal: Refusal) -> Response:
    kept = [each for each in page.form.getlist("band") if isinstance(each, str)]
    errors, status = answer_to(refusal)
    return _show(page, round_id, errors, kept, status)


def _show(
    page: Page, round_id: int, errors: dict[str, str], kept: list[str], status: int
) -> Response:
    with page.reading() as unit:
        view = rounds_partner.view(unit, page.actor, operation_of(page), round_id)
    return page.html(
        "partner/round.html",
        status,
        view=view,
        errors=errors,
        kept=kept,
        bands=round_words.band_choices(),
        states=round_words.state_words(),
        pairs=round_words.pair_words(),
        said=round_words.said_words(),
    )
