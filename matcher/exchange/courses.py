"""Courses: one dated run of a course, with seats, fields as RISE listings show them."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .cells import Cells
from .columns import Column, Kind
from .errors import quoted
from .requirements import SkillGain, SkillNeed, UnmappedSkill, read_gains, read_needs
from .values import fold
from .words import COURSE_KINDS, COURSE_STATES, FIELDS, LEVELS, MODES, TAUGHT_IN, UNIVERSITIES


@dataclass(frozen=True)
class CourseRow:
    """`field` is a slug or words as written; `linked_certification` is an id or blank."""

    line: int
    external_id: str
    title_ko: str
    title_en: str
    provider: str
    field: str
    level: str
    kind: str
    content: str
    mode: str
    languages: tuple[str, ...]
    starts_on: date
    ends_on: date
    total_hours: int
    weekly_hours: int | None
    seats: int
    applications_open_on: date
    applications_close_on: date
    fee_krw: int
    eligibility: str
    completion_rule: str
    place: str
    linked_certification: str
    credit: str
    rise_code: str
    contact: str
    state: str
    skills_gained: tuple[SkillGain, ...]
    skills_needed: tuple[SkillNeed, ...]
    unmapped: tuple[UnmappedSkill, ...]


def read(cells: Cells) -> CourseRow | None:
    gained, unmapped_gained = read_gains(cells, "skills_gained")
    needed, unmapped_needed = read_needs(cells, "skills_needed")
    row = CourseRow(
        line=cells.line,
        external_id=cells.line_of("external_id", 60),
        title_ko=cells.line_of("title_ko", 120),
        title_en=cells.line_of("title_en", 120),
        provider=_provider(cells),
        field=_field(cells),
        level=cells.choice_of("level"),
        kind=cells.choice_of("kind"),
        content=cells.prose_of("content", 4000),
        mode=cells.choice_of("mode"),
        languages=cells.choices_of("languages"),
        starts_on=cells.need_day("starts_on"),
        ends_on=cells.need_day("ends_on"),
        total_hours=cells.need_integer("total_hours", 1, 5000),
        weekly_hours=cells.integer_of("weekly_hours", 0, 80),
        seats=cells.need_integer("seats", 1, 10_000),
        applications_open_on=cells.need_day("applications_open_on"),
        applications_close_on=cells.need_day("applications_close_on"),
        fee_krw=cells.money_of("fee_krw", 100_000_000) or 0,
        eligibility=cells.prose_of("eligibility", 300),
        completion_rule=cells.prose_of("completion_rule", 300),
        place=cells.line_of("place", 120),
        linked_certification=cells.certification_in(
            "linked_certification", cells.line_of("linked_certification", 40)
        ),
        credit=cells.line_of("credit", 60),
        rise_code=cells.line_of("rise_code", 60),
        contact=cells.line_of("contact", 120),
        state=cells.choice_of("state"),
        skills_gained=gained,
        skills_needed=needed,
        unmapped=unmapped_gained + unmapped_needed,
    )
    _check_days(cells, row)
    return row if cells.ok else None


def _check_days(cells: Cells, row: CourseRow) -> None:
    opens, closes = row.applications_open_on, row.applications_close_on
    cells.in_order("starts_on", row.starts_on, "ends_on", row.ends_on)
    cells.in_order("applications_open_on", opens, "applications_close_on", closes)
    if not cells.failed("ends_on"):
        cells.in_order("applications_open_on", opens, "ends_on", row.ends_on)


def _field(cells: Cells) -> str:
    written = cells.line_of("field", 40)
    return FIELDS.get(fold(written), written)


def _provider(cells: Cells) -> str:
    """One of the three universities, or an organisation the caller knows."""
    written = cells.line_of("provider", 120)
    found = UNIVERSITIES.get(fold(written))
    home = cells.lookups.home
    if written and home is not None and found not in home:
        cells.fail(
            "provider",
            "not_yours",
            "이 대학의 과정만 넣을 수 있습니다",
            "only courses of your own university can be put in",
        )
        return ""
    if found or not written:
        return found or ""
    find = cells.lookups.organisation
    slug = find(written) if find else None
    if slug is None:
        shown = quoted(written)
        cells.fail(
            "provider",
            "unknown_organisation",
            f"{shown}: {UNIVERSITIES.all_ko()} 또는 등록된 기관이어야 합니다",
            f"{shown}: it must be {UNIVERSITIES.all_en()} or a registered organisation",
        )
    return slug or ""


COLUMNS: Final = (
    Column(
        "external_id",
        ("외부 번호", "과정 번호"),
        "보내는 곳의 번호. 기관 안에서 하나뿐",
        "own number, unique to the organisation",
        True,
    ),
    Column("title_ko", ("과정명",), "한국어 과정명, 120자까지", "Korean title", True),
    Column("title_en", ("영어 과정명",), "영어 과정명, 120자까지", "English title"),
    Column(
        "provider",
        ("운영기관", "대학"),
        "jejunu(제주대), halla(제주한라대), jtu(제주관광대) 또는 등록된 기관",
        "jejunu, halla, jtu or a registered organisation",
        True,
        words=UNIVERSITIES,
    ),
    Column(
        "field",
        ("분야",),
        "AI, 데이터, 클라우드, 우주 등, 40자까지",
        "field, in words",
        True,
        words=FIELDS,
    ),
    Column(
        "level",
        ("수준",),
        "basic(기본), intensive(심화), advanced(고급), regional(지역특화), professional(전문)",
        "basic, intensive, advanced, regional or professional",
        True,
        words=LEVELS,
    ),
    Column(
        "kind",
        ("교육유형",),
        "regular(정규교과), extracurricular(비교과), micro_degree(마이크로디그리), "
        "bootcamp(부트캠프), in_work(재직자), lifelong(평생교육), runcation(런케이션)",
        "regular, extracurricular, micro_degree, bootcamp, in_work, lifelong or runcation",
        True,
        words=COURSE_KINDS,
    ),
    Column("content", ("교육내용",), "무엇을 배우는지, 4,000자까지", "what is taught", True),
    Column(
        "mode",
        ("교육방법",),
        "online(온라인), offline(오프라인), mixed(혼합)",
        "online, offline or mixed",
        True,
        words=MODES,
    ),
    Column(
        "languages",
        ("수업 언어",),
        "ko(한국어), en(영어), zh(중국어), ja(일본어). 여럿이면 ;로 나눔",
        "ko, en, zh or ja; several separated by ;",
        words=TAUGHT_IN,
    ),
    Column("starts_on", ("시작일",), "첫날", "first day", True),
    Column("ends_on", ("종료일",), "마지막 날", "last day", True),
    Column("total_hours", ("총 시간",), "1~5,000", "1 to 5,000", True),
    Column("weekly_hours", ("주당 시간",), "0~80", "0 to 80"),
    Column("seats", ("모집인원", "정원"), "1~10,000", "1 to 10,000", True),
    Column(
        "applications_open_on", ("모집 시작일",), "신청을 받는 첫날", "first day to apply", True
    ),
    Column(
        "applications_close_on",
        ("모집 마감일",),
        "신청을 받는 마지막 날",
        "last day to apply",
        True,
    ),
    Column("fee_krw", ("교육비(원)", "교육비"), "원. 비우면 0", "won; blank means 0"),
    Column("eligibility", ("교육대상",), "누가 들을 수 있는지, 300자까지", "who may take part"),
    Column("completion_rule", ("수료기준",), "출석률·과제 등, 300자까지", "what completing takes"),
    Column("place", ("장소",), "어디서, 120자까지", "where"),
    Column(
        "linked_certification",
        ("연계 자격",),
        "CLF, SAA 같은 약자 또는 시험 코드",
        "id or exam code",
    ),
    Column("credit", ("학점",), "학점과 공유대학 여부, 60자까지", "credit, in words"),
    Column(
        "rise_code",
        ("RISE 과제번호", "과제번호"),
        "RISE 프로젝트·단위과제·과제번호",
        "RISE task code",
    ),
    Column("contact", ("문의처", "담당자"), "담당 부서·전화·전자우편", "whom to ask"),
    Column(
        "state",
        ("공개 상태",),
        "published(공개), draft(초안), closed(닫음). 비우면 published",
        "published, draft or closed; blank means published",
        words=COURSE_STATES,
    ),
    Column(
        "skills_gained",
        ("얻는 스킬",),
        "스킬:처음>나중. ;로 나눔. 예: python:1>3; sql:0>2",
        "skill:before>after, separated by ;",
    ),
    Column(
        "skills_needed",
        ("필요한 스킬",),
        "스킬:수준. ;로 나눔. 예: python:1",
        "skill:level, separated by ;",
    ),
)

COURSES: Final = Kind(
    name="courses",
    title_ko="과정",
    title_en="Courses",
    columns=COLUMNS,
    examples=(
        {
            "external_id": "demo-course-1",
            "title_ko": "(데모) 클라우드 첫걸음",
            "title_en": "(Demo) First steps in the cloud",
            "provider": "제주대",
            "field": "클라우드",
            "level": "기본",
            "kind": "비교과",
            "content": "데모용으로 지어낸 과정입니다.",
            "mode": "혼합",
            "languages": "한국어; 영어",
            "starts_on": "2027-01-11",
            "ends_on": "2027-02-05",
            "total_hours": "40",
            "weekly_hours": "10",
            "seats": "24",
            "applications_open_on": "2026-12-01",
            "applications_close_on": "2026-12-31",
            "fee_krw": "0",
            "eligibility": "재학생·졸업예정자",
            "completion_rule": "출석 80% 이상",
            "place": "데모 강의실",
            "linked_certification": "CLF",
            "credit": "2학점",
            "rise_code": "DEMO-1",
            "contact": "demo@example.org",
            "skills_gained": "python:1>2; sql:0>1",
            "skills_needed": "python:1",
        },
        {
            "external_id": "demo-course-2",
            "title_ko": "(데모) 자료 분석 심화",
            "provider": "halla",
            "field": "데이터",
            "level": "intensive",
            "kind": "bootcamp",
            "content": "데모용으로 지어낸 과정입니다.",
            "mode": "offline",
            "starts_on": "2027.3.2",
            "ends_on": "2027.6.18",
            "total_hours": "120",
            "applications_open_on": "2027.1.4",
            "applications_close_on": "2027.2.12",
            "seats": "30",
            "fee_krw": "150,000",
            "skills_gained": "sql:2>4",
        },
    ),
    unique=(("external_id", "provider", "starts_on"),),
    read=read,
)
