"""One opening's people gathered once for a page: ranked, sorted into lists, narrowed, recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import in_language
from matcher.matching.candidate_filters import Facts, Filters
from matcher.matching.candidate_views import APPLIED, ASKED, NEW, Nothing
from matcher.matching.candidates import Pool, rank_pool
from matcher.matching.context import names_for
from matcher.matching.exposures import Shown, line_up, note_shown, shown_from
from matcher.policy import openings as rules
from matcher.policy.operation import Operation
from matcher.ranking.recommend import RankedItem, Ranking
from matcher.ranking.slots import Arrangement
from matcher.ranking.types import LICENCE
from matcher.store import candidate_marks, candidates, openings
from matcher.store.candidate_marks import MarkLine
from models.opening import Opening
from models.trail import ExposureKind

PAGE_SIZE = 20
Names = Mapping[str, tuple[str, str]]


def blocked(unit: Unit, opening: Opening) -> Nothing | None:
    """Why nobody is ranked for this opening at all."""
    if not rules.is_taking_people(opening.state, opening.closes_on, unit.today):
        return Nothing("not_open")
    kinds = [each.kind for each in openings.requirements(unit.session, opening.id or 0)]
    return None if rules.can_be_matched(kinds) else Nothing("no_requirements")


@dataclass(frozen=True)
class Board:
    """All people of one opening, and which list each stands in: what the person or the partner did
    last wins."""

    unit: Unit
    actor: Actor
    operation: Operation
    opening: Opening
    pool: Pool
    names: Names
    marks: Mapping[int, MarkLine]
    tabs: Mapping[int, str]
    opened: frozenset[int]

    @property
    def opening_id(self) -> int:
        return self.opening.id or 0

    @property
    def ranking(self) -> Ranking:
        return self.pool.ranking

    @cached_property
    def by_id(self) -> Mapping[int, RankedItem]:
        return {each.id: each for each in self.ranking.items}

    @cached_property
    def facts(self) -> Facts:
        return Facts.of(self.pool.people, self.pool.opening.requirements)

    @cached_property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """What the opening asks for, by name; exclusions are nobody's merit."""
        asked = [each for each in self.pool.opening.requirements if each.kind != "exclude"]
        seen = dict.fromkeys(each.key for each in asked)
        return tuple((key, in_language(*self.names.get(key, (key, key)))) for key in seen)

    @cached_property
    def licences(self) -> Mapping[int, Mapping[str, int]]:
        """Person -> licence asked for -> its verification; read only where one is asked for."""
        keys = [each.key for each in self.pool.opening.requirements if each.key.startswith(LICENCE)]
        asked = [key.removeprefix(LICENCE) for key in keys]
        if not asked:
            return {}
        session, today = self.unit.session, self.unit.today
        found: dict[int, dict[str, int]] = {}
        for youth, name, stage in candidates.licences(
            session, self.actor, self.opening, today, asked
        ):
            own = found.setdefault(youth, {})
            own[name] = max(stage, own.get(name, 0))
        return found

    def standing(self, tab: str, filters: Filters) -> list[RankedItem]:
        """Those of one list the filters let through, in the order of the ranking."""
        mine = [each for each in self.ranking.items if self.tabs[each.id] == tab]
        if not filters.is_on:
            return mine
        lets, row = self.facts.let_through(filters).tolist(), self.facts.row
        return [each for each in mine if lets[row[each.id]]]


def gathered(unit: Unit, actor: Actor, operation: Operation, opening: Opening) -> Board:
    opening_id = opening.id or 0
    pool = rank_pool(unit.session, actor, opening, unit.today, operation.mask_key)
    marks = candidate_marks.lines(unit.session, opening_id)
    asked = candidate_marks.asked(unit.session, opening_id)
    applied = candidates.applicants(unit.session, opening_id)
    tabs = {each.id: _tab(each.id, marks, asked, applied) for each in pool.ranking.items}
    return Board(
        unit, actor, operation, opening, pool,
        names_for(unit.session, {each.key for each in pool.opening.requirements}),
        marks, tabs,
        candidate_marks.opened_by(unit.session, actor.account_id, opening_id),
    )  # fmt: skip


def _tab(
    youth_id: int,
    marks: Mapping[int, MarkLine],
    asked: frozenset[int],
    applied: frozenset[int],
) -> str:
    if youth_id in applied:
        return APPLIED
    if youth_id in asked:
        return ASKED
    own_mark = marks.get(youth_id)
    return NEW if own_mark is None else own_mark.state.value


def line_of(board: Board, items: Sequence[RankedItem], size: int, *, drawn: bool) -> Arrangement:
    """A neutral order says nothing, so nobody is drawn against it; nor into a narrowed list."""
    slots = board.operation.explore_slots if drawn and not board.ranking.is_neutral else 0
    order = [each.id for each in items]
    return line_up(board.unit, "candidate", board.opening_id, order, page=size, slots=slots)


def note_listed(board: Board, line: Arrangement, ids: Sequence[int]) -> tuple[RankedItem, ...]:
    """The people behind `ids`, in that order; an empty page is no look."""
    part = tuple(board.by_id[each] for each in ids)
    if not part:
        return part
    shown = shown_from(line, ids, {each.id: (each.rank, each.score) for each in part})
    note_shown(
        board.unit, ExposureKind.LISTED, "candidate", board.opening_id, shown,
        model_version=board.ranking.model_version,
    )  # fmt: skip
    board.unit.access("candidates:listed", None, opening=board.opening_id, youths=list(ids))
    return part


def note_opened(board: Board, item: RankedItem, task: str = candidate_marks.OPENED) -> None:
    note_shown(
        board.unit, ExposureKind.OPENED, "candidate", board.opening_id,
        [Shown(item.id, item.rank, item.score)], model_version=board.ranking.model_version,
    )  # fmt: skip
    board.unit.access(task, item.id, opening=board.opening_id)
