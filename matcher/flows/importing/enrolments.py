"""People into sessions: seats are counted, never oversold."""

from collections import Counter
from typing import NamedTuple

from matcher.db import Unit
from matcher.exchange.enrolments import EnrolmentRow
from matcher.exchange.errors import CellError
from matcher.exchange.parsing import Parsed
from matcher.exchange.words import ENROLMENT_STATES
from matcher.flows.importing.known import Known, note_people
from matcher.flows.importing.seats import Place, Places, twice
from matcher.i18n import current_language
from matcher.i18n import gettext as _
from matcher.matching.seats import refill
from matcher.refusal import Conflict
from matcher.store import class_rows
from matcher.store.batches import Change, Recorder
from matcher.store.class_rows import SeatFact
from matcher.store.enrolments import SEATED
from models.course import Enrolment, EnrolmentState

FINISHED = (EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED, EnrolmentState.DROPPED)


class Step(NamedTuple):
    line: int
    place: Place
    state: EnrolmentState

    @property
    def seat(self) -> SeatFact | None:
        return self.place.seat

    @property
    def shift(self) -> int:
        """Seats taken (1), freed (-1) or neither."""
        had = self.seat is not None and self.seat.state in SEATED
        return int(self.state in SEATED) - int(had)


def check(unit: Unit, known: Known, parsed: Parsed) -> list[CellError]:
    return _plan(unit, known, parsed)[1]


def write(unit: Unit, recorder: Recorder, known: Known, parsed: Parsed) -> None:
    """New enrolments are made, known ones change their state."""
    steps, errors = _plan(unit, known, parsed)
    if errors:
        raise Conflict(errors[0].sentence(current_language()))
    recorder.make_all(Enrolment, [_row(unit, s) for s in steps if s.seat is None], ("state",))
    recorder.change_all(Enrolment, [_change(unit, s) for s in steps if s.seat is not None],
                        ("state",))  # fmt: skip
    shift_seats(unit, Counter[int](), steps)
    note_people(unit, "import:enrolments", {s.place.youth_id for s in steps})


def shift_seats(unit: Unit, shifts: Counter[int], steps: list[Step]) -> None:
    """Count what the steps take and free; a freed seat goes to who waits."""
    for step in steps:
        shifts[step.place.session.id] += step.shift
    for session_id, by in sorted(shifts.items()):
        if by and not class_rows.shift_taken(unit.session, session_id, by):
            raise Conflict(_("그 사이에 자리가 찼습니다. 파일을 다시 올려 주십시오."))
        if by < 0:
            refill(unit, session_id)


def _plan(unit: Unit, known: Known, parsed: Parsed) -> tuple[list[Step], list[CellError]]:
    rows: list[EnrolmentRow] = list(parsed.rows)
    places = Places(unit, known, rows)
    steps: list[Step] = []
    seen: dict[tuple[int, int], int] = {}
    for row in rows:
        place = places.find(row)
        if place is None:
            continue
        first = seen.setdefault((place.session.id, place.youth_id), row.line)
        if first != row.line:
            places.errors.append(twice(row.line, first))
            continue
        step = Step(row.line, place, EnrolmentState(row.state))
        fault = _fault(step)
        if fault is not None:
            places.errors.append(fault)
        elif step.seat is None or step.seat.state is not step.state:
            steps.append(step)
    return steps, [*places.errors, *_oversold(unit, steps)]


def _fault(step: Step) -> CellError | None:
    held = step.seat.state if step.seat is not None else None
    if held is None or held is step.state:
        return None
    if held in FINISHED:
        return CellError(
            step.line, "state", "finished",
            f"이미 끝난 기록입니다: {ENROLMENT_STATES.ko(held.value)}",
            f"that record is finished already: {ENROLMENT_STATES.en(held.value)}",
        )  # fmt: skip
    if step.state in FINISHED[:2]:
        return CellError(
            step.line, "state", "by_completions",
            "이미 있는 사람의 결과는 수료 결과 파일로 넣어 주십시오",
            "results of people already there come with a file of completions",
        )  # fmt: skip
    return None


def _oversold(unit: Unit, steps: list[Step]) -> list[CellError]:
    """The lines that come after the last free seat of their session; frees count first."""
    room = {
        session_id: seats - taken
        for session_id, (seats, taken) in class_rows.hold(
            unit.session, {step.place.session.id for step in steps}
        ).items()
    }
    for step in steps:
        room[step.place.session.id] -= min(step.shift, 0)
    errors = []
    for step in sorted(steps, key=lambda each: each.line):
        if step.shift <= 0:
            continue
        room[step.place.session.id] -= 1
        if room[step.place.session.id] < 0:
            seats = step.place.session.seats
            errors.append(
                CellError(
                    step.line,
                    "state",
                    "no_seat",
                    f"정원 {seats}명이 다 찼습니다",
                    f"all {seats} seats are taken",
                )
            )
    return errors


def _row(unit: Unit, step: Step) -> dict[str, object]:
    return {
        "session_id": step.place.session.id,
        "youth_id": step.place.youth_id,
        "state": step.state,
        "created_at": unit.now,
        "updated_at": unit.now,
    }


def _change(unit: Unit, step: Step) -> Change:
    assert step.seat is not None
    return Change(
        step.seat.id,
        {"state": step.seat.state},
        {"state": step.state, "updated_at": unit.now},
    )
