"""The demo data once a process, for tests that walk what there is; nobody writes to it."""

from collections.abc import Iterator, Mapping, Sequence

import pytest

from matcher.flows import demo
from matcher.wiring import Services
from tests.databases import Databases

DemoAccounts = Mapping[str, Sequence[demo.DemoAccount]]


@pytest.fixture(scope="session")
def demo_url(databases: Databases, empty_url: str) -> str:
    from tests.conftest import address_of, make_services

    ready = make_services(databases.copy(empty_url), demo=True)
    with ready.writing() as unit:
        demo.load(unit, ready.passwords, vault=ready.key_vault)
    ready.close()
    return address_of(ready)


@pytest.fixture(scope="module")
def demo_services(databases: Databases, demo_url: str) -> Iterator[Services]:
    """Services over a copy for one file of tests, with the demo's ribbon and pages on."""
    from tests.conftest import address_of, make_services

    ready = make_services(databases.copy(demo_url), demo=True)
    yield ready
    ready.close()
    databases.drop(address_of(ready))


@pytest.fixture(scope="module")
def demo_accounts(demo_services: Services) -> DemoAccounts:
    """Who can sign in, by role."""
    with demo_services.reading() as unit:
        found: dict[str, list[demo.DemoAccount]] = {}
        for account in demo.sign_ins(unit):
            found.setdefault(account.role, []).append(account)
    return found
