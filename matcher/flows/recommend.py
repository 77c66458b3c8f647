"""A young person sees the openings of today in the order of the fit, and one with its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching import actions, course_views, reasons, reply_rates
from matcher.matching.cards import CardView, Wanted, best_drop, card_view, counted, fits
from matcher.matching.checklist import RequirementView, requirement_views
from matcher.matching.context import names, names_for
from matcher.matching.crowd import Crowd, crowds
from matcher.matching.exposures import Shown, line_up, note_shown, shown_from
from matcher.matching.items import RankedView, ranked_view
from matcher.matching.openings import opening_of
from matcher.matching.paging import pages_of
from matcher.matching.pool import Pool
from matcher.matching.readiness import scored_youth
from matcher.matching.reasons import Brief, ReasonsView
from matcher.matching.standing import Standing, standing_of
from matcher.matching.trials import Effect, Together, Trial
from matcher.matching.window import Window
from matcher.ranking.answering import ReplyRate, listed_lower
from matcher.ranking.explain import Names
from matcher.ranking.recommend import RankedItem, Ranking
from matcher.ranking.requirements import Checklist, check
from matcher.ranking.slots import Arrangement
from matcher.refusal import NotFound
from matcher.store import cards, courses, openings, own_ties, youths
from models.opening import Opening, OpeningState
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
class OwnApplication:
    id: int
    state: str
    version: int
    sent_at: datetime
    events: tuple[tuple[str, datetime], ...]


@dataclass(frozen=True)
class OpeningView:
    """`score` None: not ranked, because it is closed, kept out by a rule, or nothing is known, or
    because ranking is off (`is_neutral`)."""

    card: CardView
    is_open: bool
    score: float | None
    rank: int | None
    of: int
    crowd: Crowd | None
    met: int
    total: int
    partly: int
    requirements: tuple[RequirementView, ...]
    reasons: ReasonsView | None
    effects: tuple[Effect, ...]
    together: Together | None
    kept_out: tuple[str, ...]
    is_saved: bool
    application: OwnApplication | None
    model_version: str
    is_neutral: bool = False
    rate: ReplyRate | None = None
    lower: float = 0.0


def openings_list(
    unit: Unit, actor: Actor, wanted: Wanted, page: int = 1, slots: int = 0
) -> OpeningList:
    """One page of the ranked list; the rank stays the one among everything open today.

    The last `slots` places of the first page are drawn from what lies beyond it.
    """
    youth_id = scored_youth(unit.session, actor, unit.today)
    standing = standing_of(unit.session, actor, youth_id, unit.today)
    rows = cards.cards(unit.session, openings.open_now(actor, unit.today))
    rates = reply_rates.rates_of(
        unit.session, [each.organisation_id for each in rows.values()], unit.now
    )
    lower = _lower(standing, rows, rates)
    ids = [each for each in standing.order_with(lower) if each in rows and fits(rows[each], wanted)]
    if wanted.only_saved:
        saved = youths.saved_ids(unit.session, youth_id, SavedKind.OPENING)
        ids = [each for each in ids if each in saved]
    pages = pages_of(len(ids), PAGE_SIZE)
    line = _line_up(unit, standing, ids, slots)
    shown = line.ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    items = standing.items(shown)
    _note_listed(unit, standing, line, shown, lower)
    ranked = [row for key, row in rows.items() if key in standing.places]
    return OpeningList(
        rows=tuple(
            replace(
                each,
                lower=lower.get(each.card.id, 0.0),
                rate=rates[each.card.organisation_id],
            )
            for each in _rows(unit, youth_id, standing, rows, [items[each] for each in shown], line)
        ),
        found=len(ids),
        total=standing.total,
        page=page,
        pages=pages,
        counts=counted(ranked, wanted),
        kept_out=_kept_out(unit, standing, rows, wanted) if page == 1 else (),
        empty=None if shown else _nothing(standing, ranked, bool(ids), wanted),
        is_neutral=standing.is_neutral,
    )


def ranked(unit: Unit, actor: Actor, window: Window, slots: int = 0) -> RankedView:
    """The same list for the API: exact scores with all their reasons."""
    youth_id = scored_youth(unit.session, actor, unit.today)
    standing = standing_of(unit.session, actor, youth_id, unit.today)
    found_cards = cards.cards(unit.session, openings.open_now(actor, unit.today))
    firms = [each.organisation_id for each in found_cards.values()]
    rates = reply_rates.rates_of(unit.session, firms, unit.now)
    lower = _lower(standing, found_cards, rates)
    line = _line_up(unit, standing, standing.order_with(lower), slots)
    ids = window.cut(line.ids)
    found = standing.items(ids)
    _note_listed(unit, standing, line, ids, lower)
    rows = cards.cards_of(unit.session, ids)
    ranking = Ranking(
        # The rank within everything open today, not within this part of it.
        tuple(replace(found[each], rank=standing.places[each].rank or 0) for each in ids),
        standing.total,
        standing.excluded(),
        standing.model_version,
        None if standing.total else standing.why_empty(),
        standing.is_neutral,
    )
    titles = {each: card_view(rows[each], unit.today).title for each in ids}
    view = ranked_view(unit.session, ranking, titles, drawn=line.drawn)
    items = [{**each, "listed_lower": lower.get(each["id"], 0.0)} for each in view.items]
    return replace(view, items=items)


def opening(
    unit: Unit,
    actor: Actor,
    opening_id: int,
    chosen: frozenset[tuple[str, str]] = frozenset(),
) -> OpeningView:
    """One opening, with what the chosen changes (kind, value) would do to score and place."""
    row = openings.get(unit.session, actor, opening_id)
    if row is None or row.state is not OpeningState.PUBLISHED:
        raise NotFound
    youth_id = scored_youth(unit.session, actor, unit.today)
    standing = standing_of(unit.session, actor, youth_id, unit.today)
    item = standing.items([opening_id]).get(opening_id) if opening_id in standing.places else None
    checklist = item.checklist if item is not None else _checklist(unit, standing, opening_id)
    known_names = reasons.words(unit.session, [checklist])
    place = standing.places.get(opening_id)
    offered: tuple[actions.Action, ...] = ()
    if item is not None:
        if not standing.is_neutral:
            about = _known(unit, actor, youth_id, known_names)
            offered = actions.actions_for(standing, checklist, about)
        opened = Shown(item.id, place.rank if place else None, item.score)
        version = standing.model_version
        note_shown(unit, ExposureKind.OPENED, "opening", youth_id, [opened], model_version=version)
    trial = Trial(standing, opening_id, _pool(unit, standing, opening_id))
    is_scored = item is not None and not standing.is_neutral
    out = next((each for each in standing.excluded() if each.id == opening_id), None)
    card = cards.cards_of(unit.session, [opening_id])[opening_id]
    rate = reply_rates.rates_of(unit.session, [card.organisation_id], unit.now)[
        card.organisation_id
    ]
    return OpeningView(
        card=card_view(card, unit.today),
        is_open=_is_open(row, unit.today),
        score=item.shown_score if item is not None else None,
        rank=place.rank if place is not None else None,
        of=standing.total,
        crowd=trial.crowd() if is_scored else None,
        met=checklist.met_count,
        total=checklist.total,
        partly=sum(line.met == "partly" for line in checklist.lines),
        requirements=requirement_views(
            unit.session, standing.seeker, checklist, known_names, unit.today
        ),
        reasons=reasons.view_or_none(item, known_names),
        effects=trial.effects(offered, chosen),
        together=trial.together(offered, chosen),
        kept_out=tuple(reasons.spoken(key, known_names) for key in (out.keys if out else ())),
        is_saved=opening_id in youths.saved_ids(unit.session, youth_id, SavedKind.OPENING),
        application=_application(unit, youth_id, opening_id),
        model_version=standing.model_version,
        is_neutral=standing.is_neutral,
        rate=rate,
        lower=0.0 if standing.is_neutral else listed_lower(rate),
    )


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
    unit: Unit,
    youth_id: int,
    standing: Standing,
    rows: Mapping[int, cards.OpeningCard],
    items: Sequence[RankedItem],
    line: Arrangement,
) -> tuple[Row, ...]:
    said = reasons.words(unit.session, [each.checklist for each in items])
    saved = youths.saved_ids(unit.session, youth_id, SavedKind.OPENING)
    return tuple(
        Row(
            card=card_view(rows[each.id], unit.today),
            score=each.shown_score,
            rank=standing.places[each.id].rank or 0,
            of=standing.total,
            met=each.checklist.met_count,
            total=each.checklist.total,
            why=reasons.briefly(each, said),
            is_saved=each.id in saved,
            is_drawn=line.has(each.id),
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


def _checklist(unit: Unit, standing: Standing, opening_id: int) -> Checklist:
    found = opening_of(unit.session, opening_id, unit.today)
    wanted = found.requirements if found is not None else ()
    return check(standing.seeker, wanted, standing.context.adjacency, today=unit.today)


def _known(unit: Unit, actor: Actor, youth_id: int, said: Names) -> actions.Known:
    rows = course_views.read(unit.session, courses.published(actor))
    ranked = course_views.still_ahead(unit.session, rows, youth_id, unit.today)
    titles = {course.id or 0: course_views.titled(course) for course, _ in rows.found}
    return actions.known(unit.session, youth_id, said, ranked, titles, unit.today)


def _pool(unit: Unit, standing: Standing, opening_id: int) -> Pool | None:
    """The people of a ranked opening."""
    found = standing.opening(opening_id) if opening_id in standing.places else None
    if found is None:
        return None
    return crowds(unit.session, [found], standing.context, unit.today).get(opening_id)


def _application(unit: Unit, youth_id: int, opening_id: int) -> OwnApplication | None:
    row = own_ties.application_of(unit.session, youth_id, opening_id)
    if row is None or row.id is None:
        return None
    steps = own_ties.events(unit.session, [row.id]).get(row.id, [])
    return OwnApplication(
        id=row.id,
        state=row.state.value,
        version=row.version,
        sent_at=row.created_at,
        events=tuple((step.to_state, step.at) for step in steps),
    )


def _is_open(row: Opening, today: date) -> bool:
    is_listed = row.state is OpeningState.PUBLISHED and row.paused_on is None
    return is_listed and row.opens_on <= today <= row.closes_on
