"""Every route as every actor: own, same organisation, other organisation, not there at all."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from matcher.flows import own_keys
from matcher.policy.permissions import is_granted
from matcher.web.app import create_app
from matcher.wiring import Services
from models.account import Account, AccountState, LoginSession, Role
from tests.authz.exhibits import MISSING, Exhibits, set_out
from tests.authz.matrix import COLUMNS, MATRIX, PUBLIC, SEEN_BY
from tests.conftest import SECRET, browser, make_services, post, token_of
from tests.databases import Databases
from tests.factories import TODAY
from tests.partner_desk import actor as actor_of
from tests.people import People, Person, settle
from tests.walk import MASK_KEY, FoundForm, Route, Writes, best_route, forms, routes

ROWS = [(name, key, marks) for name, rows in MATRIX.items() for key, marks in rows]
COUNTERS = {"throttle_hit", "exposure", "access_record", "audit_entry"}
ANY_ID = re.compile(r"[0-9a-f]{16}\b|[0-9a-f]{64}\b")


class Actor:
    """Somebody at a browser, and with an access token for the API."""

    def __init__(self, services: Services, name: str, person: Person | None) -> None:
        self.name, self.person, self.client = name, person, browser(services)
        self.bearer: dict[str, str] = {}
        if person is not None:
            answer = post(
                self.client, "/login", {"email": person.email, "password": person.password}
            )
            assert answer.status_code == 303, answer.text
            with services.writing(actor_of(person)) as unit:
                token = own_keys.create_token(unit, "시험", TODAY + timedelta(days=30))
            self.bearer = {"Authorization": f"Bearer {token}"}
        self.token = token_of(self.client)

    @property
    def role(self) -> Role | None:
        return self.person.role if self.person else None

    def send(self, route: Route, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """The request as an honest client would make it."""
        if route.is_api:
            json = None if route.method in {"GET", "DELETE"} else dict(body or {"version": 1})
            return self.client.request(route.method, path, json=json, headers=self.bearer)
        if route.method == "GET":
            return self.client.get(path)
        data = {**(body or {"version": "1"}), "csrf": self.token}
        return self.client.request(
            route.method, path, data=data, headers={"Sec-Fetch-Site": "same-origin"}
        )


@pytest.fixture(scope="module")
def scene(databases: Databases, empty_url: str) -> Iterator[tuple[Services, People]]:
    assert MASK_KEY == SECRET
    services = make_services(databases.copy(empty_url))
    yield services, settle(services)
    services.close()


@pytest.fixture(scope="module")
def actors(scene: tuple[Services, People]) -> Mapping[str, Actor]:
    services, people = scene
    found = {"anon": Actor(services, "anon", None)}
    for person in vars(people).values():
        name = person.email.split("@")[0]
        found[name] = Actor(services, name, person)
    return found


@pytest.fixture(scope="module")
def exhibits(scene: tuple[Services, People], actors: Mapping[str, Actor]) -> Exhibits:
    services, people = scene
    shown = set_out(services, people)
    with services.database.reading() as session:
        mine = select(LoginSession.id).where(LoginSession.account_id == people.youth.account_id)
        sessions = list(session.execute(mine).scalars())
    return Exhibits({**shown.ids, "login_session": sessions[0]}, shown.foreign, shown.number)


@pytest.fixture(scope="module")
def known(scene: tuple[Services, People]) -> list[Route]:
    return routes(create_app(scene[0]))


@pytest.fixture(scope="module")
def bodies(
    actors: Mapping[str, Actor], exhibits: Exhibits, known: list[Route]
) -> Mapping[str, FoundForm]:
    """The real body of each unsafe route, read from the owner's own pages."""
    found: dict[str, FoundForm] = {}
    for name in ("haneul", "partner", "coordinator", "centre", "admin"):
        for route in known:
            if route.method != "GET" or route.is_api or not _may(route, actors[name]):
                continue
            path = exhibits.fill(route)
            for form in forms(actors[name].client.get(path).text):
                target = best_route(known, form.method.upper(), form.action or path)
                if target is not None and target.method != "GET":
                    found.setdefault(target.key, form)
    assert len(found) > 20
    return found


def _may(route: Route, actor: Actor) -> bool:
    permission = route.gate.permission
    return permission is None or (actor.role is not None and is_granted(permission, actor.role))


