"""keys new|list|retire|revoke, sign."""

import json
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.table import Table as RichTable

from matcher.cli.setup import console, language, refusing, services
from matcher.i18n import gettext as _

if TYPE_CHECKING:
    from matcher.flows.issuer_keys import Keys

Name = Annotated[str, typer.Argument(help="such as 20261121-4f9c2a; see keys list")]
keys = typer.Typer(help="Keys this service signs credentials with: new, list, retire, revoke.")


@keys.command("list")
def list_keys(format: Annotated[Literal["table", "json"], typer.Option()] = "table") -> None:
    """Every key, the newest first, and the name they sign under."""
    from matcher.flows import issuer_keys

    with services() as ready, language(), refusing():
        with ready.reading() as unit:
            shelf = issuer_keys.shelf(unit, ready.key_vault)
        if format == "json":
            typer.echo(json.dumps(_plain(shelf), ensure_ascii=False))
            return
        _print(shelf)


@keys.command("new")
def new_key() -> None:
    """A new key signs from now on; the one before it is retired and stays good."""
    from matcher.flows import issuer_keys

    with services() as ready, language(), refusing():
        with ready.writing() as unit:
            name = issuer_keys.make(unit, ready.key_vault)
        typer.echo(_("이제 %(name)s 열쇠로 서명합니다.") % {"name": name})


@keys.command("retire")
def retire_key(name: Name) -> None:
    """It signs no more; what it signed stays good."""
    from matcher.flows import issuer_keys

    with services() as ready, language(), refusing():
        with ready.writing() as unit:
            issuer_keys.retire(unit, name)
        typer.echo(
            _("%(name)s 열쇠가 물러났습니다. 이미 한 서명은 그대로 맞습니다.") % {"name": name}
        )


@keys.command("revoke")
def revoke_key(name: Name) -> None:
    """Lost or stolen: nothing it signed counts, and all of it is signed anew under another key."""
    from matcher.flows import issuer_keys

    with services() as ready, language(), refusing():
        with ready.writing() as unit:
            now = issuer_keys.revoke(unit, ready.key_vault, name)
        typer.echo(
            _("%(name)s 열쇠를 폐기했습니다. 그 서명은 이제 맞지 않습니다.") % {"name": name}
        )
        if now:
            words = _(
                "이제 %(name)s 열쇠로 서명합니다. python -m matcher sign이 모두 다시 서명합니다."
            )
            typer.echo(words % {"name": now})


def sign() -> None:
    """Sign the completed courses and assessed skills that wait. The service does it by itself; this
    is for when it is down, and a second run changes nothing."""
    from matcher.jobs import issuing

    with services() as ready, language(), refusing():
        done = issuing.run(ready)
        if not ready.key_vault.is_on:
            typer.echo("nothing is signed: OREUM_KEY_SECRET is not set", err=True)
    typer.echo(f"{done} people")


def _print(shelf: "Keys") -> None:
    table = RichTable(_("이름"), _("상태"), _("서명한 것"), _("만든 때"), _("끝난 때"), box=None)
    for each in shelf.lines:
        state = str(each.state) if each.opens else f"{each.state} ({_('열리지 않음')})"
        ended = f"{each.ended_at:%Y-%m-%d}" if each.ended_at else ""
        table.add_row(each.name, state, str(each.signed), f"{each.created_at:%Y-%m-%d}", ended)
    console().print(shelf.did)
    console().print(table)
    if not shelf.signs:
        words = _("지금은 서명하지 않습니다. OREUM_KEY_SECRET을 정하고 keys new를 해 주십시오.")
        typer.echo(words, err=True)


def _plain(shelf: "Keys") -> dict[str, object]:
    rows = [
        {"name": each.name, "state": str(each.state), "signed": each.signed, "opens": each.opens}
        for each in shelf.lines
    ]
    return {"did": shelf.did, "signs": shelf.signs, "keys": rows}
