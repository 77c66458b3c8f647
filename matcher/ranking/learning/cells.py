"""Scores as tables over bin numbers, into which trees are written out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from matcher.ranking.learning.bins import Bins
from matcher.ranking.learning.lists import Floats, Ints
from matcher.ranking.tables import AdditiveTables, PairSteps, Steps

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Span:
    """Bins `low` (inclusive) to `high` (exclusive) of a feature, with or without missing."""

    low: int
    high: int
    missing: bool

    def left(self, cut: int, missing: bool) -> "Span":
        return Span(self.low, min(self.high, cut), self.missing and missing)

    def right(self, cut: int, missing: bool) -> "Span":
        return Span(max(self.low, cut), self.high, self.missing and missing)

    def mask(self, bins: int) -> np.ndarray:
        """(bins + 1,) missing last."""
        inside = np.zeros(bins + 1, dtype=bool)
        inside[self.low : self.high] = True
        inside[-1] = self.missing
        return inside


@dataclass(eq=False)
class Cells:
    """`widths[j]` = bins of feature j. Tables have one cell more, for missing."""

    widths: tuple[int, ...]
    base: float = 0.0
    single: dict[int, Floats] = field(default_factory=dict)
    double: dict[Pair, Floats] = field(default_factory=dict)

    @classmethod
    def of(cls, bins: Bins) -> "Cells":
        return cls(tuple(len(each) for each in bins.middle))

    def empty(self) -> "Cells":
        return Cells(self.widths)

    def add(self, nodes: np.ndarray) -> None:
        """One tree over a single feature."""
        for region, value in leaves(nodes, self.widths):
            if region is None:
                self.base += value
            else:
                feature, span = region
                table = self.single.setdefault(feature, self._row(feature))
                table[span.mask(self.widths[feature])] += value

    def _row(self, feature: int) -> Floats:
        return np.zeros(self.widths[feature] + 1)

    def add_single(self, feature: int, table: Floats, factor: float = 1.0) -> None:
        self.single[feature] = self.single.get(feature, self._row(feature)) + factor * table

    def add_cells(self, other: "Cells", factor: float = 1.0) -> None:
        self.base += factor * other.base
        for feature, table in other.single.items():
            self.add_single(feature, table, factor)
        for pair, square in other.double.items():
            held = self.double.get(pair)
            self.double[pair] = factor * square if held is None else held + factor * square

    def plus(self, other: "Cells") -> "Cells":
        both = self.empty()
        both.add_cells(self)
        both.add_cells(other)
        return both

    def score(self, index: Ints) -> Floats:
        """(n,) for (n, d) cell numbers."""
        total = np.full(len(index), self.base)
        for feature, table in self.single.items():
            total += table[index[:, feature]]
        for (first, second), square in self.double.items():
            total += square[index[:, first], index[:, second]]
        return total

    def compiled(
        self, bins: Bins, names: tuple[str, ...], monotone: Sequence[int]
    ) -> AdditiveTables:
        rows = [self.single.get(each, self._row(each)) for each in range(len(self.widths))]
        steps = tuple(
            Steps(edges, _never_back(row[:-1], sign, 0), float(row[-1])).merged()
            for edges, row, sign in zip(bins.edges, rows, monotone, strict=True)
        )
        pairs = tuple(
            _pair(pair, bins, table, monotone) for pair, table in sorted(self.double.items())
        )
        return AdditiveTables(names, self.base, steps, pairs)


def _pair(pair: Pair, bins: Bins, table: Floats, monotone: Sequence[int]) -> PairSteps:
    first, second = pair
    table = table.copy()
    table[:-1] = _never_back(table[:-1], monotone[first], 0)
    table[:, :-1] = _never_back(table[:, :-1], monotone[second], 1)
    return PairSteps(first, second, bins.edges[first], bins.edges[second], table).merged()


def _never_back(values: Floats, sign: int, axis: int) -> Floats:
    """Sums of monotone tables are monotone but for the last bit; this takes care of that bit."""
    if sign > 0:
        return np.maximum.accumulate(values, axis=axis)
    return np.minimum.accumulate(values, axis=axis) if sign < 0 else values


def leaves(
    nodes: np.ndarray, widths: tuple[int, ...]
) -> Iterator[tuple[tuple[int, Span] | None, float]]:
    """Every leaf's (feature, span) and value; None for a tree that never split."""
    feature = int(nodes[0]["feature_idx"])
    stack: list[tuple[int, Span]] = [(0, Span(0, widths[feature], True))]
    while stack:
        number, span = stack.pop()
        node = nodes[number]
        if node["is_leaf"]:
            yield (None if len(nodes) == 1 else (feature, span)), float(node["value"])
            continue
        # an infinite threshold parts the known from the missing
        cut = int(min(np.floor(node["num_threshold"]) + 1, widths[feature]))
        left = bool(node["missing_go_to_left"])
        stack.append((int(node["right"]), span.right(cut, not left)))
        stack.append((int(node["left"]), span.left(cut, left)))


def cell_index(numbers: Floats, widths: tuple[int, ...]) -> Ints:
    """(n, d) bin numbers with NaN -> the last cell."""
    return np.where(np.isnan(numbers), np.array(widths), numbers).astype(np.intp)