def _seen_by(route: Route) -> frozenset[str] | None:
    """Who may see the exhibit the path names; None where the path names none or all may see it."""
    if not route.parameters or route.gate.permission is None:
        return None
    last = route.parameters[-1]
    if last in ("slug", "label", "certification", "key"):
        return None
    named = {"number": "candidate", "credential": "credential", "issued": "issued_credential"}
    table = named.get(last) or route.table(last)
    for start, kind, names in SEEN_BY:
        if kind == table and route.path.startswith(start):
            return names
    raise AssertionError(f"say in matrix.SEEN_BY who may see {route.key}")


def _is_login(answer: Any, route: Route) -> bool:
    if route.is_api:
        return answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"
    target = answer.headers.get("location", "")
    return answer.status_code == 303 and target.startswith("/login?next=%2F")


@pytest.mark.parametrize("column", range(len(COLUMNS)), ids=COLUMNS)
def test_the_matrix_holds(
    actors: Mapping[str, Actor], exhibits: Exhibits, known: list[Route], column: int
) -> None:
    actor = actors[("haneul", "coordinator", "centre", "partner", "admin")[column]]
    by_key, odd = {route.key: route for route in known}, []
    for resource, key, marks in ROWS:
        route, mark = by_key.get(key), marks[column]
        if route is None:
            odd.append(f"{resource}: {key} is no route any more")
        elif mark == "+":
            odd += [] if _may(route, actor) else [f"{resource}: {key} is closed to {actor.name}"]
        else:
            status = actor.send(route, exhibits.fill(route)).status_code
            wanted = 404 if mark == "-" else 403
            odd += [] if status == wanted else [f"{resource}: {key}: {status}, not {wanted}"]
    assert odd == [], "\n".join(odd)


def test_visitors_are_asked_to_sign_in_everywhere_but_on_public_pages(
    actors: Mapping[str, Actor], exhibits: Exhibits, known: list[Route]
) -> None:
    odd = [
        f"{route.key}: {answer.status_code}"
        for route in known
        if route.gate.permission is not None
        and not _is_login(answer := actors["anon"].send(route, exhibits.fill(route)), route)
    ]
    assert odd == []
    public = {route.key for route in known if route.gate.permission is None}
    assert set(PUBLIC) - public == set()


def test_a_wrong_role_is_refused_on_every_route_and_writes_nothing(
    scene: tuple[Services, People],
    actors: Mapping[str, Actor],
    exhibits: Exhibits,
    known: list[Route],
    bodies: Mapping[str, FoundForm],
) -> None:
    odd, cells = [], 0
    with Writes(scene[0]) as writes:
        for route in known:
            for actor in actors.values():
                if actor.role is None or _may(route, actor):
                    continue
                body = bodies[route.key].body() if route.key in bodies else None
                status = actor.send(route, exhibits.fill(route), body).status_code
                written, cells = writes.take() - COUNTERS, cells + 1
                if status != (404 if route.gate.hidden else 403) or written:
                    odd.append(f"{actor.name} {route.key}: {status} {sorted(written)}")
    assert odd == [], "\n".join(odd)
    assert cells > 600


def _cells(
    actors: Mapping[str, Actor], known: list[Route]
) -> Iterator[tuple[Route, Actor, frozenset[str]]]:
    """Routes that name an exhibit, with every actor whose role may use them at all."""
    for route in known:
        names = _seen_by(route)
        if names is not None:
            for actor in actors.values():
                if _may(route, actor) and actor.role is not None:
                    yield route, actor, names


def _missing(exhibits: Exhibits, route: Route) -> str:
    last = route.parameters[-1]
    words = {"number": "9" * 15, "credential": "OR-2026-MISSING22222"}
    return exhibits.fill(route, **{last: words.get(last, MISSING)})


def _same(first: Any, path: str, second: Any, other_path: str) -> bool:
    """Whether two answers differ in nothing but request id, form token and their own address."""
    return _bare(first, path) == _bare(second, other_path)


def _bare(answer: Any, path: str) -> tuple[int, dict[str, str], str]:
    changing = {"x-request-id", "content-length", "set-cookie"}
    headers = {k: v.replace(path, "PATH") for k, v in answer.headers.items() if k not in changing}
    return answer.status_code, headers, ANY_ID.sub("ID", answer.text.replace(path, "PATH"))


