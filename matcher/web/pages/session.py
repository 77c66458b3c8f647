"""The sign-in form and signing out."""

from starlette.responses import Response

from matcher.actor import Actor
from matcher.flows import sign_in
from matcher.refusal import Invalid, TooMany
from matcher.web import cookies
from matcher.web.forms.account import SignIn
from matcher.web.forms.base import parse
from matcher.web.gates import pages
from matcher.web.identity import digest
from matcher.web.next_path import safe_next
from matcher.web.page import Page, Paged
from matcher.web.refused import form_again
from models.account import Role

router = pages()
HOME = {
    Role.YOUTH: "/youth",
    Role.COORDINATOR: "/coordinator",
    Role.CENTRE: "/centre",
    Role.PARTNER: "/partner",
    Role.ADMIN: "/admin",
}


@router.get("/login")
def show(page: Paged, next: str = "/") -> Response:
    values = {"email": "", "next": safe_next(next)}
    return page.html("public/login.html", values=values, errors={})


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
    except (Invalid, TooMany) as refusal:
        if isinstance(refusal, Invalid):
            with page.writing() as unit:
                sign_in.note_failure(unit, values["email"])
        return form_again(page, "public/login.html", refusal, values=values)
    return _signed_in(page, account_id, values["next"])


def _signed_in(page: Page, account_id: int, target: str) -> Response:
    token, actor = new_session(page, account_id)
    home = HOME[actor.role] if target == "/" else target
    with page.reading() as unit:
        if sign_in.needs_notice(unit, actor):
            home = "/youth/notice"
    response = page.redirect(home)
    put_session(page, response, token)
    if cookies.LANGUAGE not in page.request.cookies:  # a language chosen by hand wins
        cookies.put(page.request, response, cookies.LANGUAGE, actor.language, cookies.YEAR)
    return response


def new_session(page: Page, account_id: int) -> tuple[str, Actor]:
    """The session this browser had, if any, ends with it."""
    ticket, page.request.state.ticket = page.request.state.ticket, None
    with page.writing() as unit:
        if ticket is not None:
            sign_in.close_session(unit, digest(ticket.token))
        browser = page.request.headers.get("user-agent", "")
        return sign_in.open_session(unit, account_id, browser)


def put_session(page: Page, response: Response, token: str) -> None:
    request, services = page.request, page.services
    packed = cookies.pack(services.settings.secret, token, services.clock.now())
    cookies.put(request, response, cookies.session_name(request), packed, None)
    cookies.drop(request, response, cookies.anonymous_name(request))


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
