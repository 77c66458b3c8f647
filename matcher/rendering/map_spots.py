"""Sizes of the certificate map and the place of one node on it, in the units of its viewBox."""

from dataclasses import dataclass
from typing import Any, Final

WIDTH: Final = 132
HEIGHT: Final = 60
LEFT, RIGHT = 250.0, 890.0
TOPS: Final = {"professional": 100.0, "associate": 290.0, "foundational": 490.0}
SIDE_PEAK: Final = (1092.0, 310.0)


@dataclass(frozen=True)
class PlacedNode:
    """`x` is the middle, `y` the top edge, `foot` where arrows may leave below the notices."""

    node: Any
    x: float
    y: float
    foot: float

    @property
    def left(self) -> float:
        return self.x - WIDTH / 2

    @property
    def right(self) -> float:
        return self.x + WIDTH / 2
