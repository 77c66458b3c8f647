"""verify-pack: is a frozen evaluation pack still what it was?"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli.models import spoken
from matcher.cli.setup import console
from matcher.i18n import gettext as _

if TYPE_CHECKING:
    from matcher.flows.pack_checks import Check

Pack = Annotated[str, typer.Argument(metavar="ID|FILE", help="number of a pack, or its JSON file")]


def verify_pack(pack: Pack) -> None:
    """Check the hash of a frozen evaluation pack and count its numbers again. Exit status 1 when
    the text is not the frozen one, 2 when it is and today's records say something else."""
    from matcher.flows import pack_checks

    file = None if pack.isascii() and pack.isdigit() else _read(Path(pack))
    with spoken() as ready, ready.reading() as unit:
        if file is None:
            check: Check | None = pack_checks.check_stored(unit, _number(pack))
            is_sound = check is not None and check.is_sound
        else:
            is_sound, check = pack_checks.check_file(unit, file)
        _tell(is_sound, check)
    if not is_sound:
        raise typer.Exit(1)
    if check is not None and check.differences:
        raise typer.Exit(2)


def _number(text: str) -> int:
    if len(text) > 9:
        raise typer.BadParameter("no pack has this number")
    return int(text)


def _read(path: Path) -> "dict[str, object]":
    """Raises BadParameter for anything that is not a downloaded pack."""
    try:
        file = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise typer.BadParameter(f"{path}: {error}") from None
    if not isinstance(file, dict) or set(file) != {"sha256", "content"}:
        raise typer.BadParameter(f"{path}: not an evaluation pack")
    return file


def _tell(is_sound: bool, check: "Check | None") -> None:
    out = console()
    out.print(_("해시가 맞습니다.") if is_sound else _("해시가 다릅니다. 굳힌 글이 아닙니다."))
    if check is None:
        out.print(_("이 데이터베이스에는 그 해시의 자료가 없어 다시 세지 않았습니다."))
        return
    for each in check.differences:
        words = _(
            "%(name)s: 굳힌 값 %(frozen)s, 지금 %(now)s, 빠진 줄 %(gone)s, 더해진 줄 %(more)s"
        )
        out.print(words % {
            "name": each.measure, "frozen": each.frozen, "now": each.now,
            "gone": list(each.gone), "more": [*each.changed, *each.late],
        })  # fmt: skip
    if not check.differences:
        out.print(_("오늘의 기록으로 다시 세어도 같습니다."))
