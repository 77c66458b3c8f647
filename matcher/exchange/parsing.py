"""Table -> rows of one kind. Every row is checked, every mistake is told; storing all or nothing
is the caller's part and easy to see from `errors`."""

import difflib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from .cells import Cells
from .columns import Column, Kind
from .errors import ERROR_CAP, CellError, ErrorList, and_more, quoted
from .kinds import KINDS
from .lookups import Lookups
from .skills import UnmappedSkillRow
from .tables import Note, RawRow, Table
from .values import fold

Progress = Callable[[int, int], None]
"""Told rows checked, of how many; now and then."""
TELL_EVERY: Final = 500
_DEMO_TITLES: Final = frozenset({"demo", "데모", "is_demo"})


@dataclass(frozen=True)
class Unmapped:
    """A skill the taxonomy lacks. `row` is the whole record for kind skills; for openings and
    courses it is None, their row stands in `rows` with the skill in its own `unmapped`."""

    line: int
    column: str
    text: str
    nearest: tuple[str, ...]
    row: UnmappedSkillRow | None = None


@dataclass(frozen=True)
class Parsed:
    """`rows` are the kind's dataclasses in file order; `errors` at most a hundred in file order,
    `more_errors` how many were left out. With any error nothing should be stored."""

    kind: str
    rows: tuple[Any, ...]
    errors: tuple[CellError, ...]
    unmapped: tuple[Unmapped, ...] = ()
    notes: tuple[Note, ...] = ()
    more_errors: int = 0

    @property
    def ok(self) -> bool:
        return not self.errors

    def more(self, language: str) -> str:
        return and_more(self.more_errors, language)


def parse(
    kind: str,
    table: Table,
    lookups: Lookups,
    *,
    unmapped: Literal["error", "keep"] = "error",
    progress: Progress | None = None,
) -> Parsed:
    """Raises KeyError only for a kind that does not exist."""
    spec = KINDS[kind]
    if table.fatal:
        return Parsed(kind, (), table.errors, notes=table.notes)
    names, faults = _names(spec, table)
    if faults:
        return _result(spec, table, [], [*_renamed(table, names), *faults])
    reading = _Reading(spec, table, lookups, names, keep=unmapped == "keep", progress=progress)
    return reading.run()


def _names(spec: Kind, table: Table) -> tuple[dict[int, str], list[CellError]]:
    """Position -> column name, and what is wrong with the header."""
    known = {_title(title): c.name for c in spec.columns for title in (c.name, *c.korean)}
    names: dict[int, str] = {}
    faults: list[CellError] = []
    for at, title in enumerate(table.header):
        name = known.get(_title(title))
        if _is_told(spec, title):
            continue
        if name is None:
            faults.append(_unknown_column(spec, table.header_line, title, known))
        elif name in names.values():
            shown = quoted(title)
            korean = f"{shown}: 같은 뜻의 열 {spec.title_ko_of(name)}이(가) 이미 있습니다"
            english = f"{shown}: the column {name} is already there"
            faults.append(CellError(table.header_line, name, "duplicate_header", korean, english))
        else:
            names[at] = name
    found = set(names.values())
    missing = [column for column in spec.columns if column.required and column.name not in found]
    faults.extend(_missing_column(table.header_line, column) for column in missing)
    return names, faults


def _is_told(spec: Kind, title: str) -> bool:
    return any(_title(title) in map(_title, (c.name, *c.korean)) for c in spec.told)


def _left_aside(spec: Kind, table: Table) -> tuple[Note, ...]:
    """What an export told its reader stands in the file and is believed by nobody."""
    return tuple(
        Note(
            "column_left_aside",
            f"열 {title}은(는) 읽지 않습니다. 파일로는 바뀌지 않습니다",
            f"column {title} is not read: a file does not change it",
        )
        for title in table.header
        if _is_told(spec, title)
    )


def _title(text: str) -> str:
    return fold(unicodedata.normalize("NFKC", text))


def _unknown_column(spec: Kind, line: int, title: str, known: dict[str, str]) -> CellError:
    shown = quoted(title)
    if fold(title) in _DEMO_TITLES:
        korean = "데모 표시는 파일로 받지 않습니다"
        return CellError(line, title, "demo_not_accepted", korean, "a demo flag is not accepted")
    near = difflib.get_close_matches(_title(title), known, n=1)
    hint = known[near[0]] if near else ""
    asked = f". {spec.title_ko_of(hint)}인가요?" if hint else ""
    korean = f"{shown}: {spec.title_ko} 파일에 없는 열입니다{asked}"
    english = f"{shown} is no column of {spec.name}" + (f"; did you mean {hint}?" if hint else "")
    return CellError(line, None, "unknown_column", korean, english)


