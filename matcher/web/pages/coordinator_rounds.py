"""A desk's assignment rounds: setting up, watching, dry runs with proof, publishing by two."""

from starlette.responses import Response

from matcher.flows import (
    exchanges_desk,
    round_proofs,
    round_publishing,
    round_reasons,
    round_trials,
    rounds_desk,
    rounds_steps,
)
from matcher.planning.assignment.words import method_words, said
from matcher.refusal import Conflict, Forbidden, Invalid, Refusal
from matcher.web import choices, round_words
from matcher.web.forms.base import parse, typed
from matcher.web.forms.buttons import EmptyForm, VersionForm
from matcher.web.forms.rounds import ExchangeForm, PageQuery, RoundsQuery, RoundStepForm
from matcher.web.gates import pages
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()


@router.get("/coordinator/assignments")
@router.get("/centre/assignments")
def rounds(page: Paged) -> Response:
    base = desk_base(page)
    is_waiting = parse(RoundsQuery, page.request.query_params, ignore=LOOK).show is not None
    with page.reading() as unit:
        rows = rounds_desk.listed(unit, page.actor, is_waiting)
    return page.html(
        "coordinator/rounds.html", base=base, rows=rows, is_waiting=is_waiting,
        states=round_words.state_words(),
    )  # fmt: skip


@router.get("/coordinator/assignments/{round_id}")
@router.get("/centre/assignments/{round_id}")
def show(page: Paged, round_id: Id) -> Response:
    query = parse(PageQuery, page.request.query_params, ignore=LOOK)
    return _show(page, desk_base(page), round_id, {}, 200, query.page or 1)


