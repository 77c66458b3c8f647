"""A young person sees courses in the order of the gaps they close, and one with its runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import in_language
from matcher.matching import course_facets, course_views, reasons
from matcher.matching.aims import Aim, Closing, closing, closings, own_aim
from matcher.matching.context import names_for
from matcher.matching.course_views import CourseView
from matcher.matching.courses import from_rows
from matcher.matching.exposures import Shown, line_up, note_shown, shown_from
from matcher.matching.items import RankedView, ranked_view
from matcher.matching.paging import pages_of
from matcher.matching.readiness import scored_youth
from matcher.matching.reasons import Brief, ReasonsView
from matcher.matching.standing import Standing, standing_of
from matcher.matching.window import Window
from matcher.ranking.candidates import EmptyReason
from matcher.ranking.explain import Names
from matcher.ranking.recommend import RankedItem, Ranking, rank_courses
from matcher.ranking.slots import Arrangement
from matcher.ranking.types import Course
from matcher.refusal import NotFound
from matcher.store import cards, courses, youths
from models.trail import ExposureKind
from models.youth import SavedKind

PAGE_SIZE = 20


@dataclass(frozen=True)
class CourseQuery(course_facets.CourseQuery):
    """`target` is an opening's id; `only_saved` keeps what the person put aside for later."""

    target: int | None = None
    only_saved: bool = False


@dataclass(frozen=True)
class AimView:
    """The opening the cards speak of and the short names of what is missing for it."""

    id: int
    title: str
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class CourseRow:
    """`score` None: no run takes people now, so it is listed without a place, or ranking is off."""

    course: CourseView
    score: float | None
    rank: int | None
    of: int
    closing: Closing | None
    why: str
    brief: tuple[Brief, ...]
    is_saved: bool
    is_drawn: bool
    """It stands here by lot; `rank` is its true one."""


@dataclass(frozen=True)
class CourseList:
    rows: tuple[CourseRow, ...]
    found: int
    total: int
    page: int
    pages: int
    aim: AimView | None
    aims: tuple[tuple[int, str], ...]
    counts: Mapping[str, Mapping[str, int]]
    names: Mapping[str, Mapping[str, str]]
    needs_profile: bool
    is_neutral: bool = False


@dataclass(frozen=True)
class CoursePage:
    course: CourseView
    score: float | None
    rank: int | None
    of: int
    reasons: ReasonsView | None
    closing: Closing | None
    aim: AimView | None
    helps: tuple[tuple[int, str, Closing], ...]
    """(opening id, title, what it closes) for every opening aimed at that it brings nearer."""
    is_saved: bool
    model_version: str
    is_neutral: bool = False


@dataclass(frozen=True)
class _Desk:
    standing: Standing
    aim: Aim
    rows: course_views.CourseRows
    ranked: Mapping[int, Course]
    items: Mapping[int, RankedItem]
    titles: Mapping[int, str]
    done: frozenset[int]
    """Courses the actor has completed; they are listed last and take no place."""
    total: int
    empty: EmptyReason | None
    youth_id: int

    @property
    def is_blank(self) -> bool:
        return self.empty is not None and self.empty.code == "no_profile_data"


