"""One command to a running service with demo data."""

import gc
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from matcher.cli.setup import settings_told

if TYPE_CHECKING:
    from matcher.flows.demo import DemoAccount
    from matcher.settings import Settings
    from matcher.wiring import Services

HOME = Path("var/demo")
DATABASE_URL = f"sqlite:///{HOME}/oreum.db"


def demo() -> None:
    """Load demo data and serve on 127.0.0.1:PORT. RESET=1 in the environment begins anew."""
    from matcher.cli.serving import run, starting
    from matcher.wiring import build

    starting()
    with settings_told():
        settings = demo_settings(HOME)
        if os.environ.get("RESET", "") not in ("", "0"):
            reset(settings)
        services = build(settings)
    accounts = prepare(services)
    write_accounts(HOME / "accounts.json", accounts)
    show(settings, accounts)
    run(services)


def demo_settings(home: Path) -> "Settings":
    """Loopback only: the passwords are printed."""
    from matcher.settings import Settings

    home.mkdir(parents=True, exist_ok=True)
    return Settings(
        demo=True,
        host="127.0.0.1",
        secret=kept_secret(home / "secret"),
        database_url=os.environ.get("DATABASE_URL") or DATABASE_URL,
    )


def kept_secret(path: Path) -> str:
    """Made once for this checkout, readable by its owner only."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def reset(settings: "Settings") -> None:
    """Remove the SQLite file; a database server is never emptied from here."""
    scheme, _, path = settings.database_url.partition(":///")
    if scheme != "sqlite" or not path:
        raise typer.BadParameter("RESET=1 works on a SQLite file only; empty the database yourself")
    for ending in ("", "-wal", "-shm"):
        Path(path + ending).unlink(missing_ok=True)


def prepare(services: "Services") -> "Sequence[DemoAccount]":
    """Newest schema, demo data; both only where they are missing."""
    from matcher.flows import demo as flow
    from matcher.store import schema

    if not schema.is_current(services.database):
        schema.migrate(services.database)
    with services.reading() as unit:
        if flow.is_loaded(unit):
            return _known(flow.sign_ins(unit))
    typer.echo("loading demo data ...")
    gc.enable()  # half a million rows pass through here
    with services.writing() as unit:
        return flow.load(unit, services.passwords, vault=services.key_vault).accounts


def _known(accounts: "Sequence[DemoAccount]") -> "Sequence[DemoAccount]":
    """The demo shows everybody's mails, so it never opens a database of real people."""
    if not accounts:
        raise typer.BadParameter("this database holds accounts that are not the demo's")
    return accounts


def write_accounts(path: Path, accounts: "Sequence[DemoAccount]") -> None:
    rows = [asdict(account) for account in accounts]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def show(settings: "Settings", accounts: "Sequence[DemoAccount]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(
        title="Demo sign-ins: made-up people, partners and openings", title_justify="left"
    )
    for column in ("role", "id", "email"):
        # Copied by hand, so they stay on one line however narrow the window.
        table.add_column(column, no_wrap=True)
    table.add_column("name")
    for account in accounts:
        table.add_row(account.role, str(account.id), account.email, account.name)
    console = Console(highlight=False)
    console.print(table)
    for password in sorted({account.password for account in accounts}):
        console.print(f"password of all of them: {password}")
    console.print(f"Oreum demo: http://{settings.host}:{settings.port}")
