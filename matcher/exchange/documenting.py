"""`docs/import.md` from the columns themselves; a test keeps the page equal to this."""

from collections.abc import Iterator
from typing import Final

from .columns import Column, Kind
from .kinds import KINDS
from .reading import MAX_BYTES, MAX_ROWS
from .tables import COLUMN_CAP

_MEGABYTES: Final = MAX_BYTES // 1024 // 1024

_KOREAN: Final = f"""# 파일 가져오기

`python -m matcher import 종류 파일 [--dry-run]`으로 가져오고, `python -m matcher template 종류`로
빈 서식을 만듭니다. 모두 들어가거나 하나도 들어가지 않습니다.
틀린 곳은 줄과 열로 알려 줍니다(100개까지).

- CSV: UTF-8(BOM이 있어도 됨) 또는 CP949. 나누는 글자는 쉼표, 세미콜론, 탭.
- XLSX: 보이는 첫 시트만 읽습니다. 수식은 저장된 계산값으로 읽고, 계산값이 없으면 오류입니다.
  숨긴 행은 읽고 알려 줍니다. 오류 칸(#REF! 등)은 오류입니다.
- JSON: 객체의 목록 또는 `{{"rows": [...]}}`, UTF-8. 줄 번호는 항목의 차례입니다.
- {_MEGABYTES} MB, {MAX_ROWS:,}줄, {COLUMN_CAP}열까지. 열의 차례는 자유롭습니다.
  열 제목은 영어 이름이나 한국어 이름으로 적습니다.
- 날짜는 `2026-12-01`, `2026.12.1`, `2026/12/01`. 여럿을 적는 칸은 `;`로 나눕니다.
- 고를 수 있는 값이 정해진 열에는 값(`enrolled`), 한국어(`재학`), 영어(`Enrolled`) 가운데 아무것이나
  적습니다. 화면은 말로 보이고 내보낸 파일은 값을 담습니다.
- `=`, `+`, `-`, `@` 앞에 붙은 `'` 하나는 떼고 읽습니다(JSON 제외).
- 주민등록번호로 보이는 숫자가 있으면 받지 않습니다.
- 목록에 없는 스킬은 오류이며 가까운 것을 알려 줍니다. `--unmapped keep`이면 따로 모아 둡니다.
"""
_ENGLISH: Final = f"""# Importing files

`python -m matcher import KIND FILE [--dry-run]` imports, `python -m matcher template KIND` makes
a template. All or nothing; mistakes are told by line and column (up to 100).

- CSV: UTF-8 (with or without BOM) or CP949; comma, semicolon or tab.
- XLSX: the first visible sheet. A formula counts as the value stored with it; without one it is
  an error. Hidden rows are read and reported. Error cells (#REF! and so on) are errors.
- JSON: a list of objects or `{{"rows": [...]}}`, UTF-8. The line is the item's number.
- Up to {_MEGABYTES} MB, {MAX_ROWS:,} rows, {COLUMN_CAP} columns; columns in any order, with the
  English name or the Korean one as title.
- Days as `2026-12-01`, `2026.12.1` or `2026/12/01`. Cells with several entries use `;`.
- Columns with a list of values take the value (`enrolled`) or its word in English (`Enrolled`) or
  Korean (`재학`). Pages show words, exported files hold values.
- One `'` before `=`, `+`, `-`, `@` is taken off (not in JSON).
- Anything that looks like a resident registration number is refused.
- An unknown skill is an error that names the nearest; `--unmapped keep` sets it aside instead.
"""


def import_page() -> str:
    korean = "\n".join(_section_ko(kind) for kind in KINDS.values())
    english = "\n".join(_section_en(kind) for kind in KINDS.values())
    return f"{_KOREAN}\n{korean}\n{_ENGLISH}\n{english}"


def _section_ko(kind: Kind) -> str:
    head = f"## {kind.title_ko} (`{kind.name}`)\n\n" + (kind.about_ko and f"{kind.about_ko}\n\n")
    lines = (
        f"| `{c.name}` | {', '.join(c.korean)} | {'꼭' if c.required else ''} "
        f"| {c.holds_ko} | {_example(kind, c)} |"
        for c in kind.columns
    )
    table = _table("| 열 | 한국어 제목 | 필수 | 담는 것 | 예 |", lines)
    told = (
        f"\n내보낸 파일에는 `{c.name}`({c.korean[0]}) 열도 있습니다: {c.holds_ko}. "
        f"가져올 때는 읽지 않고, 읽지 않았다고 알립니다.\n"
        for c in kind.told
    )
    return head + table + "".join(told)


def _section_en(kind: Kind) -> str:
    head = f"## {kind.title_en} (`{kind.name}`)\n\n" + (kind.about_en and f"{kind.about_en}\n\n")
    lines = (
        f"| `{c.name}` | {'yes' if c.required else ''} | {c.holds_en} | {_example(kind, c)} |"
        for c in kind.columns
    )
    told = (
        f"\nExported files also have the column `{c.name}`: {c.holds_en}. "
        f"An import does not read it, and says so.\n"
        for c in kind.told
    )
    return head + _table("| column | required | holds | example |", lines) + "".join(told)


def _example(kind: Kind, column: Column) -> str:
    found = next((row[column.name] for row in kind.examples if row.get(column.name)), "")
    return f"`{found}`" if found else ""


def _table(title: str, lines: Iterator[str]) -> str:
    rule = "|" + " --- |" * (title.count("|") - 1)
    return "\n".join([title, rule, *lines]) + "\n"
