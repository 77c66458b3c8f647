"""Who gets seen: how a ranking shares out attention among people or items.

A place is worth 1 / log2(1 + rank), the discount of DCG. `exposure` below is always (m,): the sum
of such worths for each of the m people or items that could have been shown, nought for the unseen.
"""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def position_weight(rank: ArrayLike) -> Floats:
    """(n,) for (n,) ranks, the first being 1. Raises ValueError for a rank below 1."""
    ranks = np.asarray(rank, dtype=np.float64)
    if not (ranks >= 1.0).all():
        raise ValueError("ranks start at 1")
    found: Floats = 1.0 / np.log2(1.0 + ranks)
    return found


def exposure_of(
    everyone: Sequence[Hashable], shown: Sequence[Hashable], ranks: ArrayLike
) -> Floats:
    """(m,) over all lists: `shown[i]` stood at `ranks[i]`. Raises KeyError for a stranger."""
    number = {each: index for index, each in enumerate(everyone)}
    if len(number) != len(everyone):
        raise ValueError("everyone is listed once")
    at = np.array([number[each] for each in shown], dtype=np.int64)
    return np.bincount(at, position_weight(ranks), len(everyone)).astype(np.float64)


def gini(exposure: ArrayLike) -> float:
    """0 = all alike, towards 1 = one has it all; 0 when nobody was seen."""
    values = np.sort(_checked(exposure))
    whole = values.sum()
    if whole <= 0.0:
        return 0.0
    places = np.arange(1, len(values) + 1)
    return float((2.0 * places - len(values) - 1.0) @ values / (len(values) * whole))


def coverage(exposure: ArrayLike) -> float:
    """Share of everyone seen at all."""
    return float((_checked(exposure) > 0.0).mean())


def share_by_group(exposure: ArrayLike, groups: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Group -> (share of the exposure, share of the people), in the order of the names."""
    values = _checked(exposure)
    names, which = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    seen = np.bincount(which, values, len(names)) / (values.sum() or 1.0)
    present = np.bincount(which, minlength=len(names)) / len(values)
    return {
        name: (part, whole)
        for name, part, whole in zip(names.tolist(), seen.tolist(), present.tolist(), strict=True)
    }


def never_shown_share(exposure: ArrayLike, earlier: ArrayLike) -> float:
    """Share of the exposure that goes to those with none `earlier`; 0 when nobody was seen."""
    now, before = _checked(exposure), _checked(earlier)
    if now.shape != before.shape:
        raise ValueError("both exposures are over the same people")
    return float(now[before == 0.0].sum() / (now.sum() or 1.0))


def _checked(exposure: ArrayLike) -> Floats:
    values = np.asarray(exposure, dtype=np.float64)
    if values.ndim != 1 or not len(values) or not np.isfinite(values).all() or (values < 0).any():
        raise ValueError("exposure is one finite number, not negative, for each of at least one")
    return values
