"""Files that hold what they claim, to be broken one rule at a time."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from matcher.planning.assignment.document import write
from matcher.planning.assignment.methods import place
from matcher.planning.assignment.problem import Method, Opening, Person, Problem
from matcher.planning.assignment.seed import commitment
from tests.unit.planning.assignment.cases import SEED

ROUND = Problem(
    people=(
        Person("ann", (("cafe", "farm"), ("port",))),
        Person("bin", (("cafe",), ("farm",))),
        Person("chul", (("farm",),)),
        Person("dan", (("port",), ("cafe",))),
    ),
    openings=(
        Opening("cafe", 1, (("ann", "bin"), ("dan",)), 1),
        Opening("farm", 2, (("chul",), ("ann", "bin")), 1),
        Opening("port", 1, (("dan",), ("ann",))),
    ),
    fit={
        "ann": {"cafe": 4.0, "farm": 3.5, "port": 1.0},
        "bin": {"cafe": 3.0, "farm": 2.5},
        "chul": {"farm": 2.0},
        "dan": {"port": 1.5, "cafe": 2.25},
    },
)


def document(method: Method, problem: Problem = ROUND) -> dict[str, Any]:
    text = write(
        problem,
        place(problem, method, SEED),
        SEED,
        commitment(SEED),
        datetime(2026, 11, 2, tzinfo=UTC),
    )
    found: dict[str, Any] = json.loads(text)
    return found


def confirmed() -> Problem:
    """Chul is confirmed at the farm."""
    return replace(ROUND, fixed={"chul": "farm"})
