"""What a ranking needs besides the two sides: the day, the neighbourhood of skills, the texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from matcher.ranking.types import Adjacency

if TYPE_CHECKING:
    from matcher.ranking.model import RankingModel
    from matcher.ranking.text import TextSpace

_NO_ADJACENCY: Mapping[str, Mapping[str, float]] = {}


@dataclass(frozen=True, slots=True)
class RankingContext:
    """Build once and reuse. `text` None = texts are not compared. `salt` fixes how ties fall.

    `model` None = the hand-made prior.
    """

    today: date
    adjacency: Adjacency = field(default_factory=lambda: _NO_ADJACENCY)
    text: "TextSpace | None" = None
    salt: str = "oreum"
    model: "RankingModel | None" = None

    @property
    def serving(self) -> "RankingModel":
        from matcher.ranking.model import prior

        return self.model or prior()
