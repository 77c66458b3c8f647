"""The scores a ranking is made with: one for openings and candidates, one for courses."""

from dataclasses import dataclass
from functools import cache
from typing import Protocol

from numpy.typing import ArrayLike

from matcher.ranking.tables import AdditiveTables, Floats, added


class Scorer(Protocol):
    """score = base_ + contributions, on the 0-5 scale before clipping; raises never lower it where
    the feature says so."""

    names: tuple[str, ...]
    base_: float

    def contributions(self, X: ArrayLike) -> Floats:
        """(n, d) points added or taken by each feature."""

    def additive(self, X: ArrayLike) -> Floats:
        """(n,) base_ + contributions."""

    def rise(self) -> Floats:
        """(d,) points between value 0 and 1 of each feature."""


@dataclass(frozen=True, eq=False)
class RankingModel:
    """`is_neutral`: ranking is switched off; nothing is scored and the order says nothing."""

    version: str
    opening: Scorer
    course: Scorer
    is_neutral: bool = False


class TableScorer:
    """Learned tables, already on the 0-5 scale, as a scorer."""

    def __init__(self, tables: AdditiveTables) -> None:
        self.tables = tables
        self.names = tables.names
        self.base_ = tables.base
        # asked for with every item of a list
        self._rise = tables.rise()

    def contributions(self, X: ArrayLike) -> Floats:
        return self.tables.contributions(X)

    def additive(self, X: ArrayLike) -> Floats:
        return added(self.contributions(X), self.base_)

    def rise(self) -> Floats:
        return self._rise


@cache
def prior() -> RankingModel:
    """`additive-1`, set by hand: what serves until a model is trained and promoted."""
    from matcher.ranking.scorer import course_scorer, opening_scorer
    from matcher.ranking.weights import MODEL_VERSION

    return RankingModel(MODEL_VERSION, opening_scorer(), course_scorer())
