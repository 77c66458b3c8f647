"""The session cookie: a random id, the minute it was last seen, and a signature.

The idle clock travels in the cookie, because a GET must not write a row to move it.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import Response

LANGUAGE = "oreum-language"
THEME = "oreum-theme"
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Ticket:
    token: str
    seen_at: datetime


def is_plain_loopback(request: Request) -> bool:
    """Whether this is http on this very machine; only then the cookie goes without Secure."""
    host = request.url.hostname or ""
    if request.url.scheme != "http":
        return False
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def session_name(request: Request) -> str:
    return "session" if is_plain_loopback(request) else "__Host-session"


def anonymous_name(request: Request) -> str:
    return "visitor" if is_plain_loopback(request) else "__Host-visitor"


def sign(secret: str, purpose: str, text: str) -> str:
    message = f"{purpose}:{text}".encode()
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def pack(secret: str, token: str, now: datetime) -> str:
    seen = f"{token}.{int(now.timestamp())}"
    return f"{seen}.{sign(secret, 'ticket', seen)}"


def unpack(secret: str, value: str | None) -> Ticket | None:
    """The ticket in a cookie, or None when it is absent, odd or forged."""
    if not value or len(value) > 300 or value.count(".") != 2:
        return None
    seen, signature = value.rsplit(".", 1)
    if not hmac.compare_digest(sign(secret, "ticket", seen).encode(), signature.encode()):
        return None
    token, moment = seen.split(".")
    return Ticket(token, datetime.fromtimestamp(int(moment), UTC))


def put(request: Request, response: Response, name: str, value: str, max_age: int | None) -> None:
    response.set_cookie(
        name,
        value,
        max_age=max_age,
        path="/",
        secure=not is_plain_loopback(request),
        httponly=True,
        samesite="lax",
    )


def drop(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(
        name, path="/", secure=not is_plain_loopback(request), httponly=True, samesite="lax"
    )


def is_stale(ticket: Ticket, now: datetime, idle: timedelta) -> bool:
    return now - ticket.seen_at > idle
