"""Walking what is there: routes, the rows their paths may name, forms found on pages."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlalchemy import Column, Table, event, select
from sqlmodel import Session, SQLModel
from starlette.testclient import TestClient

from matcher.policy.masking import candidate_number
from matcher.policy.permissions import is_granted
from matcher.ranking.weights import MODEL_VERSION
from matcher.web.gates import GATES, Gate
from matcher.wiring import Services
from models.account import Role
from tests.factories import TODAY

ROOT = Path(__file__).parents[1]
PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
WRITE = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.I)
TRAIL = frozenset({"exposure", "access_record", "audit_entry", "answer_link_use", "share_link_use"})
SHOWN = frozenset(
    {"active", "enrolled", "in_review", "published", "requested", "sent", "submitted"}
)
"""States of rows most pages are about; such rows are tried first."""
MASK_KEY = "test-secret-0123456789-abcdefghijklmnop"
"""The tests' secret (conftest.SECRET), which also masks candidates."""

# Which table a path's parameter names; the longest beginning of the path that is listed wins.
TABLES: dict[tuple[str, str], str] = {
    ("/", "account_id"): "account",
    ("/", "application_id"): "application",
    ("/", "aws_id"): "aws_candidate_id",
    ("/", "batch_id"): "import_batch",
    ("/", "consent_id"): "consent",
    ("/", "course_id"): "course",
    ("/", "enrolment_id"): "enrolment",
    ("/", "introduction_id"): "introduction",
    ("/", "interview_id"): "interview",
    ("/", "licence_id"): "licence_record",
    ("/", "link_id"): "answer_link",
    ("/youth/sharing", "link_id"): "share_link",
    ("/", "slot_id"): "interview_slot",
    ("/", "opening_id"): "opening",
    ("/", "organisation_id"): "organisation",
    ("/", "partner_id"): "organisation",
    ("/", "pack_id"): "evaluation_pack",
    ("/", "phase_id"): "review_phase",
    ("/", "note_id"): "same_person",
    ("/", "period_id"): "busy_period",
    ("/", "plan_id"): "plan",
    ("/", "suggestion_id"): "plan_suggestion",
    ("/", "template_id"): "plan_template",
    ("/", "promise_id"): "interview_promise",
    ("/", "record_id"): "certification_record",
    ("/", "round_id"): "assignment_round",
    ("/", "run_id"): "assignment_run",
    ("/", "pair_id"): "assignment_pair",
    ("/coordinator/assignments", "entry_id"): "assignment_entry",
    ("/centre/assignments", "entry_id"): "assignment_entry",
    ("/partner/rounds", "opening_id"): "assignment_opening",
    ("/", "step_id"): "plan_step",
    ("/", "task_id"): "import_task",
    ("/", "view_id"): "saved_view",
    ("/", "scenario_id"): "planning_scenario",
    ("/", "session_id"): "course_session",
    ("/", "meeting_id"): "class_meeting",
    ("/", "venue_id"): "venue",
    ("/", "item_id"): "venue_item",
    ("/", "booking_id"): "venue_booking",
    ("/", "entry_id"): "study_entry",
    ("/", "score_id"): "practice_score",
    ("/", "voucher_id"): "voucher",
    ("/", "evidence_id"): "evidence",
    ("/", "badge_id"): "presented_credential",
    ("/", "counselling_id"): "counselling",
    ("/", "merge_id"): "person_merge",
    ("/", "outcome_id"): "outcome",
    ("/account", "session_id"): "login_session",
    ("/", "token_id"): "access_token",
    ("/", "subsidy_id"): "subsidy",
    ("/", "issuer_id"): "trusted_issuer",
    ("/", "event_id"): "community_event",
    ("/", "project_id"): "project",
    ("/youth/projects", "member_id"): "project_member",
    ("/", "youth_id"): "youth_profile",
}


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    endpoint: Any = field(compare=False)

    @property
    def key(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(PARAMETER.findall(self.path))

    @property
    def handler(self) -> str:
        return f"{self.endpoint.__module__}.{self.endpoint.__qualname__}"

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")

    @property
    def gate(self) -> Gate:
        return GATES[self.key]

    def table(self, parameter: str) -> str | None:
        """The table the parameter names a row of; None for words such as a skill's slug."""
        known = [
            (len(start), table)
            for (start, name), table in TABLES.items()
            if name == parameter and self.path.startswith(start)
        ]
        return max(known)[1] if known else None

    def fill(self, values: Mapping[str, object]) -> str:
        return PARAMETER.sub(lambda found: str(values[found[1]]), self.path)


def routes(app: FastAPI) -> list[Route]:
    """Every method and path the application answers, included routers too; mounts are not here."""
    found = []
    for context in iter_route_contexts(app.routes):
        for method in sorted((context.methods or set()) - {"HEAD"}):
            found.append(Route(method, context.path, context.endpoint))
    return sorted(found, key=lambda route: (route.path, route.method))


def handlers_once(known: Iterable[Route]) -> list[Route]:
    """The centre's desk shows the pages of the universities' desk under its own addresses; here
    each handler and method comes once, for walks that ask what a handler takes."""
    first: dict[tuple[str, str, str], Route] = {}
    for route in sorted(known, key=lambda each: (each.path.startswith("/centre/"), each.path)):
        first.setdefault((route.method, route.handler, _tail(route)), route)
    return sorted(first.values(), key=lambda route: (route.path, route.method))


def may_open(route: Route, role: str) -> bool:
    permission = route.gate.permission
    return permission is None or (role != "anon" and is_granted(permission, Role(role)))


def shared_out(known: Iterable[Route], roles: Iterable[str]) -> dict[str, list[Route]]:
    """Each handler once, for the first of the roles that may open it."""
    left, found = handlers_once(known), {}
    for role in roles:
        found[role] = [route for route in left if may_open(route, role)]
        left = [route for route in left if not may_open(route, role)]
    return found


def _tail(route: Route) -> str:
    return re.sub("^/(?:centre|coordinator)/", "/", route.path)


@dataclass(frozen=True)
class Who:
    """What of an actor decides which rows are theirs."""

    account_id: int
    role: Role
    organisation_id: int | None
    youth_id: int | None


def table_of(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def own_clause(table: Table, who: Who) -> Any | None:
    """A condition on rows that belong to the person; None when the table cannot say."""
    if table.name == "youth_profile" and who.youth_id:
        return table.c.id == who.youth_id
    if table.name == "account" and who.role is Role.PARTNER:
        member = table_of("membership")
        home = member.c.organisation_id == who.organisation_id
        return table.c.id.in_(select(member.c.account_id).where(home))
    if table.name == "project" and who.role is Role.YOUTH:
        member = table_of("project_member")
        mine = (member.c.youth_id == who.youth_id) & (member.c.state == "in")
        return table.c.id.in_(select(member.c.project_id).where(mine))
    if who.role is Role.YOUTH and "youth_id" in table.c:
        return table.c.youth_id == who.youth_id
    by_person = table.name in ("plan", "evidence", "outcome", "presented_credential")
    if by_person and who.role in (Role.COORDINATOR, Role.CENTRE):
        youth = table_of("youth_profile")
        home = youth.c.organisation_id
        theirs = home.is_(None) if who.role is Role.CENTRE else home == who.organisation_id
        return table.c.youth_id.in_(select(youth.c.id).where(theirs))
    if "organisation_id" in table.c and who.role is not Role.YOUTH and table.name != "consent":
        return table.c.organisation_id == who.organisation_id
    if "opening_id" in table.c and who.role is Role.PARTNER:
        opening = table_of("opening")
        mine = select(opening.c.id).where(opening.c.organisation_id == who.organisation_id)
        return table.c.opening_id.in_(mine)
    if "account_id" in table.c:
        return table.c.account_id == who.account_id
    return None


def rows(session: Session, table_name: str, who: Who, limit: int = 3) -> list[dict[str, Any]]:
    """Some rows to try, one of each state first, the person's own before others'."""
    table = table_of(table_name)
    mine = own_clause(table, who)
    picked = _some(session, table, mine, limit) if mine is not None else []
    return picked or _some(session, table, None, limit)


def _some(session: Session, table: Table, clause: Any | None, limit: int) -> list[dict[str, Any]]:
    statement = select(table).order_by(table.c.id).limit(400)
    if clause is not None:
        statement = statement.where(clause)
    found = [dict(row._mapping) for row in session.execute(statement)]
    state: Column[Any] | None = table.c.get("state")
    if state is None:
        return found[:limit]
    first = {row["state"]: row for row in reversed(found)}
    ordered = sorted(first.values(), key=lambda row: (row["state"] not in SHOWN, row["id"]))
    return (ordered + [row for row in found if row not in ordered])[:limit]


def fillings(session: Session, route: Route, who: Who, limit: int = 3) -> Iterator[dict[str, Any]]:
    """Values for the path's parameters that name existing rows, parents fitting their children."""
    names = route.parameters
    if not names:
        yield {}
        return
    if names[-2:] == ("opening_id", "number"):
        yield from _candidates(session, who, limit)
        return
    tables = [route.table(name) for name in names]
    if tables[-1] is None:
        for word in words(session, names[-1], who)[:limit]:
            yield dict.fromkeys(names, word)
        return
    for row in rows(session, tables[-1], who, limit):
        values = {names[-1]: row["id"]}
        for name in names[:-1]:
            values[name] = row.get(name, row["id"])
        yield values


def _candidates(session: Session, who: Who, limit: int) -> Iterator[dict[str, Any]]:
    """Masked people a partner most likely sees: willing ones, in its openings that are open."""
    opening, consent = table_of("opening"), table_of("consent")
    is_open = (opening.c.state == "published") & (opening.c.closes_on >= TODAY)
    if who.role is Role.PARTNER:
        is_open &= opening.c.organisation_id == who.organisation_id
    is_willing = (consent.c.purpose == "pool") & consent.c.withdrawn_at.is_(None)
    openings = session.execute(select(opening).where(is_open).order_by(opening.c.id)).all()
    willing = session.execute(select(consent).where(is_willing).order_by(consent.c.id)).all()
    for each in openings[:limit]:
        fitting = [row.youth_id for row in willing if each.sector in (row.sectors or [each.sector])]
        for youth_id in fitting[:2]:
            number = candidate_number(MASK_KEY, each.id, youth_id)
            yield {"opening_id": each.id, "number": number}


def words(session: Session, parameter: str, who: Who) -> list[str]:
    """Words a text parameter takes: skills the person has, else one of the catalogue; models."""
    if parameter == "label":
        return [MODEL_VERSION]
    if parameter == "certification":
        return ["CLF", "SAP", "ANS"]
    if parameter == "credential":
        held = table_of("credential")
        own = select(held.c.number).where(held.c.youth_id == who.youth_id)
        return [row[0] for row in session.execute(own)] or ["OR-2026-AAAAAAAAAAAA"]
    if parameter == "issued":
        signed = table_of("issued_credential")
        own = select(signed.c.number).where(signed.c.youth_id == who.youth_id)
        return [row[0] for row in session.execute(own)] or ["00000000-0000-4000-8000-000000000000"]
    if parameter == "key":
        return ["20261121-000000"]
    if parameter == "purpose":
        return ["revocation", "suspension"]
    if parameter == "token":
        return ["A" * 43]
    assert parameter == "slug", parameter
    table = table_of("skill_record")
    mine = table.c.youth_id == who.youth_id
    found = session.execute(select(table.c.skill).where(mine).order_by(table.c.skill)).all()
    return [row[0] for row in found] or ["python"]


def who_is(services: Services, account_id: int) -> Who:
    account, member, youth = (table_of(n) for n in ("account", "membership", "youth_profile"))
    statement = (
        select(member.c.role, member.c.organisation_id, youth.c.id)
        .select_from(account)
        .join(member, member.c.account_id == account.c.id)
        .outerjoin(youth, youth.c.account_id == account.c.id)
        .where(account.c.id == account_id)
    )
    with services.database.reading() as session:
        role, organisation_id, youth_id = session.execute(statement).one()
    return Who(account_id, Role(role), organisation_id, youth_id)


def account_id_of(services: Services, email: str) -> int:
    table = table_of("account")
    with services.database.reading() as session:
        found: int = session.execute(select(table.c.id).where(table.c.email == email)).scalar_one()
    return found


class Writes:
    """Names of tables written to while the block runs, whoever does it."""

    def __init__(self, services: Services) -> None:
        self.engine = services.database.engine
        self.tables: list[str] = []

    def _note(self, _c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
        found = WRITE.match(statement)
        if found:
            self.tables.append(found[1].lower())

    def __enter__(self) -> "Writes":
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_error: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)

    def take(self) -> set[str]:
        """The tables since the last call."""
        taken, self.tables = set(self.tables), []
        return taken


def checksum(services: Services, leave_out: Iterable[str] = TRAIL) -> dict[str, int]:
    """A number a table over all its rows; the append-only records are left out."""
    with services.database.reading() as session:
        return {
            name: hash(tuple(repr(row) for row in session.execute(select(table))))
            for name, table in sorted(SQLModel.metadata.tables.items())
            if name not in set(leave_out)
        }


@dataclass
class FoundForm:
    """A form on a page: where it goes and what it sends when nothing is changed."""

    action: str
    method: str
    is_multipart: bool = False
    values: dict[str, list[str]] = field(default_factory=dict)
    empties: dict[str, str] = field(default_factory=dict)
    """Fields with nothing in them yet, with their input type."""
    kinds: dict[str, str] = field(default_factory=dict)
    """Every field a person can type in, with its input type."""
    page: str = ""

    def body(self, **changed: object) -> dict[str, Any]:
        """What a browser would send after the empty fields were filled with plain words."""
        filled: dict[str, Any] = {**self.values}
        for name, kind in self.empties.items():
            filled.setdefault(name, [FILLERS.get(kind, "데모")])
        return filled | {key: value for key, value in changed.items() if value is not None}


FILLERS = {
    "email": "someone@example.com",
    "password": "correct horse",
    "number": "1",
    "date": "2026-12-20",
    "url": "https://example.com/proof",
    "search": "",
}


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[FoundForm] = []
        self._form: FoundForm | None = None
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self._area: str | None = None
        self._button: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {key: value or "" for key, value in attrs}
        if tag == "form":
            method = at.get("method", "get").lower()
            multipart = at.get("enctype", "") == "multipart/form-data"
            self._form = FoundForm(at.get("action", ""), method, multipart)
            self._button = None
            self.found.append(self._form)
        form = self._form
        if form is None:
            return
        if tag == "input":
            _input(form, at, "checked" in dict(attrs))
        elif tag == "select":
            self._select, self._options = at.get("name", ""), []
        elif tag == "option" and self._select is not None:
            self._options.append((at.get("value", ""), "selected" in dict(attrs)))
        elif tag == "textarea":
            self._area = at.get("name", "")
            form.kinds[self._area] = "textarea"
        elif tag == "button" and at.get("name") and at.get("type", "submit") == "submit":
            # One button is pressed: the last one, which is the one that stores.
            form.values.pop(self._button or "", None)
            self._button = at["name"]
            form.values[self._button] = [at.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self._area is not None and self._form is not None and data.strip():
            self._form.values[self._area] = [data]

    def handle_endtag(self, tag: str) -> None:
        form = self._form
        if tag == "form":
            self._form = None
        elif tag == "select" and form is not None and self._select:
            chosen = [value for value, is_on in self._options if is_on]
            useful = [value for value, _on in self._options if value]
            form.values[self._select] = (chosen or useful or [""])[:1]
            self._select = None
        elif tag == "textarea" and form is not None and self._area:
            form.values.setdefault(self._area, ["데모"])
            self._area = None


def _input(form: FoundForm, at: Mapping[str, str], is_checked: bool) -> None:
    name, kind = at.get("name", ""), at.get("type", "text")
    if not name or kind in {"submit", "button", "image", "file", "reset"}:
        return
    if kind not in {"hidden", "checkbox", "radio"}:
        form.kinds[name] = "number" if at.get("inputmode") == "numeric" else kind
    if kind in {"checkbox", "radio"}:
        if is_checked or (kind == "radio" and name not in form.values):
            value = [at.get("value", "on")]
            form.values[name] = form.values.get(name, []) + value if kind == "checkbox" else value
    elif at.get("value", ""):
        form.values.setdefault(name, []).append(at["value"])
    else:
        form.empties.setdefault(name, kind)


def forms(html: str) -> list[FoundForm]:
    parser = _Forms()
    parser.feed(html)
    return parser.found


def matches(route: Route, path: str) -> bool:
    return _pattern(route.path).fullmatch(path.partition("?")[0]) is not None


@cache
def _pattern(route_path: str) -> re.Pattern[str]:
    return re.compile(
        "".join(
            "[^/]+" if part.startswith("{") else re.escape(part)
            for part in re.split(r"(\{[^}]*\})", route_path)
        )
    )


def best_route(known: Iterable[Route], method: str, path: str) -> Route | None:
    """The route that answers; one without parameters wins over one with."""
    fitting = [route for route in known if route.method == method and matches(route, path)]
    return min(fitting, key=lambda route: len(route.parameters), default=None)


@dataclass(frozen=True)
class Visitor:
    """A signed-in browser, who it is, and the pages it may open with rows filled in."""

    name: str
    client: TestClient
    who: Who | None

    def pages(self, services: Services, known: Iterable[Route], limit: int = 3) -> list[str]:
        """Addresses of every GET page, with existing rows in them."""
        nobody = Who(0, Role.YOUTH, None, None)
        found: list[str] = []
        with services.database.reading() as session:
            for route in known:
                if route.method == "GET" and not route.is_api:
                    options = fillings(session, route, self.who or nobody, limit)
                    found += [route.fill(values) for values in options]
        return list(dict.fromkeys(found))

    def forms(self, services: Services, known: Iterable[Route]) -> list[tuple[Route, FoundForm]]:
        """One form for each unsafe page route this visitor finds a form for."""
        listed = list(known)
        first: dict[str, tuple[Route, FoundForm]] = {}
        for path in self.pages(services, listed, 2):
            answer = self.client.get(path)
            if answer.status_code != 200 or "text/html" not in answer.headers["content-type"]:
                continue
            for form in forms(answer.text):
                route = best_route(listed, form.method.upper(), form.action or path)
                if route is not None and route.method != "GET":
                    form.page, form.action = path, form.action or path
                    first.setdefault(route.key, (route, form))
        return [first[key] for key in sorted(first)]