def courses_list(
    unit: Unit, actor: Actor, wanted: CourseQuery, page: int = 1, slots: int = 0
) -> CourseList:
    """One page; the last `slots` places of the first are drawn from the ranked ones beyond it."""
    desk = _desk(unit, actor, wanted.target)
    saved = youths.saved_ids(unit.session, desk.youth_id, SavedKind.COURSE)
    asked = replace(wanted, only=saved) if wanted.only_saved else wanted
    listing = course_facets.already_read(desk.rows, unit.today)
    found = course_facets.find(unit.session, listing, asked, unit.today)
    kept = set(found.ids)
    fitting = [each for each in _ordered(desk) if each in kept]
    pages = pages_of(len(fitting), PAGE_SIZE)
    line = _line_up(unit, desk, fitting, slots)
    lined = [*line.ids, *(each for each in fitting if each not in desk.items)]
    on_page = lined[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    shown = course_views.views(unit.session, desk.rows.of(on_page), actor, unit.today)
    _note_listed(unit, desk, line, [each for each in on_page if each in desk.items])
    said = reasons.words(
        unit.session, [desk.items[each].checklist for each in on_page if each in desk.items]
    )
    brought = closings(desk.standing, desk.aim, [desk.ranked[each] for each in on_page])
    return CourseList(
        rows=tuple(
            _row(desk, shown[each], brought.get(each), each in saved, line, said)
            for each in on_page
        ),
        found=len(fitting),
        total=len(desk.ranked),
        page=page,
        pages=pages,
        aim=_aim_view(unit, desk),
        aims=tuple((each.opening.id, desk.titles[each.opening.id]) for each in desk.aim.targets),
        counts=found.counts,
        names=found.names,
        needs_profile=desk.is_blank,
        is_neutral=desk.standing.is_neutral,
    )


def ranked(unit: Unit, actor: Actor, window: Window, slots: int = 0) -> RankedView:
    """The same list for the API, without the courses that take nobody now."""
    desk = _desk(unit, actor, None)
    line = _line_up(unit, desk, _ordered(desk), slots)
    ids = window.cut(line.ids)
    _note_listed(unit, desk, line, ids)
    shown = tuple(desk.items[each] for each in ids)
    titles = {row.id or 0: course_views.titled(row) for row, _ in desk.rows.found}
    standing = desk.standing
    ranking = Ranking(
        shown, desk.total, (), standing.model_version, desk.empty, standing.is_neutral
    )
    return ranked_view(unit.session, ranking, titles, drawn=line.drawn)


def course(unit: Unit, actor: Actor, course_id: int, target: int | None = None) -> CoursePage:
    desk = _desk(unit, actor, target)
    if course_id not in desk.ranked:
        raise NotFound
    only = course_views.read(unit.session, courses.only(actor, course_id))
    view = course_views.views(unit.session, only, actor, unit.today)[course_id]
    item = desk.items.get(course_id)
    if item is not None:
        _note(unit, desk, ExposureKind.OPENED, [Shown(item.id, item.rank, item.score)])
    names = reasons.words(unit.session, [item.checklist] if item else [])
    return CoursePage(
        course=view,
        score=item.shown_score if item else None,
        rank=item.rank if item else None,
        of=desk.total,
        reasons=reasons.view_or_none(item, names),
        closing=closing(desk.standing, desk.aim, desk.ranked[course_id]),
        aim=_aim_view(unit, desk),
        helps=_helps(desk, desk.ranked[course_id]),
        is_saved=course_id in youths.saved_ids(unit.session, desk.youth_id, SavedKind.COURSE),
        model_version=desk.standing.model_version,
        is_neutral=desk.standing.is_neutral,
    )


def _desk(unit: Unit, actor: Actor, target: int | None) -> _Desk:
    youth_id = scored_youth(unit.session, actor, unit.today)
    standing = standing_of(unit.session, actor, youth_id, unit.today)
    aim = own_aim(unit.session, standing, target)
    rows = course_views.read(unit.session, courses.published(actor))
    ranked = from_rows(rows.found, rows.sessions, rows.skills)
    ahead = course_views.still_ahead(unit.session, rows, youth_id, unit.today)
    ranking = rank_courses(
        standing.seeker, ahead, aim.target, standing.context, openings=standing.many
    )
    ids = [each.opening.id for each in aim.targets]
    found = cards.cards_of(unit.session, ids)
    return _Desk(
        standing=standing,
        aim=aim,
        rows=rows,
        ranked={each.id: each for each in ranked},
        items={each.id: each for each in ranking.items},
        titles={key: _title(row) for key, row in found.items()},
        done=frozenset(each.id for each in ranked) - {each.id for each in ahead},
        total=ranking.total,
        empty=ranking.empty,
        youth_id=youth_id,
    )


def _ordered(desk: _Desk) -> list[int]:
    """Ranked ones first, then those no run of which takes people now, then finished ones."""
    placed = sorted(desk.items, key=lambda each: desk.items[each].rank)
    others = sorted(set(desk.ranked) - set(placed), key=lambda each: (each in desk.done, each))
    return [*placed, *others]


def _line_up(unit: Unit, desk: _Desk, ids: Sequence[int], slots: int) -> Arrangement:
    """Of the ranked ones. A neutral order says nothing, so nothing is drawn against it."""
    slots = 0 if desk.standing.is_neutral else slots
    order = [each for each in ids if each in desk.items]
    return line_up(unit, "course", desk.youth_id, order, page=PAGE_SIZE, slots=slots)


def _row(
    desk: _Desk,
    view: CourseView,
    closing: Closing | None,
    is_saved: bool,
    line: Arrangement,
    said: Names,
) -> CourseRow:
    item = desk.items.get(view.id)
    return CourseRow(
        course=view,
        score=item.shown_score if item else None,
        rank=item.rank if item else None,
        of=desk.total,
        closing=closing,
        why=_why(desk, view),
        brief=reasons.briefly(item, said),
        is_saved=is_saved,
        is_drawn=line.has(view.id),
    )


def _why(desk: _Desk, view: CourseView) -> str:
    """The skills among the gaps it raises; the page says so in words."""
    gaps = set(desk.aim.gaps)
    return ", ".join(step.name for step in view.gained if f"skill:{step.slug}" in gaps)


def _helps(desk: _Desk, found: Course) -> tuple[tuple[int, str, Closing], ...]:
    helps = []
    for target in desk.aim.targets:
        items = desk.standing.items([target.opening.id])
        aim = Aim((target,), target.opening, items.get(target.opening.id))
        brings = closing(desk.standing, aim, found)
        if brings is not None and (brings.closed or brings.gain):
            helps.append((target.opening.id, desk.titles[target.opening.id], brings))
    return tuple(sorted(helps, key=lambda each: (-each[2].gain, each[0])))


def _aim_view(unit: Unit, desk: _Desk) -> AimView | None:
    main = desk.aim.main
    if main is None:
        return None
    names = names_for(unit.session, desk.aim.gaps)
    gaps = tuple(reasons.short_name(key, names) for key in desk.aim.gaps)
    return AimView(main.id, desk.titles[main.id], gaps)


def _title(row: cards.OpeningCard) -> str:
    return in_language(row.title_ko, row.title_en)


def _note_listed(unit: Unit, desk: _Desk, line: Arrangement, ids: Sequence[int]) -> None:
    placed = {each: (desk.items[each].rank, desk.items[each].score) for each in ids}
    _note(unit, desk, ExposureKind.LISTED, shown_from(line, ids, placed))


def _note(unit: Unit, desk: _Desk, kind: ExposureKind, shown: Sequence[Shown]) -> None:
    version = desk.standing.model_version
    note_shown(unit, kind, "course", desk.youth_id, shown, model_version=version)
