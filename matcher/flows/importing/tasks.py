"""Imports from a page: a file is uploaded, checked by a worker, shown, and stored when a person
says yes. Every step is a row's state, so that a killed worker's task is taken up by the next."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from matcher.actor import Actor
from matcher.db import Unit, Units
from matcher.exchange import KINDS, MAX_BYTES
from matcher.exchange.errors import CellError
from matcher.exchange.job_feed_files import xml_door_error
from matcher.exchange.reading import Limits, door_error
from matcher.flows import importing
from matcher.flows.importing.preview import in_words
from matcher.i18n import gettext as _
from matcher.i18n import in_language, language_or_none, use_language
from matcher.policy.permissions import Permission, is_granted
from matcher.refusal import Conflict, Invalid, NotFound, NotTaken, Refusal, TooLarge
from matcher.store import accounts
from matcher.store import import_tasks as store
from matcher.store.import_tasks import Claimed, TaskRow
from models.account import Role
from models.bulk import ImportTask, TaskState

log = structlog.get_logger(__name__)
DESK_KINDS = (
    "youths",
    "enrolments",
    "attendance",
    "completions",
    "outcomes",
    "courses",
    "skills",
    "certifications",
)
"""Openings are the partners', frameworks the operator's."""
PARTNER_KINDS = ("openings", "job_feed")
KEPT = timedelta(hours=24)
MOST_OPEN = 10
SAMPLE = 5
_DOOR: dict[str, type[Invalid]] = {
    "unknown_extension": NotTaken,
    "content_mismatch": NotTaken,
    "too_large": TooLarge,
}
"""What is wrong with a file as a whole; anything else is told as a mistake in it."""
_NOT_SHOWN = re.compile(r"[^\w .()\[\]·_-]")


@dataclass(frozen=True)
class Mistake:
    line: int
    column: str
    text: str


@dataclass(frozen=True)
class TaskView:
    id: int
    kind: str
    file_name: str
    state: TaskState
    done: int
    total: int
    rows: int
    made: int
    changed: int
    mistakes: tuple[Mistake, ...]
    more: int
    notes: tuple[str, ...]
    unmapped: tuple[tuple[int, str, str], ...]
    """Line, words as written, nearest skills."""
    columns: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    message: str
    repeats: int | None
    """The batch that brought the very same file in before."""
    batch_id: int | None
    created_at: datetime

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0


def upload(
    unit: Unit,
    actor: Actor,
    kind: str,
    name: str,
    data: bytes,
    keeps_unmapped: bool = False,
    limit_bytes: int = MAX_BYTES,
) -> int:
    """The new task's number. Raises Invalid for a file that is no table at all."""
    if kind not in kinds_for(actor):
        raise Invalid({"kind": _("목록에 있는 것 중에서 골라 주세요.")})
    fault = _door(kind, data, name, Limits(max_bytes=limit_bytes))
    if fault is not None:
        refusal = _DOOR.get(fault.code, Invalid)
        raise refusal({"file": in_language(fault.text_ko, fault.text_en)})
    if store.count_open(unit.session, actor.account_id) >= MOST_OPEN:
        raise Conflict(_("끝나지 않은 파일이 너무 많습니다. 먼저 올린 파일을 마쳐 주십시오."))
    row = ImportTask(
        account_id=actor.account_id,
        organisation_id=actor.organisation_id,
        kind=kind,
        file_name=shown_name(name),
        keeps_unmapped=keeps_unmapped,
        data=data,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()  # its number is the answer
    unit.audit("import:uploaded", "import_task", row.id, kind=kind, size=len(data))
    assert row.id is not None
    return row.id


def kinds_for(actor: Actor) -> tuple[str, ...]:
    return PARTNER_KINDS if actor.role is Role.PARTNER else DESK_KINDS


def _door(kind: str, data: bytes, name: str, limits: Limits) -> CellError | None:
    """The job feed is XML as often as a table."""
    if kind == "job_feed" and name.lower().endswith(".xml"):
        return xml_door_error(data, limits)
    return door_error(data, name, limits)


def shown_name(name: str) -> str:
    """The last part of the name, without letters that hide or turn text; never used as a path."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    clean = " ".join(_NOT_SHOWN.sub("", last).split()).lstrip(".")
    stem, dot, ending = clean.rpartition(".")
    return (stem[:80] + dot + ending[:8]) if dot and stem else f"file.{ending[:8]}"


def open_ones(unit: Unit, actor: Actor) -> tuple[TaskView, ...]:
    return tuple(_view(row) for row in store.open_ones(unit.session, actor))


def refused_ones(unit: Unit, actor: Actor) -> tuple[TaskView, ...]:
    """Files with mistakes, for as long as the mistakes are kept."""
    found = store.refused_since(unit.session, actor, unit.now - KEPT)
    return tuple(_view(row) for row in found)


def task(unit: Unit, actor: Actor, task_id: int) -> TaskView:
    row = store.get(unit.session, actor, task_id)
    if row is None:
        raise NotFound
    return _view(row)


def order(unit: Unit, actor: Actor, task_id: int) -> None:
    """Say yes to what was shown."""
    _step(unit, actor, task_id, (TaskState.CHECKED,), TaskState.ORDERED)


def drop(unit: Unit, actor: Actor, task_id: int) -> None:
    _step(unit, actor, task_id, (TaskState.WAITING, TaskState.CHECKED), TaskState.DROPPED)


def _step(
    unit: Unit, actor: Actor, task_id: int, before: tuple[TaskState, ...], after: TaskState
) -> None:
    task(unit, actor, task_id)
    if not store.move(unit.session, actor, task_id, before, after, unit.now):
        raise Conflict(_("그 사이에 이 파일의 상태가 바뀌었습니다. 새로 열어 확인해 주십시오."))
    unit.audit(f"import:{after.value}", "import_task", task_id)


def forget_old(unit: Unit) -> int:
    return store.forget(unit.session, unit.now - KEPT, unit.now)


def work_next(units: Units) -> bool:
    """Do the next step of one task; False when nothing waits. Two workers never share one."""
    with units.reading() as unit:
        if not store.has_work(unit.session, unit.now):
            return False
    with units.writing() as unit:
        claimed = store.claim(unit.session, unit.now)
    if claimed is None:
        return False
    with units.reading() as unit:
        actor = accounts.actor_of(unit.session, claimed.account_id)
    if actor is None or not _may(actor, claimed):
        _settle(
            units, claimed, TaskState.FAILED, {"message": _("이제 이 일을 할 수 없는 계정입니다.")}
        )
        return True
    with use_language(language_or_none(actor.language) or "ko"):
        _work(units, actor, claimed)
    return True


def _may(actor: Actor, claimed: Claimed) -> bool:
    """As of now: a desk taken away since the upload stores nothing any more."""
    same_desk = actor.organisation_id == claimed.organisation_id
    is_partner = claimed.kind in PARTNER_KINDS
    needed = Permission.OPENINGS_MANAGE if is_partner else Permission.IMPORTS_MANAGE
    return same_desk and is_granted(needed, actor.role)


def _work(units: Units, actor: Actor, claimed: Claimed) -> None:
    file = importing.File(
        claimed.kind, claimed.data, claimed.file_name, claimed.keeps_unmapped,
        limit_bytes=max(MAX_BYTES, len(claimed.data)),
    )  # fmt: skip
    try:
        with units.reading(actor) as unit:
            looked = importing.look(unit, file, _teller(units, claimed.id))
        if looked.parsed is None:
            _settle(units, claimed, TaskState.REFUSED, _findings(looked))
        elif claimed.state is TaskState.CHECKING:
            _try(units, actor, claimed, looked)
        else:
            _store(units, actor, claimed, looked)
    except Refusal as refusal:
        log.info("import_refused", task=claimed.id, kind=claimed.kind)
        _settle(units, claimed, TaskState.REFUSED, {"message": refusal.message})
    except Exception:
        # The lease runs out and the task is tried again; the third failure gives it up.
        log.exception("import_failed", task=claimed.id, kind=claimed.kind)


def _teller(units: Units, task_id: int) -> importing.Progress:
    def tell(done: int, total: int) -> None:
        with units.writing() as unit:
            store.progress(unit.session, task_id, done, total, unit.now)

    return tell


def _try(units: Units, actor: Actor, claimed: Claimed, looked: importing.Looked) -> None:
    """Store everything and undo it: what would happen is known, not guessed."""
    try:
        with units.writing(actor) as unit:
            told = importing.store(unit, looked, dry_run=True)
    except importing.DryRun as dry:
        told = dry.result
    findings = _findings(looked) | {"made": told.made, "changed": told.changed}
    _settle(units, claimed, TaskState.CHECKED, findings)


def _store(units: Units, actor: Actor, claimed: Claimed, looked: importing.Looked) -> None:
    with units.writing(actor) as unit:
        told = importing.store(unit, looked)
        findings = _findings(looked) | {"made": told.made, "changed": told.changed, "sample": []}
        store.settle(unit.session, claimed.id, TaskState.STORED, unit.now, findings, told.batch_id)


def _settle(units: Units, claimed: Claimed, state: TaskState, findings: dict[str, Any]) -> None:
    with units.writing() as unit:
        store.settle(unit.session, claimed.id, state, unit.now, findings)


def _findings(looked: importing.Looked) -> dict[str, Any]:
    """Plain values, both languages where words came with both."""
    told = looked.told
    return {
        "rows": told.rows,
        "mistakes": [[e.line, e.column or "", e.text_ko, e.text_en] for e in told.errors],
        "more": told.more_errors,
        "notes": [[note.text_ko, note.text_en] for note in told.notes],
        "unmapped": [[u.line, u.text, ", ".join(u.nearest[:3])] for u in told.unmapped[:100]],
        "sample": importing.sample(looked, SAMPLE),
        "repeats": told.batch_id if told.is_repeat else None,
    }


def _view(row: TaskRow) -> TaskView:
    found = row.findings
    sample = found.get("sample") or []
    columns = importing.columns_of(row.kind) if row.kind in KINDS else ()
    return TaskView(
        id=row.id,
        kind=row.kind,
        file_name=row.file_name,
        state=row.state,
        done=row.done,
        total=row.total,
        rows=found.get("rows", 0),
        made=found.get("made", 0),
        changed=found.get("changed", 0),
        mistakes=tuple(
            Mistake(line, column, in_language(korean, english))
            for line, column, korean, english in found.get("mistakes", ())
        ),
        more=found.get("more", 0),
        notes=tuple(in_language(*both) for both in found.get("notes", ())),
        unmapped=tuple((line, text, near) for line, text, near in found.get("unmapped", ())),
        columns=columns,
        sample=tuple(in_words(row.kind, line) for line in sample if columns),
        message=found.get("message", ""),
        repeats=found.get("repeats"),
        batch_id=row.batch_id,
        created_at=row.created_at,
    )
