"""Certification records: one line per attempt or plan."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .cells import Cells
from .columns import Column, Kind
from .errors import quoted
from .proof_level import PROOF
from .words import CERTIFICATION_STATES

_DATED: Final = frozenset({"scheduled", "result_pending", "passed", "failed"})
_HAPPENED: Final = frozenset({"result_pending", "passed", "failed"})


@dataclass(frozen=True)
class CertificationRow:
    """`certification` is an id (SAA); `exam_code` (SAA-C03) is blank where the file gave none."""

    line: int
    youth: str
    certification: str
    state: str
    on: date | None
    exam_code: str
    expires_on: date | None
    number: str
    badge_url: str


def read(cells: Cells) -> CertificationRow | None:
    written = cells.line_of("certification", 40).upper()
    certification = cells.certification_in("certification", written)
    row = CertificationRow(
        line=cells.line,
        youth=cells.youth_of("youth"),
        certification=certification,
        state=cells.choice_of("state"),
        on=cells.day_of("on"),
        exam_code=cells.line_of("exam_code", 20).upper() or _code(written, certification),
        expires_on=cells.day_of("expires_on"),
        number=cells.line_of("number", 80),
        badge_url=cells.https_of("badge_url"),
    )
    _check_exam_code(cells, row)
    _check_days(cells, row)
    return row if cells.ok else None


def _code(written: str, certification: str) -> str:
    return written if written != certification else ""


def _check_exam_code(cells: Cells, row: CertificationRow) -> None:
    if cells.failed("certification", "exam_code") or not row.exam_code:
        return
    belongs_to = cells.certification_in("exam_code", row.exam_code)
    if belongs_to and belongs_to != row.certification:
        cells.fail(
            "exam_code",
            "contradiction",
            f"시험 코드 {quoted(row.exam_code)}은(는) 자격증 {row.certification}의 것이 "
            f"아니라 {belongs_to}의 것입니다",
            f"exam_code {quoted(row.exam_code)} belongs to {belongs_to}, "
            f"not to certification {row.certification}",
        )


def _check_days(cells: Cells, row: CertificationRow) -> None:
    korean, english = cells.told("state", row.state)
    passed = cells.told("state", "passed")
    if row.state in _DATED and row.on is None and not cells.failed("on"):
        cells.fail(
            "on",
            "required",
            f"상태가 {korean}이면 날짜가 있어야 합니다",
            f"on must not be blank when state is {english}",
        )
    if row.state in _HAPPENED:
        cells.not_after_today("on", row.on)
    if row.expires_on and row.state and row.state != "passed":
        cells.fail(
            "expires_on",
            "contradiction",
            f"만료일은 상태가 {passed[0]}일 때만 적습니다 (지금 {korean})",
            f"expires_on goes only with state {passed[1]}, not {english}",
        )
    cells.in_order("on", row.on, "expires_on", row.expires_on)


COLUMNS: Final = (
    Column("youth", ("청년",), "전자우편 또는 외부 번호", "e-mail or external id", True),
    Column(
        "certification", ("자격증",), "CLF, SAA 같은 약자 또는 시험 코드", "id or exam code", True
    ),
    Column(
        "state",
        ("상태",),
        "planned(계획), scheduled(예약), result_pending(결과 대기), passed(합격), failed(불합격)",
        "planned, scheduled, result_pending, passed or failed",
        True,
        words=CERTIFICATION_STATES,
    ),
    Column("on", ("날짜",), "계획한 날 또는 시험 본 날. planned 말고는 꼭", "day planned or sat"),
    Column("exam_code", ("시험 코드",), "SAA-C03 같은 코드", "such as SAA-C03"),
    Column("expires_on", ("만료일",), "합격한 자격의 만료일", "last day, for passed only"),
    Column("number", ("확인 번호",), "자격증에 적힌 번호, 80자까지", "number on the certificate"),
    Column("badge_url", ("배지 주소",), "https:// 주소만", "https:// only"),
)

CERTIFICATIONS: Final = Kind(
    name="certifications",
    title_ko="자격증 기록",
    title_en="Certification records",
    columns=COLUMNS,
    examples=(
        {
            "youth": "haru.demo@example.org",
            "certification": "CLF",
            "state": "합격",
            "on": "2026-09-12",
            "exam_code": "CLF-C02",
            "expires_on": "2029-09-12",
            "number": "DEMO-0001",
            "badge_url": "https://badges.example.org/demo-0001",
        },
        {
            "youth": "demo-youth-2",
            "certification": "SAA-C03",
            "state": "planned",
            "on": "2027-03-06",
        },
    ),
    unique=(("youth", "certification", "state", "on"),),
    read=read,
    told=(PROOF,),
)
