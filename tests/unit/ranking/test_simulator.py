"""The learner in the loop finds a planted order that hand-set weights and popularity do not."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
SCRIPT = Path(__file__).parents[3] / "benchmarks" / "simulator.py"


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    # One thread: beside other tests, more of them only wait for each other.
    run = subprocess.run(
        [sys.executable, str(SCRIPT), "--quick"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    result: dict[str, Any] = json.loads(run.stdout)
    return result


@pytest.mark.parametrize("other", ["prior", "popularity"])
def test_what_was_learned_beats_the_plain_orders_beyond_chance(
    found: dict[str, Any], other: str
) -> None:
    difference, low, high, people = found["recovery"]["pooled"][f"learned_minus_{other}"]
    assert 0.0 < low < difference < high
    assert people >= 100


def test_the_loop_is_told_round_by_round_for_both_arms(found: dict[str, Any]) -> None:
    loop = found["loop"]
    assert set(loop) == {"with_slot", "without_slot"}
    for arm in loop.values():
        assert {len(arm[key]) for key in ("coverage", "gini", "impact_ratio")} == {3}
        assert all(0.0 <= share <= 1.0 for share in arm["coverage"] + arm["impact_ratio"])


def test_a_drawn_place_lets_more_people_be_seen(found: dict[str, Any]) -> None:
    with_slot, without = (found["loop"][arm]["coverage"] for arm in ("with_slot", "without_slot"))
    assert min(with_slot) > max(without)
