"""Per-request surroundings: request id, language, theme, and one log line."""

import secrets
import time

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matcher import i18n
from matcher.web import cookies

log = structlog.get_logger("matcher.request")
COOKIELESS = "/api/"
"""Here cookies are neither read nor set."""
DESKS = ("coordinator", "centre", "partner", "admin", "answer", "shared", "facts")
"""First words of addresses whose pages are written in 합니다체."""
THEMES = ("auto", "light", "dark", "contrast")


class RequestContext:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request, started, status = Request(scope), time.perf_counter(), 0
        state = request.state
        state.request_id = secrets.token_hex(8)
        state.theme = _theme(request)
        language = _language(request)

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = state.request_id
                if not scope["path"].startswith(COOKIELESS):
                    _remember_look(request, headers)
                if headers.get("content-type", "").startswith(("text/html", "application/problem")):
                    headers["Content-Language"] = language
            await send(message)

        try:
            with i18n.use_language(language), i18n.use_formal_korean(_is_desk(scope["path"])):
                await self.app(scope, receive, send_noted)
        finally:
            if hasattr(state, "form"):
                await state.form.close()  # uploaded files end with the request, answered or not
        route = scope.get("route")
        log.info(
            "request",
            request_id=state.request_id,
            method=scope["method"],
            route=getattr(route, "path", "unmatched"),
            status=status,
            ms=round((time.perf_counter() - started) * 1000, 1),
        )


def _is_desk(path: str) -> bool:
    return path.removeprefix("/").partition("/")[0] in DESKS


def _theme(request: Request) -> str:
    asked = _theme_or_none(request.query_params.get("theme"))
    return asked or _theme_or_none(request.cookies.get(cookies.THEME)) or "auto"


def _theme_or_none(value: str | None) -> str | None:
    return value if value in THEMES else None


def _remember_look(request: Request, headers: MutableHeaders) -> None:
    """`?lang=en` and `?theme=dark` are plain links; a cookie keeps what they chose."""
    chosen = {
        cookies.LANGUAGE: i18n.language_or_none(request.query_params.get("lang")),
        cookies.THEME: _theme_or_none(request.query_params.get("theme")),
    }
    secure = "" if cookies.is_plain_loopback(request) else "; Secure"
    for name, value in chosen.items():
        if value is not None:
            cookie = f"{name}={value}; Path=/; Max-Age={cookies.YEAR}; HttpOnly; SameSite=Lax"
            headers.append("set-cookie", cookie + secure)


def _language(request: Request) -> i18n.Language:
    is_page = not request.url.path.startswith(COOKIELESS)
    return i18n.language_from(
        query=request.query_params.get("lang"),
        cookie=request.cookies.get(cookies.LANGUAGE) if is_page else None,
        accept_language=request.headers.get("accept-language"),
    )
