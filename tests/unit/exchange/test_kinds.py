from datetime import date
from pathlib import Path

import pytest

from matcher.exchange import (
    KINDS,
    Lookups,
    and_more,
    columns_of,
    parse,
    read_table,
    template_csv,
    to_csv,
)
from matcher.exchange.columns import Kind
from matcher.exchange.requirements import Requirement, SkillGain, SkillNeed, UnmappedRequirement
from matcher.exchange.values import fold, parse_day

from .givens import LOOKUPS, fault, faults, parsed

_MISTAKES = Path(__file__).parents[2] / "data" / "openings_ten_mistakes.csv"


def test_ten_kinds_of_mistakes_give_exactly_ten_errors_with_their_places() -> None:
    result = parse("openings", read_table(_MISTAKES.read_bytes(), _MISTAKES.name), LOOKUPS)
    assert [(e.line, e.column, e.code) for e in result.errors] == [
        (3, "title_ko", "required"),
        (4, "closes_on", "date"),
        (5, "closes_on", "order"),
        (6, "pay_max_krw", "order"),
        (7, "sector", "choice"),
        (8, "headcount", "number"),
        (9, "requirements", "unknown_skill"),
        (10, "requirements", "level"),
        (11, "external_id", "duplicate"),
        (12, None, "ragged"),
    ]
    assert result.errors[6].sentence("ko") == (
        "9행 requirements: 'pyton': 목록에 없는 스킬입니다. 가까운 것: python, sql"
    )
    assert result.errors[2].sentence("en") == (
        "line 5, closes_on: closes_on (2026-12-01) is before opens_on (2026-12-31)"
    )


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_template_can_be_imported_as_it_is(kind: str) -> None:
    result = parsed(kind, template_csv(kind))
    assert result.errors == ()
    assert len(result.rows) == 2


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_korean_titles_head_the_same_columns(kind: str) -> None:
    head, rest = template_csv(kind).split("\r\n", 1)
    korean = ",".join(KINDS[kind].column(name).korean[0] for name in head.split(","))
    assert parsed(kind, f"{korean}\r\n{rest}").rows == parsed(kind, template_csv(kind)).rows


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_title_of_a_kind_means_two_columns(kind: str) -> None:
    titles = [title for c in KINDS[kind].columns for title in (c.name, *c.korean)]
    assert len(titles) == len(set(titles))


def test_ten_thousand_rows_are_all_read() -> None:
    lines = "".join(f"d{n}@example.org,데모,none\n" for n in range(10_000))
    result = parsed("youths", "email,name,affiliation\n" + lines)
    assert (len(result.rows), result.errors) == (10_000, ())


def test_the_error_list_is_capped_and_says_how_many_more() -> None:
    result = parsed("youths", "email,name,affiliation\n" + "x,,none\n" * 80)
    assert (len(result.errors), result.more_errors) == (100, 60)
    assert (result.more("ko"), result.more("en")) == ("그리고 60개 더 있습니다", "and 60 more")
    assert and_more(0, "ko") == ""


