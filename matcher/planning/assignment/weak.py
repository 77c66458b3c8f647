"""As many people as weak stability allows, with ties left as ties.

Finding the most is NP-hard once there are ties, so there is a limit of time and a bound: draws of
the lottery give a good start, pairs that cannot matter are removed, and an integer program looks
for more, until it has proved that there is no more or the time is up. Minimums come first: of all
weakly stable assignments one with as many minimums met as can be, of these one that places most.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

import numpy as np

from matcher.planning.assignment.checking import blocking_pairs
from matcher.planning.assignment.coding import Coded, code
from matcher.planning.assignment.deferred import below_minimum, proposed, with_second_chances
from matcher.planning.assignment.fit import most_placed
from matcher.planning.assignment.problem import Method, Placed, Problem
from matcher.planning.assignment.reducing import reduced
from matcher.planning.assignment.stability_program import Goal, solve

DRAWS = 24
"""Lotteries tried for a start; the fifth part of the time at most."""


@dataclass(frozen=True, slots=True)
class _Best:
    """`met`: minimums met, where there are any; they come before people."""

    assignment: Mapping[str, str]
    met: int

    @property
    def value(self) -> tuple[int, int]:
        return self.met, len(self.assignment)


def weakly_stable(problem: Problem, seconds: float = 10.0, seed: str = "") -> Placed:
    until = monotonic() + seconds
    coded = code(problem, seed)
    best = _valued(problem, coded.named(proposed(coded), problem.fixed))
    if not has_ties(coded):
        return _placed(problem, best, bound=best.value[1])
    left = reduced(coded)
    asking = sum(each.minimum > 0 for each in problem.openings)
    most = len(problem.fixed) + most_placed(left, left.seats)
    draw_until = monotonic() + seconds / 5
    for number in range(DRAWS):
        if best.value == (asking, most) or monotonic() > draw_until:
            break
        best = max(best, _drawn(problem, f"{seed}|{number}"), key=lambda each: each.value)
    if best.value == (asking, most):
        return _placed(problem, best, bound=most)
    return _searched(problem, left, best, most, until)


def has_ties(coded: Coded) -> bool:
    """Whether anybody, person or opening, holds two acceptable ones equal."""
    sides = ((coded.person, coded.wish), (coded.opening, coded.rank))
    for owner, tier in sides:
        span = int(tier.max()) + 1 if len(tier) else 1
        if len(np.unique(owner * span + tier)) < len(owner):
            return True
    return False


def _drawn(problem: Problem, seed: str) -> _Best:
    coded = code(problem, seed)
    return _valued(problem, coded.named(with_second_chances(coded), problem.fixed))


def _valued(problem: Problem, assignment: Mapping[str, str]) -> _Best:
    got = Counter(assignment.values())
    met = sum(0 < each.minimum <= got[each.id] for each in problem.openings)
    return _Best(assignment, met)


def _searched(problem: Problem, left: Coded, best: _Best, most: int, until: float) -> Placed:
    """A minimum met is worth more than all people together, whatever is fixed already."""
    people = len(problem.people) + 1
    fixed = _valued(problem, problem.fixed)
    reached = people * (best.met - fixed.met) + len(best.assignment) - len(problem.fixed)
    found = solve(left, Goal(1.0, people, reached + 1), until - monotonic())
    if found.places is not None:
        better = _valued(problem, left.named(found.places, problem.fixed))
        # The solver works within tolerances; what it claims is checked before it counts.
        if better.value > best.value and not blocking_pairs(problem, better.assignment):
            best = better
    over = found.bound - people * (best.met - fixed.met) + len(problem.fixed)
    return _placed(problem, best, int(min(most, over)), found.is_proved)


def _placed(problem: Problem, best: _Best, bound: int, is_proved: bool = True) -> Placed:
    assignment = dict(best.assignment)
    bound = len(assignment) if is_proved else max(bound, len(assignment))
    return Placed(
        Method.WEAKLY_STABLE,
        assignment,
        is_proved=is_proved,
        bound=float(bound),
        unmet=below_minimum(problem, assignment),
    )
