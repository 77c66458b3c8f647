"""verify-assignment: does an anonymised list hold what it claims? The file is all it needs."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

from matcher.cli.setup import language
from matcher.i18n import gettext as _
from matcher.planning.assignment.words import method_words, said, unreadable_words

if TYPE_CHECKING:
    from matcher.planning.assignment.document import Document
    from matcher.planning.assignment.verifying import Finding, Verdict


def verify_assignment(
    file: Annotated[Path, typer.Argument(help="the anonymised list, JSON")],
    format: Annotated[Literal["text", "json"], typer.Option(help="text or json")] = "text",
    seconds: Annotated[
        float, typer.Option(min=0.1, max=3600, help="longest search of a question that needs one")
    ] = 10.0,
) -> None:
    """Exit status 0: all claims hold. 1: broken rules, each named. 2: no such list."""
    from matcher.planning.assignment.verifying import verify

    with language():
        verdict = verify(_read(file), seconds)
        show = _as_json if format == "json" else _as_text
        _write(show(verdict))
    raise typer.Exit(0 if verdict.holds else 1)


def _read(file: Path) -> "Document":
    from matcher.planning.assignment.document import UnreadableError, parse
    from matcher.planning.assignment.reading import MOST_BYTES

    try:
        if not file.is_file():
            _refuse(_("그런 파일이 없습니다."))
        if file.stat().st_size > MOST_BYTES:
            _refuse(unreadable_words(UnreadableError("too_large")))
        return parse(file.read_bytes())
    except OSError as error:
        _refuse(_("파일을 열 수 없습니다: %(why)s") % {"why": error.strerror or error})
    except UnreadableError as error:
        _refuse(unreadable_words(error))


def _refuse(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(2)


def _as_json(verdict: "Verdict") -> str:
    content = {
        "holds": verdict.holds,
        "method": str(verdict.method),
        "broken": [_row(each) for each in verdict.broken],
        "notes": [_row(each) for each in verdict.notes],
        "figures": asdict(verdict.figures) if verdict.figures else None,
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _row(finding: "Finding") -> dict[str, Any]:
    """Only what applies."""
    row = asdict(finding)
    is_counted = finding.count or finding.limit
    kept = {"rule", "count", "limit"} if is_counted else {"rule"}
    return {name: value for name, value in row.items() if value or name in kept}


def _as_text(verdict: "Verdict") -> str:
    if verdict.holds:
        lines = [_("이 배정은 주장하는 것을 모두 지킵니다.")]
    else:
        words = _("이 배정은 지키지 않은 것이 있습니다: %(n)s건")
        lines = [words % {"n": len(verdict.broken)}]
    code = str(verdict.method)
    lines.append(_("방법: %(words)s (%(code)s)") % {"words": method_words()[code], "code": code})
    lines += [_line(each) for each in verdict.broken]
    if verdict.figures:
        figures = verdict.figures
        words = _("배정 %(placed)s명 / 전체 %(people)s명, 서로 더 원하는 짝 %(pairs)s개")
        lines.append(words % {"placed": figures.placed, "people": figures.people,
                              "pairs": figures.blocking_pairs})  # fmt: skip
    if verdict.notes:
        lines.append(_("알려 드립니다:"))
        lines += [_line(each) for each in verdict.notes]
    return "\n".join(lines)


def _line(finding: "Finding") -> str:
    """The rule by its code, which is the same in every language, then the sentence."""
    return f"- {finding.rule}: {said(finding)}"


def _write(text: str) -> None:
    typer.echo(text.encode("utf-8", "backslashreplace").decode())
