"""A CV goes in and out again: the same bytes, and nothing of somebody else's is lost."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matcher.exchange.cv import Both, Certificate, Course, Cv, Project, Skill
from matcher.exchange.json_text import Number, compact, read, texts, written
from matcher.exchange.resume import BadResume, taken
from matcher.exchange.resume_merge import MARK, OWN, SECTIONS, Record, brought, merged, record_of
from matcher.exchange.resume_record import record_of_cv
from matcher.text import holds_resident_number

DAY = date(2026, 11, 21)
SAYS = Both("작은 도구를 혼자 만든다", "Builds small tools alone")
CVS = (
    Cv("", "", "", DAY),
    Cv("김하늘", "haneul@example.kr", "", DAY, skills=(
        Skill("python", Both("파이썬", "Python"), 3, SAYS, "self", 1, ("py",)),
    )),
    Cv("김하늘", "haneul@example.kr", "드론을 만듭니다", DAY,
       skills=(
           Skill("python", Both("파이썬", "Python"), 3, SAYS, "coordinator", 2, ("py",)),
           Skill("docker", Both("도커", "Docker"), 1, Both("", ""), "self", 1),
       ),
       certificates=(
           Certificate("SAA", Both("솔루션스 아키텍트", "AWS Certified Solutions Architect"),
                       "Amazon Web Services", date(2026, 3, 2), date(2029, 3, 2), 3, "SAA-C03"),
           Certificate("CLF", Both("클라우드 입문", "AWS Certified Cloud Practitioner"),
                       "Amazon Web Services", date(2020, 3, 2), date(2023, 3, 2), 3, "CLF-C01"),
           Certificate("licence-electrician", Both("전기기사", "Engineer Electricity"), "",
                       None, None, 1, is_licence=True),
       ),
       courses=(
           Course("OR-2026-A", Both("드론 데이터", "Drone data"), Both("제주대", "JNU"),
                  DAY, DAY, DAY, 40),
       ),
       projects=(
           Project(7, "바람 지도", "풍향을 그린다", (Both("파이썬", "Python"),), DAY, "", True,
                   Both("제주대", "JNU")),
       )),
)  # fmt: skip
RECORDS = [record_of_cv(cv, language) for cv in CVS for language in ("ko", "en")]

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.sampled_from(
    ["0", "-0", "1", "1.0", "1.50", "1e3", "1E+400", "-12.000", "9" * 40]
).map(Number)
leaves = st.none() | st.booleans() | numbers | words
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
names = words | st.sampled_from(
    ["Python", "PY", "도커", "aws certified solutions architect", "CLF"]
)
marks = st.fixed_dictionaries(
    {"record": st.sampled_from(["skill:python", "skill:gone", "course:OR-2026-A", "", "x"])},
    optional={"made": words, "level": numbers},
)


def _item(section: str) -> st.SearchStrategy[dict[str, Any]]:
    lists = {"keywords", "roles"}
    fields: dict[str, Any] = {
        name: st.lists(words, max_size=2) if name in lists else words for name in OWN[section]
    }
    fields |= {"name": names, MARK: marks | leaves, "x-other": anything, "endorsed": anything}
    return st.fixed_dictionaries({}, optional=fields)


def _documents() -> st.SearchStrategy[dict[str, Any]]:
    known = {section: st.none() | st.lists(_item(section), max_size=3) for section in SECTIONS}
    basics = st.fixed_dictionaries(
        {}, optional={"name": words, "summary": words, "x-hobby": anything, MARK: anything}
    )
    work = st.lists(st.fixed_dictionaries({"name": words}, optional={"x-pay": anything}))
    whole = st.fixed_dictionaries({}, optional={**known, "basics": basics, "work": work})
    other = st.dictionaries(words.map(lambda word: f"x-{word}"), anything, max_size=2)
    return st.builds(lambda first, second: {**first, **second}, other, whole)


def messy(value: Any) -> str:
    """The same value as another program might write it: no blanks, every letter escaped."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{messy(key)}:{messy(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[ " + " ,\r\n".join(map(messy, value)) + "]"
    if isinstance(value, Number):
        return value.text
    if isinstance(value, str):
        units = value.encode("utf-16-be").hex()
        return '"' + "".join(f"\\u{units[n : n + 4]}" for n in range(0, len(units), 4)) + '"'
    return written(value).strip()


