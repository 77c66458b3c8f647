"""Every row says where it comes from; no date is one the facts do not hold."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import matcher.catalogue
from matcher.catalogue.course_fields import course_vocabulary
from matcher.catalogue.employment import employment_vocabulary
from matcher.catalogue.organisations import public_bodies, rise_centre, universities
from matcher.catalogue.rise_projects import reporting_year, rise_projects, rise_totals
from matcher.catalogue.sectors import sectors

DATA = Path(matcher.catalogue.__file__).parent / "data"
FACTS = Path(__file__).resolve().parents[4] / "shared" / "facts"
FILES = [
    "certifications.json",
    "course_fields.json",
    "employment.json",
    "organisations.json",
    "rise_projects.json",
    "sectors.json",
]
PARTS = {"about", "details"}
"""Objects inside a row that carry no provenance of their own."""


def load(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def rows_of(node: Any, key: str = "") -> Iterator[dict[str, Any]]:
    """Every object with a value of its own: not the grouping objects whose values are all
    objects or lists."""
    if isinstance(node, list):
        for item in node:
            yield from rows_of(item, key)
    elif isinstance(node, dict):
        if key not in PARTS and any(not isinstance(v, dict | list) for v in node.values()):
            yield node
        for name, value in node.items():
            if name not in PARTS:
                yield from rows_of(value, name)


def is_phase(row: dict[str, Any]) -> bool:
    """A phase groups three rows (first day, last day, terms), each with its own source."""
    return set(row) == {"phase", "first_day", "last_day", "terms"}


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_source_confidence_and_valid_from(name: str) -> None:
    rows = [row for row in rows_of(load(name)) if not is_phase(row)]
    bare = [r for r in rows if not (r.get("source") and r.get("valid_from"))]
    assert rows != []
    assert bare == []
    assert {row["confidence"] for row in rows} <= {"high", "medium", "low"}
    assert {date.fromisoformat(row["valid_from"]) for row in rows} == {date(2026, 11, 21)}


def test_every_empty_day_says_why_it_is_empty() -> None:
    days = [r for r in rows_of(load("certifications.json")) if set(r) >= {"value", "certainty"}]
    empty = [r for r in days if r["value"] is None]
    assert {r["certainty"] for r in empty} == {"none", "open", "conflict", "unknown"}
    assert [r for r in empty if r["certainty"] != "none" and not r.get("note")] == []


def test_every_data_file_is_checked() -> None:
    assert sorted(path.name for path in DATA.glob("*.json") if path.name in FILES) == FILES


@pytest.mark.parametrize(
    ("name", "facts"),
    [(name, "aws-certifications.json" if name == FILES[0] else "jeju.json") for name in FILES],
)
def test_every_date_and_source_is_in_the_facts(name: str, facts: str) -> None:
    if not (FACTS / facts).is_file():
        pytest.skip(f"the facts folder is not beside this checkout: {facts}")
    known = (FACTS / facts).read_text(encoding="utf-8")
    text = (DATA / name).read_text(encoding="utf-8")
    dates = set(re.findall(r"\d{4}-\d{2}-\d{2}", text))
    urls = {
        row["source"] for row in rows_of(load(name)) if row.get("source", "").startswith("http")
    }
    assert dates != set()
    assert {d for d in dates if d not in known} == set()
    assert {u for u in urls if u not in known} == set()


def test_exam_numbers_and_days_equal_the_facts() -> None:
    path = FACTS / "aws-certifications.json"
    if not path.is_file():
        pytest.skip("the facts folder is not beside this checkout: aws-certifications.json")
    facts = json.loads(path.read_text(encoding="utf-8"))
    ours = {e["code"]: e for c in load("certifications.json")["certifications"] for e in c["exams"]}
    theirs = {e["code"]: e for c in facts["certifications"] for e in c["exams"]}
    assert ours.keys() == theirs.keys()
    for code, fact in theirs.items():
        price = fact.get("price_usd", {}).get("value")
        assert price in {phase["terms"]["price_usd"] for phase in ours[code]["phases"]}
        last = fact.get("last_day", {}).get("value")
        if isinstance(last, str):
            assert ours[code]["phases"][-1]["last_day"]["value"] == last


def test_sectors_are_the_four_jeju_named() -> None:
    assert [(s.slug, s.name_ko, s.name_en) for s in sectors()] == [
        ("space", "우주", "Space"),
        ("energy", "에너지", "Energy"),
        ("bio", "바이오", "Bio"),
        ("mobility", "모빌리티", "Mobility"),
    ]


def test_public_bodies_are_three_universities_and_the_centre() -> None:
    assert [body.slug for body in universities()] == ["jejunu", "halla", "jtu"]
    assert rise_centre().slug == "rise-centre"
    assert [body.name_ko for body in public_bodies()] == [
        "제주대학교",
        "제주한라대학교",
        "제주관광대학교",
        "제주RISE센터",
    ]


def test_course_vocabulary_has_the_published_lists() -> None:
    vocabulary = course_vocabulary()
    assert [k.name_ko for k in vocabulary.kinds] == [
        "정규교과",
        "비교과",
        "마이크로디그리",
        "부트캠프",
        "재직자",
        "평생교육",
        "런케이션",
        "기업 프로젝트",
    ]
    assert [v.name_ko for v in vocabulary.levels] == ["기본", "심화", "고급", "지역특화", "전문"]
    assert [v.slug for v in vocabulary.modes] == ["online", "offline", "mixed"]
    assert [v.name_ko for v in vocabulary.statuses] == ["예정", "모집중", "마감", "진행중", "종료"]
    assert len(vocabulary.listing_fields) == 19


def test_slugs_are_unique_and_fit_their_columns() -> None:
    course, work = course_vocabulary(), employment_vocabulary()
    lists = [
        (course.kinds, 20),
        (course.levels, 20),
        (course.fields, 40),
        (course.modes, 20),
        (course.statuses, 20),
        (sectors(), 20),
        (work.employment_types, 20),
        (work.certificate_kinds, 40),
    ]
    for terms, width in lists:
        slugs = [term.slug for term in terms]
        assert len(slugs) == len(set(slugs))
        assert max(map(len, slugs)) <= width


def test_aws_certificates_are_a_foreign_or_vendor_kind() -> None:
    kinds = [(k.slug, k.name_ko) for k in employment_vocabulary().certificate_kinds]
    assert kinds == [
        ("national_technical", "국가기술"),
        ("national_professional", "국가전문"),
        ("accredited_private", "공인민간"),
        ("registered_private", "등록민간"),
        ("foreign_vendor", "해외·벤더"),
        ("completion", "이수증"),
    ]


def test_rise_projects_hold_no_invented_task_numbers() -> None:
    projects = rise_projects()
    assert len(projects) == 6
    assert [p.is_flagship for p in projects] == [True, False, False, False, False, False]
    assert {p.task_codes for p in projects} == {None}
    assert {p.origin.certainty for p in projects} == {"unknown"}
    assert (rise_totals().unit_tasks, rise_totals().tasks) == (8, 22)
    assert (reporting_year().starts_month, reporting_year().starts_day) == (3, 1)
