"""Every assignment there is, judged by the words of the rules. Shares nothing with the code."""

from collections.abc import Iterator, Mapping
from itertools import product

from matcher.planning.assignment.problem import Problem

Assignment = dict[str, str]


def assignments(problem: Problem) -> Iterator[Assignment]:
    """All that keep fixed pairs, capacities and acceptability; minimums are not looked at."""
    free = [each for each in problem.people if each.id not in problem.fixed]
    choices = []
    for person in free:
        wished = [o for tier in person.tiers for o in tier]
        choices.append([None, *(o for o in wished if rank(problem, o, person.id) is not None)])
    room = {each.id: each.capacity for each in problem.openings}
    for chosen in product(*choices):
        found = dict(problem.fixed)
        found.update({p.id: o for p, o in zip(free, chosen, strict=True) if o is not None})
        if all(count(found, o) <= room[o] for o in room):
            yield found


def stable(problem: Problem) -> list[Assignment]:
    return [each for each in assignments(problem) if not blocking(problem, each)]


def blocking(problem: Problem, found: Mapping[str, str]) -> set[tuple[str, str]]:
    return {
        (person.id, opening.id)
        for person in problem.people
        for opening in problem.openings
        if person.id not in problem.fixed
        if wish(problem, person.id, opening.id) is not None
        if rank(problem, opening.id, person.id) is not None
        if _person_would(problem, found, person.id, opening.id)
        if _opening_would(problem, found, person.id, opening.id)
    }


def _person_would(problem: Problem, found: Mapping[str, str], person: str, opening: str) -> bool:
    has = wish(problem, person, found[person]) if person in found else None
    return has is None or (wish(problem, person, opening) or 0) < has


def _opening_would(problem: Problem, found: Mapping[str, str], person: str, opening: str) -> bool:
    capacity = next(each.capacity for each in problem.openings if each.id == opening)
    if count(found, opening) < capacity:
        return True
    there = [p for p, o in found.items() if o == opening and p not in problem.fixed]
    ranks = [rank(problem, opening, each) for each in there]
    return any(each is None or (rank(problem, opening, person) or 0) < each for each in ranks)


def wish(problem: Problem, person: str, opening: str) -> int | None:
    tiers = next(each.tiers for each in problem.people if each.id == person)
    return next((n for n, tier in enumerate(tiers) if opening in tier), None)


def rank(problem: Problem, opening: str, person: str) -> int | None:
    tiers = next(each.tiers for each in problem.openings if each.id == opening)
    return next((n for n, tier in enumerate(tiers) if person in tier), None)


def count(found: Mapping[str, str], opening: str) -> int:
    return sum(place == opening for place in found.values())


def met(problem: Problem, found: Mapping[str, str]) -> set[str]:
    """Openings that ask for a minimum and have it."""
    return {o.id for o in problem.openings if 0 < o.minimum <= count(found, o.id)}


def fit(problem: Problem, found: Mapping[str, str]) -> float:
    return sum(problem.fit.get(p, {}).get(o, 0.0) for p, o in found.items())


def idle_or_met(problem: Problem, found: Mapping[str, str]) -> bool:
    """Every opening has its minimum or nobody but confirmed pairs."""
    return all(
        count(found, o.id) >= o.minimum or count(found, o.id) == count(problem.fixed, o.id)
        for o in problem.openings
    )
