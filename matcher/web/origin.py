"""Same-origin check and form token: both must hold before an unsafe request does anything."""

import hmac
from urllib.parse import urlsplit

from starlette.requests import Request

from matcher.web import cookies

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_same_origin(request: Request) -> bool:
    """Sec-Fetch-Site first, else Origin against Host; neither = not a browser: token decides."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:  # an unfinished [address]
        return False
    return parts.scheme == request.url.scheme and parts.netloc == request.headers.get("host")


def form_token(request: Request, secret: str) -> str:
    """The token of this browser: bound to its session, or to its visitor cookie before sign-in."""
    return cookies.sign(secret, "form", request.state.browser)


def is_form_token(request: Request, secret: str, value: str | None) -> bool:
    if not value:
        return False
    return hmac.compare_digest(form_token(request, secret).encode(), value.encode())
