"""The three methods by name."""

from matcher.planning.assignment.deferred import deferred_acceptance
from matcher.planning.assignment.fit import max_fit
from matcher.planning.assignment.problem import Method, Placed, Problem
from matcher.planning.assignment.weak import weakly_stable

__all__ = ["deferred_acceptance", "max_fit", "place", "weakly_stable"]


def place(problem: Problem, method: Method, seed: str = "", seconds: float = 10.0) -> Placed:
    """The same problem, method and seed give the same assignment, whatever the order of rows.

    `seconds` bounds the search of the two methods that search.
    """
    match method:
        case Method.DEFERRED_ACCEPTANCE:
            return deferred_acceptance(problem, seed)
        case Method.WEAKLY_STABLE:
            return weakly_stable(problem, seconds, seed)
        case Method.MAX_FIT:
            return max_fit(problem, seconds, seed)
