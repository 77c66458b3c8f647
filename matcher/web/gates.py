"""The policy table: every route, what it takes to enter, and what a refused role is told.

`hidden` routes answer a wrong role like an absent page (404); the others say 403, because the
role may see the thing and not do this to it. Rows of other people are scoped in the store.
"""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request

from matcher.policy.permissions import Permission


@dataclass(frozen=True)
class Gate:
    permission: Permission | None
    """None lets everybody in."""
    hidden: bool = True
    many: frozenset[str] = frozenset()
    """Query keys that may come more than once."""


PUBLIC = Gate(None)
OWN = Gate(Permission.ACCOUNT_OWN)

GATES: dict[str, Gate] = {
    # public
    "GET /": PUBLIC,
    "GET /styleguide": PUBLIC,
    "GET /healthz": PUBLIC,
    "GET /readyz": PUBLIC,
    "GET /look": PUBLIC,
    # account
    "GET /login": PUBLIC,
    "POST /login": PUBLIC,
    "POST /logout": OWN,
    # a young person's own records
    "GET /youth/profile": Gate(Permission.PROFILE_OWN),
    "POST /youth/profile": Gate(Permission.PROFILE_OWN, hidden=False),
    "GET /youth/skills": Gate(Permission.SKILLS_OWN),
    "POST /youth/skills": Gate(Permission.SKILLS_OWN, hidden=False),
    "POST /youth/skills/{slug}/withdraw": Gate(Permission.SKILLS_OWN, hidden=False),
    "GET /youth/certifications": Gate(Permission.CERTIFICATIONS_OWN),
    "POST /youth/certifications": Gate(Permission.CERTIFICATIONS_OWN, hidden=False),
    "POST /youth/certifications/{record_id}/step": Gate(Permission.CERTIFICATIONS_OWN),
    "POST /youth/certifications/{record_id}/remove": Gate(Permission.CERTIFICATIONS_OWN),
}


def gate_of(request: Request) -> Gate | None:
    """The table's row for the matched route; None means nobody comes in."""
    route = request.scope.get("route")
    return GATES.get(f"{request.method} {getattr(route, 'path', '')}")


def pages() -> APIRouter:
    """A router for HTML pages: out of the API's schema."""
    return APIRouter(include_in_schema=False)
