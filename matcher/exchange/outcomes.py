"""What became of people, and whether it still held 3, 6 and 12 months later."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .cells import Cells
from .columns import Column, Kind
from .session_refs import NAME
from .words import OUTCOME_STATES, OUTCOMES, SECTORS, STILL, YES_NO

MONTHS: Final = (3, 6, 12)


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """`in_jeju` is yes, no or blank; `after_*` a word of STILL or blank."""

    line: int
    person: str
    name: str
    kind: str
    organisation: str
    sector: str
    in_jeju: str
    started_on: date
    ended_on: date | None
    state: str
    after_3: str
    checked_3: date | None
    after_6: str
    checked_6: date | None
    after_12: str
    checked_12: date | None

    def check(self, months: int) -> tuple[str, date | None]:
        return getattr(self, f"after_{months}"), getattr(self, f"checked_{months}")


def read(cells: Cells) -> OutcomeRow | None:
    row = OutcomeRow(
        line=cells.line,
        person=cells.line_of("person", 254),
        name=cells.name_of("name", 60),
        kind=cells.choice_of("kind"),
        organisation=cells.line_of("organisation", 120),
        sector=cells.choice_of("sector"),
        in_jeju=cells.choice_of("in_jeju"),
        started_on=cells.need_day("started_on"),
        ended_on=cells.day_of("ended_on"),
        state=cells.choice_of("state") or "confirmed",
        after_3=cells.choice_of("after_3"),
        checked_3=cells.day_of("checked_3"),
        after_6=cells.choice_of("after_6"),
        checked_6=cells.day_of("checked_6"),
        after_12=cells.choice_of("after_12"),
        checked_12=cells.day_of("checked_12"),
    )
    cells.not_after_today("started_on", row.started_on)
    cells.in_order("started_on", row.started_on, "ended_on", row.ended_on)
    for months in MONTHS:
        _check(cells, row, months)
    return row if cells.ok else None


def _check(cells: Cells, row: OutcomeRow, months: int) -> None:
    after, on = f"after_{months}", f"checked_{months}"
    said, day = row.check(months)
    if cells.failed(after, on):
        return
    if said and day is None:
        cells.fail(
            on,
            "required",
            f"{cells.title(after)}의 결과를 적으면 확인한 날도 적어 주십시오",
            f"{after} needs its day",
        )
    if day is not None and not said:
        cells.fail(
            after,
            "required",
            f"{cells.title(on)}이 있는데 결과가 없습니다",
            f"{on} is given without a result",
        )
    cells.not_after_today(on, day)
    cells.in_order("started_on", row.started_on, on, day)


def _checks(months: int) -> tuple[Column, Column]:
    return (
        Column(
            f"after_{months}",
            (f"{months}개월 뒤",),
            "held_in_jeju(유지·도내), held_elsewhere(유지·도외), held(유지), "
            "ended_in_jeju(끝남·도내), ended_elsewhere(끝남·도외), ended(끝남)",
            "held_in_jeju, held_elsewhere, held, ended_in_jeju, ended_elsewhere or ended",
            words=STILL,
        ),
        Column(f"checked_{months}", (f"{months}개월 확인일",), "확인한 날", "day of the check"),
    )


COLUMNS: Final = (
    Column(
        "person",
        ("전자우편·외부 번호", "사람"),
        "전자우편 또는 외부 번호",
        "e-mail or external id",
        True,
    ),
    NAME,
    Column(
        "kind",
        ("성과",),
        "employed(취업), founded(창업), further_study(진학), seeking(구직)",
        "employed, founded, further_study or seeking",
        True,
        words=OUTCOMES,
    ),
    Column("organisation", ("기관", "회사"), "회사·학교 이름, 120자까지", "employer or school"),
    Column("sector", ("분야",), "space, energy, bio, mobility", "space, energy, bio or mobility",
           words=SECTORS),
    Column("in_jeju", ("도내",), "yes(예), no(아니요). 모르면 비움", "yes or no; blank if unknown",
           words=YES_NO),
    Column("started_on", ("시작일",), "첫날", "first day", True),
    Column("ended_on", ("종료일",), "끝났으면 마지막 날", "last day where it ended"),
    Column(
        "state",
        ("확인 상태",),
        "confirmed(확인), proposed(확인 전), rejected(사실 아님). 비우면 confirmed",
        "confirmed, proposed or rejected; blank means confirmed",
        words=OUTCOME_STATES,
    ),
    *_checks(3),
    *_checks(6),
    *_checks(12),
)  # fmt: skip

OUTCOMES_KIND: Final = Kind(
    name="outcomes",
    title_ko="취업·창업 결과",
    title_en="Outcomes",
    columns=COLUMNS,
    examples=(
        {
            "person": "haru.demo@example.org",
            "name": "데모하루",
            "kind": "취업",
            "organisation": "데모기업",
            "sector": "우주",
            "in_jeju": "예",
            "started_on": "2026-03-02",
            "ended_on": "2026-10-30",
            "state": "확인",
            "after_3": "유지·도내",
            "checked_3": "2026-06-02",
            "after_6": "held_in_jeju",
            "checked_6": "2026-09-02",
            "after_12": "ended_in_jeju",
            "checked_12": "2026-11-02",
        },
        {
            "person": "demo-youth-2",
            "kind": "founded",
            "in_jeju": "yes",
            "started_on": "2026.5.1",
        },
    ),
    unique=(("person", "kind", "started_on"),),
    read=read,
    about_ko="확인(confirmed)된 결과만 셈에 들어갑니다.",
    about_en="Only confirmed outcomes count.",
)
