"""A person's own account: name, language, password, erasing."""

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from matcher.db import Unit
from matcher.flows import erasure, own_account
from matcher.refusal import Conflict, Invalid, Refusal, TooMany
from matcher.web import cookies
from matcher.web.forms.account import ChangePassword, Confirmed, OwnAccount
from matcher.web.forms.base import parse
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.pages.session import new_session, put_session
from matcher.web.refused import form_again, typed_values

router = pages()


@router.get("/account")
def show(page: Paged) -> Response:
    return page.html("account/home.html", errors={}, **_context(page))


@router.post("/account/profile")
def change(page: Paged) -> Response:
    try:
        form = parse(OwnAccount, page.form)
    except Invalid as refusal:
        values = typed_values(page.form, {"name": "", "language": ""})
        return form_again(page, "account/home.html", refusal, **_context(page, values))
    with page.writing() as unit:
        own_account.change(unit, form.name, form.language)
    response = page.redirect("/account", notice="saved")
    cookies.put(page.request, response, cookies.LANGUAGE, form.language, cookies.YEAR)
    return response


@router.post("/account/password")
def change_password(page: Paged) -> Response:
    """Every session ends; this browser gets a new one."""
    passwords = page.services.passwords

    def checked(unit: Unit, form: ChangePassword) -> None:
        own_account.check_new_password(unit, passwords, form.current, form.password)

    try:
        form = parse(ChangePassword, page.form)
        _ask_again(page, lambda unit: checked(unit, form))
    except (Invalid, TooMany) as refusal:
        return form_again(page, "account/home.html", refusal, **_context(page))
    hashed = passwords.hash(form.password)
    with page.writing() as unit:
        own_account.set_password(unit, hashed)
    token, _actor = new_session(page, page.actor.account_id)
    response = page.redirect("/account", notice="password-changed")
    put_session(page, response, token)
    return response


@router.get("/account/erase")
def show_erase(page: Paged) -> Response:
    return page.html("account/erase.html", errors={})


@router.post("/account/erase")
def erase(page: Paged) -> Response:
    passwords = page.services.passwords

    def checked(unit: Unit, form: Confirmed) -> None:
        own_account.refuse_wrong_password(unit, passwords, form.current)

    try:
        form = parse(Confirmed, page.form)
        _ask_again(page, lambda unit: checked(unit, form))
        with page.writing() as unit:
            erasure.erase_own(unit)
    except (Invalid, TooMany, Conflict) as refusal:
        return form_again(page, "account/erase.html", refusal)
    erasure.wipe(page.services.database)
    page.request.state.ticket = None
    response = page.redirect("/", notice="erased")
    cookies.drop(page.request, response, cookies.session_name(page.request))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _ask_again(page: Page, check: Callable[[Unit], None]) -> None:
    """Ask for the password once more; wrong answers are counted in a transaction of their own."""
    try:
        with page.reading() as unit:
            check(unit)
    except Refusal as refusal:
        if isinstance(refusal, Invalid) and "current" in refusal.fields:
            with page.writing() as unit:
                own_account.note_wrong_password(unit)
        raise


def _context(page: Page, values: dict[str, Any] | None = None) -> dict[str, Any]:
    with page.reading() as unit:
        own = own_account.overview(unit)
    return {"own": own, "values": values or {"name": own.name, "language": own.language}}
