"""Who was there: marks of known classes, and classes that were held and not written yet."""

from datetime import date
from typing import NamedTuple

from matcher.db import Unit
from matcher.exchange.attendance import AttendanceRow
from matcher.exchange.errors import CellError
from matcher.exchange.parsing import Parsed
from matcher.exchange.words import ENROLMENT_STATES
from matcher.flows.importing.known import Known, note_people
from matcher.flows.importing.seats import Place, Places, twice
from matcher.i18n import current_language
from matcher.refusal import Conflict
from matcher.store import class_rows
from matcher.store.batches import Change, Recorder
from matcher.store.class_rows import SeatFact
from models.attendance import Attendance, AttendanceSource, AttendanceState, ClassMeeting
from models.course import EnrolmentState

SAT = (
    EnrolmentState.ENROLLED,
    EnrolmentState.COMPLETED,
    EnrolmentState.NOT_COMPLETED,
    EnrolmentState.DROPPED,
)
Held = tuple[int, date, str]
"""Session, day and HH:MM name a class."""


class Mark(NamedTuple):
    row: AttendanceRow
    place: Place
    seat: SeatFact

    @property
    def held(self) -> Held:
        return self.place.session.id, self.row.held_on, self.row.begins


class Plan(NamedTuple):
    marks: list[Mark]
    meetings: dict[Held, tuple[int, str]]
    """Known classes: id and HH:MM of the end."""
    new_ends: dict[Held, str]
    errors: list[CellError]


def check(unit: Unit, known: Known, parsed: Parsed) -> list[CellError]:
    return _plan(unit, known, parsed).errors


def write(unit: Unit, recorder: Recorder, known: Known, parsed: Parsed) -> None:
    plan = _plan(unit, known, parsed)
    if plan.errors:
        raise Conflict(plan.errors[0].sentence(current_language()))
    ids = {held: meeting[0] for held, meeting in plan.meetings.items()}
    ids |= _make_meetings(recorder, plan)
    stored = class_rows.marks(unit.session, {ids[mark.held] for mark in plan.marks})
    fresh, changes = [], []
    for mark in plan.marks:
        state = AttendanceState(mark.row.state)
        known_mark = stored.get((ids[mark.held], mark.seat.id))
        if known_mark is None:
            fresh.append(_row(unit, ids[mark.held], mark.seat.id, state))
        elif known_mark[1] is not state:
            values = {"state": state, "source": AttendanceSource.IMPORT, "recorded_at": unit.now}
            changes.append(Change(known_mark[0], {"state": known_mark[1]}, values))
    recorder.make_all(Attendance, fresh, ("state",))
    recorder.change_all(Attendance, changes, ("state",))
    note_people(unit, "import:attendance", {m.seat.youth_id for m in plan.marks})


def _plan(unit: Unit, known: Known, parsed: Parsed) -> Plan:
    rows: list[AttendanceRow] = list(parsed.rows)
    places = Places(unit, known, rows)
    meetings = {
        (each.session_id, each.held_on, each.starts): (each.id, each.ends)
        for each in class_rows.meetings(unit.session, places.session_ids)
    }
    marks: list[Mark] = []
    ends: dict[Held, str] = {}
    seen: dict[tuple[Held, int], int] = {}
    for row in rows:
        place = places.find(row)
        seat = _sitting(places, row, place)
        if place is None or seat is None or not _is_class(places, row, place, meetings, ends):
            continue
        mark = Mark(row, place, seat)
        first = seen.setdefault((mark.held, seat.id), row.line)
        if first == row.line:
            marks.append(mark)
        else:
            places.errors.append(twice(row.line, first))
    return Plan(marks, meetings, ends, places.errors)


def _sitting(places: Places, row: AttendanceRow, place: Place | None) -> SeatFact | None:
    if place is None:
        return None
    seat = place.seat
    if seat is not None and seat.state in SAT:
        return seat
    state = seat.state.value if seat is not None else ""
    korean, english = ENROLMENT_STATES.ko(state), ENROLMENT_STATES.en(state)
    places.fail(row, "person", "not_in_session",
                "이 차수에 등록된 사람이 아닙니다" + (f" ({korean})" if state else ""),
                "not enrolled in this session" + (f" ({english})" if state else ""))  # fmt: skip
    return None


def _is_class(
    places: Places,
    row: AttendanceRow,
    place: Place,
    meetings: dict[Held, tuple[int, str]],
    ends: dict[Held, str],
) -> bool:
    """Known, or to be made; the end is the same in every line about it."""
    if row.held_on < place.session.starts_on:
        starts = place.session.starts_on
        places.fail(row, "held_on", "before_session", f"차수의 첫날({starts})보다 앞섭니다",
                    f"before the session's first day ({starts})")  # fmt: skip
        return False
    held = (place.session.id, row.held_on, row.begins)
    told = meetings[held][1] if held in meetings else ends.get(held, row.ends)
    if not told:
        places.fail(row, "ends", "required", "없는 수업입니다. 끝 시각을 적으면 함께 만듭니다",
                    "no such class; give its end and it is made")  # fmt: skip
        return False
    if row.ends and row.ends != told:
        places.fail(row, "ends", "other_end", f"이 수업의 끝 시각은 {told}입니다",
                    f"this class ends at {told}")  # fmt: skip
        return False
    if held not in meetings:
        ends[held] = told
    return True


def _make_meetings(recorder: Recorder, plan: Plan) -> dict[Held, int]:
    modes = {mark.place.session.id: mark.place.session.mode for mark in plan.marks}
    wanted = sorted(held for held in plan.new_ends if held[0] in modes)
    ids = recorder.make_all(
        ClassMeeting,
        [
            {
                "session_id": session_id,
                "held_on": held_on,
                "starts": starts,
                "ends": plan.new_ends[session_id, held_on, starts],
                "mode": modes[session_id],
                "topic": "",
                "check_in_code": "",
            }
            for session_id, held_on, starts in wanted
        ],
    )
    return dict(zip(wanted, ids, strict=True))


def _row(
    unit: Unit, meeting_id: int, enrolment_id: int, state: AttendanceState
) -> dict[str, object]:
    return {
        "meeting_id": meeting_id,
        "enrolment_id": enrolment_id,
        "state": state,
        "source": AttendanceSource.IMPORT,
        "recorded_at": unit.now,
    }
