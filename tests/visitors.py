"""Signed-in browsers over the demo data, one a role, and one nobody is signed in to."""

from collections.abc import Mapping

import pytest

from matcher.wiring import Services
from tests.demo_data import DemoAccounts
from tests.walk import Route, Visitor, account_id_of, routes, who_is


@pytest.fixture(scope="module")
def visitors(demo_services: Services, demo_accounts: DemoAccounts) -> Mapping[str, Visitor]:
    from tests.conftest import browser, post

    found = {"anon": Visitor("anon", browser(demo_services), None)}
    for role, accounts in sorted(demo_accounts.items()):
        first, client = accounts[0], browser(demo_services)
        answer = post(client, "/login", {"email": first.email, "password": first.password})
        assert answer.status_code == 303, answer.text
        account_id = account_id_of(demo_services, first.email)
        found[role] = Visitor(role, client, who_is(demo_services, account_id))
    return found


@pytest.fixture(scope="module")
def known_routes(demo_services: Services) -> list[Route]:
    from matcher.web.app import create_app

    return routes(create_app(demo_services))
