"""The anonymised list of a dry run: written once, kept as it is, verified by the public checks."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from matcher.planning.assignment import document
from matcher.planning.assignment.problem import Placed, Problem
from matcher.planning.assignment.reading import parse
from matcher.planning.assignment.verifying import Finding, verify

SECONDS = 5.0


def listed(
    problem: Problem, placed: Placed, seed: str, promise: str, promised_at: datetime | None
) -> dict[str, Any]:
    text = document.write(problem, placed, seed or None, promise or None, promised_at)
    found: dict[str, Any] = json.loads(text)
    return found


def as_text(stored: Mapping[str, Any]) -> str:
    """The file as it is handed out; the same stored list gives the same bytes."""
    return json.dumps(stored, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def sha256_of(stored: Mapping[str, Any]) -> str:
    return sha256(as_text(stored).encode()).hexdigest()


def findings_of(stored: Mapping[str, Any]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """(broken rules, notes), as `verify-assignment` finds them in the file."""
    verdict = verify(parse(as_text(stored).encode()), SECONDS)
    return verdict.broken, verdict.notes


def read_back(stored: Mapping[str, Any]) -> tuple[Problem, Placed]:
    found = parse(as_text(stored).encode())
    return found.problem, Placed(found.method, found.assignment)
