"""What a page handler works with: services, units of work, the form, and how to answer."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from matcher import i18n, rendering
from matcher.actor import Actor
from matcher.db import Unit
from matcher.refusal import NotFound, TooMany
from matcher.web import cookies, origin
from matcher.web.identity import services_of
from matcher.web.notices import NOTICE_COOKIE, notice_text

LONGEST_SOURCE = 64


class Page:
    def __init__(self, request: Request) -> None:
        self.request = request
        self.services = services_of(request)
        self.viewer: Actor | None = getattr(request.state, "actor", None)
        self.retry_after = 0
        """Seconds; whatever page then answers with 429 says them."""

    @property
    def actor(self) -> Actor:
        """The signed-in actor; the gate let nobody else through."""
        if self.viewer is None:
            raise NotFound
        return self.viewer

    @property
    def form(self) -> FormData:
        form: FormData = self.request.state.form
        return form

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        with self._waiting(), self.services.reading(*self._asker) as unit:
            yield unit

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        with self._waiting(), self.services.writing(*self._asker) as unit:
            yield unit

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        try:
            yield
        except TooMany as refusal:
            self.retry_after = refusal.retry_after
            raise

    @property
    def _asker(self) -> tuple[Actor | None, str, str]:
        return self.viewer, self._request_id, self.source

    @property
    def source(self) -> str:
        """Where the request came from, cut where a forwarded address goes on too long."""
        return self.request.client.host[:LONGEST_SOURCE] if self.request.client else ""

    @property
    def _request_id(self) -> str:
        return str(getattr(self.request.state, "request_id", ""))

    def html(
        self, template: str, status: int = 200, block: str | None = None, **context: Any
    ) -> Response:
        """The whole page, or only `block` of it when htmx asks for a part."""
        values = {**self._common(), "status": status, **context}
        if block is not None and "hx-request" in self.request.headers:
            body = rendering.render_block(template, block, values)
        else:
            body = rendering.render(template, values)
        response = HTMLResponse(body, status)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            response.headers["Retry-After"] = str(self.retry_after)
        self._refresh(response)
        return response

    def redirect(self, path: str, notice: str | None = None) -> Response:
        """Answer a good POST: 303 to a path of ours, with a notice shown once there."""
        response = RedirectResponse(path, 303)
        if notice is not None:
            cookies.put(self.request, response, NOTICE_COOKIE, notice, 60)
        self._refresh(response)
        return response

    def _common(self) -> Mapping[str, Any]:
        request, settings = self.request, self.services.settings
        if not getattr(request.state, "browser", ""):
            request.state.browser = request.state.new_visitor = secrets.token_urlsafe(24)
        return {
            "site": {
                "demo": settings.demo,
                "name": i18n.gettext("오름"),
                "today": self.services.clock.today(),
                "operator_type": settings.operator_type.value,
                "operator_name": settings.operator_name,
            },
            "viewer": self.viewer,
            "request_path": path_and_query(request),
            "language": i18n.current_language(),
            "theme": request.state.theme,
            "csrf": origin.form_token(request, settings.secret),
            "notice": notice_text(request.cookies.get(NOTICE_COOKIE)),
        }

    def _refresh(self, response: Response) -> None:
        """Move the idle clock, hand a new visitor their cookie, and use a notice up."""
        request, secret = self.request, self.services.settings.secret
        state = request.state
        if getattr(state, "new_visitor", None):
            cookies.put(request, response, cookies.anonymous_name(request), state.new_visitor, None)
        now, ticket = self.services.clock.now(), getattr(state, "ticket", None)
        if ticket is not None and (now - ticket.seen_at).total_seconds() > 60:
            packed = cookies.pack(secret, ticket.token, now)
            cookies.put(request, response, cookies.session_name(request), packed, None)
        if NOTICE_COOKIE in request.cookies and response.status_code == 200:
            cookies.drop(request, response, NOTICE_COOKIE)


def path_and_query(request: Request) -> str:
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")


Paged = Annotated[Page, Depends(Page)]
