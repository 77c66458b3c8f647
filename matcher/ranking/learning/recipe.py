"""What a fit was asked for."""

from dataclasses import dataclass

from matcher.ranking.learning.lists import Floats


@dataclass(frozen=True, eq=False)
class Recipe:
    """`monotone` (d,) of -1, 0, +1; `prior` (d,) weights in score per unit of the feature."""

    names: tuple[str, ...]
    monotone: tuple[int, ...]
    prior: Floats
    few_lists: int
    seed: int
