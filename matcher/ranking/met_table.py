"""Which requirements each of many people meets, and by how well proved a thing, as arrays.

The same answers as `requirements.check_canonical` and its `via`, for a list that only counts and
narrows: the lines themselves are put together for the people on a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.ranking.credits import Asks, Floats, Ints, ask_key, fed
from matcher.ranking.prepared import PreparedSeekers
from matcher.ranking.requirements import canonical, full_key
from matcher.ranking.types import LICENCE, Requirement, Seeker

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class MetTable:
    """Columns by `asked`, canonical and without exclusions; rows as the people came.

    `stage` is the verification 1..4 of what counted, 0 where nothing did and for licences.
    """

    asked: tuple[Requirement, ...]
    met: Bools
    stage: Ints

    @classmethod
    def of(cls, people: PreparedSeekers, requirements: Sequence[Requirement]) -> "MetTable":
        asked = tuple(each for each in canonical(requirements) if each.kind != "exclude")
        graded = [each for each in asked if not each.key.startswith(LICENCE)]
        asks = Asks.from_requirements(graded, people.context.adjacency)
        credit, stage = _best(people, asks)
        met = np.zeros((len(people), len(asked)), dtype=np.bool_)
        stages = np.zeros((len(people), len(asked)), dtype=np.int64)
        for column, each in enumerate(asked):
            if each.key.startswith(LICENCE):
                met[:, column] = [_holds(who, each.key) for who in people.seekers]
            else:
                ask = asks.number[ask_key(each)]
                met[:, column], stages[:, column] = credit[ask] >= 1.0, stage[ask]
        return cls(asked, met, stages)


def _holds(who: Seeker, key: str) -> bool:
    return any(full_key(each, LICENCE) == key for each in who.licences)


def _best(people: PreparedSeekers, asks: Asks) -> tuple[Floats, Ints]:
    """(asks, people) each: the best credit, and the stage of the thing it comes from. Of equal ones
    the very thing asked counts, else the first by key."""
    held = people.held
    record, ask, value, own = fed(held, asks)
    credit = np.zeros(len(asks.need) * held.people)
    cell = ask * held.people + held.row[record]
    np.maximum.at(credit, cell, value)
    by_key = {name: place for place, name in enumerate(sorted(held.names))}
    order = np.array([by_key[name] for name in held.names], dtype=np.int64)
    turn = np.where(own, -1, order[held.name[record]]) if len(record) else record
    best = np.flatnonzero((value == credit[cell]) & (value > 0.0))
    first = np.full(len(credit), len(held.names), dtype=np.int64)
    np.minimum.at(first, cell[best], turn[best])
    chosen = best[turn[best] == first[cell[best]]]
    stage = np.zeros(len(credit), dtype=np.int64)
    stage[cell[chosen]] = 1 + np.round(held.verified[record[chosen]] * 3).astype(np.int64)
    shape = (len(asks.need), held.people)
    return credit.reshape(shape), stage.reshape(shape)
