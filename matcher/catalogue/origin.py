"""Where a row of reference data comes from, and reading the files that hold the rows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """`confidence` is high, medium or low; `certainty` says what a missing or doubtful value means
    (stated, conflict, open, unknown, none, inferred, own_estimate, own_wording)."""

    source: str
    valid_from: date
    confidence: str
    certainty: str | None = None
    note: str | None = None


def read(name: str) -> dict[str, Any]:
    """The parsed JSON object of `catalogue/data/<name>`."""
    text = (files("matcher.catalogue") / "data" / name).read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


def origin(row: Row) -> Origin:
    return Origin(
        source=row["source"],
        valid_from=date.fromisoformat(row["valid_from"]),
        confidence=row["confidence"],
        certainty=row.get("certainty"),
        note=row.get("note"),
    )


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
