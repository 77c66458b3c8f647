"""How much of each ask each person has: the one kernel behind every skill and certificate number.

An ask is a distinct (key, level). Openings share asks, people are rows, so a ranking from either
side is the same table read along the other axis, and both sides get the same bits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.ranking.requirements import EXPIRED_CREDIT, needed_level, neighbours
from matcher.ranking.types import CERTIFICATION, SKILL, Adjacency, Requirement, Seeker

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Feed = tuple[int, float, bool]
"""(ask, weight, whether the thing held is the very thing asked)."""


@dataclass(frozen=True, slots=True)
class Asks:
    """`number` maps (key, level) to a column; held thing s feeds the columns
    `ask[start[s]:start[s + 1]]` with `weight`; `own` where it is the very thing asked."""

    number: dict[tuple[str, int], int]
    need: Floats
    source: dict[str, int]
    start: Ints
    ask: Ints
    weight: Floats
    own: NDArray[np.bool_]

    @classmethod
    def from_requirements(cls, wanted: Iterable[Requirement], adjacency: Adjacency) -> "Asks":
        pairs = sorted({ask_key(each) for each in wanted})
        number = {pair: index for index, pair in enumerate(pairs)}
        columns: dict[str, list[int]] = {}
        for (key, _), index in number.items():
            columns.setdefault(key, []).append(index)
        feeds = _feeds(columns, adjacency)
        flat = [feed for each in feeds.values() for feed in each]
        start = np.concatenate(([0], np.cumsum([len(each) for each in feeds.values()])))
        return cls(
            number,
            np.array([level for _, level in pairs], dtype=np.float64),
            {key: index for index, key in enumerate(feeds)},
            start.astype(np.int64),
            np.array([ask for ask, _, _ in flat], dtype=np.int64),
            np.array([weight for _, weight, _ in flat], dtype=np.float64),
            np.array([own for _, _, own in flat], dtype=np.bool_),
        )


def ask_key(requirement: Requirement) -> tuple[str, int]:
    is_skill = requirement.key.startswith(SKILL)
    return requirement.key, needed_level(requirement) if is_skill else 1


def _feeds(columns: dict[str, list[int]], adjacency: Adjacency) -> dict[str, list[Feed]]:
    feeds: dict[str, list[Feed]] = {
        key: [(each, 1.0, True) for each in asks] for key, asks in columns.items()
    }
    for name in adjacency:
        key = name if ":" in name else SKILL + name
        near: list[Feed] = [
            (ask, weight, False)
            for other, weight in neighbours(key, adjacency)
            for ask in columns.get(other, ())
        ]
        if near:
            feeds[key] = feeds.get(key, []) + near
    return feeds


@dataclass(frozen=True, slots=True)
class HeldTable:
    """All proofs of n people, flat: person `row`, thing `names[name]`, its value and its proof."""

    people: int
    names: tuple[str, ...]
    row: Ints
    name: Ints
    value: Floats
    verified: Floats

    @classmethod
    def of(cls, seekers: Sequence[Seeker], today: date) -> "HeldTable":
        names: dict[str, int] = {}
        flat: list[tuple[int, float, float]] = []
        counts: list[int] = []
        for seeker in seekers:
            flat += [
                (names.setdefault(slug, len(names)), each.level, each.verified)
                for slug, each in seeker.skills.items()
            ]
            for slug, proof in seeker.certifications.items():
                number = names.setdefault(CERTIFICATION + slug, len(names))
                worth = 1.0 if proof.is_active(today) else EXPIRED_CREDIT
                flat.append((number, worth, (proof.verification - 1) / 3))
            counts.append(len(seeker.skills) + len(seeker.certifications))
        table = np.array(flat, dtype=np.float64).reshape(-1, 3)
        return cls(
            len(seekers),
            tuple(name if name.startswith(CERTIFICATION) else SKILL + name for name in names),
            np.repeat(np.arange(len(seekers)), counts),
            table[:, 0].astype(np.int64),
            table[:, 1],
            table[:, 2],
        )


class Credits(NamedTuple):
    """(people, asks) each. `credit` 0..1 counts near things partly; `proved` is the same with each
    credit scaled by how well it is proved. `held` and `sure` speak of the very thing asked: its
    level (1 or less for a certificate, 0 if it is not held) and how well it is proved, 0..1."""

    credit: Floats
    proved: Floats
    held: Floats
    sure: Floats


class Fed(NamedTuple):
    """Each thing held that counts toward an ask, once an ask: its row in the table of things held,
    the ask, how much of it, and whether it is the very thing asked."""

    record: Ints
    ask: Ints
    value: Floats
    own: NDArray[np.bool_]


def fed(people: HeldTable, asks: Asks) -> Fed:
    code = np.array([asks.source.get(name, -1) for name in people.names], dtype=np.int64)
    source = code[people.name] if len(people.name) else people.name
    hit = np.flatnonzero(source >= 0)
    source = source[hit]
    fan = asks.start[source + 1] - asks.start[source]
    feed = np.repeat(asks.start[source] - _starts(fan), fan) + np.arange(int(fan.sum()))
    record, ask = np.repeat(hit, fan), asks.ask[feed]
    value = asks.weight[feed] * np.minimum(1.0, people.value[record] / asks.need[ask])
    return Fed(record, ask, value, asks.own[feed])


def credit_table(people: HeldTable, asks: Asks) -> Credits:
    record, ask, value, own = fed(people, asks)
    verified = people.verified[record]
    tables = [np.zeros((len(asks.need), people.people)) for _ in range(4)]
    credit, proved, held, sure = (each.reshape(-1) for each in tables)
    cell = ask * people.people + people.row[record]
    np.maximum.at(credit, cell, value)
    np.maximum.at(proved, cell, value * verified)
    # nobody holds a thing twice: one record a cell
    held[cell[own]] = people.value[record[own]]
    sure[cell[own]] = verified[own]
    return Credits(*(each.T for each in tables))


def _starts(lengths: Ints) -> Ints:
    ends: Ints = np.cumsum(lengths)
    return ends - lengths


@dataclass(frozen=True, slots=True)
class Mean:
    """A weighted mean over each opening's asks. `layers[k]` holds the k-th ask of every opening
    that has so many: (openings, asks, shares)."""

    layers: tuple[tuple[Ints, Ints, Floats], ...]
    total: Floats

    @classmethod
    def of(cls, row: Ints, ask: Ints, share: Floats, rows: int) -> "Mean":
        """Flat entries in row order: opening `row` weighs `ask` by `share`."""
        used = np.flatnonzero(share > 0.0)
        row, ask, share = row[used], ask[used], share[used]
        place = np.arange(len(row)) - np.searchsorted(row, row)
        picks = [np.flatnonzero(place == k) for k in range(int(place.max(initial=-1)) + 1)]
        layers = tuple((row[pick], ask[pick], share[pick]) for pick in picks)
        return cls(layers, np.bincount(row, weights=share, minlength=rows).astype(np.float64))

    def over(self, table: Floats, empty: float) -> Floats:
        """(people, asks) -> (people, openings); `empty` where an opening weighs nothing.

        Layer by layer every pair adds its own asks in order, so its bits depend on no other pair.
        """
        by_ask = table.T
        summed = np.zeros((len(self.total), len(table)))
        for row, ask, share in self.layers:
            summed[row] += by_ask[ask] * share[:, None]
        total = self.total[:, None]
        mean = np.where(total > 0.0, summed / np.where(total > 0.0, total, 1.0), empty)
        return mean.T

    def at(self, table: Floats, person: Ints, opening: Ints, empty: float) -> Floats:
        """`over` for single pairs, (n,) each, with the same bits."""
        by_ask = table.T.ravel()
        summed = np.zeros(len(person))
        for row, ask, share in self.layers:
            cell = np.zeros(len(self.total), dtype=np.int64)
            weight = np.zeros(len(self.total))
            cell[row], weight[row] = ask * len(table), share
            # where an opening has no ask in this layer 0 is added, which moves no bit
            summed += by_ask[cell[opening] + person] * weight[opening]
        total = self.total[opening]
        return np.where(total > 0.0, summed / np.where(total > 0.0, total, 1.0), empty)
