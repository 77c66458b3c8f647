"""Results of sessions: states and days, and what a completion gives."""

from collections import Counter
from typing import NamedTuple

from matcher.db import Unit
from matcher.exchange.completions import CompletionRow
from matcher.exchange.errors import CellError
from matcher.exchange.parsing import Parsed
from matcher.exchange.words import ENROLMENT_STATES
from matcher.flows.importing.known import Known, for_a_colleague, note_people
from matcher.flows.importing.seats import Place, Places, twice
from matcher.i18n import current_language
from matcher.i18n import gettext as _
from matcher.matching import two_hats
from matcher.matching.completing_many import Finished, give_all
from matcher.matching.seats import refill
from matcher.refusal import Conflict
from matcher.store import class_rows
from matcher.store.batches import Change, Recorder
from matcher.store.class_rows import SeatFact
from matcher.store.enrolments import SEATED
from models.course import Enrolment, EnrolmentState

FROM = {
    EnrolmentState.ENROLLED: (
        EnrolmentState.COMPLETED,
        EnrolmentState.NOT_COMPLETED,
        EnrolmentState.DROPPED,
    ),
    EnrolmentState.COMPLETED: (EnrolmentState.COMPLETED,),
    EnrolmentState.NOT_COMPLETED: (EnrolmentState.NOT_COMPLETED, EnrolmentState.COMPLETED),
    EnrolmentState.DROPPED: (EnrolmentState.DROPPED,),
}
"""What may follow what; a missed rule may be met after all, a completion is not taken back."""


class Result(NamedTuple):
    row: CompletionRow
    place: Place
    seat: SeatFact
    state: EnrolmentState


def check(unit: Unit, known: Known, parsed: Parsed) -> list[CellError]:
    return _plan(unit, known, parsed)[1]


def write(unit: Unit, recorder: Recorder, known: Known, parsed: Parsed) -> None:
    results, errors = _plan(unit, known, parsed)
    if errors:
        raise Conflict(errors[0].sentence(current_language()))
    changes = [change for result in results if (change := _change(unit, result)) is not None]
    recorder.change_all(Enrolment, changes, ("state",))
    _shift_seats(unit, results)
    give_all(unit, recorder, [_finished(each) for each in results if each.row.on is not None])
    note_people(unit, "import:completions", {r.seat.youth_id for r in results})


def _plan(unit: Unit, known: Known, parsed: Parsed) -> tuple[list[Result], list[CellError]]:
    rows: list[CompletionRow] = list(parsed.rows)
    places = Places(unit, known, rows)
    results: list[Result] = []
    seen: dict[int, int] = {}
    for row in rows:
        place = places.find(row)
        if place is None:
            continue
        state, seat = EnrolmentState(row.result), place.seat
        if seat is None or state not in FROM.get(seat.state, ()):
            _refuse(places, row, seat)
        elif seen.setdefault(seat.id, row.line) != row.line:
            places.errors.append(twice(row.line, seen[seat.id]))
        elif _is_time(unit, places, row, place, state):
            results.append(Result(row, place, seat, state))
    return results, [*places.errors, *_for_colleagues(unit, results)]


def _for_colleagues(unit: Unit, results: list[Result]) -> list[CellError]:
    """A completion raises skills by the desk's word, so it is asked as for a rating."""
    given = [each for each in results if each.state is EnrolmentState.COMPLETED]
    barred = two_hats.barred_at_desk(unit, [each.seat.youth_id for each in given])
    return [
        for_a_colleague(each.row.line, "person") for each in given if each.seat.youth_id in barred
    ]


def _refuse(places: Places, row: CompletionRow, seat: SeatFact | None) -> None:
    if seat is None:
        places.fail(row, "person", "not_in_session", "이 차수에 등록된 사람이 아닙니다",
                    "not enrolled in this session")  # fmt: skip
    else:
        state = seat.state.value
        places.fail(row, "result", "state",
                    f"지금 상태({ENROLMENT_STATES.ko(state)})에서는 적을 수 없습니다",
                    f"not possible from the state {ENROLMENT_STATES.en(state)}")  # fmt: skip


def _is_time(
    unit: Unit, places: Places, row: CompletionRow, place: Place, state: EnrolmentState
) -> bool:
    session = place.session
    first = session.starts_on if state is EnrolmentState.DROPPED else session.ends_on
    if unit.today < first:
        places.fail(row, "result", "too_early", f"{first}부터 적을 수 있습니다",
                    f"possible from {first} on")  # fmt: skip
        return False
    if row.on is not None and row.on < session.starts_on:
        places.fail(row, "on", "before_session", f"차수의 첫날({session.starts_on})보다 앞섭니다",
                    f"before the session's first day ({session.starts_on})")  # fmt: skip
        return False
    return True


def _change(unit: Unit, result: Result) -> Change | None:
    """None where everything stands already."""
    row, seat = result.row, result.seat
    wanted = {
        "state": result.state,
        "completed_on": row.on or seat.completed_on,
        "work_accepted_on": row.work_accepted_on or seat.work_accepted_on,
    }
    before = {name: getattr(seat, name) for name in wanted}
    return None if before == wanted else Change(seat.id, before, {**wanted, "updated_at": unit.now})


def _shift_seats(unit: Unit, results: list[Result]) -> None:
    shifts = Counter[int]()
    for each in results:
        shifts[each.place.session.id] += int(each.state in SEATED) - int(each.seat.state in SEATED)
    for session_id, by in sorted(shifts.items()):
        if by and not class_rows.shift_taken(unit.session, session_id, by):
            raise Conflict(_("그 사이에 자리가 찼습니다. 파일을 다시 올려 주십시오."))
        if by < 0:
            refill(unit, session_id)


def _finished(result: Result) -> Finished:
    assert result.row.on is not None
    session = result.place.session
    return Finished(
        enrolment_id=result.seat.id,
        youth_id=result.seat.youth_id,
        course_id=session.course_id,
        title_ko=session.title_ko,
        title_en=session.title_en,
        on=result.row.on,
    )