def test_header_faults_are_all_told_before_any_row() -> None:
    found = faults("openings", "external_id,외부 번호,titel_ko,demo\n1,1,x,true\n")
    assert sorted(found, key=str) == sorted(
        [
            (1, "external_id", "duplicate_header"),
            (1, None, "unknown_column"),
            (1, "demo", "demo_not_accepted"),
            (1, "organisation", "missing_column"),
            (1, "title_ko", "missing_column"),
            (1, "opens_on", "missing_column"),
            (1, "closes_on", "missing_column"),
        ],
        key=str,
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2026.12.1", date(2026, 12, 1)),
        ("2026. 12. 1.", date(2026, 12, 1)),
        ("2026/12/01", date(2026, 12, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2023-02-29", None),
        ("2026-12/01", None),
        ("12/01/2026", None),
        ("20261201", None),
        ("2026-12-01T00:00", None),
        ("２０２６-12-01", None),
    ],
)
def test_days_are_read_strictly(text: str, day: date | None) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"email": "no at"}, [("email", "email")]),
        ({"email": "a@b"}, [("email", "email")]),
        ({"email": "a@example.org."}, [("email", "email")]),
        ({"email": "Ａdmin@Example.org"}, []),
        ({"name": "ㄱㅣㅁ"}, [("name", "lone_jamo")]),
        ({"name": "900101-1234567"}, [("name", "resident_number")]),
        ({"name": "가\u202e나"}, [("name", "bidi")]),
        ({"name": "가" * 61}, [("name", "too_long")]),
        ({"affiliation": "제주대"}, [("affiliation", "university_here")]),
        ({"affiliation": "외계"}, [("affiliation", "choice")]),
        ({"university": ""}, [("university", "required")]),
        ({"affiliation": "재직"}, [("university", "contradiction")]),
        ({"university": "서울대"}, [("university", "choice")]),
        ({"status": "졸업 예정"}, []),
        ({"status": "잠"}, [("status", "choice")]),
        ({"weekly_hours": "81"}, [("weekly_hours", "range")]),
        ({"weekly_hours": "-1"}, [("weekly_hours", "range")]),
        ({"weekly_hours": "1e1"}, [("weekly_hours", "number")]),
        ({"weekly_hours": "9001011234567"}, [("weekly_hours", "resident_number")]),
        ({"budget_krw": "100,000,001"}, [("budget_krw", "range")]),
        ({"budget_krw": "1,00,000"}, [("budget_krw", "number")]),
        ({"budget_krw": "300,000원"}, []),
        ({"graduation_on": "2023-02-29"}, [("graduation_on", "date")]),
        ({"graduation_on": "0001-01-01"}, [("graduation_on", "date")]),
        ({"sectors": "우주; 관광"}, [("sectors", "choice")]),
        ({"regions": "서귀포; 달"}, [("regions", "choice")]),
        ({"sectors": "; ".join(f"s{n}" for n in range(21))}, [("sectors", "list")]),
        ({"language": "프랑스어"}, [("language", "choice")]),
    ],
)
def test_a_youth_is_checked_cell_by_cell(
    cells: dict[str, str], found: list[tuple[str, str]]
) -> None:
    assert fault("youths", **cells) == found


def test_youth_words_mean_their_values() -> None:
    row = parsed("youths", template_csv("youths")).rows[0]
    assert (row.university, row.status, row.sectors) == ("jejunu", "enrolled", ("space", "energy"))
    assert (row.budget_krw, row.weekly_hours, row.regions) == (
        200_000,
        10,
        ("jeju-si", "seogwipo-si"),
    )


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"level": "0"}, [("level", "range")]),
        ({"level": "6"}, [("level", "range")]),
        ({"level": ""}, [("level", "required")]),
        ({"rater": "친구"}, [("rater", "choice")]),
        ({"rated_on": "2026-11-22"}, [("rated_on", "future")]),
        ({"skill": "pyton"}, [("skill", "unknown_skill")]),
        ({"skill": ""}, [("skill", "required")]),
        ({"skill": "파이썬"}, []),
    ],
)
def test_a_skill_record_is_checked(cells: dict[str, str], found: list[tuple[str, str]]) -> None:
    assert fault("skills", **cells) == found


def test_an_unknown_skill_is_kept_apart_only_when_asked() -> None:
    text = "youth,skill,level,rater,rated_on\na,물질,3,self,2026-11-01\na,SQL,2,self,2026-11-01\n"
    assert faults("skills", text) == [(2, "skill", "unknown_skill")]
    kept = parsed("skills", text, unmapped="keep")
    assert [row.skill for row in kept.rows] == ["sql"]
    (apart,) = kept.unmapped
    assert (apart.line, apart.text, apart.nearest) == (2, "물질", ("python", "sql"))
    assert apart.row is not None
    assert apart.row.level == 3


