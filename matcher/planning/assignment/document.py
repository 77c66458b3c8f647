"""The file anyone can check: one JSON object, read strictly and written without a name.

The lottery is drawn from the ids, so a file carries the very ids the assignment was made with.
They must say nothing about a person and be given before the seed is drawn.
"""

import json
from datetime import datetime
from typing import Any

from matcher.planning.assignment.file import Document, Fault, UnreadableError
from matcher.planning.assignment.problem import Placed, Problem, Tiers
from matcher.planning.assignment.reading import parse

__all__ = ["Document", "Fault", "UnreadableError", "parse", "write"]


def write(
    problem: Problem,
    placed: Placed,
    seed: str | None = None,
    commitment: str | None = None,
    committed_at: datetime | None = None,
) -> str:
    """The same content gives the same text."""
    content: dict[str, Any] = {
        "method": str(placed.method),
        "openings": [
            {"id": each.id, "capacity": each.capacity, "minimum": each.minimum,
             "tiers": _sorted(each.tiers)}
            for each in sorted(problem.openings, key=lambda opening: opening.id)
        ],
        "people": [
            {"id": each.id, "tiers": _sorted(each.tiers)}
            for each in sorted(problem.people, key=lambda person: person.id)
        ],
        "assignment": dict(sorted(placed.assignment.items())),
        "fixed": dict(sorted(problem.fixed.items())),
        "fit": {p: dict(sorted(row.items())) for p, row in sorted(problem.fit.items())},
    }  # fmt: skip
    claims = {
        "seed": seed,
        "commitment": commitment,
        "committed_at": committed_at.isoformat() if committed_at else None,
    }
    content |= {name: value for name, value in claims.items() if value is not None}
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _sorted(tiers: Tiers) -> list[list[str]]:
    """Equals by id, so that their order tells nothing."""
    return [sorted(tier) for tier in tiers]