def exported(data: str, record: Record) -> str:
    """What goes out after this came in."""
    return written(merged(brought(taken(data.encode()).document, record), record))


def _kept(data: str) -> dict[str, Any]:
    """A number that looks like a person's is refused, and rightly."""
    assume(not any(holds_resident_number(text) for _path, text in texts(read(data.encode()))))
    return taken(data.encode()).document


@settings(max_examples=1000, deadline=None)
@given(_documents(), st.sampled_from(RECORDS))
def test_export_import_export_gives_the_same_bytes_and_loses_nothing_of_others(
    document: dict[str, Any], record: Record
) -> None:
    kept = _kept(messy(document))
    assert kept == document
    first = exported(messy(document), record)
    assert exported(first, record) == first
    out = read(first.encode())
    assert written(out) == first
    _survives(kept, out, record)


def _survives(kept: dict[str, Any], out: dict[str, Any], record: Record) -> None:
    """Names and entries in their order; only our own marks and the words behind them may change."""
    assert [name for name in out if name in kept] == list(kept)
    for name, value in kept.items():
        if name not in (*SECTIONS, "basics"):
            assert out[name] == value
    for section in SECTIONS:
        for before, after in zip(kept.get(section) or [], out.get(section) or [], strict=False):
            if record_of(before) not in {each.record for each in record.sections[section]}:
                _same_words(before, after)


def _same_words(before: dict[str, Any], after: dict[str, Any]) -> None:
    plain = {name: each for name, each in before.items() if name != MARK}
    assert {name: each for name, each in after.items() if name != MARK} == plain


def test_numbers_stay_as_they_were_written_and_escapes_become_letters() -> None:
    text = '{"a":1.0,"b":1,"c":-0.50e+2,"d":"\\ud55c\\u0041\\/","e":"\\u0000"}'
    out = written(taken(text.encode()).document)
    assert out == (
        '{\n  "a": 1.0,\n  "b": 1,\n  "c": -0.50e+2,\n  "d": "한A/",\n  "e": "\\u0000"\n}\n'
    )


def test_the_record_is_written_once_and_follows_what_changes() -> None:
    full, less = RECORDS[4], RECORDS[2]
    first = exported("{}", full)
    out = read(first.encode())
    assert [each["name"] for each in out["certificates"]] == [
        "AWS Certified Solutions Architect", "전기기사", "드론 데이터",
    ]  # fmt: skip
    assert [each["name"] for each in out["skills"]] == ["파이썬", "도커"]
    assert out["skills"][0]["level"] == SAYS.ko
    after = merged(brought(out, full), less)
    assert [each["name"] for each in after["skills"]] == ["파이썬"]
    assert after["certificates"] == []
    assert "summary" not in after["basics"]
    assert merged(out, Record())["basics"] == {}


def test_words_a_person_changed_in_the_file_are_theirs() -> None:
    record = RECORDS[4]
    document = read(exported("{}", record).encode())
    document["basics"]["summary"] = "새로 쓴 소개"
    document["skills"][0]["level"] = "아주 잘함"
    out = read(exported(written(document), record).encode())
    assert out["basics"]["summary"] == "새로 쓴 소개"
    assert out["skills"][0]["level"] == "아주 잘함"
    assert len(out["skills"]) == 2
    assert "made" not in out["skills"][0][MARK]


def test_an_entry_that_names_the_same_thing_is_not_doubled_and_keeps_its_words() -> None:
    text = '{"skills": [{"name": "PY", "level": "Master", "x-years": 4.0}]}'
    out = read(exported(text, RECORDS[2]).encode())
    assert [each["name"] for each in out["skills"]] == ["PY"]
    assert out["skills"][0]["level"] == "Master"
    assert out["skills"][0]["x-years"] == Number("4.0")
    assert out["skills"][0][MARK]["record"] == "skill:python"


