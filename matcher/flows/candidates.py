"""A partner looks at masked candidates for one own opening."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from matcher.actor import Actor
from matcher.catalogue.regions import regions
from matcher.db import Unit
from matcher.i18n import in_language
from matcher.matching.candidates import Pool, rank_pool
from matcher.matching.context import names_for
from matcher.matching.explained import Explained, explained
from matcher.matching.exposures import Shown, line_up, note_shown, shown_from
from matcher.matching.items import RankedView, ranked_view
from matcher.matching.paging import pages_of
from matcher.matching.serving import ranking_version
from matcher.matching.wanted import of_ref
from matcher.matching.window import Window
from matcher.policy import openings as rules
from matcher.policy.introductions import LEAST_DAYS, MOST_DAYS, USUAL_DAYS
from matcher.policy.masking import is_number, label
from matcher.policy.operation import Operation
from matcher.policy.states import introduction_standing
from matcher.ranking.candidates import EmptyCode, HelpCode
from matcher.ranking.recommend import RankedItem, Ranking
from matcher.ranking.slots import Arrangement
from matcher.refusal import NotFound
from matcher.store import candidates, openings
from models.account import Role
from models.application import (
    Introduction,
    IntroductionState,
    RefusalReason,
    ShortlistState,
)
from models.opening import Opening, RequirementSubject
from models.trail import ExposureKind

PAGE_SIZE = 20
COMPARED = 3
NEW, SHORTLISTED, ASKED, APPLIED, SET_ASIDE = (
    "new", "shortlisted", "asked", "applied", "set_aside",
)  # fmt: skip
TABS = (NEW, SHORTLISTED, ASKED, APPLIED, SET_ASIDE)


@dataclass(frozen=True)
class QueueRow:
    number: str
    label: str
    rank: int
    explained: Explained
    tab: str
    is_drawn: bool = False
    """The person stands here by lot; `rank` is the true one."""


@dataclass(frozen=True)
class Nothing:
    """Why a list is empty and the one change that helps; `name` is what to change."""

    code: EmptyCode | str
    help: HelpCode | str = ""
    name: str = ""
    unlocks: int = 0


@dataclass(frozen=True)
class Queue:
    """One page of the ranked, masked people of an opening. `total` = all that were ranked."""

    opening_id: int
    title: str
    sector: str
    closes_on: date
    is_demo: bool
    tab: str
    page: int
    pages: int
    counts: Mapping[str, int]
    total: int
    left_out: int
    rows: tuple[QueueRow, ...]
    nothing: Nothing | None
    may_rank: bool = True
    is_neutral: bool = False


@dataclass(frozen=True)
class Chosen:
    """One masked person. There is no field for a name, a school, an age or a free text."""

    row: QueueRow
    position: tuple[int, int]
    proved: int
    available_from: date | None
    regions: tuple[str, ...]
    exams: tuple[tuple[str, date | None], ...]
    mark: ShortlistState | None
    mark_reason: RefusalReason | None
    request: "RequestState | None"
    has_applied: bool
    ask_by: tuple[date, date, date]
    """First, suggested and last day for an answer to a request."""


@dataclass(frozen=True)
class RequestState:
    id: int
    state: IntroductionState
    answer_by: date
    version: int


def queue(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, tab: str = NEW, page: int = 1
) -> Queue:
    """The list; shown people go into the exposure record with their ranks."""
    opening = _own(unit, actor, opening_id)
    if not operation.may_rank_people:
        return _empty_queue(opening, tab, Nothing("information_only"), may_rank=False)
    blocked = _blocked(unit, opening)
    if blocked is not None:
        return _empty_queue(opening, tab, blocked)
    pool = rank_pool(unit.session, actor, opening, unit.today, operation.mask_key)
    return _shown(unit, opening, operation, pool, tab, page)


def ranked(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, window: Window
) -> RankedView:
    """Everybody ranked, whatever tab they stand in, for the API; `titles` are their numbers."""
    opening = _own(unit, actor, opening_id)
    if not operation.may_rank_people:
        return RankedView([], {}, 0, ranking_version(unit.session), "information_only")
    blocked = _blocked(unit, opening)
    if blocked is not None:
        return RankedView([], {}, 0, ranking_version(unit.session), blocked.code)
    pool = rank_pool(unit.session, actor, opening, unit.today, operation.mask_key)
    line = _line_up(unit, opening, operation, pool, pool.ranking.items)
    part = _note_listed(unit, opening, pool, line, window.cut(line.ids))
    shown = replace(pool.ranking, items=part)
    return ranked_view(unit.session, shown, pool.numbers, formal=True, drawn=line.drawn)


def choose(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, number: str, tab: str = NEW
) -> tuple[Queue, Chosen]:
    """One masked person beside the list they stand in. Raises NotFound for a number that is not,
    or no longer, somebody this partner may see."""
    opening = _own(unit, actor, opening_id)
    if not operation.may_rank_people or not is_number(number) or _blocked(unit, opening):
        raise NotFound
    pool = rank_pool(unit.session, actor, opening, unit.today, operation.mask_key)
    youth_id = pool.youth_of(number)
    item = next((each for each in pool.ranking.items if each.id == youth_id), None)
    if item is None:
        raise NotFound
    tabs = _tabs(unit, opening, pool)
    own_tab = tabs[item.id]
    mine = [each for each in pool.ranking.items if tabs[each.id] == own_tab]
    line = _line_up(unit, opening, operation, pool, mine)
    place = line.ids.index(item.id) // PAGE_SIZE + 1
    shown = _shown(unit, opening, operation, pool, own_tab, place, tabs)
    _note_opened(unit, opening, pool, item)
    return shown, _chosen(unit, opening, pool, item, own_tab)


def _own(unit: Unit, actor: Actor, opening_id: int) -> Opening:
    row = openings.get(unit.session, actor, opening_id)
    if row is None or actor.role is not Role.PARTNER:
        raise NotFound
    return row


def _blocked(unit: Unit, opening: Opening) -> Nothing | None:
    """Why nobody is ranked for this opening at all."""
    if not rules.is_taking_people(opening.state, opening.closes_on, unit.today):
        return Nothing("not_open")
    kinds = [each.kind for each in openings.requirements(unit.session, opening.id or 0)]
    return None if rules.can_be_matched(kinds) else Nothing("no_requirements")


def _empty_queue(opening: Opening, tab: str, nothing: Nothing, *, may_rank: bool = True) -> Queue:
    return Queue(
        opening_id=opening.id or 0,
        title=_title(opening),
        sector=opening.sector,
        closes_on=opening.closes_on,
        is_demo=opening.is_demo,
        tab=tab,
        page=1,
        pages=1,
        counts=dict.fromkeys(TABS, 0),
        total=0,
        left_out=0,
        rows=(),
        nothing=nothing,
        may_rank=may_rank,
    )


def _shown(
    unit: Unit,
    opening: Opening,
    operation: Operation,
    pool: Pool,
    tab: str,
    page: int,
    tabs: Mapping[int, str] | None = None,
) -> Queue:
    tabs = _tabs(unit, opening, pool) if tabs is None else tabs
    ranking = pool.ranking
    mine = [each for each in ranking.items if tabs[each.id] == tab]
    pages = pages_of(len(mine), PAGE_SIZE)
    line = _line_up(unit, opening, operation, pool, mine)
    ids = line.ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    part = _note_listed(unit, opening, pool, line, ids)
    names = names_for(unit.session, {r.key for r in pool.opening.requirements})
    return Queue(
        opening_id=opening.id or 0,
        title=_title(opening),
        sector=opening.sector,
        closes_on=opening.closes_on,
        is_demo=opening.is_demo,
        tab=tab,
        page=page,
        pages=pages,
        counts={each: sum(1 for own in tabs.values() if own == each) for each in TABS},
        total=ranking.total,
        left_out=len(ranking.excluded),
        rows=tuple(_row(each, pool, names, tab, line.has(each.id)) for each in part),
        nothing=_why(ranking, names) if not ranking.items else None,
        is_neutral=ranking.is_neutral,
    )


def _tabs(unit: Unit, opening: Opening, pool: Pool) -> dict[int, str]:
    """Which list each ranked person stands in: what the person or the partner did last wins."""
    opening_id = opening.id or 0
    marked = candidates.marks(unit.session, opening_id)
    asked = candidates.introductions(unit.session, opening_id)
    applied = candidates.applicants(unit.session, opening_id)
    found: dict[int, str] = {}
    for item in pool.ranking.items:
        own = marked.get(item.id)
        if item.id in applied:
            found[item.id] = APPLIED
        elif item.id in asked:
            found[item.id] = ASKED
        else:
            found[item.id] = NEW if own is None else own.state.value
    return found


def _row(
    item: RankedItem,
    pool: Pool,
    names: Mapping[str, tuple[str, str]],
    tab: str,
    is_drawn: bool = False,
) -> QueueRow:
    number = pool.numbers[item.id]
    shown = explained(item, pool.seekers[item.id], names, formal=True)
    return QueueRow(number, label(number), item.rank, shown, tab, is_drawn)


def _chosen(unit: Unit, opening: Opening, pool: Pool, item: RankedItem, tab: str) -> Chosen:
    seeker = pool.seekers[item.id]
    names = names_for(unit.session, {r.key for r in pool.opening.requirements})
    row = _row(item, pool, names, tab)
    own = candidates.marks(unit.session, opening.id or 0).get(item.id)
    asked = candidates.introductions(unit.session, opening.id or 0).get(item.id)
    called = {term.slug: in_language(term.name_ko, term.name_en) for term in regions()}
    exams = candidates.planned_exams(unit.session, item.id)
    return Chosen(
        row=row,
        position=(item.rank, pool.ranking.total),
        proved=sum(1 for line in row.explained.lines if (line.stage or 0) > 1),
        available_from=seeker.available_from,
        regions=tuple(called.get(each, each) for each in seeker.regions),
        exams=tuple(
            (of_ref(RequirementSubject.CERTIFICATION, name).name, day)
            for name, day in exams.items()
        ),
        mark=None if own is None else own.state,
        mark_reason=None if own is None else own.reason,
        request=None if asked is None else _request(asked, unit.today),
        has_applied=tab == APPLIED,
        ask_by=(_later(unit, LEAST_DAYS), _later(unit, USUAL_DAYS), _later(unit, MOST_DAYS)),
    )


def _later(unit: Unit, days: int) -> date:
    return unit.today + timedelta(days=days)


def _request(row: Introduction, today: date) -> RequestState:
    state = introduction_standing(row.state, row.answer_by, today)
    return RequestState(row.id or 0, state, row.answer_by, row.version)


def _why(ranking: Ranking, names: Mapping[str, tuple[str, str]]) -> Nothing | None:
    empty = ranking.empty
    if empty is None:
        return None
    pair = names.get(empty.help.key or "", ("", ""))
    name = in_language(*pair)
    return Nothing(empty.code, empty.help.code, name, empty.help.unlocks)


def _line_up(
    unit: Unit, opening: Opening, operation: Operation, pool: Pool, items: Sequence[RankedItem]
) -> Arrangement:
    """A neutral order says nothing, so nobody is drawn against it."""
    slots = 0 if pool.ranking.is_neutral else operation.explore_slots
    order = [each.id for each in items]
    return line_up(unit, "candidate", opening.id or 0, order, page=PAGE_SIZE, slots=slots)


def _note_listed(
    unit: Unit, opening: Opening, pool: Pool, line: Arrangement, ids: Sequence[int]
) -> tuple[RankedItem, ...]:
    """The people behind `ids`, in that order; an empty page is no look."""
    by_id = {each.id: each for each in pool.ranking.items}
    part = tuple(by_id[each] for each in ids)
    if not part:
        return part
    shown = shown_from(line, ids, {each.id: (each.rank, each.score) for each in part})
    version = pool.ranking.model_version
    note_shown(
        unit, ExposureKind.LISTED, "candidate", opening.id or 0, shown, model_version=version
    )
    unit.access("candidates:listed", None, opening=opening.id, youths=list(ids))
    return part


def _note_opened(unit: Unit, opening: Opening, pool: Pool, item: RankedItem) -> None:
    shown = Shown(item.id, item.rank, item.score)
    version = pool.ranking.model_version
    note_shown(
        unit, ExposureKind.OPENED, "candidate", opening.id or 0, [shown], model_version=version
    )
    unit.access("candidate:read", item.id, opening=opening.id)


def _title(opening: Opening) -> str:
    return in_language(opening.title_ko, opening.title_en)
