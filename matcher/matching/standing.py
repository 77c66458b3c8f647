"""Where one person stands among the openings that take applications today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlmodel import Session

from matcher.actor import Actor
from matcher.matching.context import ranking_context
from matcher.matching.openings import prepared_openings
from matcher.matching.seekers import seeker_of
from matcher.ranking.candidates import EmptyReason, Excluded
from matcher.ranking.context import RankingContext
from matcher.ranking.prepared import PreparedOpenings
from matcher.ranking.recommend import (
    Place,
    RankedItem,
    opening_exclusions,
    opening_places,
    rank_openings,
)
from matcher.ranking.types import Opening, Seeker
from matcher.ranking.whatif import Plan, apply
from matcher.refusal import NotFound
from matcher.store import openings


@dataclass(frozen=True)
class Standing:
    """`places` by opening id, of everything ranked; openings kept out by a hard rule are absent."""

    seeker: Seeker
    many: PreparedOpenings
    context: RankingContext
    places: Mapping[int, Place]

    @property
    def is_neutral(self) -> bool:
        """Ranking is off: places by day, no scores, no reasons."""
        return self.context.serving.is_neutral

    @property
    def model_version(self) -> str:
        return self.context.serving.version

    @property
    def total(self) -> int:
        return len(self.places)

    def order(self) -> tuple[int, ...]:
        """Opening ids from the best place on."""
        return tuple(sorted(self.places, key=lambda each: self.places[each].rank or 0))

    def opening(self, opening_id: int) -> Opening | None:
        return next((each for each in self.many.openings if each.id == opening_id), None)

    def items(self, ids: Sequence[int]) -> dict[int, RankedItem]:
        """Scores with their reasons for some openings: the same numbers as in `places`."""
        wanted = set(ids)
        some = [each for each in self.many.openings if each.id in wanted]
        ranked = rank_openings(self.seeker, some, self.context)
        return {each.id: each for each in ranked.items}

    def after(self, plan: Plan) -> Mapping[int, Place]:
        """The places once a plan is carried out."""
        return opening_places(apply(self.seeker, plan), self.many, self.context)

    def excluded(self) -> tuple[Excluded, ...]:
        return opening_exclusions(self.many, self.seeker, self.context)

    def why_empty(self) -> EmptyReason | None:
        return rank_openings(self.seeker, self.many, self.context, limit=1).empty


def standing_of(session: Session, actor: Actor | None, youth_id: int, today: date) -> Standing:
    """Among what the actor sees. The caller checked that the actor may rank for the youth."""
    context = ranking_context(session, today)
    seeker = seeker_of(session, youth_id)
    if seeker is None:
        raise NotFound
    many = prepared_openings(session, openings.open_now(actor, today), context)
    return Standing(seeker, many, context, opening_places(seeker, many, context))


def cents(value: float) -> Decimal:
    """A score to two decimals, halves up, as every page shows it."""
    return Decimal(str(round(value, 9))).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
