"""Whether tables keep the promises of their features: read off the tables, for every value."""

from collections.abc import Sequence

import numpy as np

from matcher.ranking.features import Feature
from matcher.ranking.tables import AdditiveTables


def broken_promises(
    tables: AdditiveTables, features: Sequence[Feature], rounding: float = 1e-12
) -> tuple[str, ...]:
    """Names of features along which a score could move against its direction, by more than
    `rounding`."""
    return tuple(
        feature.name
        for index, feature in enumerate(features)
        if feature.direction and not _keeps(tables, index, feature.direction, rounding)
    )


def _keeps(tables: AdditiveTables, index: int, direction: int, rounding: float) -> bool:
    steps = tables.steps[index]
    moves = [np.diff(steps.values), np.array([steps.slope])]
    for pair in tables.pairs:
        if index == pair.first:
            moves.append(np.diff(pair.values[:-1], axis=0).ravel())
        if index == pair.second:
            moves.append(np.diff(pair.values[:, :-1], axis=1).ravel())
    return all(bool((direction * each >= -rounding).all()) for each in moves)
