"""How much of each ask each person has: the one kernel behind every skill and certificate number.

An ask is a distinct (key, level). Openings share asks, people are rows, so a ranking from either
side is the same table read along the other axis, and both sides get the same bits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.ranking.requirements import EXPIRED_CREDIT, needed_level, neighbours
from matcher.ranking.types import CERTIFICATION, SKILL, Adjacency, Requirement, Seeker

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Asks:
    """`number` maps (key, level) to a column; held thing s feeds the columns
    `ask[start[s]:start[s + 1]]` with `weight`."""

    number: dict[tuple[str, int], int]
    need: Floats
    source: dict[str, int]
    start: Ints
    ask: Ints
    weight: Floats

    @classmethod
    def from_requirements(cls, wanted: Iterable[Requirement], adjacency: Adjacency) -> "Asks":
        pairs = sorted({ask_key(each) for each in wanted})
        number = {pair: index for index, pair in enumerate(pairs)}
        columns: dict[str, list[int]] = {}
        for (key, _), index in number.items():
            columns.setdefault(key, []).append(index)
        feeds = _feeds(columns, adjacency)
        flat = [(ask, weight) for each in feeds.values() for ask, weight in each]
        start = np.concatenate(([0], np.cumsum([len(each) for each in feeds.values()])))
        return cls(
            number,
            np.array([level for _, level in pairs], dtype=np.float64),
            {key: index for index, key in enumerate(feeds)},
            start.astype(np.int64),
            np.array([ask for ask, _ in flat], dtype=np.int64),
            np.array([weight for _, weight in flat], dtype=np.float64),
        )


def ask_key(requirement: Requirement) -> tuple[str, int]:
    is_skill = requirement.key.startswith(SKILL)
    return requirement.key, needed_level(requirement) if is_skill else 1


def _feeds(
    columns: dict[str, list[int]], adjacency: Adjacency
) -> dict[str, list[tuple[int, float]]]:
    feeds = {key: [(each, 1.0) for each in asks] for key, asks in columns.items()}
    for name in adjacency:
        key = name if ":" in name else SKILL + name
        near = [
            (ask, weight)
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


def credit_table(held: HeldTable, asks: Asks) -> tuple[Floats, Floats]:
    """(people, asks) credit 0..1, and the same with each credit scaled by how well it is proved."""
    width = len(asks.need)
    credit = np.zeros((held.people, width))
    proved = np.zeros((held.people, width))
    code = np.array([asks.source.get(name, -1) for name in held.names], dtype=np.int64)
    source = code[held.name] if len(held.name) else held.name
    hit = np.flatnonzero(source >= 0)
    source = source[hit]
    fan = asks.start[source + 1] - asks.start[source]
    feed = np.repeat(asks.start[source] - _starts(fan), fan) + np.arange(int(fan.sum()))
    record = np.repeat(hit, fan)
    ask = asks.ask[feed]
    value = asks.weight[feed] * np.minimum(1.0, held.value[record] / asks.need[ask])
    cell = held.row[record] * width + ask
    np.maximum.at(credit.reshape(-1), cell, value)
    np.maximum.at(proved.reshape(-1), cell, value * held.verified[record])
    return credit, proved


def _starts(lengths: Ints) -> Ints:
    ends: Ints = np.cumsum(lengths)
    return ends - lengths


def grouped_mean(row: Ints, value: Floats, share: Floats, rows: int, empty: float) -> Floats:
    """Weighted mean of `value` per row, added in the given order; `empty` where nothing was asked.

    `bincount` adds one after the other, so a row's number does not depend on the other rows.
    """
    total = np.bincount(row, weights=share, minlength=rows)
    summed = np.bincount(row, weights=value * share, minlength=rows)
    return np.where(total > 0.0, summed / np.where(total > 0.0, total, 1.0), empty)
