"""A young person's consents, each given and withdrawn apart; and the notice before scores."""

from collections.abc import Callable

from starlette.responses import Response

from matcher.db import Unit
from matcher.flows import notice, own_consents, own_traits
from matcher.refusal import Conflict, Invalid, Refusal
from matcher.web.forms.account import Nothing, PoolConsent, Traits
from matcher.web.forms.base import parse
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import form_again
from models.audit_trait import AuditTraitKind

router = pages()


@router.get("/account/consents")
def show(page: Paged) -> Response:
    with page.reading() as unit:
        view, traits = own_consents.overview(unit), own_traits.told(unit)
    return page.html("account/consents.html", view=view, traits=traits, errors={})


@router.post("/account/consents/pool")
def give_pool(page: Paged) -> Response:
    def give(unit: Unit) -> None:
        own_consents.give_pool(unit, parse(PoolConsent, page.form).sectors)

    return _act(page, give, "consent-given")


@router.post("/account/consents/pool/withdraw")
def withdraw_pool(page: Paged) -> Response:
    parse(Nothing, page.form)
    return _act(page, own_consents.withdraw_pool, "consent-withdrawn")


@router.post("/account/consents/learning")
def give_learning(page: Paged) -> Response:
    parse(Nothing, page.form)
    return _act(page, own_consents.give_learning, "consent-given")


@router.post("/account/consents/learning/withdraw")
def withdraw_learning(page: Paged) -> Response:
    parse(Nothing, page.form)
    return _act(page, own_consents.withdraw_learning, "consent-withdrawn")


@router.post("/account/consents/employer/{consent_id}/withdraw")
def withdraw_employer(page: Paged, consent_id: Id) -> Response:
    parse(Nothing, page.form)
    return _act(
        page, lambda unit: own_consents.withdraw_employer(unit, consent_id), "consent-withdrawn"
    )


@router.post("/account/consents/traits")
def tell_traits(page: Paged) -> Response:
    def tell(unit: Unit) -> None:
        form = parse(Traits, page.form)
        told = {AuditTraitKind(name): value for name, value in form.model_dump().items()}
        own_traits.tell(unit, told)

    return _act(page, tell, "saved")


@router.get("/youth/notice")
def show_notice(page: Paged) -> Response:
    with page.reading() as unit:
        has_read = notice.has_read(unit)
    return page.html("youth/notice.html", version=notice.VERSION, has_read=has_read)


@router.post("/youth/notice")
def read_notice(page: Paged) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        notice.note_reading(unit)
    return page.redirect("/youth")


def _act(page: Page, act: Callable[[Unit], None], done: str) -> Response:
    try:
        with page.writing() as unit:
            act(unit)
    except (Invalid, Conflict) as refusal:
        return _again(page, refusal)
    return page.redirect("/account/consents", notice=done)


def _again(page: Page, refusal: Refusal) -> Response:
    with page.reading() as unit:
        view, traits = own_consents.overview(unit), own_traits.told(unit)
    return form_again(page, "account/consents.html", refusal, view=view, traits=traits)