def test_what_belongs_to_others_looks_like_what_is_not_there(
    scene: tuple[Services, People],
    actors: Mapping[str, Actor],
    exhibits: Exhibits,
    known: list[Route],
    bodies: Mapping[str, FoundForm],
) -> None:
    odd, cells = [], 0
    with Writes(scene[0]) as writes:
        for route, actor, names in _cells(actors, known):
            if actor.name in names:
                continue
            body = bodies[route.key].body() if route.key in bodies else None
            path, missing = exhibits.fill(route), _missing(exhibits, route)
            refused, absent = actor.send(route, path, body), actor.send(route, missing, body)
            written, cells = writes.take() - COUNTERS, cells + 1
            allowed = {404} if route.method == "GET" or body is not None else {404, 422}
            is_right = refused.status_code in allowed and not written
            if not is_right or not _same(refused, path, absent, missing):
                shown = f"{refused.status_code} against {absent.status_code} {sorted(written)}"
                odd.append(f"{actor.name} {route.key}: {shown}")
    assert odd == [], "\n".join(odd)
    assert cells > 60


def test_owners_open_every_page_about_their_own(
    actors: Mapping[str, Actor], exhibits: Exhibits, known: list[Route]
) -> None:
    odd = [
        f"{actor.name} {route.key}: {answer.status_code}"
        for route, actor, names in _cells(actors, known)
        if actor.name in names and route.method == "GET"
        if (answer := actor.send(route, exhibits.fill(route))).status_code != 200
    ]
    assert odd == []


def test_a_child_of_another_parent_is_not_there(
    scene: tuple[Services, People],
    actors: Mapping[str, Actor],
    exhibits: Exhibits,
    known: list[Route],
    bodies: Mapping[str, FoundForm],
) -> None:
    owners = {"/youth": "haneul", "/partner": "partner", "/coordinator": "coordinator",
              "/centre": "centre"}  # fmt: skip
    odd, tried = [], 0
    for route in known:
        if len(route.parameters) < 2:
            continue
        owner = owners["/" + route.path.split("/")[1]]
        parent, child = route.parameters[0], route.parameters[-1]
        table = route.table(child)
        if table in exhibits.foreign:
            path = exhibits.fill(route, **{child: exhibits.foreign[table]})
        else:
            path = exhibits.fill(route, **{parent: exhibits.foreign[route.table(parent) or ""]})
        body = bodies[route.key].body() if route.key in bodies else None
        with Writes(scene[0]) as writes:
            status = actors[owner].send(route, path, body).status_code
        tried += 1
        if status not in ({404} if body is not None else {404, 422}) or writes.take() - COUNTERS:
            odd.append(f"{route.key}: {status}")
    assert odd == []
    assert tried > 3


SPELLINGS = ("07", "%207", "7.0", "%EF%BC%97", "0", "-1", "9" * 30, "2147483648", "1e1", "null")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_odd_spellings_of_an_id_reach_nothing(
    scene: tuple[Services, People],
    actors: Mapping[str, Actor],
    exhibits: Exhibits,
    known: list[Route],
    spelling: str,
) -> None:
    odd = []
    with Writes(scene[0]) as writes:
        for route, actor, names in _cells(actors, known):
            if actor.name in names:
                last = route.parameters[-1]
                status = actor.send(route, exhibits.fill(route, **{last: spelling})).status_code
                if status not in {404, 422} or writes.take() - COUNTERS:
                    odd.append(f"{actor.name} {route.key}: {status}")
    assert odd == []


def test_a_disabled_account_is_nobody_from_the_next_request(
    services: Services, people: People
) -> None:
    for person in (people.youth, people.coordinator, people.centre, people.partner):
        actor = Actor(services, "disabled", person)
        page = Route("GET", "/account", None)
        own = Route("GET", "/api/v1/me", None)
        before = [actor.send(each, each.path).status_code for each in (page, own)]
        with services.database.writing() as session:
            session.get_one(Account, person.account_id).state = AccountState.DISABLED
        after = [actor.send(each, each.path).status_code for each in (page, own)]
        assert (before, after) == ([200, 200], [303, 401])


def test_a_changed_role_counts_from_the_next_request(services: Services, people: People) -> None:
    actor = Actor(services, "partner", people.partner)
    page = Route("GET", "/partner", None)
    assert actor.send(page, "/partner").status_code == 200
    from models.account import Membership

    with services.database.writing() as session:
        mine = select(Membership).where(Membership.account_id == people.partner.account_id)
        row = session.execute(mine).scalar_one()
        row.role, row.organisation_id = Role.CENTRE, people.centre.organisation_id
    assert actor.send(page, "/partner").status_code == 404


def test_a_page_cookie_opens_no_api_and_a_token_no_page(
    actors: Mapping[str, Actor], exhibits: Exhibits
) -> None:
    client: TestClient = actors["haneul"].client
    assert client.get("/api/v1/me").status_code == 401
    fresh = TestClient(client.app, "http://localhost", follow_redirects=False)
    assert fresh.get("/account", headers=actors["haneul"].bearer).status_code == 303
