"""Attendance: one line a person and class."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .cells import Cells
from .columns import Column, Kind
from .session_refs import COLUMNS, EXAMPLE, OTHER_EXAMPLE, Seated, SeatRef, read_seat
from .words import ATTENDANCE


@dataclass(frozen=True, slots=True)
class AttendanceRow(Seated):
    """`begins` and `ends` as HH:MM; `ends` blank where the class is known already."""

    line: int
    seat: SeatRef
    held_on: date
    begins: str
    ends: str
    state: str


def read(cells: Cells) -> AttendanceRow | None:
    row = AttendanceRow(
        line=cells.line,
        seat=read_seat(cells),
        held_on=cells.need_day("held_on"),
        begins=cells.time_of("begins"),
        ends=cells.time_of("ends"),
        state=cells.choice_of("state"),
    )
    cells.not_after_today("held_on", row.held_on)
    if row.ends and row.begins and row.ends <= row.begins:
        cells.fail(
            "ends",
            "order",
            f"끝 시각({row.ends})이 시작 시각({row.begins})보다 늦어야 합니다",
            f"ends ({row.ends}) must be later than begins ({row.begins})",
        )
    return row if cells.ok else None


ATTENDANCES: Final = Kind(
    name="attendance",
    title_ko="출석",
    title_en="Attendance",
    columns=(
        *COLUMNS,
        Column("held_on", ("수업일", "날짜"), "수업한 날", "day of the class", True),
        Column("begins", ("시작 시각",), "19:00 꼴", "like 19:00", True),
        Column(
            "ends",
            ("끝 시각",),
            "21:00 꼴. 아직 없는 수업이면 꼭",
            "like 21:00; needed for a class not there yet",
        ),
        Column(
            "state",
            ("출석",),
            "present(출석), late(지각), absent(결석), excused(공결)",
            "present, late, absent or excused",
            True,
            words=ATTENDANCE,
        ),
    ),
    examples=(
        {**EXAMPLE, "held_on": "2026-10-14", "begins": "19:00", "ends": "21:00", "state": "출석"},
        {**OTHER_EXAMPLE, "held_on": "2026.10.14", "begins": "19:00", "state": "late"},
    ),
    unique=(("person", "course", "starts_on", "provider", "held_on", "begins"),),
    read=read,
    about_ko="사람은 그 차수에 등록되어 있어야 합니다. 없는 수업은 ends를 적으면 함께 만듭니다.",
    about_en="The person must be in that session. A class not there yet is made where ends is "
    "given.",
)
