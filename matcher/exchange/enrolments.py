"""Enrolments: who sits in which session of a course, who waits and who left."""

from dataclasses import dataclass
from typing import Final

from .cells import Cells
from .columns import Column, Kind
from .session_refs import COLUMNS, EXAMPLE, OTHER_EXAMPLE, Seated, SeatRef, read_seat
from .words import ENROLMENT_STATES


@dataclass(frozen=True, slots=True)
class EnrolmentRow(Seated):
    line: int
    seat: SeatRef
    state: str


def read(cells: Cells) -> EnrolmentRow | None:
    row = EnrolmentRow(cells.line, read_seat(cells), cells.choice_of("state") or "enrolled")
    return row if cells.ok else None


ENROLMENTS: Final = Kind(
    name="enrolments",
    title_ko="수강 명단",
    title_en="Enrolments",
    columns=(
        *COLUMNS,
        Column(
            "state",
            ("수강 상태", "상태"),
            "enrolled(수강), waitlisted(대기), applied(신청), completed(수료), dropped(중도 포기), "
            "cancelled(취소), not_selected(미선발), not_completed(미수료). 비우면 enrolled",
            "enrolled, waitlisted, applied, completed, dropped, cancelled, not_selected or "
            "not_completed; blank means enrolled",
            words=ENROLMENT_STATES,
        ),
    ),
    examples=({**EXAMPLE, "state": "수강"}, {**OTHER_EXAMPLE, "state": "waitlisted"}),
    unique=(("person", "course", "starts_on", "provider"),),
    read=read,
    about_ko="자리는 정원을 넘지 않습니다. 이미 있는 사람은 상태만 바뀝니다. "
    "수료의 기술과 이수증은 completions 파일로 줍니다.",
    about_en="Seats are never oversold. Of people already there only the state changes. Skills and "
    "credentials of a completion come with a completions file.",
)
