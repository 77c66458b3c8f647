"""A record as it was before a decision wrote to it: whether it still says what the decision wrote,
and putting it back."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from matcher.db import Unit
from models.certification import CertificationRecord
from models.skill import EvidenceKind, SkillRecord

Note = dict[str, Any]
TABLES = {"certification_record": CertificationRecord, "skill_record": SkillRecord}


def note(table: str, record: Any, before: Mapping[str, Any] | None, names: tuple[str, ...]) -> Note:
    """What undoing needs; `before` None for a record the decision made."""
    return {
        "table": table,
        "id": record.id,
        "before": None if before is None else {k: _plain(v) for k, v in before.items()},
        "after": values(record, names),
    }


def values(record: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(record, name)) for name in names}


def still_says(unit: Unit, kept: Mapping[str, Any]) -> bool:
    """Nobody wrote to the record since."""
    record = _record(unit, kept)
    return record is not None and values(record, tuple(kept["after"])) == kept["after"]


def put_back(unit: Unit, kept: Mapping[str, Any]) -> None:
    record = _record(unit, kept)
    if record is None:
        return
    if kept["before"] is None:
        unit.session.delete(record)
        return
    for name, value in kept["before"].items():
        setattr(record, name, _typed(name, value))
    if hasattr(record, "version"):
        record.version, record.updated_at = record.version + 1, unit.now
    unit.session.add(record)


def _record(unit: Unit, kept: Mapping[str, Any]) -> Any:
    kind = TABLES.get(str(kept.get("table")))
    return None if kind is None else unit.session.get(kind, kept["id"])


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    kinds: dict[str, Any] = {"rated_on": date.fromisoformat, "evidence_kind": EvidenceKind}
    return kinds[name](value) if name in kinds else value
