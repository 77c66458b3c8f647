"""What each feature of a model is worth, as shapes a page can draw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from matcher.i18n import in_language
from matcher.ranking.features import Feature
from matcher.ranking.tables import AdditiveTables, Steps

ROWS = 11
"""Of the table beside a step plot: 0, 10, ... 100 per cent."""
NOTHING = 1e-9


@dataclass(frozen=True)
class Shape:
    """What one feature is worth: `pieces` (x0, y0, x1, y1) in 0..1 and points of the scale;
    `table` (x, points); `direction` as the feature's own."""

    name: str
    text: str
    pieces: tuple[tuple[float, float, float, float], ...]
    table: tuple[tuple[float, float], ...]
    direction: int

    @property
    def reach(self) -> float:
        """The widest difference it can make."""
        found = [y for _, y0, _, y1 in self.pieces for y in (y0, y1)]
        return max(found) - min(found)


@dataclass(frozen=True)
class Pair:
    """What two features add only together: both texts and the widest points either way."""

    first: str
    second: str
    low: float
    high: float


@dataclass(frozen=True)
class Shapes:
    """`low`..`high`: one scale for all of them, so that small ones look small."""

    side: str
    base: float
    shapes: tuple[Shape, ...]
    pairs: tuple[Pair, ...]
    low: float
    high: float


def shapes_of(side: str, tables: AdditiveTables, features: Sequence[Feature]) -> Shapes:
    """The widest first; features that make no difference are left out."""
    known = {each.name: each for each in features}
    found = [
        _shape(name, steps, known.get(name))
        for name, steps in zip(tables.names, tables.steps, strict=True)
    ]
    shown = sorted(
        (each for each in found if each.reach > NOTHING), key=lambda each: (-each.reach, each.name)
    )
    heights = [y for each in shown for _, y0, _, y1 in each.pieces for y in (y0, y1)]
    low, high = min([0.0, *heights]), max([0.0, *heights])
    texts = [each.text for each in found]
    pairs = tuple(
        Pair(
            texts[each.first],
            texts[each.second],
            float(each.values.min()),
            float(each.values.max()),
        )
        for each in tables.pairs
    )
    top = high if high > low else low + 1.0
    return Shapes(side, tables.base, tuple(shown), pairs, low, top)


def _shape(name: str, steps: Steps, feature: Feature | None) -> Shape:
    grid = np.linspace(0.0, 1.0, ROWS)
    return Shape(
        name=name,
        text=name if feature is None else in_language(feature.text_ko, feature.text_en),
        pieces=tuple(_pieces(steps)),
        table=tuple(zip(grid.tolist(), steps.at(grid).tolist(), strict=True)),
        direction=0 if feature is None else feature.direction,
    )


def _pieces(steps: Steps) -> Iterator[tuple[float, float, float, float]]:
    """Between 0 and 1 only: features live there."""
    inner = [float(each) for each in steps.edges if 0.0 < each < 1.0]
    ends = [0.0, *inner, 1.0]
    for left, right in pairwise(ends):
        level = float(steps.at(np.array([right]))[0]) - steps.slope * right
        yield left, level + steps.slope * left, right, level + steps.slope * right
