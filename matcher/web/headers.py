"""Headers of every response, errors and redirects included (reliability, section 5)."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HTML_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'"
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
HANDED_IN = frozenset({"application/pdf", "image/png", "image/jpeg"})
"""Kinds of files people upload: opened on their own they may run nothing."""
SILENT = "no-referrer"
"""What a page whose address is a key may ask for in place of the usual policy."""
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PUBLISHED = {"Access-Control-Allow-Origin": "*"}
"""Of what is made for everybody (keys, status lists, contexts): a verifier that is another site's
page may read it too. Nothing that depends on who asks may carry it."""


class SecurityHeaders:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _decorate(scope, MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _decorate(scope: Scope, headers: MutableHeaders) -> None:
    is_silent = headers.get("referrer-policy") == SILENT
    is_published = "access-control-allow-origin" in headers
    for name, value in ALWAYS.items():
        headers[name] = value
    if is_silent:
        headers["Referrer-Policy"] = SILENT
    if is_published:
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    is_html = headers.get("content-type", "text/html").startswith("text/html")
    policy = HTML_POLICY if is_html else DATA_POLICY
    if headers.get("content-type", "") in HANDED_IN:
        policy += "; sandbox"
    if scope["scheme"] == "https":
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        policy += "; upgrade-insecure-requests" if is_html else ""
    headers["Content-Security-Policy"] = policy
    headers.setdefault("Cache-Control", "no-store")
    if is_html:
        headers["Vary"] = "Cookie, HX-Request"