def test_an_unknown_youth_is_told() -> None:
    lookups = Lookups(skill=LOOKUPS.skill, youth=lambda who: who == "demo-youth-2")
    table = read_table(template_csv("skills").encode(), "a.csv")
    found = parse("skills", table, lookups).errors
    assert [(e.line, e.column, e.code) for e in found] == [(2, "youth", "unknown_youth")]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"certification": "XYZ"}, [("certification", "unknown_certification")]),
        ({"exam_code": "SAA-C03"}, [("exam_code", "contradiction")]),
        ({"exam_code": "SAA-C99"}, [("exam_code", "unknown_certification")]),
        ({"on": ""}, [("on", "required")]),
        ({"on": "2026-12-01"}, [("on", "future")]),
        ({"expires_on": "2026-09-11"}, [("expires_on", "order")]),
        ({"state": "불합격"}, [("expires_on", "contradiction")]),
        ({"state": "active"}, [("state", "choice")]),
        ({"badge_url": "http://badges.example.org/1"}, [("badge_url", "https")]),
        ({"badge_url": "javascript:alert(1)"}, [("badge_url", "https")]),
        ({"badge_url": "https://a@example.org/"}, [("badge_url", "https")]),
        ({"badge_url": "https://localhost/"}, [("badge_url", "https")]),
    ],
)
def test_a_certification_record_is_checked(
    cells: dict[str, str], found: list[tuple[str, str]]
) -> None:
    assert fault("certifications", **cells) == found


def test_an_exam_code_names_its_certification() -> None:
    row = parsed("certifications", template_csv("certifications")).rows[1]
    assert (row.certification, row.exam_code, row.state) == ("SAA", "SAA-C03", "planned")


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"ends_on": "2027-01-10"}, [("ends_on", "order")]),
        ({"applications_close_on": "2026-11-30"}, [("applications_close_on", "order")]),
        ({"provider": "서울대"}, [("provider", "unknown_organisation")]),
        ({"total_hours": "많이"}, [("total_hours", "number")]),
        ({"total_hours": "0"}, [("total_hours", "range")]),
        ({"seats": "0"}, [("seats", "range")]),
        ({"seats": "24.5"}, [("seats", "number")]),
        ({"kind": "모임"}, [("kind", "choice")]),
        ({"skills_gained": "python:3>1"}, [("skills_gained", "requirement")]),
        ({"skills_gained": "python 3"}, [("skills_gained", "requirement")]),
        ({"skills_gained": "pyton:1>2"}, [("skills_gained", "unknown_skill")]),
        ({"skills_needed": "python:6"}, [("skills_needed", "level")]),
        ({"skills_needed": "python:1; 파이썬:2"}, [("skills_needed", "twice")]),
        ({"linked_certification": "ABC"}, [("linked_certification", "unknown_certification")]),
    ],
)
def test_a_course_is_checked(cells: dict[str, str], found: list[tuple[str, str]]) -> None:
    assert fault("courses", **cells) == found


def test_course_skills_are_read_as_steps() -> None:
    row = parsed("courses", template_csv("courses")).rows[0]
    assert row.skills_gained == (SkillGain("python", 1, 2), SkillGain("sql", 0, 1))
    assert row.skills_needed == (SkillNeed("python", 1),)


def test_requirements_are_read_in_both_languages() -> None:
    cells = "must ROS 2; 필수 파이썬:4; nice saa-c03; licence 전기기사; exclude sql 5; nice sql"
    head = "external_id,organisation,title_ko,opens_on,closes_on,requirements\n"
    assert faults("openings", f"{head}1,p,t,2026-12-01,2026-12-02,{cells}\n") == [
        (2, "requirements", "twice")
    ]
    row = parsed(
        "openings", f"{head}1,p,t,2026-12-01,2026-12-02,{cells.removesuffix('; nice sql')}\n"
    ).rows[0]
    assert row.requirements == (
        Requirement("must", "skill", "ros2", 1),
        Requirement("must", "skill", "python", 4),
        Requirement("nice", "certification", "SAA", None),
        Requirement("licence", "licence", "licence-electrical", None),
        Requirement("exclude", "skill", "sql", 5),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("python 3", "requirement"),
        ("must", "requirement"),
        ("licence 운전", "unknown_licence"),
        ("must python 0", "level"),
        ("must python -1", "level"),
        ("; ".join(["must python 3"] * 201), "list"),
    ],
)
def test_a_requirement_that_is_not_understood_is_told(text: str, code: str) -> None:
    assert fault("openings", requirements=text) == [("requirements", code)]


def test_an_unknown_requirement_is_kept_beside_the_opening_when_asked() -> None:
    text = (
        "external_id,organisation,title_ko,opens_on,closes_on,requirements\n"
        "1,p,t,2026-12-01,2026-12-02,must 물질 3; nice sql 2\n"
    )
    kept = parsed("openings", text, unmapped="keep")
    assert kept.rows[0].unmapped == (UnmappedRequirement("must", "물질", 3),)
    assert kept.rows[0].requirements == (Requirement("nice", "skill", "sql", 2),)
    assert [(u.column, u.text) for u in kept.unmapped] == [("requirements", "물질")]


