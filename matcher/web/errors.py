"""Every refusal as a page in the reader's language, or as problem+json under /api."""

from typing import Any
from urllib.parse import quote, urlsplit

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matcher.i18n import gettext as _
from matcher.refusal import ConsentNeeded, Invalid, NotFound, NoticeNeeded, Refusal, TooMany
from matcher.web.forms.base import message
from matcher.web.identity import BadOrigin, LoginNeeded, is_api
from matcher.web.next_path import safe_next
from matcher.web.page import Page, path_and_query
from matcher.web.refused import STATUS

log = structlog.get_logger(__name__)


def install(app: FastAPI) -> None:
    app.add_exception_handler(Refusal, on_refusal)
    app.add_exception_handler(NoticeNeeded, on_notice_needed)
    app.add_exception_handler(ConsentNeeded, on_consent_needed)
    app.add_exception_handler(RequestValidationError, on_validation)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(LoginNeeded, on_login_needed)
    app.add_exception_handler(BadOrigin, on_bad_origin)
    app.add_exception_handler(OperationalError, on_database)


class CrashPages:
    """The innermost layer: a crash becomes a page with every header, in the reader's language."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_started = False

        async def send_noted(message: Message) -> None:
            nonlocal has_started
            has_started = has_started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        except Exception as error:
            if scope["type"] != "http" or has_started:
                raise
            response = await on_crash(Request(scope, receive), error)
            await response(scope, receive, send)


def answer(
    request: Request,
    status: int,
    code: str,
    message: str = "",
    fields: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """One shape for all errors: a page with words, or RFC 9457 problem details."""
    words = message or _titles().get(status, _titles()[400])
    if is_api(request):
        body: dict[str, Any] = {
            "type": f"urn:oreum:problem:{code}",
            "title": _titles().get(status, words),
            "status": status,
            "detail": words,
            "request_id": request.state.request_id,
        }
        if fields:
            body["errors"] = [{"field": key, "message": text} for key, text in fields.items()]
        return JSONResponse(body, status, headers, "application/problem+json")
    title = _titles().get(status, _titles()[400])
    details = list(fields.values()) if fields else []
    response = Page(request).html(
        "errors/error.html",
        status,
        title=title,
        message=message,
        details=details,
        reference=request.state.request_id,
    )
    response.headers.update(headers or {})
    return response


async def on_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    status = STATUS.get(type(error), 400)
    if isinstance(error, NotFound):
        return answer(request, 404, "not_found")
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany) else None
    fields = error.fields if isinstance(error, Invalid) else None
    return answer(request, status, error.code, error.message, fields, headers)


async def on_validation(request: Request, error: Exception) -> Response:
    """A number out of range in a path names nothing (404); anything else is 422 by field."""
    assert isinstance(error, RequestValidationError)
    problems = error.errors()
    if any(item["loc"][0] == "path" and item["type"] == "no_such_id" for item in problems):
        return answer(request, 404, "not_found")
    fields = {
        ".".join(str(part) for part in item["loc"][1:]): message(
            item["type"], item.get("ctx") or {}
        )
        for item in problems
    }
    return answer(request, 422, "invalid", " ".join(dict.fromkeys(fields.values())), fields)


async def on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}
    headers = dict(error.headers or {})
    return answer(request, error.status_code, code.get(error.status_code, "http"), headers=headers)


async def on_login_needed(request: Request, error: Exception) -> Response:
    if is_api(request):
        headers = {"WWW-Authenticate": "Bearer"}
        return answer(request, 401, "login_needed", _("먼저 로그인해 주세요."), headers=headers)
    return RedirectResponse(f"/login?next={quote(_way_back(request), safe='')}", 303)


def _way_back(request: Request) -> str:
    """The page asked for, or the page whose form was sent."""
    if request.method == "GET":
        return path_and_query(request)
    try:
        sent_from = urlsplit(request.headers.get("referer", "")).path
    except ValueError:  # an unfinished [address]
        return "/"
    return safe_next(sent_from or None)


async def on_notice_needed(request: Request, error: Exception) -> Response:
    if is_api(request):
        return answer(request, 403, "notice_needed", _("먼저 안내를 읽어 주세요."))
    return RedirectResponse("/youth/notice", 303)


async def on_consent_needed(request: Request, error: Exception) -> Response:
    """Withdrawn consent ends scoring; the page where it can be given again says so."""
    message = _("서비스 이용 동의가 없어서 점수를 매기거나 보내지 않아요.")
    if is_api(request):
        return answer(request, 403, "consent_needed", message)
    return Page(request).redirect("/account/consents", notice="consent-needed")


async def on_bad_origin(request: Request, error: Exception) -> Response:
    log.warning("refused_origin", request_id=request.state.request_id)
    message = _("양식이 오래되었어요. 이전 화면을 새로 열고 다시 보내 주세요.")
    return answer(request, 403, "bad_origin", message)


async def on_database(request: Request, error: Exception) -> Response:
    log.error(
        "database_unavailable", request_id=request.state.request_id, kind=type(error).__name__
    )
    message = _("지금은 저장소가 바빠요. 잠시 뒤에 다시 해 주세요. 저장된 것은 없어요.")
    return answer(request, 503, "busy", message, headers={"Retry-After": "5"})


async def on_crash(request: Request, error: Exception) -> Response:
    log.error("crash", request_id=request.state.request_id, exc_info=error)
    return answer(request, 500, "crash")


def _titles() -> dict[int, str]:
    return {
        400: _("요청을 읽을 수 없어요."),
        401: _("먼저 로그인해 주세요."),
        403: _("이 일은 할 수 없어요."),
        404: _("찾을 수 없어요."),
        405: _("여기서는 쓸 수 없는 방법이에요."),
        409: _("그 사이에 바뀌었어요."),
        413: _("보낸 것이 너무 커요."),
        415: _("이 형식은 받을 수 없어요."),
        422: _("고쳐 적을 곳이 있어요."),
        429: _("잠시 뒤에 다시 해 주세요."),
        500: _("저희 쪽에서 문제가 생겼어요."),
        503: _("잠시 쉬고 있어요."),
    }
