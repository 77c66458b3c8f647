"""Each method gives what trying every assignment gives."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from matcher.planning.assignment import weak
from matcher.planning.assignment.checking import blocking_pairs
from matcher.planning.assignment.coding import Coded, code
from matcher.planning.assignment.deferred import proposed
from matcher.planning.assignment.methods import deferred_acceptance, max_fit, place, weakly_stable
from matcher.planning.assignment.problem import Method, Problem
from matcher.planning.assignment.reducing import reduced
from tests.unit.planning.assignment import brute
from tests.unit.planning.assignment.cases import SEED, drawn, shuffled

CASES = 300


def case(number: int) -> Problem:
    """In turn strict and tied, with and without quotas and confirmed pairs."""
    return drawn(
        number, ties=(0.0, 0.5, 0.8)[number % 3], quotas=number % 2 == 1, fixed=number % 5 < 2
    )


@pytest.mark.parametrize("number", range(CASES))
def test_blocking_pairs_are_those_of_the_definition(number: int) -> None:
    problem = case(number)
    for found in list(brute.assignments(problem))[:60]:
        assert set(blocking_pairs(problem, found)) == brute.blocking(problem, found)


@pytest.mark.parametrize("number", range(CASES))
def test_deferred_acceptance_is_stable_and_best_for_people(number: int) -> None:
    problem = drawn(number, ties=0.0, quotas=number % 2 == 1, fixed=number % 5 < 2)
    found = deferred_acceptance(problem, SEED).assignment
    every = brute.stable(problem)
    assert found in every
    for person in found.keys() | {p for each in every for p in each}:
        if person not in problem.fixed:
            mine = brute.wish(problem, person, found[person])
            others = [brute.wish(problem, person, each[person]) for each in every]
            assert mine == min(others)


@pytest.mark.parametrize("number", range(CASES))
def test_deferred_acceptance_with_ties_is_weakly_stable(number: int) -> None:
    problem = case(number)
    assert deferred_acceptance(problem, SEED).assignment in brute.stable(problem)


@pytest.mark.parametrize("number", range(CASES))
def test_weakly_stable_meets_most_minimums_then_places_most(number: int) -> None:
    problem = case(number)
    found = weakly_stable(problem)
    every = brute.stable(problem)
    assert found.is_proved
    assert found.assignment in every
    best = max((len(brute.met(problem, each)), len(each)) for each in every)
    assert (len(brute.met(problem, found.assignment)), len(found.assignment)) == best
    assert found.bound == best[1]


@pytest.mark.parametrize("number", range(CASES))
def test_the_search_alone_finds_the_most(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the lotteries that give it a start nearly always as good."""
    monkeypatch.setattr(weak, "DRAWS", 0)
    monkeypatch.setattr(weak, "proposed", _worst_stable)
    problem = case(number)
    found = weakly_stable(problem)
    every = brute.stable(problem)
    best = max((len(brute.met(problem, each)), len(each)) for each in every)
    assert found.is_proved
    assert (len(brute.met(problem, found.assignment)), len(found.assignment)) == best


def _worst_stable(coded: Coded) -> list[int]:
    """Of 20 lotteries the one that places fewest."""
    tries = []
    people = len(coded.people)
    for number in range(20):
        lottery = np.random.default_rng(number).permutation(people)
        keys = (coded.rank * people + lottery[coded.person]) * people + coded.person
        tries.append(proposed(coded, keys))
    return min(tries, key=lambda places: sum(place >= 0 for place in places))


@pytest.mark.parametrize("number", range(CASES))
def test_no_pair_of_a_stable_assignment_is_removed_before_the_search(number: int) -> None:
    problem = drawn(number, people=6, ties=(0.0, 0.3, 0.6)[number % 3], fixed=number % 5 < 2)
    coded = code(problem)
    left = reduced(coded)
    pairs = zip(left.person.tolist(), left.opening.tolist(), strict=True)
    kept = {(left.people[person], left.openings[opening]) for person, opening in pairs}
    used = {pair for each in brute.stable(problem) for pair in each.items()}
    assert used - problem.fixed.items() <= kept


def test_most_pairs_of_a_strict_round_are_removed() -> None:
    problems = [drawn(number, people=6, ties=0.0) for number in range(100)]
    before = sum(len(code(each).person) for each in problems)
    after = sum(len(reduced(code(each)).person) for each in problems)
    assert after < before / 2


@pytest.mark.parametrize("number", range(CASES))
def test_max_fit_meets_most_minimums_then_has_the_largest_sum_then_places_most(number: int) -> None:
    problem = case(number)
    found = max_fit(problem)
    every = [each for each in brute.assignments(problem) if brute.idle_or_met(problem, each)]
    best = max(_worth(problem, each) for each in every)
    assert found.is_proved
    assert found.assignment in every
    assert _worth(problem, found.assignment) == best
    assert found.bound == pytest.approx(best[1])


def _worth(problem: Problem, found: Mapping[str, str]) -> tuple[int, float, int]:
    return len(brute.met(problem, found)), round(brute.fit(problem, found), 6), len(found)


@pytest.mark.parametrize("number", range(0, CASES, 3))
def test_max_fit_takes_numbers_below_nought(number: int) -> None:
    problem = case(number)
    fit = {p: {o: value - 2.5 for o, value in row.items()} for p, row in problem.fit.items()}
    problem = replace(problem, fit=fit)
    every = [each for each in brute.assignments(problem) if brute.idle_or_met(problem, each)]
    best = max((len(brute.met(problem, each)), brute.fit(problem, each)) for each in every)
    found = max_fit(problem)
    reached = brute.fit(problem, found.assignment)
    assert (len(brute.met(problem, found.assignment)), pytest.approx(reached)) == best


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("number", range(0, CASES, 5))
def test_the_order_of_rows_changes_nothing(number: int, method: Method) -> None:
    problem = case(number)
    found = place(problem, method, SEED)
    assert place(shuffled(problem, number), method, SEED) == found


@pytest.mark.parametrize("number", range(0, CASES, 3))
def test_a_wish_the_opening_does_not_return_changes_nothing(number: int) -> None:
    problem = case(number)
    person = problem.people[0]
    unwanting = replace(problem.openings[0], id="other", tiers=())
    more = replace(
        problem,
        people=(replace(person, tiers=(("other",), *person.tiers)), *problem.people[1:]),
        openings=(*problem.openings, unwanting),
    )
    before = deferred_acceptance(drawn_strict(problem), SEED).assignment
    assert deferred_acceptance(drawn_strict(more), SEED).assignment == before


def drawn_strict(problem: Problem) -> Problem:
    """Every tie of people taken apart, so that a further opening does not turn the circle."""
    people = tuple(
        replace(each, tiers=tuple((o,) for tier in each.tiers for o in tier))
        for each in problem.people
    )
    return replace(problem, people=people)
