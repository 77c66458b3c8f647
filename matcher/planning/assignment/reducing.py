"""Pairs that are in no weakly stable assignment and block none, found before any search.

An opening that fills with people for whom it alone comes first never takes anybody worse; a person
who is sure of a seat somewhere never takes anything worse. Each removal may allow the next.
"""

import numpy as np
from numpy.typing import NDArray

from matcher.planning.assignment.coding import Coded, Ints

_LAST = 1 << 40


def reduced(coded: Coded) -> Coded:
    left = coded.keep(coded.seats[coded.opening] > 0)
    while True:
        kept = _fills(left) & _sure(left)
        if kept.all():
            return left
        left = left.keep(kept)


def _fills(coded: Coded) -> NDArray[np.bool_]:
    best = np.full(len(coded.people), _LAST)
    np.minimum.at(best, coded.person, coded.wish)
    is_first = coded.wish == best[coded.person]
    firsts = np.bincount(coded.person[is_first], minlength=len(coded.people))
    alone = is_first & (firsts[coded.person] == 1)
    limit = np.full(len(coded.openings), _LAST)
    opening, rank = coded.opening[alone], coded.rank[alone]
    order = np.lexsort((rank, opening))
    opening, rank = opening[order], rank[order]
    nth = _place_in_group(opening)
    last = nth == coded.seats[opening] - 1
    limit[opening[last]] = rank[last]
    kept: NDArray[np.bool_] = coded.rank <= limit[coded.opening]
    return kept


def _sure(coded: Coded) -> NDArray[np.bool_]:
    order = np.lexsort((coded.rank, coded.opening))
    opening, rank = coded.opening[order], coded.rank[order]
    # People at least as good as this one: up to the end of the tier within the opening.
    ends = np.append(np.flatnonzero((np.diff(opening) != 0) | (np.diff(rank) != 0)) + 1, len(order))
    end = ends[np.searchsorted(ends, np.arange(len(order)), side="right")] if len(order) else ends
    begin = np.arange(len(order)) - _place_in_group(opening)
    as_good = end[: len(order)] - begin
    safe = order[as_good <= coded.seats[opening]]
    limit = np.full(len(coded.people), _LAST)
    np.minimum.at(limit, coded.person[safe], coded.wish[safe])
    kept: NDArray[np.bool_] = coded.wish <= limit[coded.person]
    return kept


def _place_in_group(sorted_groups: Ints) -> Ints:
    starts = np.flatnonzero(np.diff(sorted_groups, prepend=-1) != 0)
    sizes = np.diff(np.append(starts, len(sorted_groups)))
    return np.arange(len(sorted_groups)) - np.repeat(starts, sizes)
