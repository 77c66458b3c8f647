"""A desk's queue of paths that were handed in, and the answer to one of them."""

from starlette.responses import Response

from matcher.flows import plan_desk
from matcher.refusal import Conflict, Invalid
from matcher.web import plan_words
from matcher.web.forms.base import parse
from matcher.web.forms.plans import AnswerForm
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import desk_base
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()


@router.get("/coordinator/plans")
@router.get("/centre/plans")
def queue(page: Paged) -> Response:
    base = desk_base(page)
    with page.reading() as unit:
        view = plan_desk.queue(unit, page.actor)
    return page.html(
        "coordinator/plans.html",
        base=base,
        view=view,
        kinds=plan_words.kind_words(),
        states=plan_words.state_words(),
    )


@router.get("/coordinator/plans/{plan_id}")
@router.get("/centre/plans/{plan_id}")
def show(page: Paged, plan_id: Id) -> Response:
    return _plan(page, desk_base(page), plan_id, "", {}, 200)


@router.post("/coordinator/plans/{plan_id}")
@router.post("/centre/plans/{plan_id}")
def answer(page: Paged, plan_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(AnswerForm, page.form)
        act = plan_desk.approve if form.answer == "approve" else plan_desk.send_back
        with page.writing() as unit:
            act(unit, page.actor, plan_id, form.comment, form.version)
    except (Invalid, Conflict) as refusal:
        comment = str(page.form.get("comment", ""))
        return _plan(page, base, plan_id, comment, *answer_to(refusal))
    notice = "plan-approved" if form.answer == "approve" else "plan-returned"
    return page.redirect(f"{base}/plans", notice=notice)


def _plan(
    page: Page, base: str, plan_id: int, comment: str, errors: dict[str, str], status: int
) -> Response:
    with page.reading() as unit:
        view = plan_desk.view(unit, page.actor, plan_id)
    return page.html(
        "coordinator/plan.html",
        status,
        base=base,
        view=view,
        comment=comment,
        errors=errors,
        kinds=plan_words.kind_words(),
        states=plan_words.state_words(),
        steps=plan_words.step_words(),
        events=plan_words.event_words(),
    )
