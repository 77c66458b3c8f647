"""What commands share: services, the reader's language, refusals in words, progress.

Commands import what they work with when they run: help and the reference lists answer at once.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from matcher import i18n
from matcher.i18n import gettext as _
from matcher.refusal import Refusal

if TYPE_CHECKING:
    from rich.console import Console

    from matcher.wiring import Services


@contextmanager
def services() -> "Iterator[Services]":
    """Ready services; only `serve` asks for the secret."""
    from matcher.settings import Settings
    from matcher.wiring import build

    with settings_told():
        ready = build(Settings())
    try:
        yield ready
    finally:
        ready.close()


@contextmanager
def settings_told() -> Iterator[None]:
    """A setting that cannot stand becomes a line on standard error and exit status 2. Its value is
    never shown: it may be a secret."""
    from pydantic import ValidationError
    from sqlalchemy.exc import ArgumentError

    from matcher.settings import WeakSecret

    try:
        yield
    except WeakSecret as refusal:
        raise typer.BadParameter(str(refusal)) from None
    except ArgumentError:
        raise typer.BadParameter("DATABASE_URL is not the address of a database") from None
    except ValidationError as error:
        wrong = (f"{_variable(each['loc'])}: {each['msg']}" for each in error.errors())
        raise typer.BadParameter("; ".join(wrong)) from None


def _variable(place: tuple[int | str, ...]) -> str:
    name = str(place[0]) if place else ""
    return name if name.isupper() else f"OREUM_{name.upper()}"


@contextmanager
def language() -> Iterator[None]:
    """The terminal's language when it is English, else Korean."""
    code = os.environ.get("OREUM_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG")
    with i18n.use_language(i18n.language_or_none(code) or i18n.DEFAULT):
        yield


@contextmanager
def refusing() -> Iterator[None]:
    """A refusal becomes one line on standard error and exit status 1."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except Refusal as refusal:
        typer.secho(refusal.message or refusal.code, err=True, fg="red")
        raise typer.Exit(1) from None
    except DBAPIError as error:
        words = _("데이터베이스를 쓸 수 없습니다. 먼저 python -m matcher migrate를 해 주십시오.")
        typer.secho(f"{words} ({type(error.orig).__name__}: {error.orig})", err=True, fg="red")
        raise typer.Exit(1) from None


def console() -> "Console":
    """Standard output; a pipe is as wide as the lines need, so that nothing is cut."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else 240)


@contextmanager
def progress(words: str) -> Iterator[None]:
    """A spinner with the time gone by, on standard error and only in a terminal."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        bar.add_task(words)
        yield
