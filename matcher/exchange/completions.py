"""Results of a session: who completed it, who did not, who left."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .cells import Cells
from .columns import Column, Kind
from .session_refs import COLUMNS, EXAMPLE, OTHER_EXAMPLE, Seated, SeatRef, read_seat
from .words import RESULTS


@dataclass(frozen=True, slots=True)
class CompletionRow(Seated):
    """`on` is the day of the completion, None for other results."""

    line: int
    seat: SeatRef
    result: str
    on: date | None
    work_accepted_on: date | None


def read(cells: Cells) -> CompletionRow | None:
    row = CompletionRow(
        line=cells.line,
        seat=read_seat(cells),
        result=cells.choice_of("result"),
        on=cells.day_of("on"),
        work_accepted_on=cells.day_of("work_accepted_on"),
    )
    cells.not_after_today("on", row.on)
    cells.not_after_today("work_accepted_on", row.work_accepted_on)
    _check_day(cells, row)
    return row if cells.ok else None


def _check_day(cells: Cells, row: CompletionRow) -> None:
    if cells.failed("result", "on") or not row.result:
        return
    if row.result == "completed" and row.on is None:
        cells.fail(
            "on",
            "required",
            "수료이면 수료일이 있어야 합니다",
            "a completion needs its day",
        )
    if row.result != "completed" and row.on is not None:
        korean, english = cells.told("result", row.result)
        cells.fail(
            "on",
            "contradiction",
            f"수료일이 있는데 결과는 {korean}입니다",
            f"a day of completion is given while the result is {english}",
        )


COMPLETIONS: Final = Kind(
    name="completions",
    title_ko="수료 결과",
    title_en="Completions",
    columns=(
        *COLUMNS,
        Column(
            "result",
            ("결과",),
            "completed(수료), not_completed(미수료), dropped(중도 포기)",
            "completed, not_completed or dropped",
            True,
            words=RESULTS,
        ),
        Column("on", ("수료일",), "수료이면 꼭", "needed for a completion"),
        Column(
            "work_accepted_on",
            ("과제 인정일",),
            "과제를 인정한 날",
            "day the assignment was accepted",
        ),
    ),
    examples=(
        {**EXAMPLE, "result": "수료", "on": "2026-11-20", "work_accepted_on": "2026-11-18"},
        {**OTHER_EXAMPLE, "result": "not_completed"},
    ),
    unique=(("person", "course", "starts_on", "provider"),),
    read=read,
    about_ko="수료한 사람은 과정의 기술과 이수증을 받습니다. 중도 포기는 자리를 비웁니다.",
    about_en="Who completed gets the course's skills and a credential. Dropping out frees a seat.",
)
