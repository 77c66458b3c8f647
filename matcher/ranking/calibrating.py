"""A list adjusted by two or three people a partner marked as ideal: visible and bounded.

What the examples share is read off the features the score itself uses, and only those that promise
a direction. Of each, the least any example has is the mark to reach, and the feature's neutral
value is where credit begins, so that the adjustment of a person depends on that person and the
examples alone. It lies between nought and `MOST_POINTS` and never takes anything away; whoever has
all that the examples share has all of it, and more of a wanted thing never lowers it.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matcher.ranking.credits import Floats
from matcher.ranking.features import OPENING_FEATURES, Feature
from matcher.ranking.places import clipped, in_order
from matcher.ranking.recommend import (
    CLIP,
    Contribution,
    RankedItem,
    Ranking,
    Reasons,
    Scored,
    with_clip,
)

Bools = npt.NDArray[np.bool_]
CALIBRATION = "calibration"
MOST_POINTS = 0.5
LEAST_EXAMPLES, MOST_EXAMPLES = 2, 3
WORTH_SHARING = 0.01
"""How far beyond its neutral value a feature must stand in every example."""
_STEADY = tuple(each for each in OPENING_FEATURES if each.direction)


@dataclass(frozen=True, slots=True)
class Trait:
    """`mark`: what every example reaches, `start`: where credit begins, `others`: the mean of the
    other people (None without any; for words only). All three rise with the score."""

    feature: Feature
    start: float
    mark: float
    others: float | None

    @property
    def span(self) -> float:
        return self.mark - self.start


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Without `traits` the ranking is the very one that came in."""

    ranking: Ranking
    traits: tuple[Trait, ...] = ()


def calibrated(ranking: Ranking, examples: Collection[int], tie: str) -> Calibrated:
    """`ranking` must be whole (no limit); `tie` is the salt its equal scores fell by. Examples that
    are not ranked do not count; too few or too many of them change nothing."""
    chosen = [each for each in ranking.items if each.id in examples]
    scored = None if ranking.is_neutral else ranking.scored
    if scored is None or not LEAST_EXAMPLES <= len(chosen) <= MOST_EXAMPLES:
        return Calibrated(ranking)
    places = np.array([each.place for each in ranking.items])
    values = _values(scored, places)
    is_example = np.array([each.id in examples for each in ranking.items])
    traits = _shared(values, is_example)
    if not traits:
        return Calibrated(ranking)
    added = adjustments(values, traits)
    exact = scored.exact[places] + added
    items = _adjusted(ranking.items, added, exact, tie)
    version = _version(ranking.model_version, [each.id for each in chosen])
    whole = replace(ranking, items=items, model_version=version, scored=None)
    return Calibrated(whole, traits)


def adjustments(values: Floats, traits: Sequence[Trait]) -> Floats:
    """(n,) points in 0..`MOST_POINTS` for rows of steady values, as `_values` makes them."""
    reached, whole = np.zeros(len(values)), 0.0
    for each in traits:
        column = values[:, _STEADY.index(each.feature)]
        reached += np.minimum(np.maximum(column - each.start, 0.0), each.span)
        whole += each.span
    return np.minimum(MOST_POINTS * (reached / whole), MOST_POINTS)


def mark_of(examples: Collection[int]) -> str:
    """Ten letters for lists that the same examples adjusted, in whatever order they were marked."""
    text = ",".join(str(each) for each in sorted(examples))
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()


def _version(model: str, examples: Collection[int]) -> str:
    """As records of what was shown keep it, which have forty letters for it."""
    return f"{model[:29]}+{mark_of(examples)}"


def _values(scored: Scored, places: npt.NDArray[np.int64]) -> Floats:
    """(n, features with a direction), turned so that more is never worse."""
    columns = [scored.names.index(each.name) for each in _STEADY]
    found = scored.matrix[places][:, columns]
    down = np.array([each.direction < 0 for each in _STEADY])
    return np.where(down, 1.0 - found, found)


def _shared(values: Floats, is_example: Bools) -> tuple[Trait, ...]:
    """What sets the examples apart most comes first."""
    marks = values[is_example].min(axis=0)
    rest = values[~is_example]
    found = []
    for column, feature in enumerate(_STEADY):
        start = 1.0 - feature.neutral if feature.direction < 0 else feature.neutral
        if marks[column] - start >= WORTH_SHARING:
            others = float(rest[:, column].mean()) if len(rest) else None
            found.append(Trait(feature, start, float(marks[column]), others))
    return tuple(sorted(found, key=lambda each: (each.others or 0.0) - each.mark))


def _adjusted(
    before: Sequence[RankedItem], added: Floats, exact: Floats, tie: str
) -> tuple[RankedItem, ...]:
    def lines(place: int) -> tuple[Contribution, ...]:
        kept = [each for each in before[place].contributions if each.code != CLIP]
        kept.append(Contribution(CALIBRATION, float(added[place]), None))
        return with_clip(kept, float(exact[place]))

    reasons = Reasons.remembered(lines, lambda place: before[place].checklist)
    order = in_order([each.id for each in before], exact, tie)
    return tuple(
        RankedItem(
            before[place].id,
            rank,
            clipped(float(exact[place])),
            before[place].base,
            reasons,
            place,
            before[place].session,
        )
        for rank, place in enumerate(order, start=1)
    )
