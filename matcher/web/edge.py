"""What is refused before any page code runs: unknown hosts, oversized heads, odd encodings."""

import re

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEAD_LIMIT = 32_768
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{0,5})?")
URL_LIMIT = 8_192


class Edge:
    """Host allow-list, head and URL size caps; HEAD answered like GET without its body."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], body_limit: int) -> None:
        self.app = app
        self.hosts = hosts
        self.body_limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            status, words = refusal
            await _refused(scope, status, words)(scope, receive, send)
        elif scope["method"] == "HEAD":
            await self.app({**scope, "method": "GET"}, receive, _bodiless(send))
        else:
            await self.app(
                scope,
                _counted(receive, self.body_limit, int(headers.get("content-length", "0"))),
                send,
            )

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        raw = scope["headers"]
        if sum(len(name) + len(value) for name, value in raw) > HEAD_LIMIT:
            return 431, "Request header fields too large"
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > URL_LIMIT:
            return 414, "URI too long"
        hosts = [value for name, value in raw if name == b"host"]
        if len(hosts) != 1 or _host_name(hosts[0].decode("latin-1")) not in self.hosts:
            return 400, "Unknown host"
        length = headers.get("content-length", "0")
        if not length.isdigit():
            return 400, "Bad content length"
        if headers.get("content-encoding", "identity") != "identity":
            return 415, "Unsupported content encoding"
        if b"%00" in (scope.get("raw_path") or b"") or b"%00" in scope["query_string"]:
            return 400, "NUL byte"
        return None


def _refused(scope: Scope, status: int, words: str) -> Response:
    """A line for browsers, problem details for programs."""
    if not scope["path"].startswith("/api/"):
        return PlainTextResponse(words, status)
    body = {
        "type": "urn:oreum:problem:edge",
        "title": words,
        "status": status,
        "detail": words,
        "request_id": scope.get("state", {}).get("request_id", ""),
    }
    return JSONResponse(body, status, media_type="application/problem+json")


def _host_name(host: str) -> str:
    """The name part of a Host header, lower case; "" when more than a port follows it."""
    found = HOST.fullmatch(host.lower())
    return found[1] if found else ""


def _counted(receive: Receive, limit: int, declared: int) -> Receive:
    """A body that says it is too large is refused before any of it is read, one that does not say
    is cut off there; in the pages' own words, for choosing too large a file is nothing odd."""
    seen = 0

    async def receive_counted() -> Message:
        nonlocal seen
        if declared > limit:
            raise HTTPException(413)
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise HTTPException(413)
        return message

    return receive_counted


def _bodiless(send: Send) -> Send:
    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_head
