"""What actions would change for one opening, by the model that serves."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from matcher.matching.actions import Action
from matcher.matching.crowd import Crowd, crowd_in
from matcher.matching.pool import Pool
from matcher.matching.standing import Standing, cents
from matcher.ranking.places import Place
from matcher.ranking.scenarios import Scores

OUT = Place(None, None)


@dataclass(frozen=True)
class Effect:
    """One action alone. `gain` is the difference of the two exact scores as shown; `then`, `rank`
    and `crowd` are None when an exclusion of the opening would keep the person out."""

    kind: str
    value: str
    label: str
    cost: str
    is_on: bool
    gain: Decimal
    then: float | None
    rank: int | None
    crowd: Crowd | None
    is_same: bool


@dataclass(frozen=True)
class Together:
    """All chosen actions at once, as `Effect`; exact_before + gain == exact_after."""

    count: int
    before: float
    after: float | None
    rank_before: int
    rank_after: int | None
    of: int
    crowd_before: Crowd | None
    crowd_after: Crowd | None
    exact_before: Decimal
    gain: Decimal
    exact_after: Decimal


@dataclass(frozen=True)
class Trial:
    """Where actions are tried: one ranked opening of the person's, and its people if told."""

    standing: Standing
    opening_id: int
    pool: Pool | None = None

    def crowd(self) -> Crowd | None:
        return self._crowd(self.standing.tried([]), 0)

    def effects(
        self, actions: Sequence[Action], chosen: frozenset[tuple[str, str]] = frozenset()
    ) -> tuple[Effect, ...]:
        """The largest gain first."""
        if not actions:
            return ()
        scores = self.standing.tried([each.deed] for each in actions)
        found = [
            self._effect(scores, row, each, each.key in chosen)
            for row, each in enumerate(actions, start=1)
        ]
        return tuple(sorted(found, key=lambda each: (-each.gain, each.kind, each.value)))

    def together(
        self, actions: Sequence[Action], chosen: frozenset[tuple[str, str]]
    ) -> Together | None:
        """None when nothing that is offered was chosen."""
        on = [each.deed for each in actions if each.key in chosen]
        if not on:
            return None
        scores = self.standing.tried([on])
        before, after = self._places(scores, 1)
        first = cents(before.score or 0.0)
        last = first if after.score is None else cents(after.score)
        return Together(
            count=len(on),
            before=before.score or 0.0,
            after=after.score,
            rank_before=before.rank or 0,
            rank_after=after.rank,
            of=int(scores.reachable[1].sum()),
            crowd_before=self._crowd(scores, 0),
            crowd_after=self._crowd(scores, 1),
            exact_before=first,
            gain=last - first,
            exact_after=last,
        )

    def _effect(self, scores: Scores, row: int, action: Action, is_on: bool) -> Effect:
        before, after = self._places(scores, row)
        gain = Decimal(0)
        if after.score is not None:
            gain = cents(after.score) - cents(before.score or 0.0)
        crowd = self._crowd(scores, row)
        return Effect(
            kind=action.kind,
            value=action.value,
            label=action.label,
            cost=action.cost,
            is_on=is_on,
            gain=gain,
            then=after.score,
            rank=after.rank,
            crowd=crowd,
            is_same=gain == 0 and after.rank == before.rank and crowd == self._crowd(scores, 0),
        )

    def _places(self, scores: Scores, row: int) -> tuple[Place, Place]:
        before, after = (scores.place(each, self.opening_id) for each in (0, row))
        assert before is not None
        return before, after or OUT

    def _crowd(self, scores: Scores, row: int) -> Crowd | None:
        exact = scores.exact(row, self.opening_id)
        return crowd_in(self.pool, self.standing.seeker.id, exact)
