"""How the parts are trained and which of them make the score.

Every part is trained on folds of the lists and judged on the lists its fold left out, so the
choice between blends rests on nearly as many lists as there are. The parts share one set of bins;
a blend of them is added up cell by cell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from matcher.ranking.learning.bins import Bins
from matcher.ranking.learning.boosting import Growth, Held, boosted
from matcher.ranking.learning.cells import Cells, Pair, cell_index
from matcher.ranking.learning.few import learned_from_few
from matcher.ranking.learning.linear import Design, fit_pairs
from matcher.ranking.learning.lists import Floats, Ints, Lists, joined, measured
from matcher.ranking.learning.objectives import LambdaLoss
from matcher.ranking.learning.pairs import Pairs
from matcher.ranking.learning.recipe import Recipe
from matcher.ranking.learning.together import Coarse, grown_together, most_used, promising
from matcher.ranking.metrics.accuracy import PerQuery
from matcher.ranking.tables import AdditiveTables

FOLDS = ((3_000_000, 5), (9_000_000, 3))
"""(most values, folds): large data need fewer folds, and pay for each."""
FEWEST_FOLDS = 2
ALONE_BELOW = 3_000_000
"""Values up to which one thread grows the trees."""
PULL = 5.0
"""Strength of the L2 penalty in lists: that many lists of evidence balance it."""
PAIR_TABLES = 12
FEWEST_LISTS, CLEARLY = 60, 0.005
"""With fewer lists nothing but the regression is tried; up to `few_lists` the blend must lead it so
clearly."""
DEFAULT: tuple[str, ...] = ("linear", "lambda", "point")
BLENDS: dict[tuple[str, ...], float] = {
    ("linear", "lambda", "pairs", "point"): 0.0,
    ("linear", "lambda"): 0.0,
    ("linear",): 0.0,
    ("linear", "pairs"): 2.0,
    ("pairs", "point"): 2.0,
    ("pairs",): 2.0,
}
"""What may replace the default, and by how many standard errors it must lead on held-out lists:
blends that rest on the pair tables need clear evidence."""
MARGIN = 0.002
"""The least lead. Taking the best of many by less was noise on the development data, and cost up
to .01 there."""
LAMBDA = Growth(rounds=300, rate=0.08)
POINT = Growth(rounds=240, rate=0.08)


@dataclass(frozen=True, eq=False)
class Prepared:
    """All lists (training first, then those of `eval_set`), binned once."""

    lists: Lists
    training: int
    bins: Bins
    numbers: Floats
    index: Ints
    design: Design
    rows: np.ndarray

    @classmethod
    def of(cls, lists: Lists, extra: Lists | None) -> "Prepared":
        bins = Bins.of(lists.X)
        both = lists if extra is None else joined(lists, extra)
        numbers = bins.numbers(both.X)
        index = cell_index(numbers, Cells.of(bins).widths)
        design = Design.of(bins, numbers[: len(lists.y)])
        return cls(both, len(lists), bins, numbers, index, design, design.rows(index))


@dataclass(eq=False)
class Part:
    """`cells` sums what the folds learned; `held` (n,) sums the scores of rows left out."""

    cells: Cells
    held: Floats
    fits: Floats

    def add(self, cells: Cells, index: Ints, rows: Ints) -> None:
        self.cells.add_cells(cells)
        self.held[rows] += cells.score(index[rows])
        self.fits[rows] += 1.0


@dataclass(eq=False)
class Parts:
    prepared: Prepared
    found: dict[str, Part] = field(default_factory=dict)
    pairs: tuple[Pair, ...] | None = None

    def add(self, name: str, cells: Cells, held: Ints) -> None:
        if name not in self.found:
            size = len(self.prepared.lists.y)
            self.found[name] = Part(cells.empty(), np.zeros(size), np.zeros(size))
        self.found[name].add(cells, self.prepared.index, held)


def learned(
    lists: Lists, extra: Lists | None, recipe: Recipe
) -> tuple[AdditiveTables, dict[str, Any]]:
    """The tables and what was chosen, with NDCG@10 on lists left out.

    With few lists (or one, which cannot be left out) the regression alone is the default; between
    `FEWEST_LISTS` and the recipe's `few_lists` the blend replaces it only where lists left out say
    so clearly.
    """
    known = int(lists.informative.sum())
    if known >= max(recipe.few_lists, FEWEST_FOLDS):
        return _learned_from_many(lists, extra, recipe)
    few = learned_from_few(lists, extra, recipe)
    if known < FEWEST_LISTS:
        return few
    many = _learned_from_many(lists, extra, recipe)
    ahead = max(many[1]["held_out"].values()) - max(few[1]["held_out"].values())
    return many if ahead > CLEARLY else few


def _learned_from_many(
    lists: Lists, extra: Lists | None, recipe: Recipe
) -> tuple[AdditiveTables, dict[str, Any]]:
    prepared = Prepared.of(lists, extra)
    folds = list(lists.folds(_fold_count(lists)))
    parts = Parts(prepared)
    # on small data threads cost more than they bring, and very much more on a busy machine
    with threadpool_limits(1 if lists.X.size < ALONE_BELOW else None, user_api="openmp"):
        for number, split in enumerate(folds):
            Fold.of(prepared, split, recipe, number).train(parts)
    return _blended(parts, len(folds), recipe)


@dataclass(frozen=True, eq=False)
class Fold:
    """`by_gap` alternates, so that both ways of weighing pairs are in the average."""

    prepared: Prepared
    lists: Lists
    pairs: Pairs
    rows: Ints
    held: Lists
    held_rows: Ints
    linear: Cells
    recipe: Recipe
    seed: int
    by_gap: bool

    @classmethod
    def of(
        cls, prepared: Prepared, split: tuple[Ints, Ints], recipe: Recipe, number: int
    ) -> "Fold":
        (kept, held), lists, seed = split, prepared.lists, recipe.seed + number
        extra = np.arange(prepared.training, len(lists))
        chosen = np.concatenate((held, extra))
        rows, kept_lists = lists.rows(kept), lists.take(kept)
        pairs = Pairs.of(kept_lists, np.random.default_rng(seed))
        linear = _linear(prepared, rows, pairs, kept_lists, recipe)
        return cls(
            prepared, kept_lists, pairs, rows, lists.take(chosen), lists.rows(chosen), linear,
            recipe, seed, bool(number % 2),
        )  # fmt: skip

    def train(self, parts: Parts) -> None:
        parts.add("linear", self.linear, self.held_rows)
        alone = self.linear.plus(self._lambda())
        parts.add("lambda", alone, self.held_rows)
        parts.add("point", self._point(), self.held_rows)
        together = alone.plus(self._together(alone, parts))
        parts.add("pairs", together, self.held_rows)

    def _loss(self, before: Cells) -> LambdaLoss:
        tie = np.random.default_rng(self.seed).random(len(self.rows))
        offset = before.score(self.prepared.index[self.rows])
        return LambdaLoss(self.lists, self.pairs, offset, tie, by_gap=self.by_gap)

    def _lambda(self) -> Cells:
        """LambdaMART tables on top of the linear score."""
        nothing = np.zeros(len(self.rows))
        return self._boosted(self._loss(self.linear), nothing, self.linear, LAMBDA)

    def _together(self, alone: Cells, parts: Parts) -> Cells:
        """Pair tables on top of that. The first fold chooses the pairs for all."""
        coarse = Coarse.cut(self.prepared.index[self.rows], alone.widths)
        loss = self._loss(alone)
        if parts.pairs is None:
            signs = enumerate(self.recipe.monotone)
            free = [each for each, sign in signs if not sign and coarse.varies(each)]
            slopes = loss.slopes(np.zeros(len(self.rows)))
            parts.pairs = promising(coarse, slopes, most_used(alone, free), PAIR_TABLES)
        if not parts.pairs:
            return alone.empty()
        return grown_together(loss, coarse, parts.pairs, self._held(alone), alone.empty())

    def _held(self, before: Cells) -> Held:
        index = self.prepared.index[self.held_rows]
        return Held(self.held, index, before.score(index))

    def _point(self) -> Cells:
        nothing = Cells.of(self.prepared.bins)
        return self._boosted("squared_error", self.lists.gain, nothing, POINT, self.lists.weight)

    def _boosted(
        self, loss: Any, target: Floats, before: Cells, growth: Growth, weight: Floats | None = None
    ) -> Cells:
        return boosted(
            loss,
            self.prepared.numbers[self.rows],
            target,
            self._held(before),
            growth,
            monotone=self.recipe.monotone,
            seed=self.seed,
            cells=before.empty(),
            weight=weight,
        )


def _linear(prepared: Prepared, rows: Ints, pairs: Pairs, lists: Lists, recipe: Recipe) -> Cells:
    design = prepared.design
    coefficients = fit_pairs(
        prepared.rows[rows],
        pairs,
        strength=PULL / len(lists),
        start=np.zeros(len(design.feature)),
        bounds=design.bounds(recipe.monotone),
    )
    return design.cells(coefficients)


def _blended(parts: Parts, folds: int, recipe: Recipe) -> tuple[AdditiveTables, dict[str, Any]]:
    lists = parts.prepared.lists
    scores, scales = {}, {}
    for name, part in parts.found.items():
        held = part.held / np.maximum(part.fits, 1.0)
        spread = _spread_within(lists, held)
        scales[name] = 1.0 / spread if spread > 0.0 else 0.0
        scores[name] = held * scales[name]
    reached = {
        blend: measured(lists, _sum([scores[each] for each in blend]))
        for blend in (DEFAULT, *BLENDS)
    }
    best = _chosen(reached)
    cells = Cells.of(parts.prepared.bins)
    for name in best:
        cells.add_cells(parts.found[name].cells, scales[name] / folds / len(best))
    report = {
        "mode": "blend",
        "chosen": list(best),
        "folds": folds,
        "lists": len(lists),
        "held_out": {"+".join(blend): round(each.mean, 6) for blend, each in reached.items()},
        "pairs": [list(pair) for pair in sorted(cells.double)],
    }
    return cells.compiled(parts.prepared.bins, recipe.names, recipe.monotone), report


def _chosen(reached: Mapping[tuple[str, ...], PerQuery]) -> tuple[str, ...]:
    best, lead = DEFAULT, 0.0
    for blend, errors in BLENDS.items():
        ahead = reached[blend].values - reached[DEFAULT].values
        error = float(ahead.std()) / max(1.0, len(ahead) ** 0.5)
        mean = float(ahead.mean()) if len(ahead) else 0.0
        if mean > max(MARGIN, errors * error, lead):
            best, lead = blend, mean
    return best


def _sum(columns: Sequence[Floats]) -> Floats:
    total: Floats = np.sum(columns, axis=0)
    return total


def _spread_within(lists: Lists, score: Floats) -> float:
    """Mean standard deviation within lists: what a part can move in an order."""
    size = np.diff(lists.start)
    mean = np.bincount(lists.query, score, minlength=len(lists)) / size
    square = np.bincount(lists.query, (score - mean[lists.query]) ** 2, minlength=len(lists))
    return float(np.sqrt(square / size).mean())


def _fold_count(lists: Lists) -> int:
    found = next((count for most, count in FOLDS if lists.X.size <= most), FEWEST_FOLDS)
    return min(found, int(lists.informative.sum()))