def test_an_organisation_is_looked_up_when_there_is_a_list() -> None:
    lookups = Lookups(organisation={"데모 파트너": "demo-partner"}.get)
    text = (
        "external_id,organisation,title_ko,opens_on,closes_on\n"
        + "".join(
            f"{n},{who},t,2026-12-01,2026-12-02\n" for n, who in ((1, "데모 파트너"), (2, "누구"))
        )
        + ""
    )
    result = parse("openings", read_table(text.encode(), "a.csv"), lookups)
    assert result.rows[0].organisation == "demo-partner"
    assert [(e.line, e.code) for e in result.errors] == [(3, "unknown_organisation")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a,,,\n", [(2, "name_ko", "required")]),
        ("a,가,,a\n", [(2, "parent", "contradiction")]),
        ("a,가,,b\n", [(2, "parent", "unknown_parent")]),
        ("a,가,,\nA,나,,\n", [(3, "slug", "duplicate")]),
        ("a b,가,,\n", [(2, "slug", "slug")]),
        ("a,가,,b\nb,,,\n", [(3, "name_ko", "required")]),
    ],
)
def test_a_taxonomy_is_checked(text: str, found: list[tuple[int, str, str]]) -> None:
    assert faults("taxonomy", "slug,name_ko,name_en,parent\n" + text) == found


def test_an_error_never_repeats_a_resident_number() -> None:
    rows = [{**KINDS["youths"].examples[0], "status": "900101-1234567", "weekly_hours": "900101-1"}]
    result = parse("youths", read_table(to_csv(rows), "a.csv"), LOOKUPS)
    assert [e.code for e in result.errors] == ["resident_number", "number"]
    assert not any("1234567" in e.text_ko + e.text_en for e in result.errors)


def test_a_number_after_a_skill_is_a_level_even_where_the_two_together_are_another_name() -> None:
    head = (
        "external_id,organisation,title_ko,sector,employment_type,region,headcount,opens_on,"
        "closes_on"
    )
    row = "o-1,데모기업,공고,우주,정규직,제주시,1,2026-12-01,2026-12-31"
    text = f"{head},requirements\n{row},must python 3; nice ROS 2\n"
    (opening,) = parsed("openings", text).rows
    assert [(each.ref, each.level) for each in opening.requirements] == [("python", 3), ("ros2", 1)]


OPEN = {"field", "provider"}
"""Columns where other words may stand too."""
LISTS = [(k, c.name) for k in KINDS.values() for c in k.columns if c.words and c.name not in OPEN]


@pytest.mark.parametrize(("kind", "name"), LISTS)
def test_every_word_a_mistake_names_is_taken_in_both_languages(kind: Kind, name: str) -> None:
    words = kind.column(name).words
    assert words is not None
    row = {**kind.examples[0], name: "외계"}
    text = to_csv([row], list(columns_of(kind.name))).decode("utf-8-sig")
    told = next(error for error in parsed(kind.name, text).errors if error.column == name)
    korean = (
        told.text_ko.removeprefix("'외계': ").removesuffix(" 가운데 하나여야 합니다").split(", ")
    )
    english = told.text_en.removeprefix("'외계': it must be one of ").split(", ")
    values = [words[fold(word)] for word in korean]
    assert (sorted(values), values) == (
        sorted(set(words.values())),
        [words[fold(e)] for e in english],
    )
    assert [(words.ko(value), words.en(value)) for value in values] == list(
        zip(korean, english, strict=True)
    )
    assert "_" not in told.text_ko + told.text_en


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("10.5", "소수점 없이 적어 주십시오"),
        ("1,000.25", "소수점 없이 적어 주십시오"),
        ("열", "수가 아닙니다"),
        ("2026.11.22", "수가 아닙니다"),
    ],
)
def test_a_number_with_decimals_is_not_called_no_number(written: str, told: str) -> None:
    text = f'email,name,affiliation,weekly_hours\na@example.org,가,none,"{written}"\n'
    (error,) = parsed("youths", text).errors
    assert (error.column, error.code) == ("weekly_hours", "number")
    assert told in error.sentence("ko")
