"""Every page on a phone and for people who see, hear or move differently: light and dark."""

import json
import re
from collections.abc import Iterator, Mapping

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import PHONE, Desk, Open, Site
from tests.demo_data import DemoAccounts
from tests.walk import Route, Visitor, account_id_of, routes, shared_out, who_is

ROLES = ("anon", "youth", "coordinator", "centre", "partner", "admin")
FILE = re.compile(r"(?:\.\w+|/(?:file|mistakes|template|badges/demo|status/\{purpose\}))$")
BAD = {"serious", "critical"}
AXE = Axe()
EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
"""All that the dark scheme changes."""


@pytest.fixture(scope="module")
def addresses(site: Site, demo_accounts: DemoAccounts) -> Mapping[str, list[str]]:
    """Each page once, by the first role that may open it; the centre's desk shows the pages of the
    universities' desk under its own address, so those are looked at there alone."""
    from matcher.web.app import create_app

    found: dict[str, list[str]] = {}
    known = [r for r in routes(create_app(site.services)) if _is_page(r)]
    for role, mine in shared_out(known, ROLES).items():
        who = None
        if role != "anon":
            email = demo_accounts[role][0].email
            who = who_is(site.services, account_id_of(site.services, email))
        visitor = Visitor(role, None, who)  # type: ignore[arg-type]
        found[role] = visitor.pages(site.services, mine, 1)
    return found


def _is_page(route: Route) -> bool:
    """Files are not looked at: Chromium saves them, or shows them in a page of its own."""
    is_data = route.path in {"/healthz", "/readyz"} or FILE.search(route.path)
    return route.method == "GET" and not route.is_api and not is_data


def _violations(desk: Desk, path: str) -> Iterator[str]:
    desk.page.evaluate(AXE.axe_script)
    for scheme, options in (("light", EVERYTHING), ("dark", COLOURS)):
        desk.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for each in desk.page.evaluate(f"axe.run({json.dumps(options)})")["violations"]:
            if each["impact"] in BAD:
                where = " | ".join(str(node["target"][0]) for node in each["nodes"][:3])
                yield f"{path} {scheme}: {each['id']}: {where}"


@pytest.mark.parametrize("role", ROLES)
def test_no_page_scrolls_sideways_on_a_phone_or_fails_the_accessibility_check(
    desk: Open, addresses: Mapping[str, list[str]], role: str
) -> None:
    faults: list[str] = []
    mine = desk(None if role == "anon" else role, viewport=PHONE)
    for path in addresses[role]:
        mine.open(path)
        if not mine.has_no_overflow():
            faults.append(f"{path}: wider than 360 px")
        if mine.page.locator("aside.demo").count() != 1:
            faults.append(f"{path}: does not say it is a demo")
        faults += _violations(mine, path)
    assert addresses[role] != []
    assert faults == [], "\n".join(faults)
