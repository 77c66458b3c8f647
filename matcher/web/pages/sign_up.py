"""Signing up and confirming the address."""

from typing import Any

from starlette.responses import Response

from matcher.flows import own_consents, sign_up
from matcher.refusal import Invalid, TooMany
from matcher.web.forms.account import LinkPress, SignUp
from matcher.web.forms.base import parse
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.refused import form_again, typed_values

router = pages()
EMPTY: dict[str, Any] = {
    "email": "",
    "name": "",
    "birth_year": "",
    "had_14th_birthday": "",
    "service_consent": "",
    "learning_consent": "",
    "pool_consent": "",
    "sectors": [],
}


@router.get("/signup")
def show(page: Paged) -> Response:
    return page.html("public/signup.html", values=EMPTY, errors={}, **_choices())


@router.post("/signup")
def submit(page: Paged) -> Response:
    values = typed_values(page.form, EMPTY)
    try:
        person = parse(SignUp, page.form).person()
        with page.reading() as unit:
            is_minor = sign_up.check(unit, person)
        hashed = page.services.passwords.hash(person.password)
        with page.writing() as unit:
            sign_up.sign_up(unit, person, hashed)
    except (Invalid, TooMany) as refusal:
        return form_again(page, "public/signup.html", refusal, values=values, **_choices())
    return page.redirect("/signup/sent?minor=1" if is_minor else "/signup/sent")


@router.get("/signup/sent")
def sent(page: Paged) -> Response:
    is_minor = page.request.query_params.get("minor") == "1"
    return page.html("public/signup_sent.html", is_minor=is_minor)


@router.get("/confirm")
def show_confirm(page: Paged, token: str = "") -> Response:
    with page.reading() as unit:
        is_working = sign_up.is_working_link(unit, token)
    return _confirm(page, token[:100], is_working)


@router.post("/confirm")
def confirm(page: Paged) -> Response:
    token = str(page.form.get("token", ""))[:100]
    try:
        form = parse(LinkPress, page.form)
        with page.reading() as unit:
            sign_up.check_confirming(unit, page.services.passwords, form.token, form.password)
        with page.writing() as unit:
            sign_up.confirm(unit, form.token)
    except Invalid as refusal:
        with page.reading() as unit:
            is_working = sign_up.is_working_link(unit, token)
        return _confirm(page, token, is_working, refusal.fields)
    return page.redirect("/login", notice="confirmed")


def _confirm(
    page: Page, token: str, is_working: bool, errors: dict[str, str] | None = None
) -> Response:
    status = 200 if is_working and not errors else 422
    return page.html(
        "public/confirm.html", status, token=token, is_working=is_working, errors=errors or {}
    )


def _choices() -> dict[str, Any]:
    return {"sectors": own_consents.sector_choices()}
