"""A partner looks at masked candidates for one own opening: in a list, one by one, side by side."""

from collections.abc import Sequence
from dataclasses import replace

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching import candidate_lists as lists
from matcher.matching import candidate_pages as pages
from matcher.matching import review_rules
from matcher.matching.candidate_filters import EVERYBODY, Filters
from matcher.matching.candidate_lists import PAGE_SIZE, Board
from matcher.matching.candidate_views import NEW, Chosen, Compared, Nothing, Queue
from matcher.matching.items import RankedView, ranked_view
from matcher.matching.own_opening import own_opening
from matcher.matching.review_reading import barred_of
from matcher.matching.serving import ranking_version
from matcher.matching.window import Window
from matcher.policy.masking import is_number
from matcher.policy.operation import Operation
from matcher.ranking.recommend import RankedItem
from matcher.refusal import NotFound

GRID_SIZE = 50
MOST_COMPARED = 4
COMPARED = "candidate:compared"


def queue(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, tab: str = NEW, page: int = 1,
    filters: Filters = EVERYBODY,
) -> Queue:  # fmt: skip
    """The list; shown people go into the exposure record with their ranks."""
    board = _board(unit, actor, operation, opening_id, tab)
    if isinstance(board, Queue):
        return board
    return pages.listed(board, tab, page, _known(board, filters))


def grid(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, tab: str = NEW, page: int = 1,
    filters: Filters = EVERYBODY,
) -> Queue:  # fmt: skip
    """The same list as a table, more at a time and nobody by lot."""
    board = _board(unit, actor, operation, opening_id, tab)
    if isinstance(board, Queue):
        return board
    return pages.listed(board, tab, page, _known(board, filters), size=GRID_SIZE, drawn=False)


def ranked(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, window: Window
) -> RankedView:
    """Everybody ranked, whatever tab they stand in, for the API; `titles` are their numbers."""
    board = _board(unit, actor, operation, opening_id, NEW)
    if isinstance(board, Queue):
        assert board.nothing is not None
        return RankedView([], {}, 0, ranking_version(unit.session), board.nothing.code)
    line = lists.line_of(board, board.ranking.items, PAGE_SIZE, drawn=True)
    part = lists.note_listed(board, line, window.cut(line.ids))
    shown = replace(board.ranking, items=part)
    return ranked_view(unit.session, shown, board.pool.numbers, formal=True, drawn=line.drawn)


def choose(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, number: str,
    filters: Filters = EVERYBODY,
) -> tuple[Queue, Chosen]:  # fmt: skip
    """One masked person beside the list they stand in. Raises NotFound for a number that is not,
    or no longer, somebody this partner may see."""
    board = _people(unit, actor, operation, opening_id)
    item = _item(board, number)
    if item is None:
        raise NotFound
    tab = board.tabs[item.id]
    filters = _known(board, filters)
    if item not in board.standing(tab, filters):
        filters = EVERYBODY
    mine = board.standing(tab, filters)
    line = lists.line_of(board, mine, PAGE_SIZE, drawn=not filters.is_on)
    place = line.ids.index(item.id)
    numbers = board.pool.numbers
    before = numbers[line.ids[place - 1]] if place else ""
    after = (*line.ids[place + 1 :], *line.ids[:place])[:1]
    shown = pages.listed(board, tab, place // PAGE_SIZE + 1, filters)
    lists.note_opened(board, item)
    chosen = pages.chosen_of(board, item, before, numbers[after[0]] if after else "")
    return shown, replace(
        chosen,
        is_barred=bool(barred_of(unit, actor, opening_id, [item.id])),
        waits=review_rules.words_outside_phase(unit, opening_id),
    )


def compare(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, numbers: Sequence[str]
) -> Compared:
    """Up to four people requirement by requirement, in the order of the ranking. Whoever is not
    visible any more is only counted, so that an address kept by a colleague still opens."""
    board = _people(unit, actor, operation, opening_id)
    wanted = list(dict.fromkeys(numbers))[:MOST_COMPARED]
    found = [item for each in wanted if (item := _item(board, each)) is not None]
    for item in found:
        lists.note_opened(board, item, COMPARED)
    people = sorted(found, key=lambda each: each.rank)
    rows = tuple(pages.chosen_of(board, each) for each in people)
    return Compared(pages.head_of(board, NEW), rows, len(wanted) - len(found))


def _board(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, tab: str
) -> Board | Queue:
    """All people of the opening, or an empty list that says why there are none."""
    opening = own_opening(unit, actor, opening_id)
    if not operation.may_rank_people:
        nothing = Nothing("information_only")
        return pages.empty_queue(opening, tab, nothing, may_rank=False)
    why = lists.blocked(unit, opening)
    if why is not None:
        return pages.empty_queue(opening, tab, why)
    return lists.gathered(unit, actor, operation, opening)


def _people(unit: Unit, actor: Actor, operation: Operation, opening_id: int) -> Board:
    board = _board(unit, actor, operation, opening_id, NEW)
    if isinstance(board, Queue):
        raise NotFound
    return board


def _item(board: Board, number: str) -> RankedItem | None:
    youth_id = board.pool.youth_of(number) if is_number(number) else None
    return None if youth_id is None else board.by_id.get(youth_id)


def _known(board: Board, filters: Filters) -> Filters:
    return filters.known(key for key, _name in board.keys)
