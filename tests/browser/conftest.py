"""The demo served on a free port, and Chromium looking at it and at nothing else."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from matcher.web.app import create_app
from matcher.wiring import Services
from tests.demo_data import DemoAccounts
from tests.postgres import leave_out

APT = (
    "sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium fonts-noto-cjk"
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Another host cannot be reached at all; that it was asked for fails the test (see _note_host).
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
PATIENCE = 30_000
"""Milliseconds a step may take: another run on the same two cores must not fail a journey."""
# Says what the policy stopped where the console might not.
LISTEN = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error("policy: " + event.violatedDirective + " " + event.blockedURI);
});
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        leave_out(f"Chromium is missing. Install it with: {APT}")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Site:
    """The demo at work: where it listens and what stands behind it."""

    url: str
    services: Services


@pytest.fixture(scope="module")
def site(demo_services: Services) -> Iterator[Site]:
    services = demo_services
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        config = uvicorn.Config(create_app(services), log_level="error", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        _wait(lambda: server.started)
        yield Site(f"http://127.0.0.1:{port}", services)
        server.should_exit = True
        thread.join(timeout=10)


def _wait(is_ready: Callable[[], bool]) -> None:
    for _try in range(200):
        if is_ready():
            return
        time.sleep(0.05)
    raise AssertionError("the server did not start")


@dataclass
class Desk:
    """One person's browser: pages open under `url`, and everything it complained about is kept."""

    site: Site
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.site.url + path)
        return self.page

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def sign_in(self, email: str, password: str) -> None:
        self.open("/login")
        form = self.page.locator('form[action="/login"]')
        form.locator('input[name="email"]').fill(email)
        form.locator('input[name="password"]').fill(password)
        form.locator('button[type="submit"]').click()
        self.page.wait_for_url(lambda url: "/login" not in url)

    def has_no_overflow(self) -> bool:
        return bool(
            self.page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            )
        )


Open = Callable[..., Desk]


@pytest.fixture
def desk(chromium: Browser, site: Site, demo_accounts: DemoAccounts) -> Iterator[Open]:
    """Opens a browser, signed in when a role is named; complaints fail the test at its end."""
    opened: list[Desk] = []

    def make(role: str | None = None, number: int = 0, **options: object) -> Desk:
        settings = {"viewport": DESK, "locale": "ko-KR", "reduced_motion": "reduce", **options}
        context = chromium.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        context.add_init_script(LISTEN)
        page = context.new_page()
        found = Desk(site, context, page)
        opened.append(found)
        # Listening only: a request held back for an answer would also switch the cache off, and
        # every page would fetch its styles and fonts anew.
        context.on("request", lambda request: _note_host(found, request))
        page.on("console", lambda message: _note(found, message))
        page.on("pageerror", lambda error: found.complaints.append(f"error: {error}"))
        if role is not None:
            account = demo_accounts[role][number]
            found.sign_in(account.email, account.password)
        return found

    yield make
    complaints = [line for each in opened for line in each.complaints]
    for each in opened:
        each.context.close()
    assert complaints == []


def _note_host(desk: Desk, request: Request) -> None:
    """Only our own host is asked; another one is a fault."""
    if not request.url.startswith(desk.site.url):
        desk.complaints.append(f"another host: {request.url}")


def _note(desk: Desk, message: ConsoleMessage) -> None:
    # A refused form answers 4xx, which Chromium calls an error; the page itself is judged apart.
    if message.type == "error" and "Failed to load resource" not in message.text:
        desk.complaints.append(f"console: {message.text}")
