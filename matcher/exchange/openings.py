"""Openings: a job with its requirements, by a partner. Whether something is demo is never told by
a file; that is decided where the demo data are made."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .cells import Cells
from .columns import Column, Kind
from .errors import quoted
from .requirements import Requirement, UnmappedRequirement, read_requirements
from .words import EMPLOYMENT, REGIONS, SECTORS


@dataclass(frozen=True)
class OpeningRow:
    line: int
    external_id: str
    organisation: str
    title_ko: str
    title_en: str
    sector: str
    role: str
    description: str
    employment_type: str
    region: str
    headcount: int
    pay_min_krw: int | None
    pay_max_krw: int | None
    opens_on: date
    closes_on: date
    starts_on: date | None
    answer_days: int | None
    """None leaves a known posting as it is and gives a new one the usual days."""
    requirements: tuple[Requirement, ...]
    unmapped: tuple[UnmappedRequirement, ...]
    tells_start: bool = True
    """Whether the file has the column at all."""


def read(cells: Cells) -> OpeningRow | None:
    requirements, unmapped = read_requirements(cells, "requirements")
    row = OpeningRow(
        line=cells.line,
        external_id=cells.line_of("external_id", 60),
        organisation=_organisation(cells),
        title_ko=cells.line_of("title_ko", 120),
        title_en=cells.line_of("title_en", 120),
        sector=cells.choice_of("sector"),
        role=cells.line_of("role", 60),
        description=cells.prose_of("description", 4000),
        employment_type=cells.choice_of("employment_type"),
        region=cells.choice_of("region"),
        headcount=_headcount(cells),
        pay_min_krw=cells.money_of("pay_min_krw"),
        pay_max_krw=cells.money_of("pay_max_krw"),
        opens_on=cells.need_day("opens_on"),
        closes_on=cells.need_day("closes_on"),
        starts_on=cells.day_of("starts_on"),
        answer_days=cells.integer_of("answer_days", 1, 60),
        requirements=requirements,
        unmapped=unmapped,
        tells_start="starts_on" in cells.values,
    )
    cells.in_order("opens_on", row.opens_on, "closes_on", row.closes_on)
    _check_pay(cells, row.pay_min_krw, row.pay_max_krw)
    return row if cells.ok else None


def _headcount(cells: Cells) -> int:
    found = cells.integer_of("headcount", 1, 1000)
    return 1 if found is None else found


def _organisation(cells: Cells) -> str:
    written = cells.line_of("organisation", 120)
    find = cells.lookups.organisation
    if not written or find is None:
        return written
    slug = find(written)
    if slug is None:
        shown = quoted(written)
        cells.fail(
            "organisation",
            "unknown_organisation",
            f"{shown}: 등록되지 않은 기관입니다",
            f"{shown} is not a registered organisation",
        )
    return slug or ""


def _check_pay(cells: Cells, least: int | None, most: int | None) -> None:
    if least is not None and most is not None and most < least:
        cells.fail(
            "pay_max_krw",
            "order",
            f"급여 상한({most:,}원)이 급여 하한({least:,}원)보다 작습니다",
            f"pay_max_krw ({most:,}) is less than pay_min_krw ({least:,})",
        )


COLUMNS: Final = (
    Column(
        "external_id",
        ("외부 번호", "공고 번호"),
        "보내는 곳의 번호. 기관 안에서 하나뿐",
        "own number, unique to the organisation",
        True,
    ),
    Column(
        "organisation", ("기관", "회사"), "파트너 슬러그 또는 이름", "partner slug or name", True
    ),
    Column("title_ko", ("제목", "공고명"), "한국어 제목, 120자까지", "Korean title", True),
    Column("title_en", ("영어 제목",), "영어 제목, 120자까지", "English title"),
    Column(
        "sector",
        ("산업", "분야"),
        "space(우주), energy(에너지), bio(바이오), mobility(모빌리티). 아니면 비움",
        "space, energy, bio or mobility; blank for others",
        words=SECTORS,
    ),
    Column("role", ("직무",), "직무 이름, 60자까지", "role, at most 60 characters"),
    Column("description", ("설명", "직무내용"), "하는 일, 4,000자까지", "what the work is"),
    Column(
        "employment_type",
        ("고용형태",),
        "permanent(정규직), contract(계약직), part_time(시간제), intern(인턴), dispatch(파견)",
        "permanent, contract, part_time, intern or dispatch",
        words=EMPLOYMENT,
    ),
    Column(
        "region",
        ("근무지역", "지역"),
        "jeju-si(제주시), seogwipo-si(서귀포시), remote(원격), mainland(도외)",
        "jeju-si, seogwipo-si, remote or mainland",
        words=REGIONS,
    ),
    Column("headcount", ("모집인원",), "1~1,000. 비우면 1", "1 to 1,000; blank means 1"),
    Column(
        "pay_min_krw", ("급여 하한(원)", "최소임금"), "한 해 급여의 아래 끝", "lowest pay a year"
    ),
    Column(
        "pay_max_krw", ("급여 상한(원)", "최대임금"), "한 해 급여의 위 끝", "highest pay a year"
    ),
    Column("opens_on", ("접수 시작일", "등록일"), "접수를 여는 날", "first day to apply", True),
    Column("closes_on", ("마감일",), "접수 마지막 날", "last day to apply", True),
    Column(
        "starts_on", ("일 시작일",), "일을 시작하는 날. 비우면 정하지 않음", "first day of work"
    ),
    Column(
        "answer_days",
        ("답하기까지의 날수",),
        "지원마다 답하겠다고 약속하는 날수, 1~60. 비우면 그대로, 새 공고는 14",
        "days in which every application is answered, 1 to 60; blank keeps it, 14 for a new one",
    ),
    Column(
        "requirements",
        ("요건", "자격요건"),
        "must(필수), nice(우대), licence(면허), exclude(제외) 다음에 스킬과 수준(1~5), 자격증 또는 "
        "면허. ;로 나눔. 수준이 없으면 1 이상. 예: must python 3; nice SAA",
        "must, nice, licence or exclude, then a skill with its level (1 to 5; none means at least "
        "1), a certification or a licence; separated by ;",
    ),
)

OPENINGS: Final = Kind(
    name="openings",
    title_ko="채용공고",
    title_en="Openings",
    columns=COLUMNS,
    examples=(
        {
            "external_id": "demo-opening-1",
            "organisation": "demo-partner",
            "title_ko": "(데모) 위성 자료 처리 개발자",
            "title_en": "(Demo) Satellite data developer",
            "sector": "우주",
            "role": "데이터 개발",
            "description": "데모용으로 지어낸 공고입니다.",
            "employment_type": "정규직",
            "region": "제주시",
            "headcount": "2",
            "pay_min_krw": "32,000,000",
            "pay_max_krw": "40,000,000",
            "opens_on": "2026-11-01",
            "closes_on": "2027-09-30",
            "requirements": "must python 3; nice SAA; nice SQL 2",
        },
        {
            "external_id": "demo-opening-2",
            "organisation": "demo-partner",
            "title_ko": "(데모) 설비 자료 인턴",
            "sector": "energy",
            "description": "데모용으로 지어낸 공고입니다.",
            "employment_type": "intern",
            "region": "서귀포시",
            "opens_on": "2026.11.1",
            "closes_on": "2027/09/15",
            "requirements": "필수 SQL 1; 우대 CLF",
        },
    ),
    unique=(("external_id", "organisation"),),
    read=read,
    about_ko="demo 열은 받지 않습니다. 데모 표시는 파일이 정하지 않습니다.",
    about_en="A demo column is not accepted: a file does not decide what is a demonstration.",
)
