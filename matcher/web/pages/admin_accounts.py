"""The admin's accounts: search, invite, disable, enable, change roles."""

from typing import Any

from starlette.responses import Response

from matcher.flows import admin_accounts
from matcher.flows.admin_accounts import Invitation
from matcher.refusal import Conflict, Invalid, Refusal
from matcher.web.forms.account import Nothing
from matcher.web.forms.admin import AccountQuery, ChangeRole, Invite
from matcher.web.forms.base import parse
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import form_again, typed_values

router = pages()
EMPTY = {"email": "", "name": "", "role": "", "organisation_id": ""}


@router.get("/admin/accounts")
def listing(page: Paged) -> Response:
    query = parse(AccountQuery, page.request.query_params, ignore=("lang", "theme"))
    with page.reading() as unit:
        found = admin_accounts.search(unit, query.q, query.role, query.state, query.page or 1)
    return page.html("admin/accounts.html", found=found, query=query)


@router.get("/admin/accounts/new")
def show_new(page: Paged) -> Response:
    return page.html("admin/account_new.html", values=EMPTY, errors={}, **_choices(page))


@router.post("/admin/accounts/new")
def invite(page: Paged) -> Response:
    try:
        form = parse(Invite, page.form)
        wanted = Invitation(form.email, form.name, form.role, form.organisation_id)
        with page.writing() as unit:
            account_id = admin_accounts.invite(unit, wanted)
    except Invalid as refusal:
        values = typed_values(page.form, EMPTY)
        template = "admin/account_new.html"
        return form_again(page, template, refusal, values=values, **_choices(page))
    return page.redirect(f"/admin/accounts/{account_id}", notice="admin-invited")


@router.get("/admin/accounts/{account_id}")
def show(page: Paged, account_id: Id) -> Response:
    with page.reading() as unit:
        view = admin_accounts.look_at(unit, account_id)
    return page.html("admin/account.html", view=view, values=_values(view), errors={})


@router.post("/admin/accounts/{account_id}/invite")
def invite_again(page: Paged, account_id: Id) -> Response:
    parse(Nothing, page.form)
    try:
        with page.writing() as unit:
            admin_accounts.invite_again(unit, account_id)
    except Conflict as refusal:
        return _again(page, account_id, refusal)
    return page.redirect(f"/admin/accounts/{account_id}", notice="admin-invited")


@router.post("/admin/accounts/{account_id}/disable")
def disable(page: Paged, account_id: Id) -> Response:
    parse(Nothing, page.form)
    try:
        with page.writing() as unit:
            admin_accounts.disable(unit, account_id)
    except Conflict as refusal:
        return _again(page, account_id, refusal)
    return page.redirect(f"/admin/accounts/{account_id}", notice="admin-saved")


@router.post("/admin/accounts/{account_id}/enable")
def enable(page: Paged, account_id: Id) -> Response:
    parse(Nothing, page.form)
    try:
        with page.writing() as unit:
            admin_accounts.enable(unit, account_id)
    except Conflict as refusal:
        return _again(page, account_id, refusal)
    return page.redirect(f"/admin/accounts/{account_id}", notice="admin-saved")


@router.post("/admin/accounts/{account_id}/role")
def change_role(page: Paged, account_id: Id) -> Response:
    try:
        form = parse(ChangeRole, page.form)
        with page.writing() as unit:
            admin_accounts.change_role(unit, account_id, form.role, form.organisation_id)
    except (Conflict, Invalid) as refusal:
        return _again(page, account_id, refusal)
    return page.redirect(f"/admin/accounts/{account_id}", notice="admin-saved")


def _again(page: Page, account_id: int, refusal: Refusal) -> Response:
    with page.reading() as unit:
        view = admin_accounts.look_at(unit, account_id)
    values = typed_values(page.form, _values(view))
    return form_again(page, "admin/account.html", refusal, view=view, values=values)


def _values(view: admin_accounts.AccountView) -> dict[str, Any]:
    return {"role": view.row.role.value, "organisation_id": view.row.organisation_id or ""}


def _choices(page: Page) -> dict[str, Any]:
    with page.reading() as unit:
        return {"organisations": admin_accounts.organisation_choices(unit)}
