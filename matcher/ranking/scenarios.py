"""Scores of one person under many changed records at once, the same bits as one by one.

An opening's score moves only when something it asks for moved, and most scenarios share what they
move; so each opening is scored once for every distinct way its asks are met.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.ranking.context import RankingContext
from matcher.ranking.credits import Credits, Floats, HeldTable, Ints, credit_table
from matcher.ranking.features import NEUTRAL, OPENING_FEATURES, names, opening_matrix
from matcher.ranking.graded import graded_pairs
from matcher.ranking.places import Place, clipped, in_order, rank_among, tie_of_seeker
from matcher.ranking.prepared import PreparedOpenings
from matcher.ranking.requirements import holds_exactly
from matcher.ranking.types import Requirement, Seeker

Flags = NDArray[np.bool_]
_FULL = 2**62


@dataclass(frozen=True, eq=False)
class Scores:
    """`additive` before clipping and `reachable`, (1 + scenarios, openings) each: row 0 is the
    person as of now. An opening out of reach is not ranked, whatever its score."""

    ids: tuple[int, ...]
    additive: Floats
    reachable: Flags
    tie: str

    def places(self, row: int) -> dict[int, Place]:
        """By opening id, as `opening_places` gives them."""
        kept = np.flatnonzero(self.reachable[row])
        ids = [self.ids[index] for index in kept]
        additive = self.additive[row, kept]
        return {
            ids[place]: Place(rank, clipped(float(additive[place])))
            for rank, place in enumerate(in_order(ids, additive, self.tie), start=1)
        }

    def exact(self, row: int, opening_id: int) -> float | None:
        """The score before clipping; None: out of reach."""
        index = self.ids.index(opening_id)
        return float(self.additive[row, index]) if self.reachable[row, index] else None

    def place(self, row: int, opening_id: int) -> Place | None:
        """One opening's place without putting the others in order; None: out of reach."""
        own = self.exact(row, opening_id)
        if own is None:
            return None
        index = self.ids.index(opening_id)
        kept = [each for each in np.flatnonzero(self.reachable[row]).tolist() if each != index]
        ids = [self.ids[each] for each in kept]
        rank = rank_among(opening_id, own, ids, self.additive[row, kept], self.tie)
        return Place(rank, clipped(own))


def scenario_scores(
    seeker: Seeker,
    scenarios: Sequence[Seeker],
    openings: PreparedOpenings,
    context: RankingContext,
) -> Scores:
    """`scenarios`: the same person with other skills, certificates or licences; wishes, dates and
    text are taken from `seeker`. Not for a ranking that is switched off: it has no scores."""
    people = [seeker, *scenarios]
    now = opening_matrix(seeker, openings, context)
    scorer = context.serving.opening
    additive = np.tile(scorer.additive(now), (len(people), 1))
    credits = credit_table(HeldTable.of(people, context.today), openings.asks)
    changed = _Changed.of(credits, openings)
    if len(changed.opening):
        matrix = now[changed.opening]
        proofs = graded_pairs(openings, credits, changed.person, changed.opening, NEUTRAL)
        for column, name in enumerate(names(OPENING_FEATURES)):
            if name in proofs:
                matrix[:, column] = proofs[name]
        additive[changed.rows, changed.columns] = scorer.additive(matrix)[changed.pair]
    reachable = _reachable(people, openings, context)
    ids = tuple(each.id for each in openings.openings)
    return Scores(ids, additive, reachable, tie_of_seeker(seeker, context))


@dataclass(frozen=True, slots=True)
class _Changed:
    """The distinct pairs (`person`, `opening`) to score, and for each cell (`rows`, `columns`) of
    the table that differs from row 0 the number of the `pair` that has its score."""

    person: Ints
    opening: Ints
    rows: Ints
    columns: Ints
    pair: Ints

    @classmethod
    def of(cls, credits: Credits, openings: PreparedOpenings) -> "_Changed":
        codes = _codes(credits)
        person, opening, rows, columns, pair = [], [], [], [], []
        count = 0
        for index, asks in enumerate(_asks(openings)):
            moved = np.flatnonzero(codes[:, asks].any(axis=1))
            if not len(moved):
                continue
            _, first, number = np.unique(
                _joined(codes[np.ix_(moved, asks)]), return_index=True, return_inverse=True
            )
            person.append(moved[first])
            opening.append(np.full(len(first), index))
            rows.append(moved)
            columns.append(np.full(len(moved), index))
            pair.append(number + count)
            count += len(first)
        return cls(*(_flat(each) for each in (person, opening, rows, columns, pair)))


def _asks(openings: PreparedOpenings) -> list[Ints]:
    """By opening: the asks it weighs."""
    entries = openings.entries
    found: dict[int, list[int]] = defaultdict(list)
    for row, ask in zip(entries.row.tolist(), entries.ask.tolist(), strict=True):
        found[row].append(ask)
    return [np.array(sorted(set(found[row])), dtype=np.int64) for row in range(len(openings))]


def _codes(credits: Credits) -> Ints:
    """(people, asks): 0 where an ask is met as in row 0, else a number for the way it is met."""
    by_ask = [each.T for each in credits]
    moved = np.zeros(by_ask[0].shape, dtype=np.bool_)
    for table in by_ask:
        moved |= table != table[:, :1]
    ask, person = np.nonzero(moved)
    raw = np.stack([table[ask, person] for table in by_ask], axis=1).tobytes()
    width = 8 * len(by_ask)
    known: dict[tuple[int, bytes], int] = {}
    sizes: dict[int, int] = defaultdict(int)
    codes = np.zeros(moved.shape, dtype=np.int64)
    numbers = []
    for place, column in enumerate(ask.tolist()):
        key = (column, raw[place * width : (place + 1) * width])
        if key not in known:
            sizes[column] += 1
            known[key] = sizes[column]
        numbers.append(known[key])
    codes[ask, person] = numbers
    return codes.T


def _joined(codes: Ints) -> Ints:
    """(n,) one number a row of (n, k), equal where all k are."""
    joined, size = np.zeros(len(codes), dtype=np.int64), 1
    for column in codes.T:
        radix = int(column.max()) + 1
        if size * radix > _FULL:
            joined = np.unique(joined, return_inverse=True)[1]
            size = len(codes)
        joined = joined * radix + column
        size *= radix
    return joined


def _flat(parts: Sequence[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _reachable(
    people: Sequence[Seeker], openings: PreparedOpenings, context: RankingContext
) -> Flags:
    """(people, openings): no hard rule stands in the way, and there is anything to score."""
    today = context.today
    open_now = [each.closes_on is None or each.closes_on >= today for each in openings.openings]
    found = np.tile(np.array(open_now, dtype=bool), (len(people), 1))
    kept: dict[Requirement, Flags] = {}
    for index, rules in enumerate(openings.rules):
        for rule in rules:
            if rule not in kept:
                kept[rule] = _lets_in(rule, people, context)
            found[:, index] &= kept[rule]
    found[[each.is_blank for each in people]] = False
    return found


def _lets_in(rule: Requirement, people: Sequence[Seeker], context: RankingContext) -> Flags:
    wanted = rule.kind == "licence"
    return np.array(
        [holds_exactly(each, rule, context.today) is wanted for each in people], dtype=bool
    )
