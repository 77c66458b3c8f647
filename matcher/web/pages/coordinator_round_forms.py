"""Making an assignment round and changing it until its wishes lock: one form."""

from typing import Any

from starlette.responses import Response

from matcher.flows import rounds_editing, rounds_setup
from matcher.refusal import Conflict, Invalid
from matcher.web import choices, round_words
from matcher.web.forms.base import parse, typed
from matcher.web.forms.rounds import RoundEditForm, RoundForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import desk_base
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()
BLANK: dict[str, Any] = {
    "name_ko": "", "name_en": "", "wishes_until": "", "most_wishes": "5", "hard_rule": [],
    "cohort_status": "", "cohort_session_id": "", "seat": [], "least": [],
}  # fmt: skip


@router.get("/coordinator/assignments/new")
@router.get("/centre/assignments/new")
def new(page: Paged) -> Response:
    return _new(page, desk_base(page), BLANK, {}, 200)


@router.post("/coordinator/assignments/new")
@router.post("/centre/assignments/new")
def create(page: Paged) -> Response:
    base = desk_base(page)
    try:
        form = parse(RoundForm, page.form)
        with page.writing() as unit:
            round_id = rounds_setup.create(unit, page.actor, form.draft())
    except (Invalid, Conflict) as refusal:
        return _new(page, base, BLANK | typed(RoundForm, page.form), *answer_to(refusal))
    return page.redirect(f"{base}/assignments/{round_id}", notice="round-created")


def _new(
    page: Page, base: str, values: dict[str, Any], errors: dict[str, str], status: int
) -> Response:
    with page.reading() as unit:
        found = rounds_setup.choices(unit, page.actor)
    return page.html(
        "coordinator/round_new.html",
        status,
        base=base,
        found=found,
        values=values,
        errors=errors,
        rules=round_words.rule_choices(),
        statuses=choices.status_choices(),
    )


@router.get("/coordinator/assignments/{round_id}/edit")
@router.get("/centre/assignments/{round_id}/edit")
def edit(page: Paged, round_id: Id) -> Response:
    return _edit(page, desk_base(page), round_id, {}, {}, 200)


@router.post("/coordinator/assignments/{round_id}/edit")
@router.post("/centre/assignments/{round_id}/edit")
def change(page: Paged, round_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(RoundEditForm, page.form)
        with page.writing() as unit:
            rounds_editing.change(unit, page.actor, round_id, form.version, form.draft())
    except (Invalid, Conflict) as refusal:
        errors, status = answer_to(refusal)
        kept = BLANK | typed(RoundEditForm, page.form)
        return _edit(page, base, round_id, kept, errors, status)
    return page.redirect(f"{base}/assignments/{round_id}", notice="round-changed")


def _edit(
    page: Page,
    base: str,
    round_id: int,
    kept: dict[str, Any],
    errors: dict[str, str],
    status: int,
) -> Response:
    """`kept`: what was typed before a refusal; the stored round otherwise."""
    with page.reading() as unit:
        view = rounds_editing.view(unit, page.actor, round_id)
    return page.html(
        "coordinator/round_edit.html",
        status,
        base=base,
        view=view,
        found=view.found,
        values=kept or _stored(view.draft),
        errors=errors,
        rules=round_words.rule_choices(),
        statuses=choices.status_choices(),
    )


def _stored(draft: rounds_setup.Draft) -> dict[str, Any]:
    """As the form's fields hold it."""
    return {
        "name_ko": draft.name_ko,
        "name_en": draft.name_en,
        "wishes_until": draft.wishes_until.isoformat(),
        "most_wishes": str(draft.most_wishes),
        "hard_rule": [each.value for each in draft.hard_rules],
        "cohort_status": draft.cohort_status or "",
        "cohort_session_id": str(draft.cohort_session_id or ""),
        "seat": [f"{each.opening_id}-{each.capacity}" for each in draft.seats],
        "least": [f"{each.opening_id}-{each.minimum}" for each in draft.seats if each.minimum],
    }
