"""Deferred acceptance: people propose, openings hold the best so far."""

from heapq import heappush, heapreplace

import numpy as np

from matcher.planning.assignment.coding import ABSENT, Coded, Ints, code
from matcher.planning.assignment.problem import Method, Placed, Problem

_OPEN = 1 << 62


def deferred_acceptance(problem: Problem, seed: str = "") -> Placed:
    """The assignment best for people of all that are stable once the seed has broken the ties.

    People propose, so nobody gains by wishing anything but what they want; openings could.
    """
    coded = code(problem, seed)
    assignment = coded.named(proposed(coded), problem.fixed)
    return Placed(
        Method.DEFERRED_ACCEPTANCE,
        assignment,
        bound=float(len(assignment)),
        unmet=below_minimum(problem, assignment),
    )


def below_minimum(problem: Problem, assignment: dict[str, str]) -> tuple[str, ...]:
    """Openings with fewer people than their minimum."""
    got: dict[str, int] = {}
    for opening in assignment.values():
        got[opening] = got.get(opening, 0) + 1
    return tuple(sorted(each.id for each in problem.openings if got.get(each.id, 0) < each.minimum))


def proposed(coded: Coded, keys: Ints | None = None) -> list[int]:
    """The opening of each person, or -1.

    `keys`: for each pair how the opening likes the person, the least best; a key modulo the number
    of people must be the person, which makes it unique and breaks ties by the lottery.
    """
    if keys is None:
        keys = coded.rank * len(coded.people) + coded.person
    return _run(coded, keys, has_second_chance=False)


def with_second_chances(coded: Coded) -> list[int]:
    """The same, but who comes to the end of the list asks all over again as the first of their
    equals (Kiraly 2011). Weakly stable, and with ties on one side alone at least two thirds of the
    most that can be placed."""
    people = len(coded.people)
    keys = (2 * coded.rank + 1) * people + coded.person
    return _run(coded, keys, has_second_chance=True)


def _run(coded: Coded, keys: Ints, has_second_chance: bool) -> list[int]:
    people = len(coded.people)
    offsets, opening, key = coded.offsets.tolist(), coded.opening.tolist(), keys.tolist()
    seats = coded.seats.tolist()
    # What the worst held has when there is no seat left: who is not below it need not propose.
    cutoff = [_OPEN if each else ABSENT for each in seats]
    held: list[list[int]] = [[] for _ in seats]
    following = offsets[:-1]
    waiting = list(range(people - 1, -1, -1))
    again: set[int] = set()
    while waiting:
        person = waiting.pop()
        for at in range(following[person], offsets[person + 1]):
            place, mine = opening[at], key[at]
            if mine >= cutoff[place]:
                continue
            following[person] = at + 1
            heap = held[place]
            if len(heap) < seats[place]:
                heappush(heap, -mine)
            else:
                waiting.append(-heapreplace(heap, -mine) % people)
            if len(heap) == seats[place]:
                cutoff[place] = -heap[0]
            break
        else:
            if has_second_chance and person not in again:
                again.add(person)
                following[person] = offsets[person]
                for at in range(offsets[person], offsets[person + 1]):
                    key[at] -= people
                waiting.append(person)
    return _places(held, people)


def _places(held: list[list[int]], people: int) -> list[int]:
    places = np.full(people, ABSENT, dtype=np.int64)
    for place, heap in enumerate(held):
        for entry in heap:
            places[-entry % people] = place
    found: list[int] = places.tolist()
    return found
