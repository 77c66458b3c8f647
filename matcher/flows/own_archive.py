"""Everything about a person as one archive: rows for programs, files as they are, and a readme."""

from collections.abc import Iterator, Mapping
from typing import IO, Any

from matcher.db import Unit
from matcher.exchange.own_archive import (
    DATA,
    README,
    Archive,
    archive,
    data_pieces,
    entry_name,
    readme,
)
from matcher.matching import own_rows
from matcher.store import own_files, people

Paths = Mapping[tuple[str, int], str]
"""(table, number of the row) -> where its file stands in the archive."""


def write(unit: Unit, file: IO[bytes]) -> None:
    """Into `file`, one table and one file at a time; a reading unit does, for nothing changes."""
    actor = unit.signed_in
    counts: dict[str, int] = {}
    head = {"service": "oreum", "exported_at": unit.now, "language": actor.language}
    with archive(file, unit.now) as made:
        paths = _files(unit, made)
        made.add(DATA, data_pieces(head, _tables(unit, paths, counts)))
        made.add(README, [readme(unit.today, counts)])
    unit.audit("data:exported", "account", actor.account_id, form="archive")


def _files(unit: Unit, made: Archive) -> Paths:
    actor, paths = unit.signed_in, {}
    numbers = people.numbers_of(unit.session, actor.account_id, actor.youth_id)
    for each in own_files.listed(unit.session, numbers[people.YOUTH]):
        path = entry_name(each.folder, each.id, each.name)
        made.add(path, [own_files.content(unit.session, each)])
        paths[each.table, each.id] = path
    return paths


def _tables(
    unit: Unit, paths: Paths, counts: dict[str, int]
) -> Iterator[tuple[str, own_rows.Rows]]:
    for table, rows in own_rows.by_table(unit):
        counts[table] = len(rows)
        yield table, [_with_file(table, row, paths) for row in rows]


def _with_file(table: str, row: dict[str, Any], paths: Paths) -> dict[str, Any]:
    """Bytes stand beside the rows as a file that the row names."""
    kept = {name: value for name, value in row.items() if not isinstance(value, bytes)}
    path = paths.get((table, row.get("id", 0)))
    return kept if path is None else {**kept, "file": path}
