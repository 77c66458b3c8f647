"""The program finds what trying everything finds."""

from collections import Counter

import pytest

from matcher.planning.path import search
from matcher.planning.path.problem import Problem
from matcher.planning.path.search import Search
from tests.unit.planning.path.brute import best
from tests.unit.planning.path.cases import case

CASES = 500
BLOCKS = 10


def found(problem: Problem) -> dict[str, tuple[int, int] | None]:
    asked = Search(problem)
    answer: dict[str, tuple[int, int] | None] = {"fastest": None, "cheapest": None}
    for plan in (*asked.plans("fastest", 1), *asked.plans("cheapest", 1)):
        assert plan.gap == 0
        answer[plan.kind] = (plan.timeline.finish, plan.timeline.krw)
    return answer


@pytest.mark.parametrize("block", range(BLOCKS))
def test_fastest_and_cheapest_are_those_of_trying_everything(block: int) -> None:
    for seed in range(block * CASES // BLOCKS, (block + 1) * CASES // BLOCKS):
        problem = case(seed)
        assert found(problem) == best(problem), seed


def test_the_answer_does_not_hang_on_the_first_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    """However far below the best day the search begins, it ends on it."""
    usual = {seed: found(case(seed)) for seed in range(0, CASES, 4)}
    monkeypatch.setattr(Search, "_least_day", lambda _self, _order, floor: floor)
    monkeypatch.setattr(search, "FIRST_STEP", 9)
    assert {seed: found(case(seed)) for seed in usual} == usual


def test_the_cases_are_of_every_sort() -> None:
    """Else the comparison above would compare nothing with nothing."""
    sorts: Counter[str] = Counter()
    for seed in range(CASES):
        problem = case(seed)
        plans = Search(problem).plans("cheapest", 1)
        sorts["none" if not plans else "held" if not plans[0].timeline.steps else "steps"] += 1
        for each in plans[0].timeline.steps if plans else ():
            sorts[each.kind] += 1
            sorts["code"] += each.pay < 0
            sorts["voucher"] += each.pay > 0
    assert min(sorts[each] for each in ("none", "steps", "session", "task", "exam")) > 30
    assert sorts["code"] > 10
    assert sorts["voucher"] > 10
