"""A young person sees the openings of today in the order of the fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching import reasons, reply_rates
from matcher.matching.cards import CardView, Wanted, best_drop, card_view, counted, fits
from matcher.matching.context import names, names_for
from matcher.matching.exposures import line_up, note_shown, shown_from
from matcher.matching.items import RankedView, ranked_view
from matcher.matching.paging import pages_of
from matcher.matching.readiness import scored_youth
from matcher.matching.reasons import Brief
from matcher.matching.standing import Standing, standing_of
from matcher.matching.window import Window
from matcher.ranking.answering import ReplyRate, listed_lower
from matcher.ranking.recommend import RankedItem, Ranking
from matcher.ranking.slots import Arrangement
from matcher.store import cards, openings, youths
from models.trail import ExposureKind
from models.youth import SavedKind

PAGE_SIZE = 20


@dataclass(frozen=True)
class Row:
    """`score` None while ranking is off; the order is then by closing day."""

    card: CardView
    score: float | None
    rank: int
    of: int
    met: int
    total: int
    why: tuple[Brief, ...]
    is_saved: bool
    is_drawn: bool
    """It stands here by lot; `rank` is its true one."""
    lower: float = 0.0
    """Points it stands lower than it fits, because its partner answers late."""
    rate: ReplyRate | None = None


@dataclass(frozen=True)
class Nothing:
    """Why no opening is shown. `code` as the ranking's, or `filtered`, `past_the_end`.

    `help_code` for `filtered` is the one condition to drop (q, sector, region, employment; empty
    when only dropping several helps); else `help_name` names what helps most. `unlocks` is how
    many openings it would bring."""

    code: str
    help_code: str = ""
    help_name: str = ""
    unlocks: int = 0


@dataclass(frozen=True)
class OpeningList:
    rows: tuple[Row, ...]
    found: int
    total: int
    page: int
    pages: int
    counts: Mapping[str, Mapping[str, int]]
    kept_out: tuple[tuple[CardView, str], ...]
    """Openings a hard rule keeps out, each with the name of what is missing."""
    empty: Nothing | None
    is_neutral: bool = False


@dataclass(frozen=True)
class _Today:
    """Everything open today as it fits one person, and what stands lower than it fits."""

    youth_id: int
    standing: Standing
    cards: Mapping[int, cards.OpeningCard]
    rates: Mapping[int, ReplyRate]
    lower: Mapping[int, float]

    @property
    def order(self) -> list[int]:
        found = self.standing.order_with(self.lower)
        return [each for each in found if each in self.cards]


def openings_list(
    unit: Unit, actor: Actor, wanted: Wanted, page: int = 1, slots: int = 0
) -> OpeningList:
    """One page of the ranked list; the rank stays the one among everything open today.

    The last `slots` places of the first page are drawn from what lies beyond it.
    """
    today = _today(unit, actor)
    standing, rows = today.standing, today.cards
    ids = [each for each in today.order if fits(rows[each], wanted)]
    if wanted.only_saved:
        saved = youths.saved_ids(unit.session, today.youth_id, SavedKind.OPENING)
        ids = [each for each in ids if each in saved]
    line = _line_up(unit, standing, ids, slots)
    shown = line.ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    items = standing.items(shown)
    _note_listed(unit, standing, line, shown, today.lower)
    ranked = [row for key, row in rows.items() if key in standing.places]
    return OpeningList(
        rows=_rows(unit, today, [items[each] for each in shown], line),
        found=len(ids),
        total=standing.total,
        page=page,
        pages=pages_of(len(ids), PAGE_SIZE),
        counts=counted(ranked, wanted),
        kept_out=_kept_out(unit, standing, rows, wanted) if page == 1 else (),
        empty=None if shown else _nothing(standing, ranked, bool(ids), wanted),
        is_neutral=standing.is_neutral,
    )


def ranked(unit: Unit, actor: Actor, window: Window, slots: int = 0) -> RankedView:
    """The same list for the API: exact scores with all their reasons."""
    today = _today(unit, actor)
    standing = today.standing
    line = _line_up(unit, standing, today.order, slots)
    ids = window.cut(line.ids)
    found = standing.items(ids)
    _note_listed(unit, standing, line, ids, today.lower)
    ranking = Ranking(
        # The rank within everything open today, not within this part of it.
        tuple(replace(found[each], rank=standing.places[each].rank or 0) for each in ids),
        standing.total,
        standing.excluded(),
        standing.model_version,
        None if standing.total else standing.why_empty(),
        standing.is_neutral,
    )
    titles = {each: card_view(today.cards[each], unit.today).title for each in ids}
    view = ranked_view(unit.session, ranking, titles, drawn=line.drawn)
    items = [{**each, "listed_lower": today.lower.get(each["id"], 0.0)} for each in view.items]
    return replace(view, items=items)


def _today(unit: Unit, actor: Actor) -> _Today:
    youth_id = scored_youth(unit.session, actor, unit.today)
    standing = standing_of(unit.session, actor, youth_id, unit.today)
    rows = cards.cards(unit.session, openings.open_now(actor, unit.today))
    firms = [each.organisation_id for each in rows.values()]
    rates = reply_rates.rates_of(unit.session, firms, unit.now)
    return _Today(youth_id, standing, rows, rates, _lower(standing, rows, rates))


def _line_up(unit: Unit, standing: Standing, ids: Sequence[int], slots: int) -> Arrangement:
    """A neutral order says nothing, so nothing is drawn against it."""
    slots = 0 if standing.is_neutral else slots
    return line_up(unit, "opening", standing.seeker.id, ids, page=PAGE_SIZE, slots=slots)


def _lower(
    standing: Standing, rows: Mapping[int, cards.OpeningCard], rates: Mapping[int, ReplyRate]
) -> dict[int, float]:
    """Opening id -> points, of slow partners only. Nothing while ranking is off: that order says
    nothing about anybody."""
    if standing.is_neutral:
        return {}
    points = {each: listed_lower(rates[row.organisation_id]) for each, row in rows.items()}
    return {each: lower for each, lower in points.items() if lower and each in standing.places}


def _note_listed(
    unit: Unit,
    standing: Standing,
    line: Arrangement,
    ids: Sequence[int],
    lower: Mapping[int, float],
) -> None:
    places = {each: standing.places[each] for each in ids}
    placed = {each: (place.rank, place.score or 0.0) for each, place in places.items()}
    shown = shown_from(line, ids, placed, lower)
    version = standing.model_version
    note_shown(
        unit, ExposureKind.LISTED, "opening", standing.seeker.id, shown, model_version=version
    )


def _rows(
    unit: Unit, today: _Today, items: Sequence[RankedItem], line: Arrangement
) -> tuple[Row, ...]:
    said = reasons.words(unit.session, [each.checklist for each in items])
    saved = youths.saved_ids(unit.session, today.youth_id, SavedKind.OPENING)
    return tuple(
        Row(
            card=card_view(today.cards[each.id], unit.today),
            score=each.shown_score,
            rank=today.standing.places[each.id].rank or 0,
            of=today.standing.total,
            met=each.checklist.met_count,
            total=each.checklist.total,
            why=reasons.briefly(each, said),
            is_saved=each.id in saved,
            is_drawn=line.has(each.id),
            lower=today.lower.get(each.id, 0.0),
            rate=today.rates[today.cards[each.id].organisation_id],
        )
        for each in items
    )


def _kept_out(
    unit: Unit, standing: Standing, rows: Mapping[int, cards.OpeningCard], wanted: Wanted
) -> tuple[tuple[CardView, str], ...]:
    out = [each for each in standing.excluded() if each.id in rows and fits(rows[each.id], wanted)]
    spoken = names_for(unit.session, {key for each in out for key in each.keys})
    return tuple(
        (
            card_view(rows[each.id], unit.today),
            ", ".join(reasons.spoken(key, spoken) for key in each.keys),
        )
        for each in out
    )


def _nothing(
    standing: Standing, ranked: Sequence[cards.OpeningCard], any_found: bool, wanted: Wanted
) -> Nothing:
    if any_found:
        return Nothing("past_the_end")
    if ranked:
        dropped, unlocks = best_drop(ranked, wanted)
        return Nothing("filtered", dropped, unlocks=unlocks)
    why = standing.why_empty()
    if why is None:
        return Nothing("nothing_to_rank")
    key = why.help.key
    name = reasons.spoken(key, names()) if key is not None else ""
    return Nothing(why.code, why.help.code, name, why.help.unlocks)
