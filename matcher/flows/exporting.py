"""Lists as files: what a desk sees; the kinds an import takes come back in the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO

from matcher.actor import Actor
from matcher.db import Unit
from matcher.exchange import KINDS, columns_of
from matcher.exchange.writing import csv_lines, json_lines, write_xlsx
from matcher.matching.export_lists import LISTS, Row, plain, reads_korean
from matcher.matching.export_titles import TITLES
from matcher.policy.data_map import DATA_MAP, Kind
from matcher.refusal import NotFound
from matcher.store import export_rows as store

__all__ = ["LISTS", "Exported", "export", "export_table"]
IN_MEMORY = 1_048_576
SECRET = frozenset({"data", "findings", "before", "after", "check_in_code", "join_link", "code"})
"""Columns no list shows, beside every hash of the data map: files, undo notes, what opens doors."""


@dataclass(frozen=True)
class Exported:
    """`file` stands at its beginning; whoever got it closes it."""

    file: IO[bytes]
    rows: int


@dataclass
class _Taken:
    """Counts what goes by on its way into a file."""

    rows: int = 0
    youths: set[int] = field(default_factory=set)

    def noting(
        self, found: Iterable[tuple[int | None, Row]], heads: Mapping[str, str]
    ) -> Iterator[Row]:
        for youth_id, row in found:
            self.rows += 1
            if youth_id is not None:
                self.youths.add(youth_id)
            yield {heads[name]: value for name, value in row.items()}


def export(unit: Unit, kind: str, file_format: str, reason: str = "") -> Exported:
    """One list in the actor's scope. A desk's export is recorded with its reason and whose data
    left; NotFound for a list nobody gets. The file is whole before the record is written, and the
    record before the file leaves."""
    reader = LISTS.get(kind)
    if reader is None:
        raise NotFound
    heads, taken = _heads(kind, unit.actor), _Taken()
    rows = taken.noting(reader(unit, unit.actor), heads)
    file = _written(file_format, rows, list(heads.values()), kind)
    if unit.actor is not None:
        people = sorted(taken.youths)
        unit.access(f"export:{kind}", None, reason=reason, youths=people, rows=taken.rows)
    unit.audit("list:exported", "list", None, kind=kind, rows=taken.rows, reason=reason)
    return Exported(file, taken.rows)


def export_table(unit: Unit, name: str, file_format: str) -> Exported:
    """A whole table for the operator: every column but hashes, files and what opens doors."""
    rule = DATA_MAP.get(name)
    if rule is None or unit.actor is not None:
        raise NotFound
    columns = [
        column
        for column, kind in rule.columns.items()
        if kind is not Kind.HASH and column not in SECRET
    ]
    taken = _Taken()
    rows = taken.noting(_table(unit, name, columns), dict(zip(columns, columns, strict=True)))
    file = _written(file_format, rows, columns, name)
    unit.audit("list:exported", "table", None, kind=name, rows=taken.rows)
    return Exported(file, taken.rows)


def _table(unit: Unit, name: str, columns: Sequence[str]) -> Iterator[tuple[None, Row]]:
    for row in store.whole_table(unit.session, name, columns):
        yield None, {column: plain(value) for column, value in zip(columns, row, strict=True)}


def _written(file_format: str, rows: Iterator[Row], heads: Sequence[str], sheet: str) -> IO[bytes]:
    """Row by row into a file that lives in memory while it is small and on disk when it is not."""
    with ExitStack() as closing:
        file: IO[bytes] = closing.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        if file_format == "xlsx":
            write_xlsx(file, rows, heads, sheet[:31])
        else:
            file.writelines(json_lines(rows) if file_format == "json" else csv_lines(rows, heads))
        file.seek(0)
        closing.pop_all()  # whole: whoever asked closes it
    return file


def _heads(kind: str, actor: Actor | None) -> Mapping[str, str]:
    """Column -> title. A desk that reads Korean gets the Korean titles, which an import takes."""
    is_korean = reads_korean(actor)
    if kind not in KINDS:
        return {name: title if is_korean else name for name, title in TITLES[kind].items()}
    if not is_korean:
        return {name: name for name in (*columns_of(kind), *(c.name for c in KINDS[kind].told))}
    return {c.name: c.korean[0] for c in (*KINDS[kind].columns, *KINDS[kind].told)}
