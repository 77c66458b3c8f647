"""What would change if: the same scorer on the person as they would then be."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.ranking.context import RankingContext
from matcher.ranking.places import Place
from matcher.ranking.prepared import PreparedOpenings, openings_of
from matcher.ranking.recommend import opening_places
from matcher.ranking.types import Opening, Seeker


@dataclass(frozen=True, slots=True)
class Change:
    """One opening before and after. None = the hard rules keep it out; places are of `of`."""

    id: int
    score_before: float | None
    score_after: float | None
    rank_before: int | None
    rank_after: int | None
    of_before: int
    of: int

    @property
    def gain(self) -> float:
        return (self.score_after or 0.0) - (self.score_before or 0.0)


def what_if(
    seeker: Seeker,
    then: Seeker,
    openings: Sequence[Opening] | PreparedOpenings,
    context: RankingContext,
) -> tuple[Change, ...]:
    """Every opening that is ranked before or after, best place afterwards first; `then` is the
    person with what is recorded by then.

    Openings whose score stays the same are in it too: that is also an answer.
    """
    many = openings_of(openings, context)
    before = opening_places(seeker, many, context)
    after = opening_places(then, many, context)
    none = Place(None, None)
    changes = []
    for opening in before.keys() | after.keys():
        old, new = before.get(opening, none), after.get(opening, none)
        pair = (old.score, new.score, old.rank, new.rank)
        changes.append(Change(opening, *pair, len(before), len(after)))
    last = len(changes) + 1
    return tuple(sorted(changes, key=lambda each: (each.rank_after or last, each.id)))
