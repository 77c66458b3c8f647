"""A problem as arrays: the acceptable pairs of the people who are not fixed, in drawn order.

People and openings are numbered in the order the seed draws, so a number is a place in the lottery
and no result depends on the order in which rows came in. Ids nobody knows are left out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from matcher.planning.assignment.problem import Problem, Tiers
from matcher.planning.assignment.seed import start_of, tie_order

Ints = NDArray[np.int64]
ABSENT = -1


@dataclass(frozen=True, slots=True)
class Coded:
    """One entry a pair in `person`, `opening`, `wish`, `rank`; ordered by person, then wish.

    `wish`: tier of the opening for the person; `rank`: tier of the person at the opening; both
    from 0. `seats` and `needs`: capacity and minimum less the fixed pairs, never below 0.
    """

    people: tuple[str, ...]
    openings: tuple[str, ...]
    person: Ints
    opening: Ints
    wish: Ints
    rank: Ints
    seats: Ints
    needs: Ints

    @property
    def offsets(self) -> Ints:
        """Where each person's pairs start, and the end."""
        counts = np.bincount(self.person, minlength=len(self.people))
        return np.concatenate(([0], np.cumsum(counts)))

    def keep(self, kept: NDArray[np.bool_]) -> "Coded":
        """The same with fewer pairs."""
        if kept.all():
            return self
        return Coded(
            self.people, self.openings, self.person[kept], self.opening[kept],
            self.wish[kept], self.rank[kept], self.seats, self.needs,
        )  # fmt: skip

    def named(self, places: Sequence[int], fixed: Mapping[str, str]) -> dict[str, str]:
        """The opening of each person by id, from its number or -1, with the fixed pairs."""
        found = {
            person: self.openings[place]
            for person, place in zip(self.people, places, strict=True)
            if place != ABSENT
        }
        return dict(sorted({**found, **fixed}.items()))


def code(problem: Problem, seed: str = "") -> Coded:
    tiers = {each.id: each.tiers for each in problem.people if each.id not in problem.fixed}
    asked = {each.id: each for each in problem.openings}
    people = tie_order(seed, "people", tiers)
    openings = tie_order(seed, "openings", asked)
    taken = Counter(problem.fixed.values())
    person, opening, wish = _wishes(seed, people, openings, tiers)
    table = np.full((len(people), len(openings)), ABSENT, dtype=np.int32)
    owner, member, rank = _flat([asked[each].tiers for each in openings], people)
    # In reverse, so that of an id named twice the better place counts.
    table[member[::-1], owner[::-1]] = rank[::-1]
    ranks = table[person, opening].astype(np.int64)
    left = [asked[each].capacity - taken[each] for each in openings]
    lacking = [asked[each].minimum - taken[each] for each in openings]
    coded = Coded(
        tuple(people), tuple(openings), person, opening, wish, ranks,
        np.maximum(np.array(left, dtype=np.int64), 0),
        np.maximum(np.array(lacking, dtype=np.int64), 0),
    )  # fmt: skip
    return coded.keep(ranks != ABSENT)


def _wishes(
    seed: str, people: Sequence[str], openings: Sequence[str], tiers: Mapping[str, Tiers]
) -> tuple[Ints, Ints, Ints]:
    """Person, opening and tier of every wish; equals in the order in which they are tried."""
    lists = [tiers[each] for each in people]
    person, opening, wish = _flat(lists, openings)
    if ((np.diff(person) == 0) & (np.diff(wish) == 0)).any():
        circle = len(openings)
        starts = np.array([start_of(seed, each, circle) for each in people])
        turn = (opening - starts[person]) % circle
        span = int(wish.max()) + 1
        # All but the equals is in order already, which this kind of sorting makes use of.
        order = np.argsort((person * span + wish) * circle + turn, kind="stable")
        person, opening, wish = person[order], opening[order], wish[order]
    return person, opening, wish


def _flat(lists: Sequence[Tiers], ids: Sequence[str]) -> tuple[Ints, Ints, Ints]:
    """Owner, member and tier of every entry of the lists, as numbers."""
    number = {each: place for place, each in enumerate(ids)}
    tiers_of = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    sizes = np.fromiter(map(len, chain.from_iterable(lists)), dtype=np.int64)
    tier = np.arange(len(sizes)) - np.repeat(np.cumsum(tiers_of) - tiers_of, tiers_of)
    owner = np.repeat(np.repeat(np.arange(len(lists)), tiers_of), sizes)
    entries = chain.from_iterable(chain.from_iterable(lists))
    member = np.fromiter(
        map(number.get, entries, repeat(ABSENT)), dtype=np.int64, count=int(sizes.sum())
    )
    known = member != ABSENT
    tiers = np.repeat(tier, sizes)
    if known.all():
        return owner, member, tiers
    return owner[known], member[known], tiers[known]