def test_a_cv_from_another_persons_record_stays_words() -> None:
    """Else an entry would vanish with a record that never was in this account."""
    theirs = exported("{}", RECORDS[4])
    out = read(exported(theirs, RECORDS[0]).encode())
    assert [each["name"] for each in out["skills"]] == ["파이썬", "도커"]
    assert MARK not in out["skills"][0]


BAD = [
    (b"\xff\xfe{}", ("encoding", "")),
    (b'{"a": 1,\n "b" 2}', ("syntax", "2")),
    (b'{"a": 1} x', ("syntax", "1")),
    (b"[" * 200 + b"]" * 200, ("deep", "")),
    (b'{"basics": {}, "basics": {}}', ("twice", "basics")),
    (b'{"a": NaN}', ("number", "NaN")),
    (b'{"a": [-Infinity]}', ("number", "-Infinity")),
    (b'{"a": "\\ud800"}', ("character", "a")),
    (b'{"a": ["\\udc00"]}', ("character", "a")),
    (b"[]", ("object", "")),
    (b"null", ("object", "")),
    (b'{"skills": {"name": "Python"}}', ("list", "skills")),
    (b'{"skills": ["Python"]}', ("group", "skills.0")),
    (b'{"skills": [{"name": 3}]}', ("text", "skills.0.name")),
    (b'{"work": [{"highlights": "x"}]}', ("list", "work.0.highlights")),
    (b'{"basics": []}', ("group", "basics")),
    (b'{"basics": {"location": "Jeju"}}', ("group", "basics.location")),
    (b'{"basics": {"summary": "900101-1234567"}}', ("resident_number", "basics.summary")),
    (b'{"x": [{"id": 9001011234567}]}', ("resident_number", "x.0.id")),
    (b'{"x": {"900101-1234567": 1}}', ("resident_number", "x")),
    (b'{"a": "' + b"x" * 10_000_000 + b'"}', ("large", "")),
    (b'{"a": "' + b"x" * 190_000 + b'"}', ("large", "")),
]


@pytest.mark.parametrize(("data", "mistake"), BAD, ids=[str(each[1]) for each in BAD])
def test_what_is_refused_is_told_with_its_place(data: bytes, mistake: tuple[str, str]) -> None:
    with pytest.raises(BadResume) as fault:
        taken(data)
    assert fault.value.mistakes[0] == mistake


def test_what_a_profile_never_holds_is_left_out_and_named() -> None:
    found = taken(
        b'{"basics": {"name": "H", "image": "https://example.com/me.jpg", "Date-of-Birth": "2001",'
        b' "photo": ""}, "gender": "f", "work": [{"age": "company of 3 years"}]}'
    )
    assert found.left_out == ("gender", "basics.image", "basics.Date-of-Birth")
    assert found.document == {"basics": {"name": "H"}, "work": [{"age": "company of 3 years"}]}


def test_the_largest_export_can_come_in_again() -> None:
    name, line = Both("가" * 60, "x" * 60), "가" * 120
    skills = [Skill(f"s{n:079}", name, 5, Both(line, line), "test", 4) for n in range(100)]
    cert = Certificate("SAA", Both("가", "x" * 80), "a" * 60, DAY, DAY, 4, "SAA-C03", "u" * 300)
    certificates = [replace(cert, on=DAY - timedelta(days=n)) for n in range(100)]
    courses = [Course(f"OR-{n}", Both(line, line), Both(line, line), DAY, DAY, DAY, 9)
               for n in range(50)]  # fmt: skip
    projects = [Project(n, line, "가" * 2000, (name,) * 8, DAY, "u" * 300, True, Both(line, line))
                for n in range(30)]  # fmt: skip
    cv = Cv(line, line, "가" * 2000, DAY, tuple(skills), tuple(certificates), tuple(courses),
            tuple(projects))  # fmt: skip
    record = record_of_cv(cv, "ko")
    document = taken(f'{{"x": "{"y" * 69_000}"}}'.encode()).document
    out = merged(document, record)
    assert [len(out[section]) for section in SECTIONS] == [70, 100, 10]
    assert taken(written(out).encode()).document == out
    assert len(compact(merged(out, Record()))) < 70_000
