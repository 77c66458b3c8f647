"""Import a file: read, check every row, and store all of it or nothing, as one batch."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.exc import IntegrityError

from matcher.db import Unit
from matcher.exchange import MAX_BYTES, MAX_ROWS, Limits, read_table
from matcher.exchange.errors import CellError
from matcher.exchange.kinds import KINDS
from matcher.exchange.parsing import Parsed, Unmapped, parse
from matcher.exchange.tables import Note
from matcher.flows.importing import courses, openings, people, records, taxonomy
from matcher.flows.importing.known import Known, load, lookups
from matcher.i18n import gettext as _
from matcher.refusal import Conflict, NotFound
from matcher.store import batches, reference
from matcher.store.batches import Recorder
from models.batch import ImportBatch

BYTES_A_ROW = 128
"""Whoever allows a larger file means more rows too."""
Writer = Callable[[Unit, Recorder, Known, Parsed], None]
WRITERS: dict[str, Writer] = {
    "youths": people.write,
    "skills": records.write_skills,
    "certifications": records.write_certifications,
    "courses": courses.write,
    "openings": openings.write,
}


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
    if kind not in KINDS:
        raise NotFound
    reference.ensure_reference(unit.session, unit.now)
    digest = hashlib.sha256(data).hexdigest()
    before = batches.same_file(unit.session, kind, digest)
    if before is not None:
        return Imported(kind, before.row_count, batch_id=before.id, is_repeat=True)
    known = load(unit.session)
    rows = max(MAX_ROWS, limit_bytes // BYTES_A_ROW)
    table = read_table(data, filename, Limits(max_bytes=limit_bytes, max_rows=rows))
    parsed = parse(
        kind, table, lookups(known, unit.today), unmapped="keep" if keep_unmapped else "error"
    )
    result = _told(kind, parsed)
    if not parsed.ok:
        return result
    recorder = Recorder(unit.session)
    _write(unit, recorder, known, parsed, framework)
    batch = _batch(unit, kind, filename, digest, result.rows)
    recorder.finish(batch)
    result = replace(
        result,
        made=recorder.made,
        changed=recorder.changed,
        batch_id=None if dry_run else batch,
        new_organisations=tuple(known.new_organisations),
    )
    if dry_run:
        raise DryRun(result)
    unit.audit("import:stored", "batch", batch, kind=kind, rows=result.rows)
    return result


def revert(unit: Unit, batch_id: int) -> ImportBatch:
    """Undo one batch as a whole. Raises Conflict when later work stands on it."""
    batch = batches.get(unit.session, batch_id)
    if batch is None:
        raise NotFound(_("이 번호의 가져오기가 없습니다."))
    if batch.reverted_at is not None:
        raise Conflict(_("이미 되돌린 가져오기입니다."))
    notes = batches.changes(unit.session, batch_id)
    edited = batches.edited_since(unit.session, notes)
    if edited:
        first = f"{edited[0].table_name} {edited[0].row_id}"
        raise Conflict(_("그 뒤에 고친 기록이 있어 되돌릴 수 없습니다: %(row)s") % {"row": first})
    try:
        batches.undo(unit.session, notes)
        unit.session.flush()
    except IntegrityError as error:
        raise Conflict(_("그 뒤에 이어진 기록이 있어 되돌릴 수 없습니다.")) from error
    batch.reverted_at = unit.now
    unit.session.add(batch)
    unit.audit("import:reverted", "batch", batch_id, kind=batch.kind)
    return batch


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


def _batch(unit: Unit, kind: str, filename: str, digest: str, rows: int) -> int:
    batch = ImportBatch(
        kind=kind,
        file_name=filename[:200],
        file_hash=digest,
        row_count=rows,
        account_id=unit.actor.account_id if unit.actor else None,
        created_at=unit.now,
    )
    unit.session.add(batch)
    unit.session.flush()  # the notes need its id
    assert batch.id is not None
    return batch.id
