"""A forgotten password: ask for a link, follow it, set a new one. Invitations end here too."""

from starlette.responses import Response

from matcher.flows import reset_password
from matcher.refusal import Invalid, TooMany
from matcher.web.forms.account import AskReset, NewPassword
from matcher.web.forms.base import parse
from matcher.web.gates import pages
from matcher.web.page import Page, Paged
from matcher.web.refused import form_again, typed_values

router = pages()


@router.get("/reset")
def show(page: Paged) -> Response:
    return page.html("public/reset.html", values={"email": ""}, errors={})


@router.post("/reset")
def ask(page: Paged) -> Response:
    values = typed_values(page.form, {"email": ""})
    try:
        form = parse(AskReset, page.form)
        with page.writing() as unit:
            reset_password.ask(unit, form.email)
    except (Invalid, TooMany) as refusal:
        return form_again(page, "public/reset.html", refusal, values=values)
    return page.redirect("/reset/sent")


@router.get("/reset/sent")
def sent(page: Paged) -> Response:
    return page.html("public/reset_sent.html")


@router.get("/reset/new")
def show_new(page: Paged, token: str = "") -> Response:
    return _form(page, token[:100], {}, 200)


@router.post("/reset/new")
def submit_new(page: Paged) -> Response:
    token = str(page.form.get("token", ""))[:100]
    try:
        form = parse(NewPassword, page.form)
        with page.reading() as unit:
            reset_password.check(unit, form.token, form.password)
        hashed = page.services.passwords.hash(form.password)
        with page.writing() as unit:
            reset_password.set_password(unit, form.token, hashed)
    except Invalid as refusal:
        return _form(page, token, refusal.fields, 422)
    return page.redirect("/login", notice="password-set")


def _form(page: Page, token: str, errors: dict[str, str], status: int) -> Response:
    with page.reading() as unit:
        link = reset_password.look_up(unit, token)
    if link is None:
        return page.html("public/reset_dead.html", 422)
    return page.html("public/reset_new.html", status, token=token, link=link, errors=errors)
