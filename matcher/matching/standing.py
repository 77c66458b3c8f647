"""Where one person stands among the openings that take applications today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlmodel import Session

from matcher.actor import Actor
from matcher.matching.context import ranking_context
from matcher.matching.openings import prepared_openings
from matcher.matching.own_records import Deed, OwnRecords, own_records
from matcher.ranking.candidates import EmptyReason, Excluded
from matcher.ranking.context import RankingContext
from matcher.ranking.places import Place
from matcher.ranking.prepared import PreparedOpenings
from matcher.ranking.recommend import (
    RankedItem,
    opening_exclusions,
    opening_places,
    rank_openings,
)
from matcher.ranking.scenarios import Scores, scenario_scores
from matcher.ranking.types import Opening, Seeker
from matcher.refusal import NotFound
from matcher.store import openings


@dataclass(frozen=True)
class Standing:
    """`places` by opening id, of everything ranked; openings kept out by a hard rule are absent.

    `records` None: the person as of some past day, for whom nothing is tried.
    """

    seeker: Seeker
    many: PreparedOpenings
    context: RankingContext
    places: Mapping[int, Place]
    records: OwnRecords | None = None

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

    def order_with(self, lower: Mapping[int, float]) -> tuple[int, ...]:
        """The order of a list in which some stand lower than they fit, by so many points. Ranks
        and scores stay what they are."""
        if not lower or self.is_neutral:
            return self.order()
        return tuple(
            sorted(
                self.places,
                key=lambda each: (
                    lower.get(each, 0.0) - (self.places[each].score or 0.0),
                    self.places[each].rank or 0,
                ),
            )
        )

    def opening(self, opening_id: int) -> Opening | None:
        return next((each for each in self.many.openings if each.id == opening_id), None)

    def items(self, ids: Sequence[int]) -> dict[int, RankedItem]:
        """Scores with their reasons for some openings: the same numbers as in `places`."""
        wanted = set(ids)
        some = [each for each in self.many.openings if each.id in wanted]
        ranked = rank_openings(self.seeker, some, self.context)
        return {each.id: each for each in ranked.items}

    def then(self, deeds: Iterable[Deed]) -> Seeker:
        """The person once these are recorded, in this order."""
        assert self.records is not None
        return self.records.after(deeds).seeker()

    def tried(self, scenarios: Iterable[Iterable[Deed]]) -> Scores:
        """Row 0 as of now, then each scenario alone. Not while ranking is off."""
        people = [self.then(each) for each in scenarios]
        return scenario_scores(self.seeker, people, self.many, self.context)

    def excluded(self) -> tuple[Excluded, ...]:
        return opening_exclusions(self.many, self.seeker, self.context)

    def why_empty(self) -> EmptyReason | None:
        return rank_openings(self.seeker, self.many, self.context, limit=1).empty


def standing_of(session: Session, actor: Actor | None, youth_id: int, today: date) -> Standing:
    """Among what the actor sees. The caller checked that the actor may rank for the youth."""
    context = ranking_context(session, today)
    records = own_records(session, youth_id, today)
    if records is None:
        raise NotFound
    seeker = records.seeker()
    many = prepared_openings(session, openings.open_now(actor, today), context)
    places = opening_places(seeker, many, context)
    return Standing(seeker, many, context, places, records)


def cents(value: float) -> Decimal:
    """A score to two decimals, halves up, as every page shows it."""
    return Decimal(str(round(value, 9))).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
