"""What an assignment comes to, the same figures for every method, to be put side by side."""

from collections import Counter
from dataclasses import dataclass

from matcher.planning.assignment.checking import blocking_pairs
from matcher.planning.assignment.fit import total_fit
from matcher.planning.assignment.problem import Placed, Problem


@dataclass(frozen=True, slots=True)
class Figures:
    """`mean_wish`: 1 is the first tier; `by_tier`: people who got their first, second, ... tier.
    None where nobody is placed."""

    people: int
    placed: int
    unplaced: int
    seats: int
    blocking_pairs: int
    total_fit: float
    worst_fit: float | None
    mean_wish: float | None
    by_tier: tuple[int, ...]


def figures(problem: Problem, placed: Placed) -> Figures:
    """Confirmed pairs count like all others, but block nothing."""
    assignment = placed.assignment
    fits = [problem.fit.get(p, {}).get(o, 0.0) for p, o in assignment.items()]
    wishes = wish_tiers(problem, placed)
    counts = Counter(wishes.values())
    return Figures(
        people=len(problem.people),
        placed=len(assignment),
        unplaced=len(problem.people) - len(assignment),
        seats=sum(each.capacity for each in problem.openings),
        blocking_pairs=len(blocking_pairs(problem, assignment)),
        total_fit=total_fit(problem, assignment),
        worst_fit=min(fits, default=None),
        mean_wish=sum(wishes.values()) / len(wishes) if wishes else None,
        by_tier=tuple(counts[tier] for tier in range(1, max(counts, default=0) + 1)),
    )


def wish_tiers(problem: Problem, placed: Placed) -> dict[str, int]:
    """For each placed person the tier of what they got, 1 for the first."""
    found = {}
    for person in problem.people:
        got = placed.assignment.get(person.id)
        for number, tier in enumerate(person.tiers, start=1):
            if got in tier:
                found[person.id] = number
                break
    return found
