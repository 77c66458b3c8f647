"""What `demo` does before it serves: keep a secret, load once, begin anew only when told to."""

import json
import stat
from pathlib import Path

import pytest
import typer
from sqlmodel import func, select

from matcher.cli import demo
from matcher.wiring import Services, build
from models.account import Account


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`var/demo` of a fresh checkout."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("OREUM_TODAY", "2026-11-21")
    return tmp_path / demo.HOME


def accounts_in(services: Services) -> int:
    with services.database.reading() as session:
        return session.exec(select(func.count()).select_from(Account)).one()


def test_the_secret_is_made_once_and_only_its_owner_reads_it(home: Path) -> None:
    first = demo.demo_settings(demo.HOME).serving_secret()
    assert demo.demo_settings(demo.HOME).serving_secret() == first
    assert stat.S_IMODE((home / "secret").stat().st_mode) == 0o600


def test_the_demo_serves_on_loopback_in_demo_mode_only(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OREUM_HOST", "0.0.0.0")
    settings = demo.demo_settings(demo.HOME)
    assert settings.demo
    assert settings.host == "127.0.0.1"
    assert settings.database_url == "sqlite:///var/demo/oreum.db"


def test_a_second_start_reuses_the_data_and_a_reset_begins_anew(home: Path) -> None:
    settings = demo.demo_settings(demo.HOME)
    services = build(settings)
    first = demo.prepare(services)
    loaded = accounts_in(services)
    assert loaded > 300
    assert demo.prepare(services) == first
    assert accounts_in(services) == loaded
    services.close()

    demo.reset(settings)
    assert not (home / "oreum.db").exists()
    services = build(settings)
    assert demo.prepare(services) == first
    services.close()


def test_the_accounts_file_lists_the_sign_ins(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services = build(demo.demo_settings(demo.HOME))
    accounts = demo.prepare(services)
    demo.write_accounts(home / "accounts.json", accounts)
    demo.show(services.settings, accounts)
    services.close()
    rows = json.loads((home / "accounts.json").read_text("utf-8"))
    assert {"role", "id", "email", "password", "name", "organisation"} == set(rows[0])
    assert {row["role"] for row in rows} == {"youth", "coordinator", "centre", "partner", "admin"}
    printed = capsys.readouterr().out
    assert all(row["email"] in printed for row in rows)
    assert "http://127.0.0.1:8000" in printed


def test_a_reset_never_empties_a_database_server(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://localhost/oreum")
    with pytest.raises(typer.BadParameter):
        demo.reset(demo.demo_settings(demo.HOME))
