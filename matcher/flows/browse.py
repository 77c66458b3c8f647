"""What everybody may look at without signing in: courses, openings, how scores are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.db import Unit
from matcher.i18n import in_language
from matcher.matching import course_facets, course_views, reasons
from matcher.matching.cards import CardView, Wanted, card_view, counted, fits
from matcher.matching.context import names_for
from matcher.matching.course_facets import CourseQuery
from matcher.matching.course_views import CourseView
from matcher.matching.paging import pages_of
from matcher.matching.window import Window
from matcher.ranking.courses import COURSE_FEATURES
from matcher.ranking.features import OPENING_FEATURES, Feature
from matcher.ranking.weights import COURSE_MODEL, OPENING_MODEL, Model
from matcher.refusal import NotFound
from matcher.store import cards, courses, openings
from models.opening import OpeningState, RequirementKind

PAGE_SIZE = 20


@dataclass(frozen=True)
class AskedView:
    """One requirement of a posting; `kind` licence, must, nice or exclude."""

    kind: str
    name: str
    level: int | None


@dataclass(frozen=True)
class PublicOpening:
    card: CardView
    requirements: tuple[AskedView, ...]
    published_on: date | None
    is_open: bool


@dataclass(frozen=True)
class OpeningPage:
    rows: tuple[CardView, ...]
    found: int
    page: int
    pages: int
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class CoursePage:
    """`counts` and `names` by facet, as `course_facets.Found` has them."""

    rows: tuple[CourseView, ...]
    found: int
    page: int
    pages: int
    counts: Mapping[str, Mapping[str, int]]
    names: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class WeightView:
    """`points` of the 0-5 scale between nothing and all of this; `share` of the largest weight."""

    name: str
    text: str
    why: str
    points: float
    is_proof: bool


@dataclass(frozen=True)
class ModelView:
    version: str
    openings: tuple[WeightView, ...]
    courses: tuple[WeightView, ...]
    opening_base: float
    course_base: float


def sector_counts(unit: Unit) -> Mapping[str, int]:
    """Openings that take applications today, by sector."""
    return cards.count_by_sector(unit.session, openings.open_now(None, unit.today))


def opening_list(
    unit: Unit, wanted: Wanted, page: int = 1, window: Window | None = None
) -> OpeningPage:
    """Open today, the ones that close first on top: a visitor has no ranking.

    The API asks for a window of its own instead of a page.
    """
    rows = cards.cards(unit.session, openings.open_now(None, unit.today))
    fitting = [row for row in rows.values() if fits(row, wanted)]
    pages = pages_of(len(fitting), PAGE_SIZE)
    shown = (window or _window(page)).cut(fitting)
    return OpeningPage(
        tuple(card_view(row, unit.today) for row in shown),
        len(fitting),
        page,
        pages,
        counted(rows.values(), wanted),
    )


def opening(unit: Unit, opening_id: int) -> PublicOpening:
    """A published posting, also one past its last day; what is closed or filled is gone."""
    row = openings.get(unit.session, None, opening_id)
    if row is None or row.state is not OpeningState.PUBLISHED:
        raise NotFound
    asked = openings.requirements(unit.session, opening_id)
    names = names_for(unit.session, {f"{each.subject.value}:{each.ref}" for each in asked})
    place = tuple(RequirementKind)
    card = cards.cards_of(unit.session, [opening_id])[opening_id]
    return PublicOpening(
        card=card_view(card, unit.today),
        requirements=tuple(
            AskedView(
                each.kind.value,
                reasons.spoken(f"{each.subject.value}:{each.ref}", names),
                each.level,
            )
            for each in sorted(asked, key=lambda each: (place.index(each.kind), each.id or 0))
        ),
        published_on=day_of(row.published_at) if row.published_at is not None else None,
        is_open=row.paused_on is None and row.opens_on <= unit.today <= row.closes_on,
    )


def course_list(
    unit: Unit, wanted: CourseQuery, page: int = 1, window: Window | None = None
) -> CoursePage:
    """Published courses, those that take people first, then by start."""
    listing = course_facets.read(unit.session, courses.listed(None), wanted, unit.today)
    found = course_facets.find(unit.session, listing, wanted, unit.today)
    fitting = sorted(found.ids, key=lambda each: found.order[each])
    pages = pages_of(len(fitting), PAGE_SIZE)
    shown = (window or _window(page)).cut(fitting)
    rows = course_views.read(unit.session, courses.some(None, shown))
    views = course_views.views(unit.session, rows, None, unit.today)
    on_page = tuple(views[each] for each in shown)
    return CoursePage(on_page, len(fitting), page, pages, found.counts, found.names)


def course(unit: Unit, course_id: int, actor: Actor | None = None) -> CourseView:
    rows = course_views.read(unit.session, courses.only(None, course_id))
    views = course_views.views(unit.session, rows, actor, unit.today)
    if course_id not in views:
        raise NotFound
    return views[course_id]


def model() -> ModelView:
    """The weights in use, told from the weights themselves."""
    return ModelView(
        version=OPENING_MODEL.version,
        openings=_weights(OPENING_MODEL, OPENING_FEATURES),
        courses=_weights(COURSE_MODEL, COURSE_FEATURES),
        opening_base=_base(OPENING_MODEL, OPENING_FEATURES),
        course_base=_base(COURSE_MODEL, COURSE_FEATURES),
    )


def _weights(model: Model, features: Sequence[Feature]) -> tuple[WeightView, ...]:
    """The heaviest first."""
    found = [
        WeightView(
            name=each.name,
            text=in_language(each.text_ko, each.text_en),
            why=in_language(model.weights[each.name].why_ko, model.weights[each.name].why_en),
            points=model.weights[each.name].points,
            is_proof=each.is_proof,
        )
        for each in features
    ]
    return tuple(sorted(found, key=lambda each: (-each.points, each.name)))


def _base(model: Model, features: Sequence[Feature]) -> float:
    """What somebody has of whom nothing can be judged: every feature at its neutral value."""
    neutral = sum(model.weights[each.name].points * each.neutral for each in features)
    return neutral - model.floor


def _window(page: int) -> Window:
    return Window((page - 1) * PAGE_SIZE, PAGE_SIZE)