def _missing_column(line: int, column: Column) -> CellError:
    return CellError(
        line,
        column.name,
        "missing_column",
        f"꼭 있어야 하는 열 {column.korean[0]}({column.name})이(가) 없습니다",
        f"the required column {column.name} is missing",
    )


def _renamed(table: Table, names: dict[int, str]) -> list[CellError]:
    """The reader knows only titles as written; here they become column names."""
    by_title = {table.header[at]: name for at, name in names.items()}
    return [replace(e, column=by_title.get(e.column or "", e.column)) for e in table.errors]


@dataclass
class _Reading:
    spec: Kind
    table: Table
    lookups: Lookups
    names: dict[int, str]
    keep: bool
    progress: Progress | None = None

    def run(self) -> Parsed:
        columns = {column.name: column for column in self.spec.columns}
        self._seen: dict[tuple[object, ...], int] = {}
        rows: list[Any] = []
        errors = _renamed(self.table, self.names)
        for number, raw in enumerate(self.table.rows):
            if self.progress is not None and number % TELL_EVERY == 0:
                self.progress(number, len(self.table.rows))
            cells = self._cells(raw, columns)
            row = self.spec.read(cells)
            if row is not None:
                self._refuse_repeats(cells, row)
            if cells.ok:
                rows.append(row)
            errors.extend(cells.errors)
        if self.spec.name == "taxonomy":
            errors.extend(_missing_parents(rows, self._column("slug")))
        return _result(self.spec, self.table, rows, errors, self.lookups)

    def _column(self, name: str) -> set[str]:
        """As written, rows with mistakes too: their mistake is told once, not once per child."""
        at = next(at for at, found in self.names.items() if found == name)
        return {str(raw.cells[at]).strip().casefold() for raw in self.table.rows}

    def _cells(self, raw: RawRow, columns: Mapping[str, Column]) -> Cells:
        values = {name: raw.cells[at] for at, name in self.names.items()}
        return Cells(
            line=raw.line,
            values=values,
            columns=columns,
            lookups=self.lookups,
            format=self.table.format,
            epoch_1904=self.table.epoch_1904,
            keep_unmapped=self.keep,
        )

    def _refuse_repeats(self, cells: Cells, row: Any) -> None:
        for group in self.spec.unique:
            key = (group, *(_key(row, name) for name in group))
            if all(part in ("", None) for part in key[1:]):
                continue
            first = self._seen.setdefault(key, cells.line)
            if first != cells.line:
                korean = ", ".join(map(self.spec.title_ko_of, group))
                english = ", ".join(group)
                cells.fail(
                    group[0],
                    "duplicate",
                    f"{first}행과 {korean}이(가) 같습니다",
                    f"same {english} as line {first}",
                )


def _key(row: Any, name: str) -> object:
    if isinstance(row, UnmappedSkillRow) and name == "skill":
        return "?" + fold(row.text)
    value = getattr(row, name)
    return value.casefold() if isinstance(value, str) else value


def _missing_parents(rows: list[Any], slugs: set[str]) -> list[CellError]:
    return [
        CellError(
            row.line,
            "parent",
            "unknown_parent",
            f"{quoted(row.parent)}: 이 파일에 없는 slug입니다",
            f"{quoted(row.parent)} is no slug of this file",
        )
        for row in rows
        if row.parent and row.parent not in slugs
    ]


def _result(
    spec: Kind,
    table: Table,
    rows: list[Any],
    errors: list[CellError],
    lookups: Lookups | None = None,
) -> Parsed:
    order = {column.name: at for at, column in enumerate(spec.columns)}
    errors.sort(key=lambda error: (error.line, order.get(error.column or "", -1)))
    kept = ErrorList()
    kept.extend(errors)
    return Parsed(
        kind=spec.name,
        rows=tuple(row for row in rows if not isinstance(row, UnmappedSkillRow)),
        errors=tuple(kept),
        unmapped=_unmapped(rows, lookups or Lookups()),
        notes=(*table.notes, *_left_aside(spec, table)),
        more_errors=max(kept.count - ERROR_CAP, 0) + table.more_errors,
    )


def _unmapped(rows: list[Any], lookups: Lookups) -> tuple[Unmapped, ...]:
    found = []
    for row in rows:
        if isinstance(row, UnmappedSkillRow):
            near = tuple(lookups.nearest(row.text))
            found.append(Unmapped(row.line, "skill", row.text, near, row))
        for part in getattr(row, "unmapped", ()):
            column = getattr(part, "column", "requirements")
            near = tuple(lookups.nearest(part.text))
            found.append(Unmapped(row.line, column, part.text, near))
    return tuple(found)
