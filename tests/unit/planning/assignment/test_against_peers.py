"""200 strict rounds, solved once by two other libraries; the file says which and how."""

import json
from pathlib import Path
from typing import Any

import pytest

from matcher.planning.assignment.methods import place
from matcher.planning.assignment.problem import Method, Opening, Person, Problem
from tests.unit.planning.assignment.cases import SEED

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[3] / "data" / "assignment_peers.json").read_text(encoding="utf-8")
)["cases"]


def problem(case: dict[str, Any]) -> Problem:
    return Problem(
        people=tuple(
            Person(f"p{n}", tuple((f"o{o}",) for o in wishes))
            for n, wishes in enumerate(case["wishes"])
        ),
        openings=tuple(
            Opening(f"o{n}", capacity, tuple((f"p{p}",) for p in people))
            for n, (capacity, people) in enumerate(
                zip(case["capacity"], case["lists"], strict=True)
            )
        ),
    )


def test_there_are_two_hundred() -> None:
    assert len(CASES) == 200


@pytest.mark.parametrize("number", range(len(CASES)))
def test_deferred_acceptance_places_as_the_peers_do(number: int) -> None:
    case = CASES[number]
    expected = {f"p{n}": f"o{o}" for n, o in enumerate(case["placed"]) if o >= 0}
    assert place(problem(case), Method.DEFERRED_ACCEPTANCE, SEED).assignment == expected


@pytest.mark.parametrize("number", range(0, len(CASES), 4))
def test_without_ties_the_weakly_stable_one_places_as_many(number: int) -> None:
    case = CASES[number]
    found = place(problem(case), Method.WEAKLY_STABLE)
    assert len(found.assignment) == sum(o >= 0 for o in case["placed"])
