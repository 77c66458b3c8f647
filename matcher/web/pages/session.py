"""The sign-in form and signing out."""

from pydantic import Field
from starlette.responses import Response

from matcher.flows import sign_in
from matcher.refusal import Invalid, TooMany
from matcher.web import cookies
from matcher.web.forms.base import Form, parse
from matcher.web.gates import pages
from matcher.web.identity import digest
from matcher.web.next_path import safe_next
from matcher.web.page import Page, Paged
from models.account import Role

router = pages()
HOME = {
    Role.YOUTH: "/youth",
    Role.COORDINATOR: "/coordinator",
    Role.CENTRE: "/centre",
    Role.PARTNER: "/partner",
    Role.ADMIN: "/admin",
}


class SignIn(Form):
    email: str = Field(max_length=254)
    password: str = Field(max_length=200)
    next: str = "/"


@router.get("/login")
def show(page: Paged, next: str = "/") -> Response:
    return _form(page, {"email": "", "next": safe_next(next)}, {}, 200)


@router.post("/login")
def submit(page: Paged) -> Response:
    typed = {key: str(value) for key, value in page.form.items()}
    values = {"email": typed.get("email", ""), "next": safe_next(typed.get("next"))}
    try:
        form = parse(SignIn, page.form)
        with page.reading() as unit:
            account_id = sign_in.check_password(
                unit, page.services.passwords, form.email, form.password
            )
    except TooMany as refusal:
        response = _form(page, values, {"": refusal.message}, 429)
        response.headers["Retry-After"] = str(refusal.retry_after)
        return response
    except Invalid as refusal:
        with page.writing() as unit:
            sign_in.note_failure(unit, values["email"])
        return _form(page, values, refusal.fields, 422)
    return _signed_in(page, account_id, values["next"])


def _signed_in(page: Page, account_id: int, target: str) -> Response:
    request, services = page.request, page.services
    with page.writing() as unit:
        browser = request.headers.get("user-agent", "")
        token, actor = sign_in.open_session(unit, account_id, browser)
    response = page.redirect(target if target != "/" else HOME[actor.role])
    packed = cookies.pack(services.settings.secret, token, services.clock.now())
    cookies.put(request, response, cookies.session_name(request), packed, None)
    cookies.drop(request, response, cookies.anonymous_name(request))
    cookies.put(request, response, cookies.LANGUAGE, actor.language, cookies.YEAR)
    return response


@router.post("/logout")
def sign_out(page: Paged) -> Response:
    ticket = page.request.state.ticket
    with page.writing() as unit:
        sign_in.close_session(unit, digest(ticket.token))
    page.request.state.ticket = None
    response = page.redirect("/", notice="signed-out")
    cookies.drop(page.request, response, cookies.session_name(page.request))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _form(page: Page, values: dict[str, str], errors: dict[str, str], status: int) -> Response:
    return page.html("public/login.html", status, values=values, errors=errors)
