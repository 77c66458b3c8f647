"""`serve` is for real people: nothing of the demo comes with it."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from matcher.cli import demo, serving
from matcher.wiring import Services
from models.account import Account
from tests.conftest import SECRET
from tests.people import People


@pytest.fixture
def never_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[Services]]:
    served: list[Services] = []
    monkeypatch.setattr(serving, "run", served.append)
    monkeypatch.setenv("OREUM_SECRET", SECRET)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/served.db")
    yield served
    gc.enable()


def test_serve_refuses_the_demos_letter_box(
    never_run: list[Services], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OREUM_DEMO", "1")
    with pytest.raises(typer.BadParameter):
        serving.serve()
    assert never_run == []


def test_the_demo_refuses_a_database_of_real_people(services: Services, people: People) -> None:
    with pytest.raises(typer.BadParameter):
        demo.prepare(services)


def test_serve_starts_on_a_database_of_its_own(never_run: list[Services]) -> None:
    serving.serve()
    assert [each.settings.demo for each in never_run] == [False]
    never_run[0].close()


def test_serve_refuses_accounts_with_the_public_password(
    services: Services, people: People
) -> None:
    serving.refuse_demo_accounts(services)
    with services.database.writing() as session:
        session.get_one(Account, people.admin.account_id).is_demo = True
    with pytest.raises(typer.BadParameter):
        serving.refuse_demo_accounts(services)


def test_the_collector_rests_while_the_service_starts_and_works_afterwards(
    never_run: list[Services],
) -> None:
    serving.serve()
    assert not gc.isenabled()
    serving._warm()
    assert gc.isenabled()
    gc.unfreeze()
    never_run[0].close()
