"""Settings, database, client and the standing people; nothing else."""

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from sqlalchemy import Engine, event
from sqlalchemy.util import LRUCache
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from matcher import logs
from matcher.clock import Clock
from matcher.db import Database
from matcher.gateways.mail import NullMailer
from matcher.gateways.passwords import PlainPasswords
from matcher.settings import Settings
from matcher.store import schema
from matcher.web.app import create_app
from matcher.wiring import Services, key_vault
from tests.factories import TODAY
from tests.people import People, Person, settle

if TYPE_CHECKING:
    from tests.databases import Databases

# One that imports another comes after it.
pytest_plugins = [
    "tests.postgres",
    "tests.databases",
    "tests.demo_data",
    "tests.two_databases",
    "tests.visitors",
]
SECRET = "test-secret-0123456789-abcdefghijklmnop"
CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')
SignIn = Callable[[Person], TestClient]
MIGRATED: list[Engine] = []
"""The engine that made the empty SQLite file: it knows by now what SQLite this is."""
STATEMENTS: LRUCache[Any, Any] = LRUCache(2_000)
RUNNING = ExitStack()
"""What runs until the process of the tests ends."""


def pytest_collection_finish() -> None:
    """What is loaded by now stays; unfrozen, the collector walks through it in every test."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    RUNNING.close()


@cache
def event_loop() -> BlockingPortal:
    """The loop that answers all test clients. Left alone, each request starts a loop, a thread for
    it and one for the handler, which costs more than many an answer."""
    return RUNNING.enter_context(start_blocking_portal())


def make_services(url: str, demo: bool = False) -> Services:
    settings = Settings(
        DATABASE_URL=url,
        today=TODAY,
        secret=SECRET,
        allowed_hosts="localhost,127.0.0.1,testserver",
        demo=demo,
    )
    logs.configure(settings.log_level)
    database = Database(url)
    hurry(database)
    return Services(
        settings, Clock(settings.today), database, NullMailer(), PlainPasswords(),
        key_vault=key_vault(settings),
    )  # fmt: skip


def hurry(database: Database) -> None:
    """A statement compiled for one test serves the next, which else takes half of every test; and
    a test's rows need not outlive a power cut, so SQLite does not wait for the disk."""
    if not database.is_sqlite:
        return
    for first in MIGRATED:
        for each in (database.engine, database._writing):
            each.dialect, each._compiled_cache = first.dialect, STATEMENTS
    event.listen(database.engine, "connect", _do_not_sync)


def _do_not_sync(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def address_of(services: Services) -> str:
    return services.database.url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One migrated SQLite file; tests work on copies, because migrating takes a second."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    ready = make_services(f"sqlite:///{path}")
    schema.migrate(ready.database)
    ready.close()
    MIGRATED.append(ready.database.engine)
    return path


@pytest.fixture
def services(databases: "Databases", empty_url: str, tmp_path: Path) -> Iterator[Services]:
    ready = make_services(databases.copy(empty_url, tmp_path))
    yield ready
    ready.close()
    databases.drop(address_of(ready))


@pytest.fixture(scope="session")
def settled(databases: "Databases", empty_url: str) -> tuple[str, People]:
    """A copy with the standing people in it."""
    ready = make_services(databases.copy(empty_url))
    people = settle(ready)
    ready.close()
    return address_of(ready), people


@pytest.fixture
def people(services: Services, databases: "Databases", settled: tuple[str, People]) -> People:
    """Puts the people's database in place of the empty one; asked for before anything is stored."""
    url, found = settled
    services.close()
    databases.replace(address_of(services), url)
    return found


@pytest.fixture
def client(services: Services) -> TestClient:
    """A browser nobody is signed in to; redirects are answers to look at, not to follow."""
    return browser(services)


@pytest.fixture
def sign_in(services: Services) -> SignIn:
    def signed_in(person: Person) -> TestClient:
        fresh = browser(services)
        answer = post(fresh, "/login", {"email": person.email, "password": person.password})
        assert answer.status_code == 303, answer.text
        return fresh

    return signed_in


class Bound:
    """The one application answering with these services; building it anew costs a quarter second
    for every test, so all tests share one."""

    app: FastAPI | None = None

    def __init__(self, services: Services) -> None:
        self.services = services
        if Bound.app is None:
            Bound.app = create_app(services)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert Bound.app is not None
        Bound.app.state.services = self.services
        await Bound.app(scope, receive, send)


def browser(services: Services) -> TestClient:
    client = TestClient(Bound(services), "http://localhost", follow_redirects=False)
    client.portal = event_loop()
    return client


def token_of(client: TestClient) -> str:
    """The form token of this browser, read from a page that has a form for everybody."""
    found = CSRF.search(client.get("/login").text)
    assert found is not None
    return found[1]


def post(client: TestClient, path: str, data: dict[str, object] | None = None, **options: object):  # type: ignore[no-untyped-def]
    """POST a form as a browser on our own page would."""
    body = {"csrf": token_of(client), **(data or {})}
    headers = {"Sec-Fetch-Site": "same-origin"}
    return client.post(path, data=body, headers=headers, **options)