@router.post("/coordinator/assignments/{round_id}/step")
@router.post("/centre/assignments/{round_id}/step")
def step(page: Paged, round_id: Id) -> Response:
    base = desk_base(page)
    steps = {
        "open": rounds_steps.open_wishes,
        "close": rounds_steps.close_early,
        "return": round_publishing.send_back,
    }
    try:
        form = parse(RoundStepForm, page.form)
        with page.writing() as unit:
            if form.to == "cancel":
                rounds_steps.cancel(unit, page.actor, round_id, form.version, form.reason)
            else:
                steps[form.to](unit, page.actor, round_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _again(page, base, round_id, refusal)
    notice = "round-opened" if form.to == "open" else "round-moved"
    return page.redirect(f"{base}/assignments/{round_id}", notice=notice)


@router.post("/coordinator/assignments/{round_id}/remind")
@router.post("/centre/assignments/{round_id}/remind")
def remind(page: Paged, round_id: Id) -> Response:
    base = desk_base(page)
    try:
        parse(EmptyForm, page.form)
        with page.writing() as unit:
            rounds_steps.remind(unit, page.actor, round_id)
    except (Invalid, Conflict) as refusal:
        return _again(page, base, round_id, refusal)
    return page.redirect(f"{base}/assignments/{round_id}", notice="round-reminded")


@router.post("/coordinator/assignments/{round_id}/dry-run")
@router.post("/centre/assignments/{round_id}/dry-run")
def dry_run(page: Paged, round_id: Id) -> Response:
    """Computed before the write, so that nobody else waits for it."""
    base = desk_base(page)
    try:
        parse(VersionForm, page.form)
        with page.reading() as unit:
            done = round_trials.attempt(unit, page.actor, operation_of(page), round_id)
        with page.writing() as unit:
            round_trials.keep(unit, page.actor, done)
    except (Invalid, Conflict) as refusal:
        return _again(page, base, round_id, refusal)
    return page.redirect(f"{base}/assignments/{round_id}#runs", notice="round-tried")


@router.post("/coordinator/assignments/{round_id}/confirm")
@router.post("/centre/assignments/{round_id}/confirm")
def confirm(page: Paged, round_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(VersionForm, page.form)
        with page.writing() as unit:
            round_publishing.confirm(unit, page.actor, operation_of(page), round_id, form.version)
    except (Invalid, Conflict, Forbidden) as refusal:
        return _again(page, base, round_id, refusal)
    return page.redirect(f"{base}/assignments/{round_id}", notice="round-published")


@router.post("/coordinator/assignments/{round_id}/exchanges")
@router.post("/centre/assignments/{round_id}/exchanges")
def exchange(page: Paged, round_id: Id) -> Response:
    """Two placed people change places, or one takes a free seat, because they asked to."""
    base = desk_base(page)
    try:
        form = parse(ExchangeForm, page.form)
        with page.writing() as unit:
            exchanges_desk.confirm(
                unit, page.actor, operation_of(page), round_id, form.requests(), form.version
            )
    except (Invalid, Conflict, Forbidden) as refusal:
        return _again(page, base, round_id, refusal)
    return page.redirect(f"{base}/assignments/{round_id}#exchanges", notice="round-exchanged")


def _again(page: Page, base: str, round_id: int, refusal: Refusal) -> Response:
    return _show(page, base, round_id, *answer_to(refusal))


def _show(
    page: Page, base: str, round_id: int, errors: dict[str, str], status: int, number: int = 1
) -> Response:
    with page.reading() as unit:
        view = rounds_desk.sheet(unit, page.actor, round_id, number)
        lines = round_trials.lines(unit, page.actor, round_id)
        told = round_reasons.explainable(unit, round_id)
        exchanges = exchanges_desk.view(unit, page.actor, operation_of(page), round_id)
    return page.html(
        "coordinator/round.html",
        status,
        base=base,
        view=view,
        lines=lines,
        told=told,
        exchanges=exchanges,
        errors=errors,
        reason=typed(RoundStepForm, page.form).get("reason", "") if errors else "",
        states=round_words.state_words(),
        rules=dict(round_words.rule_choices()),
        methods=method_words(),
        says=round_words.method_says(),
        answers=round_words.answer_words(),
        statuses=dict(choices.status_choices()),
    )


@router.get("/coordinator/assignments/{round_id}/runs/{run_id}")
@router.get("/centre/assignments/{round_id}/runs/{run_id}")
def proof(page: Paged, round_id: Id, run_id: Id) -> Response:
    query = parse(PageQuery, page.request.query_params, ignore=LOOK)
    return _proof(page, desk_base(page), round_id, run_id, {}, 200, query.page or 1)


@router.get("/coordinator/assignments/{round_id}/runs/{run_id}/list.json")
@router.get("/centre/assignments/{round_id}/runs/{run_id}/list.json")
def download(page: Paged, round_id: Id, run_id: Id) -> Response:
    """The anonymised list that `verify-assignment` accepts; that it was taken is audited."""
    desk_base(page)
    with page.reading() as unit:
        name, text = round_proofs.document(unit, page.actor, round_id, run_id)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(text, media_type="application/json", headers=headers)


@router.post("/coordinator/assignments/{round_id}/runs/{run_id}/propose")
@router.post("/centre/assignments/{round_id}/runs/{run_id}/propose")
def propose(page: Paged, round_id: Id, run_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(VersionForm, page.form)
        with page.writing() as unit:
            round_publishing.propose(unit, page.actor, round_id, run_id, form.version)
    except (Invalid, Conflict, Forbidden) as refusal:
        return _proof(page, base, round_id, run_id, *answer_to(refusal))
    return page.redirect(f"{base}/assignments/{round_id}", notice="round-proposed")


def _proof(
    page: Page,
    base: str,
    round_id: int,
    run_id: int,
    errors: dict[str, str],
    status: int,
    number: int = 1,
) -> Response:
    with page.reading() as unit:
        view = round_proofs.proof(unit, page.actor, round_id, run_id, number)
        made = exchanges_desk.made(unit, page.actor, round_id)
    return page.html(
        "coordinator/round_proof.html",
        status,
        base=base,
        view=view,
        made=made,
        errors=errors,
        methods=method_words(),
        says=round_words.method_says(),
        said=said,
    )


@router.get("/coordinator/assignments/{round_id}/entries/{entry_id}")
@router.get("/centre/assignments/{round_id}/entries/{entry_id}")
def why(page: Paged, round_id: Id, entry_id: Id) -> Response:
    base = desk_base(page)
    with page.reading() as unit:
        view = round_reasons.why(unit, page.actor, operation_of(page), round_id, entry_id)
        made = exchanges_desk.made(unit, page.actor, round_id)
    return page.html(
        "coordinator/round_why.html",
        base=base,
        view=view,
        made=made,
        whys=round_words.why_words(),
        changes=round_words.change_words(),
        methods=method_words(),
    )
