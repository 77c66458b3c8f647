"""Import a file: read, check every row, and store all of it or nothing, as one batch."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.exc import IntegrityError

from matcher.db import Unit
from matcher.exchange import MAX_BYTES, MAX_ROWS, Limits, as_cells, columns_of, read_table
from matcher.exchange.errors import ERROR_CAP, CellError
from matcher.exchange.kinds import KINDS
from matcher.exchange.parsing import Parsed, Progress, Unmapped, parse
from matcher.exchange.tables import Note
from matcher.flows.importing import (
    attendance,
    completions,
    courses,
    enrolments,
    hrdnet,
    opening_checks,
    openings,
    outcomes,
    people,
    records,
    taxonomy,
)
from matcher.flows.importing.known import Known, load, lookups, note_people
from matcher.i18n import gettext as _
from matcher.matching import issued_states
from matcher.refusal import Conflict, NotFound
from matcher.store import batches, bulk_rows, class_rows, reference
from matcher.store.batches import Recorder
from models.batch import BatchChange, ImportBatch

__all__ = ["DryRun", "File", "Framework", "Imported", "Looked", "Progress", "columns_of", "look",
           "revert", "run", "sample", "store"]  # fmt: skip
FIRST = 10
BYTES_A_ROW = 128
"""Whoever allows a larger file means more rows too."""
Writer = Callable[[Unit, Recorder, Known, Parsed], None]
Checker = Callable[[Unit, Known, Parsed], list[CellError]]
WRITERS: dict[str, Writer] = {
    "youths": people.write,
    "skills": records.write_skills,
    "certifications": records.write_certifications,
    "courses": courses.write,
    "hrdnet": hrdnet.write,
    "enrolments": enrolments.write,
    "attendance": attendance.write,
    "completions": completions.write,
    "outcomes": outcomes.write,
    "openings": openings.write,
    "job_feed": openings.write,
}
CHECKERS: dict[str, Checker] = {
    "youths": people.check,
    "skills": records.check_skills,
    "enrolments": enrolments.check,
    "attendance": attendance.check,
    "completions": completions.check,
    "outcomes": outcomes.check,
    "openings": openings.check,
    "job_feed": openings.check,
}
"""Mistakes that only show beside what is stored."""


@dataclass(frozen=True)
class Framework:
    """Where a further skill framework comes from."""

    slug: str
    name: str
    source: str
    licence: str


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do. With any error nothing is stored."""

    kind: str
    rows: int
    made: int = 0
    changed: int = 0
    batch_id: int | None = None
    is_repeat: bool = False
    """The very same file was imported before and still stands; nothing was done."""
    errors: tuple[CellError, ...] = ()
    more_errors: int = 0
    unmapped: tuple[Unmapped, ...] = ()
    notes: tuple[Note, ...] = ()
    new_organisations: tuple[str, ...] = ()


class DryRun(Exception):
    """Raised at the end of a dry run, so that the unit of work is rolled back."""

    def __init__(self, result: Imported) -> None:
        super().__init__("dry run")
        self.result = result


@dataclass(frozen=True)
class File:
    """What was sent, and how it is to be taken."""

    kind: str
    data: bytes
    name: str
    keeps_unmapped: bool = False
    framework: Framework | None = None
    limit_bytes: int = MAX_BYTES

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Looked:
    """A file read and checked; `parsed` is None where nothing is left to store."""

    file: File
    told: Imported
    parsed: Parsed | None
    first: tuple[Any, ...] = ()
    """The rows the file begins with, as they were understood."""


def run(
    unit: Unit,
    kind: str,
    data: bytes,
    filename: str,
    *,
    dry_run: bool = False,
    keep_unmapped: bool = False,
    framework: Framework | None = None,
    limit_bytes: int = MAX_BYTES,
) -> Imported:
    """Import one file. A dry run goes all the way and then raises DryRun to undo itself."""
    file = File(kind, data, filename, keep_unmapped, framework, limit_bytes)
    reference.ensure_reference(unit.session, unit.now)
    return store(unit, look(unit, file), dry_run=dry_run)


