"""The host of a badge (Credly). Off until its operator names hosts; asked by a job only.

A badge's link comes from a stranger, so it decides nothing but which badge of a named host is
asked for: https, port 443, a host of the list letter by letter, an address of the open internet
checked and then connected to, no redirect, no proxy, five seconds and a megabyte in all.
"""

import http.client
import ipaddress
import json
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from matcher.gateways.timed_reading import Cut, Timed

PORT: Final = 443
SECONDS: Final = 5.0
"""For everything together: the name, the connection, both answers."""
MOST_BYTES: Final = 1024 * 1024
"""Of one answer, its head included."""
LONGEST: Final = 500
PAGES: Final = {"www.credly.com": ("api.credly.com", "/v1/obi/v2/badge_assertions/")}
"""Hosts whose pages people paste: where the same badge is told as JSON."""
_UUID: Final = r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_PAGE: Final = re.compile(rf"/badges/{_UUID}(?:/public_url)?/?", re.IGNORECASE)
_ASSERTION: Final = re.compile(_UUID, re.IGNORECASE)
_PATH: Final = re.compile(r"/[A-Za-z0-9._~!$&'()*+,;=:%/-]*")
_QUERY: Final = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:%/?-]*")
_JSON: Final = re.compile(r"application/(?:[a-z0-9.-]+\+)?json\s*(?:;.*)?", re.IGNORECASE)
_GONE: Final = frozenset({401, 403, 404, 410})
_NOT_OPEN: Final = tuple(
    ipaddress.ip_network(each)
    for each in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16")
)
"""Relays and tunnels: an address in them can stand for a private one."""
_OPEN_V6: Final = ipaddress.ip_network("2000::/3")
_DOCUMENTATION: Final = ipaddress.ip_network("3fff::/20")


class BadgeRefused(Exception):
    """No badge came. `reason`: off, not_allowed, not_found (private or gone), unreachable,
    too_large or not_json; it tells nothing about the network behind it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class FetchedBadge:
    address: str
    """Where it was asked for: what a badge without signature must name as its own id."""
    data: bytes
    """The assertion as JSON; the badge class stands in it where the host keeps it apart."""


class BadgeHost(Protocol):
    @property
    def is_on(self) -> bool: ...

    def address_of(self, link: str) -> str:
        """The address a pasted link stands for. Asks nobody. Raises BadgeRefused."""
        ...

    def fetch(self, link: str) -> FetchedBadge:
        """Takes up to five seconds: never in a request. Raises BadgeRefused."""
        ...


class NullBadgeHost:
    is_on = False

    def address_of(self, link: str) -> str:
        raise BadgeRefused("off")

    def fetch(self, link: str) -> FetchedBadge:
        raise BadgeRefused("off")


@dataclass(frozen=True)
class _Target:
    host: str
    path: str

    @property
    def address(self) -> str:
        return f"https://{self.host}{self.path}"


def resolve(host: str) -> Sequence[str]:
    """Every address of the name, asked once. Raises OSError."""
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def dial(address: str, seconds: float, port: int = PORT) -> socket.socket:
    """A connection to exactly this address: a number needs no name server."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        connection.connect((address, port))
    except BaseException:
        connection.close()
        raise
    return connection


