"""A young person's assignment rounds: wishes by selects and arrows, the chance, the result."""

from typing import Any

from starlette.responses import Response

from matcher.flows import exchanges_own, rounds_own
from matcher.refusal import Conflict, Invalid, Refusal
from matcher.web import round_words
from matcher.web.forms.base import parse, typed
from matcher.web.forms.buttons import VersionForm
from matcher.web.forms.rounds import ChangeForm, WishForm
from matcher.web.gates import pages
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()


@router.get("/youth/rounds")
def rounds(page: Paged) -> Response:
    with page.reading() as unit:
        rows = rounds_own.listed(unit, page.actor)
    return page.html("youth/rounds.html", rows=rows, states=round_words.state_words())


@router.get("/youth/rounds/{round_id}")
def show(page: Paged, round_id: Id) -> Response:
    return _show(page, round_id, {}, None, 200)


@router.post("/youth/rounds/{round_id}/wishes")
def wish(page: Paged, round_id: Id) -> Response:
    try:
        form = parse(WishForm, page.form)
        tiers, arrow = form.tiers(), form.arrow()
        moved = rounds_own.move(tiers, *arrow) if arrow is not None else tiers
        with page.writing() as unit:
            rounds_own.wish(unit, page.actor, round_id, moved, form.version)
    except (Invalid, Conflict) as refusal:
        return _again(page, round_id, refusal)
    anchor = f"#wish-{arrow[0]}" if arrow is not None else ""
    return page.redirect(f"/youth/rounds/{round_id}{anchor}", notice="round-wished")


@router.post("/youth/rounds/{round_id}/leave")
def leave(page: Paged, round_id: Id) -> Response:
    try:
        form = parse(VersionForm, page.form)
        with page.writing() as unit:
            rounds_own.leave(unit, page.actor, round_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _again(page, round_id, refusal)
    return page.redirect("/youth/rounds", notice="round-left")


@router.post("/youth/rounds/{round_id}/change")
def change(page: Paged, round_id: Id) -> Response:
    try:
        form = parse(ChangeForm, page.form)
        with page.writing() as unit:
            exchanges_own.ask(unit, page.actor, round_id, form.wanted, form.version)
    except (Invalid, Conflict) as refusal:
        return _again(page, round_id, refusal)
    return page.redirect(f"/youth/rounds/{round_id}#change", notice="round-change-asked")


@router.post("/youth/rounds/{round_id}/change/withdraw")
def withdraw_change(page: Paged, round_id: Id) -> Response:
    try:
        form = parse(VersionForm, page.form)
        with page.writing() as unit:
            exchanges_own.withdraw(unit, page.actor, round_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _again(page, round_id, refusal)
    return page.redirect(f"/youth/rounds/{round_id}#change", notice="round-change-withdrawn")


def _again(page: Page, round_id: int, refusal: Refusal) -> Response:
    kept: list[str] = typed(WishForm, page.form).get("wish", [])
    errors, status = answer_to(refusal)
    return _show(page, round_id, errors, kept, status)


def _show(
    page: Page, round_id: int, errors: dict[str, str], kept: list[str] | None, status: int
) -> Response:
    """`kept`: what was chosen before a refusal; the stored wishes otherwise."""
    with page.reading() as unit:
        view = rounds_own.view(unit, page.actor, round_id)
        exchange = exchanges_own.view(unit, page.actor, operation_of(page), round_id)
    stored = [f"{each.id}-{each.tier}" for each in view.wished]
    context: dict[str, Any] = {"view": view, "errors": errors, "chosen": kept or stored}
    return page.html(
        "youth/round.html",
        status,
        exchange=exchange,
        wanted=typed(ChangeForm, page.form).get("wanted", "") if errors else "",
        states=round_words.state_words(),
        drivers=round_words.driver_words(),
        rules=dict(round_words.rule_choices()),
        **context,
    )
