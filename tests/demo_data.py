"""The demo data once a process, for tests that walk what there is; nobody writes to the file."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from matcher.flows import demo
from matcher.wiring import Services

DemoAccounts = Mapping[str, Sequence[demo.DemoAccount]]


@pytest.fixture(scope="session")
def demo_file(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.conftest import make_services

    path = tmp_path_factory.mktemp("demo") / "demo.db"
    shutil.copy(empty_database, path)
    ready = make_services(f"sqlite:///{path}")
    with ready.writing() as unit:
        demo.load(unit, ready.passwords)
    ready.close()
    return path


@pytest.fixture(scope="module")
def demo_services(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Services over a copy for one file of tests, with the demo's ribbon and pages on."""
    from tests.conftest import make_services

    path = tmp_path_factory.mktemp("demo-copy") / "demo.db"
    shutil.copy(demo_file, path)
    ready = make_services(f"sqlite:///{path}", demo=True)
    yield ready
    ready.close()


@pytest.fixture(scope="module")
def demo_accounts(demo_services: Services) -> DemoAccounts:
    """Who can sign in, by role."""
    with demo_services.reading() as unit:
        found: dict[str, list[demo.DemoAccount]] = {}
        for account in demo.sign_ins(unit):
            found.setdefault(account.role, []).append(account)
    return found