def is_open(address: str) -> bool:
    """Whether the address lies in the open internet and cannot stand for another one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if not found.is_global or found.is_multicast or found.is_reserved:
        return False
    if any(found in each for each in _NOT_OPEN if each.version == found.version):
        return False
    if isinstance(found, ipaddress.IPv6Address):
        return found.scope_id is None and found in _OPEN_V6 and found not in _DOCUMENTATION
    return True


@dataclass(frozen=True)
class HttpBadgeHost:
    hosts: frozenset[str]
    resolver: Callable[[str], Sequence[str]] = resolve
    dialler: Callable[[str, float], socket.socket] = dial
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context
    seconds: float = SECONDS
    is_on = True

    def address_of(self, link: str) -> str:
        return self._badge(link).address

    def fetch(self, link: str) -> FetchedBadge:
        target = self._badge(link)
        until = time.monotonic() + self.seconds
        assertion = self._document(target, until)
        return FetchedBadge(target.address, _bytes(self._with_class(assertion, until)))

    def _badge(self, link: str) -> _Target:
        """A page of a badge becomes the address of its JSON, and where that is known nothing else
        of the host is asked for: it may tell what its users wrote. Any other link is its own."""
        target = self._target(link)
        if target.host in PAGES:
            return self._told_as_json(target, PAGES[target.host], _PAGE)
        for told in PAGES.values():
            if told[0] == target.host:
                return self._told_as_json(target, told, _ASSERTION)
        return target

    def _told_as_json(
        self, target: _Target, told: tuple[str, str], form: re.Pattern[str]
    ) -> _Target:
        host, folder = told
        badge = form.fullmatch(target.path.partition("?")[0].removeprefix(folder))
        if badge is None or host not in self.hosts:
            raise BadgeRefused("not_allowed")
        return _Target(host, folder + badge[1].lower())

    def _target(self, link: str) -> _Target:
        """Raises BadgeRefused for everything but a plain https address of a host of the list."""
        if not 0 < len(link) <= LONGEST or not link.isascii() or not link.isprintable():
            raise BadgeRefused("not_allowed")
        if any(letter in link for letter in " \\@"):
            raise BadgeRefused("not_allowed")
        try:
            parts = urlsplit(link)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise BadgeRefused("not_allowed") from None
        is_plain = parts.scheme == "https" and port in (None, PORT) and host in self.hosts
        is_plain = is_plain and parts.netloc.lower() in (host, f"{host}:{PORT}")
        if not is_plain or not _PATH.fullmatch(parts.path) or not _QUERY.fullmatch(parts.query):
            raise BadgeRefused("not_allowed")
        return _Target(str(host), parts.path + (f"?{parts.query}" if parts.query else ""))

    def _with_class(self, assertion: dict[str, Any], until: float) -> dict[str, Any]:
        """The badge class in place of its address, when it is on the same host."""
        address = assertion.get("badge")
        if not isinstance(address, str):
            return assertion
        target = self._target(address)
        kind = self._document(target, until)
        if kind.setdefault("id", address) != address:
            raise BadgeRefused("not_json")
        return {**assertion, "badge": kind}

    def _document(self, target: _Target, until: float) -> dict[str, Any]:
        try:
            with self._connect(target.host, until) as connection:
                return _parsed(_ask(connection, target, until))
        except Cut:
            raise BadgeRefused("too_large") from None
        except (OSError, http.client.HTTPException):
            raise BadgeRefused("unreachable") from None

    def _connect(self, host: str, until: float) -> ssl.SSLSocket:
        """Every address the name has must be open; one of them is then connected to, by number."""
        addresses = _in_time(lambda: self.resolver(host), until)
        if not addresses or not all(map(is_open, addresses)):
            raise BadgeRefused("unreachable")
        plain = self._first(addresses, until)
        try:
            plain.settimeout(_left(until))
            return self.context().wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise

    def _first(self, addresses: Sequence[str], until: float) -> socket.socket:
        for waiting in range(len(addresses), 0, -1):
            address = addresses[len(addresses) - waiting]
            try:
                return self.dialler(address, _left(until) / waiting)
            except OSError:
                continue
        raise BadgeRefused("unreachable")


def _ask(connection: ssl.SSLSocket, target: _Target, until: float) -> bytes:
    request = (
        f"GET {target.path} HTTP/1.1\r\nHost: {target.host}\r\nAccept: application/json\r\n"
        "Accept-Encoding: identity\r\nUser-Agent: Oreum badge check\r\nConnection: close\r\n\r\n"
    )
    connection.settimeout(_left(until))
    connection.sendall(request.encode("ascii"))
    timed: Any = Timed(connection, until, MOST_BYTES)
    answer = http.client.HTTPResponse(timed, method="GET")
    try:
        answer.begin()
        _accept(answer)
        return answer.read()
    finally:
        answer.close()


def _accept(answer: http.client.HTTPResponse) -> None:
    """Raises BadgeRefused for anything but one plain JSON document; a redirect is not followed."""
    if answer.status in _GONE:
        raise BadgeRefused("not_found")
    if answer.status != http.client.OK:
        raise BadgeRefused("unreachable")
    if answer.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise BadgeRefused("not_json")
    if not _JSON.fullmatch(answer.headers.get("Content-Type", "").strip()):
        raise BadgeRefused("not_json")


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise BadgeRefused("not_json") from None
    if not isinstance(found, dict):
        raise BadgeRefused("not_json")
    return found


def _bytes(document: dict[str, Any]) -> bytes:
    try:
        return json.dumps(document, ensure_ascii=False, sort_keys=True).encode()
    except (ValueError, RecursionError):
        raise BadgeRefused("not_json") from None


def _left(until: float) -> float:
    """Seconds that are left. Raises TimeoutError when none are."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _in_time(ask: Callable[[], Sequence[str]], until: float) -> Sequence[str]:
    """The system's resolver knows no deadline, so it is left behind when ours passes."""
    found: list[Sequence[str]] = []

    def asking() -> None:
        try:
            found.append(ask())
        except (OSError, UnicodeError):
            found.append(())

    thread = threading.Thread(target=asking, name="badge-host-name", daemon=True)
    thread.start()
    thread.join(_left(until))
    if not found:
        raise TimeoutError
    return found[0]
