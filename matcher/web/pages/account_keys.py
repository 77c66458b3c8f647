"""Where a person is signed in, and their access tokens."""

from datetime import timedelta
from typing import Any

from starlette.responses import Response

from matcher.flows import own_keys
from matcher.refusal import Conflict, Invalid
from matcher.web.forms.account import NewToken, Nothing
from matcher.web.forms.base import parse
from matcher.web.gates import pages
from matcher.web.identity import digest
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import form_again, typed_values

router = pages()


@router.get("/account/sessions")
def sessions(page: Paged) -> Response:
    with page.reading() as unit:
        found = own_keys.sessions(unit, _this(page))
    return page.html("account/sessions.html", sessions=found)


@router.post("/account/sessions/end-others")
def end_others(page: Paged) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        own_keys.end_other_sessions(unit, _this(page))
    return page.redirect("/account/sessions", notice="session-ended")


@router.post("/account/sessions/{session_id}/end")
def end_one(page: Paged, session_id: Id) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        own_keys.end_session(unit, session_id)
    return page.redirect("/account/sessions", notice="session-ended")


@router.get("/account/tokens")
def tokens(page: Paged) -> Response:
    return page.html("account/tokens.html", errors={}, **_tokens(page))


@router.post("/account/tokens")
def create(page: Paged) -> Response:
    """Answers with the page itself, because the token is shown this once and stored nowhere."""
    try:
        form = parse(NewToken, page.form)
        with page.writing() as unit:
            token = own_keys.create_token(unit, form.name, form.expires_on)
    except (Invalid, Conflict) as refusal:
        values = typed_values(page.form, {"name": "", "expires_on": ""})
        return form_again(page, "account/tokens.html", refusal, **_tokens(page, values=values))
    return page.html("account/tokens.html", errors={}, **_tokens(page, new_token=token))


@router.post("/account/tokens/{token_id}/revoke")
def revoke(page: Paged, token_id: Id) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        own_keys.revoke_token(unit, token_id)
    return page.redirect("/account/tokens", notice="token-revoked")


def _tokens(
    page: Page, new_token: str = "", values: dict[str, Any] | None = None
) -> dict[str, Any]:
    with page.reading() as unit:
        found, today = own_keys.tokens(unit), unit.today
    return {
        "tokens": found,
        "new_token": new_token,
        "first_day": today + timedelta(days=1),
        "last_day": today + timedelta(days=366),
        "values": values or {"name": "", "expires_on": today + timedelta(days=90)},
    }


def _this(page: Page) -> str:
    return digest(page.request.state.ticket.token)
