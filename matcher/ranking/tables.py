"""An additive score as tables: base + one step function a feature (+ a line, + a few pair tables).

This is all that is left of a trained model when it serves: no tree, no scikit-learn, no training
row. A sum of such scores, or a scaled one, is again such a score, so averages of models and both
sides of a match stay one table per feature with exact contributions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.ranking.lookup import INFINITE, Lookup, PairTable

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Steps:
    """One feature's part of the score.

    `values[k]` holds for `edges[k - 1] < x <= edges[k]`, `values[-1]` above the last edge;
    `missing` holds for NaN. `slope * x` comes on top (nothing for NaN).
    """

    edges: Floats
    values: Floats
    missing: float = 0.0
    slope: float = 0.0

    def __post_init__(self) -> None:
        if self.edges.ndim != 1 or self.values.shape != (len(self.edges) + 1,):
            raise ValueError("a step function has one value more than edges")
        numbers = (*self.values.tolist(), self.missing, self.slope, *self.edges.tolist())
        if not np.isfinite(numbers).all() or not (self.edges[1:] > self.edges[:-1]).all():
            raise ValueError("edges must ascend and every number must be finite")

    def at(self, x: ArrayLike) -> Floats:
        """(n,) for (n,)."""
        column = np.asarray(x, dtype=np.float64)
        found = self.stepped(column)
        return found + self.slope * np.nan_to_num(column, nan=0.0) if self.slope else found

    def stepped(self, column: Floats) -> Floats:
        """`at` without the line."""
        found = self.values[np.searchsorted(self.edges, column, side="left")]
        return np.where(np.isnan(column), self.missing, found)

    def scaled(self, factor: float, shift: float = 0.0) -> "Steps":
        return Steps(
            self.edges,
            self.values * factor + shift,
            self.missing * factor + shift,
            self.slope * factor,
        )

    def merged(self) -> "Steps":
        """Without the edges at which nothing changes."""
        keep = np.flatnonzero(np.diff(self.values) != 0.0)
        values = self.values[np.concatenate((keep, [len(self.values) - 1]))]
        return replace(self, edges=self.edges[keep], values=values)


@dataclass(frozen=True, eq=False)
class PairSteps(PairTable):
    """A table over two features, with the rules of one that is served."""

    def __post_init__(self) -> None:
        shape = (len(self.first_edges) + 2, len(self.second_edges) + 2)
        if self.values.shape != shape or not np.isfinite(self.values).all():
            raise ValueError("a pair table has one row and column a bin and one for NaN")

    def at(self, X: Floats) -> Floats:
        row = _bin(X[:, self.first], self.first_edges)
        column = _bin(X[:, self.second], self.second_edges)
        found: Floats = self.values[row, column]
        return found

    def scaled(self, factor: float) -> "PairSteps":
        return replace(self, values=self.values * factor)

    def merged(self) -> "PairSteps":
        """Without the edges at which nothing changes."""
        rows = (np.diff(self.values[:-1], axis=0) != 0.0).any(axis=1)
        columns = (np.diff(self.values[:, :-1], axis=1) != 0.0).any(axis=0)
        keep_rows = np.concatenate((rows, [True, True]))
        keep_columns = np.concatenate((columns, [True, True]))
        return replace(
            self,
            first_edges=self.first_edges[rows],
            second_edges=self.second_edges[columns],
            values=self.values[np.ix_(keep_rows, keep_columns)],
        )


@dataclass(frozen=True, eq=False)
class AdditiveTables:
    """score = base + sum over features of `steps[j].at(x_j)` + sum of the pair tables.

    `contributions` gives half of a pair's value to each of its two features.
    """

    names: tuple[str, ...]
    base: float
    steps: tuple[Steps, ...]
    pairs: tuple[PairSteps, ...] = ()

    def __post_init__(self) -> None:
        if len(self.names) != len(self.steps) or len(set(self.names)) != len(self.names):
            raise ValueError("every feature needs one name and one step function")

    def predict(self, X: ArrayLike) -> Floats:
        """(n,) for (n, d); NaN = missing. ValueError for infinities."""
        rows = self._shaped(X)
        if self._lookup is not None:
            return self._lookup.scores(rows)
        parts: Floats = np.add.reduce(self.contributions(rows), axis=1)
        return self.base + parts

    @cached_property
    def _lookup(self) -> Lookup | None:
        """None where edges lie too close for a grid; then they are searched."""
        return Lookup.of(
            self.base,
            [(each.edges, each.values, each.missing) for each in self.steps],
            [each.slope for each in self.steps],
            self.pairs,
        )

    def contributions(self, X: ArrayLike) -> Floats:
        """(n, d); base + sum over columns == predict, to 1e-9."""
        rows = self._checked(X)
        parts = np.empty(rows.shape)
        for index, steps in enumerate(self.steps):
            parts[:, index] = steps.at(rows[:, index])
        for pair in self.pairs:
            half = pair.at(rows) / 2.0
            parts[:, pair.first] += half
            parts[:, pair.second] += half
        return parts

    def pair_contributions(self, X: ArrayLike) -> Floats:
        """(n, pairs), the undivided values of the pair tables."""
        rows = self._checked(X)
        return np.column_stack([each.at(rows) for each in self.pairs] or [np.empty((len(rows), 0))])

    def rise(self) -> Floats:
        """(d,) what lies between feature value 0 and 1, pair tables left out."""
        zero, one = np.zeros(1), np.ones(1)
        return np.array([float(each.at(one)[0] - each.at(zero)[0]) for each in self.steps])

    def scaled(self, factor: float, shift: float = 0.0) -> "AdditiveTables":
        """factor * score + shift."""
        return AdditiveTables(
            self.names,
            self.base * factor + shift,
            tuple(each.scaled(factor) for each in self.steps),
            tuple(each.scaled(factor) for each in self.pairs),
        )

    def centred(self, at: Sequence[float]) -> "AdditiveTables":
        """The same score, with every step function nought at `at[j]` (NaN: at missing)."""
        levels = [float(each.at(np.array([x]))[0]) for each, x in zip(self.steps, at, strict=True)]
        steps = [each.scaled(1.0, -level) for each, level in zip(self.steps, levels, strict=True)]
        return replace(self, base=self.base + sum(levels), steps=tuple(steps))

    def _checked(self, X: ArrayLike) -> Floats:
        rows = self._shaped(X)
        if np.isinf(rows).any():
            raise ValueError(INFINITE)
        return rows

    def _shaped(self, X: ArrayLike) -> Floats:
        rows = np.asarray(X)
        if rows.dtype not in (np.float32, np.float64):
            rows = rows.astype(np.float64)
        if rows.ndim != 2 or rows.shape[1] != len(self.names):
            raise ValueError(f"expected (n, {len(self.names)}) features, got {rows.shape}")
        return rows


def added(columns: Floats, start: float = 0.0) -> Floats:
    """(n,) start + the sum of (n, d), column by column: a row's bits do not depend on the rows
    beside it."""
    total = np.full(len(columns), start)
    for column in columns.T:
        total += column
    return total


def total(parts: Sequence[tuple[float, AdditiveTables]]) -> AdditiveTables:
    """sum of weight * score, over scores of the same features."""
    names = parts[0][1].names
    if any(each.names != names for _, each in parts):
        raise ValueError("scores over different features cannot be added")
    return AdditiveTables(
        names,
        float(sum(weight * each.base for weight, each in parts)),
        tuple(
            _sum_of_steps([(weight, each.steps[index]) for weight, each in parts])
            for index in range(len(names))
        ),
        tuple(pair.scaled(weight) for weight, each in parts for pair in each.pairs),
    )


def _sum_of_steps(parts: Sequence[tuple[float, Steps]]) -> Steps:
    edges = np.unique(np.concatenate([each.edges for _, each in parts]))
    probes = np.concatenate((edges, [np.inf]))
    values = np.zeros(len(probes))
    for weight, each in parts:
        values += weight * each.values[np.searchsorted(each.edges, probes, side="left")]
    missing = float(sum(weight * each.missing for weight, each in parts))
    slope = float(sum(weight * each.slope for weight, each in parts))
    return Steps(edges, values, missing, slope).merged()


def _bin(column: Floats, edges: Floats) -> NDArray[np.intp]:
    return np.where(np.isnan(column), len(edges) + 1, np.searchsorted(edges, column, side="left"))
