"""A desk's exam vouchers: the pool, one voucher, and who best gets them."""

from typing import Any

from starlette.responses import Response

from matcher.flows import voucher_allocation, vouchers
from matcher.refusal import Conflict, Invalid, Refusal
from matcher.web import voucher_words
from matcher.web.forms.base import parse
from matcher.web.forms.vouchers import (
    AllocationForm,
    AllocationQuery,
    AssignForm,
    BatchForm,
    PeopleQuery,
    PoolQuery,
    VoucherStepForm,
)
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.coordinator import LOOK, desk_base
from matcher.web.params import Id
from matcher.web.refused import answer_to, typed_values

router = pages()
BLANK = {"codes": "", "percent": "100", "level": "", "expires_on": "", "note": ""}


@router.get("/coordinator/vouchers")
@router.get("/centre/vouchers")
def pool(page: Paged) -> Response:
    query = parse(PoolQuery, page.request.query_params, ignore=LOOK)
    return _pool(page, desk_base(page), query, BLANK, {}, 200)


@router.post("/coordinator/vouchers")
@router.post("/centre/vouchers")
def add(page: Paged) -> Response:
    base = desk_base(page)
    try:
        form = parse(BatchForm, page.form)
        with page.writing() as unit:
            vouchers.add(unit, page.actor, form.batch())
    except (Invalid, Conflict) as refusal:
        values = typed_values(page.form, BLANK)
        return _pool(page, base, PoolQuery(), values, *answer_to(refusal))
    return page.redirect(f"{base}/vouchers", notice="vouchers-added")


def _pool(
    page: Page,
    base: str,
    query: PoolQuery,
    values: dict[str, Any],
    errors: dict[str, str],
    status: int,
) -> Response:
    with page.reading() as unit:
        view = vouchers.pool(unit, page.actor, query.show, query.page or 1)
    return page.html(
        "coordinator/vouchers.html",
        status,
        base=base,
        view=view,
        show=query.show,
        values=values,
        errors=errors,
        standings=voucher_words.standing_words(),
        levels=voucher_words.level_choices(),
    )


@router.get("/coordinator/vouchers/allocation")
@router.get("/centre/vouchers/allocation")
def allocation(page: Paged) -> Response:
    base, query = desk_base(page), page.request.query_params
    try:
        form = parse(AllocationQuery, query, ignore=LOOK)
        return _allocation(page, base, form.most, {}, 200)
    except Invalid as refusal:
        return _allocation(page, base, None, refusal.fields, 422, query.get("most", ""))


@router.post("/coordinator/vouchers/allocation")
@router.post("/centre/vouchers/allocation")
def allocate(page: Paged) -> Response:
    base = desk_base(page)
    try:
        form = parse(AllocationForm, page.form)
        with page.writing() as unit:
            voucher_allocation.confirm(unit, page.actor, form.pairs())
    except (Invalid, Conflict) as refusal:
        return _allocation(page, base, None, *answer_to(refusal))
    return page.redirect(f"{base}/vouchers?show=assigned", notice="vouchers-allocated")


def _allocation(
    page: Page, base: str, most: int | None, errors: dict[str, str], status: int, kept: str = ""
) -> Response:
    with page.reading() as unit:
        view = voucher_allocation.propose(unit, page.actor, most)
    return page.html(
        "coordinator/voucher_allocation.html",
        status,
        base=base,
        view=view,
        kept=kept or view.most,
        errors=errors,
    )


@router.get("/coordinator/vouchers/{voucher_id}")
@router.get("/centre/vouchers/{voucher_id}")
def voucher(page: Paged, voucher_id: Id) -> Response:
    query = parse(PeopleQuery, page.request.query_params, ignore=LOOK)
    return _voucher(page, desk_base(page), voucher_id, query.q, {}, 200)


@router.post("/coordinator/vouchers/{voucher_id}/assign")
@router.post("/centre/vouchers/{voucher_id}/assign")
def assign(page: Paged, voucher_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(AssignForm, page.form)
        with page.writing() as unit:
            vouchers.assign(unit, page.actor, voucher_id, form.youth_id, form.version)
    except (Invalid, Conflict) as refusal:
        return _again(page, base, voucher_id, refusal)
    return page.redirect(f"{base}/vouchers/{voucher_id}", notice="voucher-assigned")


@router.post("/coordinator/vouchers/{voucher_id}/step")
@router.post("/centre/vouchers/{voucher_id}/step")
def step(page: Paged, voucher_id: Id) -> Response:
    base = desk_base(page)
    try:
        form = parse(VoucherStepForm, page.form)
        with page.writing() as unit:
            vouchers.step(unit, page.actor, voucher_id, form.to, form.on, form.version)
    except (Invalid, Conflict) as refusal:
        return _again(page, base, voucher_id, refusal)
    return page.redirect(f"{base}/vouchers/{voucher_id}", notice="admin-saved")


def _again(page: Page, base: str, voucher_id: int, refusal: Refusal) -> Response:
    return _voucher(page, base, voucher_id, "", *answer_to(refusal))


def _voucher(
    page: Page, base: str, voucher_id: int, search: str, errors: dict[str, str], status: int
) -> Response:
    with page.reading() as unit:
        view = vouchers.sheet(unit, page.actor, voucher_id, search)
    return page.html(
        "coordinator/voucher.html",
        status,
        base=base,
        view=view,
        search=search,
        errors=errors,
        on=str(page.form.get("on", "")) if errors else "",
        standings=voucher_words.standing_words(),
        levels=dict(voucher_words.level_choices()),
        steps=voucher_words.step_words(),
    )
