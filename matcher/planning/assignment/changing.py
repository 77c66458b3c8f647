"""A problem with one thing changed; and what is left after somebody drops out."""

from collections.abc import Callable, Collection
from dataclasses import replace

from matcher.planning.assignment.methods import place
from matcher.planning.assignment.problem import Opening, Placed, Problem, Tiers


def with_seats(problem: Problem, opening: str, more: int) -> Problem:
    return _with_opening(
        problem, opening, lambda each: replace(each, capacity=each.capacity + more)
    )


def raised(problem: Problem, opening: str, person: str, tiers: int) -> Problem:
    """The person as many tiers higher at the opening, among the equals of that tier."""

    def change(each: Opening) -> Opening:
        at = tier_of(each.tiers, person)
        if at is None:
            return each
        moved = [list(tier) for tier in each.tiers]
        moved[at].remove(person)
        moved[max(0, at - tiers)].append(person)
        return replace(each, tiers=tuple(tuple(tier) for tier in moved if tier))

    return _with_opening(problem, opening, change)


def listed(problem: Problem, opening: str, person: str) -> Problem:
    """The person in a tier of their own below all others at the opening."""
    return _with_opening(
        problem, opening, lambda each: replace(each, tiers=(*each.tiers, (person,)))
    )


def wishing(problem: Problem, person: str, opening: str) -> Problem:
    """The opening as one more wish, the last of all."""
    people = tuple(
        replace(each, tiers=(*each.tiers, (opening,))) if each.id == person else each
        for each in problem.people
    )
    return replace(problem, people=people)


def after_dropouts(
    problem: Problem,
    placed: Placed,
    gone: Collection[str],
    confirmed: Collection[str] | None = None,
) -> Problem:
    """Without the people who are gone; who confirmed (None: everybody else who is placed) keeps
    their opening as a fixed pair, the others are placed anew."""
    stay = {each.id for each in problem.people} - set(gone)
    keep = stay if confirmed is None else stay & set(confirmed)
    pairs = {**placed.assignment, **problem.fixed}
    return replace(
        problem,
        people=tuple(each for each in problem.people if each.id in stay),
        openings=tuple(replace(each, tiers=_only(each.tiers, stay)) for each in problem.openings),
        fixed={
            person: opening
            for person, opening in sorted(pairs.items())
            if person in keep or (person in stay and person in problem.fixed)
        },
        fit={person: row for person, row in problem.fit.items() if person in stay},
    )


def rerun(
    problem: Problem,
    placed: Placed,
    gone: Collection[str],
    seed: str = "",
    seconds: float = 10.0,
    confirmed: Collection[str] | None = None,
) -> Placed:
    """The same method again after drop-outs, for the seats and people that are left."""
    return place(after_dropouts(problem, placed, gone, confirmed), placed.method, seed, seconds)


def tier_of(tiers: Tiers, each: str) -> int | None:
    """The tier that holds the id, from 0."""
    return next((number for number, tier in enumerate(tiers) if each in tier), None)


def _only(tiers: Tiers, stay: set[str]) -> Tiers:
    left = (tuple(each for each in tier if each in stay) for tier in tiers)
    return tuple(tier for tier in left if tier)


def _with_opening(problem: Problem, opening: str, change: Callable[[Opening], Opening]) -> Problem:
    openings = tuple(change(each) if each.id == opening else each for each in problem.openings)
    return replace(problem, openings=openings)
