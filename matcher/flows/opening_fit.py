"""A young person reads one opening: how it fits, why, and what would change that."""

from dataclasses import dataclass
from datetime import date, datetime

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching import actions, course_views, reasons, reply_rates
from matcher.matching.cards import CardView, card_view
from matcher.matching.checklist import RequirementView, requirement_views
from matcher.matching.crowd import Crowd, crowds
from matcher.matching.exposures import Shown, note_shown
from matcher.matching.openings import opening_of
from matcher.matching.pool import Pool
from matcher.matching.readiness import scored_youth
from matcher.matching.reasons import ReasonsView
from matcher.matching.standing import Standing, standing_of
from matcher.matching.trials import Effect, Together, Trial
from matcher.ranking.answering import ReplyRate, listed_lower
from matcher.ranking.explain import Names
from matcher.ranking.recommend import RankedItem
from matcher.ranking.requirements import Checklist, check
from matcher.refusal import NotFound
from matcher.store import cards, courses, openings, own_ties, youths
from models.opening import Opening, OpeningState
from models.trail import ExposureKind
from models.youth import SavedKind


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
    place = standing.places.get(opening_id)
    item = None if place is None else standing.items([opening_id]).get(opening_id)
    checklist = _checklist(unit, standing, opening_id) if item is None else item.checklist
    known_names = reasons.words(unit.session, [checklist])
    is_scored = item is not None and not standing.is_neutral
    offered: tuple[actions.Action, ...] = ()
    if is_scored:
        about = _known(unit, actor, youth_id, known_names)
        offered = actions.actions_for(standing, checklist, about)
    if item is not None:
        _note_opened(unit, standing, item)
    trial = Trial(standing, opening_id, _pool(unit, standing, opening_id))
    card = cards.cards_of(unit.session, [opening_id])[opening_id]
    rate = _rate(unit, card.organisation_id)
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
        kept_out=_kept_out(standing, opening_id, known_names),
        is_saved=opening_id in youths.saved_ids(unit.session, youth_id, SavedKind.OPENING),
        application=_application(unit, youth_id, opening_id),
        model_version=standing.model_version,
        is_neutral=standing.is_neutral,
        rate=rate,
        lower=0.0 if standing.is_neutral else listed_lower(rate),
    )


def _note_opened(unit: Unit, standing: Standing, item: RankedItem) -> None:
    opened = Shown(item.id, standing.places[item.id].rank, item.score)
    note_shown(
        unit, ExposureKind.OPENED, "opening", standing.seeker.id, [opened],
        model_version=standing.model_version,
    )  # fmt: skip


def _rate(unit: Unit, organisation_id: int) -> ReplyRate:
    return reply_rates.rates_of(unit.session, [organisation_id], unit.now)[organisation_id]


def _kept_out(standing: Standing, opening_id: int, said: Names) -> tuple[str, ...]:
    """What is missing where a hard rule keeps the opening out of the ranking."""
    out = next((each for each in standing.excluded() if each.id == opening_id), None)
    return tuple(reasons.spoken(key, said) for key in (out.keys if out else ()))


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
