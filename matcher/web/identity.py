"""From cookie or bearer token to actor; and the gate every route passes first."""

import hashlib
import sys
from datetime import timedelta
from typing import Any

from fastapi import Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from matcher.actor import Actor
from matcher.flows import identify
from matcher.i18n import gettext as _
from matcher.policy.permissions import is_granted
from matcher.refusal import Forbidden, Invalid, NotFound
from matcher.web import cookies, origin
from matcher.web.gates import Gate, gate_of
from matcher.wiring import Services
from models.account import Role

FORM_FIELDS = 600
FORM_FILES = 1
FORM_PART = sys.maxsize
"""Bytes of a field: the edge bounds the whole body, so that a form says at the field itself that a
text is too long."""


class LoginNeeded(Exception):
    """Nobody is signed in and the page is not for visitors."""


class BadOrigin(Exception):
    """An unsafe request from another site, or without its form token."""


def services_of(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


def is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def identify_browser(request: Request) -> Actor | None:
    """The actor of the session cookie; leaves on the request what forms are bound to."""
    services = services_of(request)
    secret, now = services.settings.secret, services.clock.now()
    ticket = cookies.unpack(secret, request.cookies.get(cookies.session_name(request)))
    visitor = request.cookies.get(cookies.anonymous_name(request), "")
    request.state.browser, request.state.ticket = visitor, None
    if ticket is None:
        return None
    with services.reading() as unit:
        found = identify.by_session(unit, digest(ticket.token), longest_session(services))
    if found is None or cookies.is_stale(ticket, now, idle_limit(services, found.role)):
        return None
    request.state.browser, request.state.ticket = ticket.token, ticket
    return found


def identify_bearer(request: Request) -> Actor | None:
    scheme, _space, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not 20 <= len(token) <= 200:
        return None
    with services_of(request).reading() as unit:
        return identify.by_access_token(unit, digest(token))


def idle_limit(services: Services, role: Role) -> timedelta:
    settings = services.settings
    if role is Role.YOUTH:
        return timedelta(minutes=settings.session_idle_minutes_youth)
    return timedelta(minutes=settings.session_idle_minutes_staff)


def longest_session(services: Services) -> timedelta:
    return timedelta(hours=services.settings.session_hours)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def identified(request: Request) -> Actor | None:
    actor = identify_bearer(request) if is_api(request) else identify_browser(request)
    request.state.actor = actor
    return actor


async def enter(request: Request) -> None:
    """Deny by default: identity, then the table, then origin and token, before any page code."""
    if getattr(request.state, "has_entered", False):
        return  # the API's routes ask before they read a body
    gate = gate_of(request)
    actor = await run_in_threadpool(identified, request)
    if gate is None:
        raise NotFound
    _admit(gate, actor)
    _step_up(request, gate, actor)
    _single_keys(request, gate)
    if request.method not in origin.SAFE and not is_api(request):
        await _check_form(request)
    request.state.has_entered = True


def _admit(gate: Gate, actor: Actor | None) -> None:
    if gate.permission is None:
        return
    if actor is None:
        raise LoginNeeded
    if not is_granted(gate.permission, actor.role):
        raise NotFound if gate.hidden else Forbidden(_("이 계정으로는 할 수 없는 일이에요."))


def _step_up(request: Request, gate: Gate, actor: Actor | None) -> None:
    """Sensitive doors ask for the password again when it was given too long ago."""
    if not gate.step or actor is None or actor.signed_in_at is None:
        return
    services = services_of(request)
    allowed = timedelta(minutes=services.settings.step_up_minutes)
    if services.clock.now() - actor.signed_in_at > allowed:
        raise LoginNeeded


def _single_keys(request: Request, gate: Gate) -> None:
    keys = [key for key, _value in request.query_params.multi_items() if key not in gate.many]
    if len(keys) != len(set(keys)):
        raise Invalid({"": _("주소에 같은 항목이 두 번 들어 있어요.")})


async def _check_form(request: Request) -> None:
    if not origin.is_same_origin(request):
        raise BadOrigin
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        raise BadOrigin
    form = await request.form(max_fields=FORM_FIELDS, max_files=FORM_FILES, max_part_size=FORM_PART)
    token: Any = form.get("csrf") or request.headers.get("x-csrf-token")
    if not origin.is_form_token(request, services_of(request).settings.secret, str(token or "")):
        raise BadOrigin
    request.state.form = form


Entered = Depends(enter)
