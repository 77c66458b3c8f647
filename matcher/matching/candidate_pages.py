"""One opening's people put together for a page: a list, one person, what the examples share."""

from dataclasses import replace
from datetime import date, timedelta

from matcher.catalogue.regions import regions
from matcher.i18n import in_language
from matcher.matching import shown_projects
from matcher.matching.candidate_filters import Filters, counted
from matcher.matching.candidate_lists import (
    PAGE_SIZE,
    Board,
    Names,
    line_of,
    note_listed,
)
from matcher.matching.candidate_marking import last_of
from matcher.matching.candidate_views import (
    APPLIED,
    ASKED,
    NEW,
    TABS,
    CalibrationView,
    Chosen,
    LastDecision,
    Nothing,
    Queue,
    QueueRow,
    RequestState,
    TraitLine,
)
from matcher.matching.explained import explained
from matcher.matching.paging import pages_of
from matcher.matching.review_reading import barred_of
from matcher.matching.sub_scores import sub_scores
from matcher.matching.wanted import of_ref
from matcher.policy.introductions import LEAST_DAYS, MOST_DAYS, USUAL_DAYS
from matcher.policy.masking import label
from matcher.policy.states import introduction_standing
from matcher.ranking.calibrating import LEAST_EXAMPLES, MOST_EXAMPLES, Trait
from matcher.ranking.recommend import RankedItem, Ranking
from matcher.store import candidate_marks, candidates
from matcher.store.candidate_marks import MARKED
from models.opening import Opening, RequirementSubject


def empty_queue(opening: Opening, tab: str, nothing: Nothing, *, may_rank: bool = True) -> Queue:
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


def listed(
    board: Board, tab: str, page: int, filters: Filters, *, size: int = PAGE_SIZE,
    drawn: bool = True,
) -> Queue:  # fmt: skip
    """One page of one list; those on it go into the exposure record with their ranks."""
    line = line_of(board, board.standing(tab, filters), size, drawn=drawn and not filters.is_on)
    ids = line.ids[(page - 1) * size : page * size]
    rows = [
        row_of(board, each, is_drawn=line.has(each.id)) for each in note_listed(board, line, ids)
    ]
    mine = [each for each, own_tab in board.tabs.items() if own_tab == tab]
    return replace(
        head_of(board, tab),
        page=page,
        pages=pages_of(len(line.ids), size),
        rows=tuple(rows),
        filters=filters,
        filtered=counted(board.facts, mine, filters, [key for key, _name in board.keys]),
    )


def head_of(board: Board, tab: str) -> Queue:
    """Everything about the opening's people but the people."""
    ranking, tabs = board.ranking, board.tabs
    return Queue(
        opening_id=board.opening_id,
        title=_title(board.opening),
        sector=board.opening.sector,
        closes_on=board.opening.closes_on,
        is_demo=board.opening.is_demo,
        tab=tab,
        page=1,
        pages=1,
        counts={each: sum(1 for held in tabs.values() if held == each) for each in TABS},
        total=ranking.total,
        left_out=len(ranking.excluded),
        rows=(),
        nothing=_why(ranking, board.names) if not ranking.items else None,
        is_neutral=ranking.is_neutral,
        keys=board.keys,
        looked=sum(1 for each, held in tabs.items() if held != NEW or each in board.opened),
        calibration=calibration_of(board),
        last=last_decision(board),
    )


def row_of(board: Board, item: RankedItem, *, is_drawn: bool = False) -> QueueRow:
    number, seeker = board.pool.numbers[item.id], board.pool.seekers[item.id]
    return QueueRow(
        number, label(number), item.rank,
        explained(
            item, seeker, board.names, board.unit.today, formal=True,
            licences=board.licences.get(item.id, {}),
        ),
        board.tabs[item.id], is_drawn, sub_scores(item, board.names), seeker.available_from,
        item.id in board.opened, item.id in board.pool.examples,
    )  # fmt: skip


def chosen_of(board: Board, item: RankedItem, before: str = "", after: str = "") -> Chosen:
    session, today = board.unit.session, board.unit.today
    seeker, row = board.pool.seekers[item.id], row_of(board, item)
    mark = board.marks.get(item.id)
    called = {term.slug: in_language(term.name_ko, term.name_en) for term in regions()}
    exams = candidates.planned_exams(session, item.id)
    is_example = item.id in board.pool.examples
    return Chosen(
        row=row,
        position=(item.rank, board.ranking.total),
        proved=sum(1 for line in row.explained.lines if (line.stage or 0) > 1),
        projects=shown_projects.masked(session, [item.id]).get(item.id, ()),
        available_from=seeker.available_from,
        regions=tuple(called.get(each, each) for each in seeker.regions),
        exams=tuple(
            (of_ref(RequirementSubject.CERTIFICATION, name).name, day)
            for name, day in exams.items()
        ),
        mark=None if mark is None else mark.state,
        mark_reason=None if mark is None else mark.reason,
        request=_request(board, item.id, today),
        has_applied=row.tab == APPLIED,
        ask_by=tuple(today + timedelta(days=each) for each in (LEAST_DAYS, USUAL_DAYS, MOST_DAYS)),  # type: ignore[arg-type]  # three of them
        before=before,
        after=after,
        is_example=is_example,
        may_be_example=not board.ranking.is_neutral
        and (is_example or len(board.pool.examples) < MOST_EXAMPLES),
    )


def _request(board: Board, youth_id: int, today: date) -> RequestState | None:
    if board.tabs[youth_id] not in (ASKED, APPLIED):
        return None
    row = candidate_marks.introduction_of(board.unit.session, board.opening_id, youth_id)
    if row is None:
        return None
    state = introduction_standing(row.state, row.answer_by, today)
    return RequestState(row.id or 0, state, row.answer_by, row.version)


def calibration_of(board: Board) -> CalibrationView | None:
    if board.ranking.is_neutral:
        return None
    marked, numbers = board.pool.examples, board.pool.numbers
    wanted = -1 if len(marked) == MOST_EXAMPLES else max(0, LEAST_EXAMPLES - len(marked))
    return CalibrationView(
        tuple((numbers[each], label(numbers[each])) for each in marked),
        tuple(_trait(each) for each in board.pool.traits),
        wanted,
    )


def _trait(each: Trait) -> TraitLine:
    name = in_language(each.feature.text_ko, each.feature.text_en)
    falls = each.feature.direction < 0

    def percent(value: float) -> int:
        return round(100 * (1.0 - value if falls else value))

    others = None if each.others is None else percent(each.others)
    return TraitLine(name, percent(each.mark), others)


def last_decision(board: Board) -> LastDecision | None:
    """None when there is none, when it was taken back, when something else happened since, or
    when the reader may not decide about one of the people any more."""
    found = last_of(board.unit, board.actor, board.opening_id)
    people = [int(each.change["youth_id"]) for each in found]
    if not found or found[0].action != MARKED:
        return None
    after = found[0].change["after"] or NEW
    if any(board.tabs.get(each) != after for each in people):
        return None
    if barred_of(board.unit, board.actor, board.opening_id, people):
        return None
    return LastDecision(label(board.pool.numbers[people[0]]), after, len(people))


def _why(ranking: Ranking, names: Names) -> Nothing | None:
    empty = ranking.empty
    if empty is None:
        return None
    name = in_language(*names.get(empty.help.key or "", ("", "")))
    return Nothing(empty.code, empty.help.code, name, empty.help.unlocks)


def _title(opening: Opening) -> str:
    return in_language(opening.title_ko, opening.title_en)