def look(unit: Unit, file: File, progress: Progress | None = None) -> Looked:
    """Read and check; writes nothing, so that nobody waits for it."""
    if file.kind not in KINDS:
        raise NotFound
    before = _standing(unit, file)
    if before is not None:
        return Looked(file, before, None)
    known = load(unit.session, unit.actor)
    rows = max(MAX_ROWS, file.limit_bytes // BYTES_A_ROW)
    opens = KINDS[file.kind].opens or read_table
    table = opens(file.data, file.name, Limits(max_bytes=file.limit_bytes, max_rows=rows))
    parsed = parse(
        file.kind,
        table,
        lookups(known, unit.today),
        unmapped="keep" if file.keeps_unmapped else "error",
        progress=progress,
    )
    checker = CHECKERS.get(file.kind)
    if checker is not None and parsed.rows:
        parsed = _with(parsed, checker(unit, known, parsed))
    told = _told(file.kind, parsed)
    return Looked(file, told, parsed if parsed.ok else None, parsed.rows[:FIRST])


def sample(looked: Looked, most: int) -> list[list[str]]:
    """The first rows as text, in the order of the kind's columns."""
    rows = [as_cells(looked.file.kind, row) for row in looked.first[:most]]
    return [["" if cell is None else str(cell)[:80] for cell in row.values()] for row in rows]


def store(unit: Unit, looked: Looked, dry_run: bool = False) -> Imported:
    """All rows or none, as one batch. What changed since the look is met with Conflict."""
    file, parsed = looked.file, looked.parsed
    if parsed is None:
        return looked.told
    before = _standing(unit, file)
    if before is not None:
        return before
    known = load(unit.session, unit.actor)
    _refuse_vanished(known, parsed)
    batch = _batch(unit, file, looked.told.rows)
    recorder = Recorder(unit.session, batch)
    _write(unit, recorder, known, parsed, file.framework)
    recorder.finish()
    result = replace(
        looked.told,
        made=recorder.made,
        changed=recorder.changed,
        batch_id=None if dry_run else batch,
        new_organisations=tuple(known.new_organisations),
    )
    if dry_run:
        raise DryRun(result)
    unit.audit("import:stored", "batch", batch, kind=file.kind, rows=result.rows)
    return result


def revert(unit: Unit, batch_id: int) -> ImportBatch:
    """Undo one batch as a whole. Raises Conflict when later work stands on it."""
    batch = batches.get(unit.session, unit.actor, batch_id, lock=True)
    if batch is None:
        raise NotFound(_("이 번호의 가져오기가 없습니다."))
    if batch.reverted_at is not None:
        raise Conflict(_("이미 되돌린 가져오기입니다."))
    notes = batches.changes(unit.session, batch_id)
    edited = batches.edited_since(unit.session, notes)
    if edited:
        first = f"{edited[0].table_name} {edited[0].row_id}"
        raise Conflict(_("그 뒤에 고친 기록이 있어 되돌릴 수 없습니다: %(row)s") % {"row": first})
    opening_checks.refuse_to_unlock(unit, notes)
    shifts = class_rows.seat_shifts(unit.session, notes)
    changed = openings.touched(unit, notes)
    _let_go(unit, notes)
    try:
        batches.undo(unit.session, notes)
        unit.session.flush()
    except IntegrityError as error:
        raise Conflict(_("그 뒤에 이어진 기록이 있어 되돌릴 수 없습니다.")) from error
    _give_back_seats(unit, shifts)
    openings.note_back(unit, changed)
    batch.reverted_at = unit.now
    unit.session.add(batch)
    unit.audit("import:reverted", "batch", batch_id, kind=batch.kind)
    _note_people(unit, notes)
    return batch


def _let_go(unit: Unit, notes: Sequence[BatchChange]) -> None:
    """What was signed for completions that now go is revoked with them."""
    made = [note.row_id for note in notes if note.table_name == "credential" and not note.before]
    for chunk in bulk_rows.chunks(made):
        issued_states.let_go(unit, chunk)


def _note_people(unit: Unit, notes: Sequence[BatchChange]) -> None:
    named = {note.row_id for note in notes if note.table_name == "youth_profile"}
    note_people(unit, "import:reverted", named)


def _give_back_seats(unit: Unit, shifts: dict[int, int]) -> None:
    for session_id, by in sorted(shifts.items()):
        if by and not class_rows.shift_taken(unit.session, session_id, by):
            raise Conflict(_("비었던 자리를 그 사이에 다른 사람이 받아 되돌릴 수 없습니다."))


def _standing(unit: Unit, file: File) -> Imported | None:
    """What the very same file did when it was imported before, unless that was reverted."""
    desk = unit.actor.organisation_id if unit.actor else None
    before = batches.same_file(unit.session, file.kind, file.digest, desk)
    if before is None:
        return None
    return Imported(file.kind, before.row_count, batch_id=before.id, is_repeat=True)


def _refuse_vanished(known: Known, parsed: Parsed) -> None:
    """Whom the file names may have been erased between the look and now."""
    named = [row.youth for row in parsed.rows if hasattr(row, "youth")]
    named += [each.row.youth for each in parsed.unmapped if each.row is not None]
    if any(known.youth(words) is None for words in named):
        raise Conflict(_("그 사이에 사라진 사람이 있습니다. 파일을 다시 올려 주십시오."))


def _with(parsed: Parsed, errors: list[CellError]) -> Parsed:
    """The checker's mistakes beside the reader's, by line, at most a hundred."""
    found = sorted([*parsed.errors, *errors], key=lambda error: error.line)
    return replace(
        parsed,
        errors=tuple(found[:ERROR_CAP]),
        more_errors=parsed.more_errors + max(0, len(found) - ERROR_CAP),
    )


def _told(kind: str, parsed: Parsed) -> Imported:
    return Imported(
        kind,
        len(parsed.rows) + sum(each.row is not None for each in parsed.unmapped),
        errors=parsed.errors,
        more_errors=parsed.more_errors,
        unmapped=parsed.unmapped,
        notes=parsed.notes,
    )


def _write(
    unit: Unit, recorder: Recorder, known: Known, parsed: Parsed, framework: Framework | None
) -> None:
    if parsed.kind == "taxonomy":
        wanted = framework or Framework("other", "other", "", "")
        taxonomy.write(unit, recorder, parsed, vars(wanted))
    else:
        WRITERS[parsed.kind](unit, recorder, known, parsed)


def _batch(unit: Unit, file: File, rows: int) -> int:
    batch = ImportBatch(
        kind=file.kind,
        file_name=file.name[:200],
        file_hash=file.digest,
        row_count=rows,
        account_id=unit.actor.account_id if unit.actor else None,
        organisation_id=unit.actor.organisation_id if unit.actor else None,
        created_at=unit.now,
    )
    unit.session.add(batch)
    unit.session.flush()  # the notes need its id
    assert batch.id is not None
    return batch.id
