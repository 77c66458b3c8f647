"""The public job feed's pay, codes, days and shapes in our own terms."""

import json
from datetime import date
from types import SimpleNamespace

import pytest

from matcher.exchange.job_feed_files import read_feed, to_feed_json, to_xml
from matcher.exchange.job_feed_values import yearly_pay
from matcher.exchange.parsing import Parsed, parse
from matcher.exchange.reading import Limits
from tests.unit.exchange.givens import LOOKUPS

ONE = {
    "wantedAuthNo": "K1", "company": "어느 회사", "title": "일", "regDt": "2026-11-01",
    "closeDt": "2026-12-31", "empTpCd": "10", "regionCd": "50110",
}  # fmt: skip


def pay(
    kind: str, least: str, most: str = "", hours: str = ""
) -> tuple[int | None, int | None, str]:
    paid = SimpleNamespace(
        salTpCd=kind, salTpNm={"H": "시급", "D": "일급"}.get(kind, ""), sal="", minSal=least,
        maxSal=most, workdayWorkhrCont=hours,
    )  # fmt: skip
    return yearly_pay(paid)


def read(item: dict[str, object], name: str = "a.json") -> Parsed:
    data = json.dumps({"wantedRoot": {"wanted": [item]}}).encode()
    return parse("job_feed", read_feed(data, name), LOOKUPS)


@pytest.mark.parametrize(
    ("kind", "least", "most", "hours", "expected"),
    [
        ("Y", "32000000", "40,000,000원", "", (32_000_000, 40_000_000)),
        ("Y", "3200만원", "", "", (32_000_000, None)),
        ("M", "2500000", "3000000", "", (30_000_000, 36_000_000)),
        ("H", "11000", "", "주 40시간", (11_000 * 209 * 12, None)),
        ("H", "11000", "", "(월~금) 주당 20시간", (11_000 * 104 * 12, None)),
        ("H", "11000", "", "주 14시간", (11_000 * 61 * 12, None)),
        ("H", "11000", "", "협의", (None, None)),
        ("H", "11000", "", "", (None, None)),
        ("D", "90000", "", "주 40시간", (None, None)),
        ("Y", "4000만", "3000만", "", (40_000_000, None)),
    ],
)
def test_pay_is_a_years_only_where_that_is_known(
    kind: str, least: str, most: str, hours: str, expected: tuple[int | None, int | None]
) -> None:
    low, high, words = pay(kind, least, most, hours)
    assert (low, high) == expected
    assert bool(words) == (expected == (None, None))


def test_pay_that_cannot_be_turned_stays_in_words() -> None:
    (row,) = read(ONE | {"salTpNm": "일급", "salTpCd": "D", "minSal": "90000"}).rows
    opening = row.opening()
    assert (opening.pay_min_krw, opening.description) == (None, "일\n임금: 일급 90,000원")


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        ("10", "", "permanent"), ("11", "", "part_time"), ("20", "", "contract"),
        ("4", "", "dispatch"), ("", "정규직", "permanent"), ("", "계약직", "contract"),
        ("99", "파견근로", "dispatch"),
    ],
)  # fmt: skip
def test_kinds_of_contract_come_from_the_code_then_from_the_words(
    code: str, words: str, expected: str
) -> None:
    (row,) = read(ONE | {"empTpCd": code, "empTpNm": words}).rows
    assert row.opening().employment_type == expected


def test_an_unknown_kind_of_contract_is_a_mistake_and_no_guess() -> None:
    found = read(ONE | {"empTpCd": "77"})
    assert [(each.line, each.column, each.code) for each in found.errors] == [
        (1, "empTpCd", "unknown_value")
    ]


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        ("50110", "", "jeju-si"), ("50130", "", "seogwipo-si"),
        ("", "제주 서귀포시", "seogwipo-si"),
        ("", "제주특별자치도 제주시", "jeju-si"), ("11110", "서울", "mainland"),
        ("", "재택근무", "remote"),
    ],
)  # fmt: skip
def test_places_come_from_the_code_then_from_the_words(
    code: str, words: str, expected: str
) -> None:
    (row,) = read(ONE | {"regionCd": code, "region": words}).rows
    assert row.opening().region == expected


@pytest.mark.parametrize("text", ["26-12-31", "2026-12-31", "20261231", "채용시까지  26-12-31"])
def test_days_are_read_as_the_feed_writes_them(text: str) -> None:
    (row,) = read(ONE | {"closeDt": text}).rows
    assert row.closeDt == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["", "채용시까지", "26-13-01", "2026-02-30"])
def test_what_is_no_day_is_a_mistake(text: str) -> None:
    found = read(ONE | {"closeDt": text})
    assert "closeDt" in {each.column for each in found.errors}


def test_fields_without_a_place_are_told_with_their_first_value() -> None:
    table = read_feed(json.dumps([ONE | {"career": "신입", "minEdubg": "00"}]).encode(), "a.json")
    assert [each.text_ko for each in table.notes] == [
        "쓰지 않는 항목: career = 신입",
        "쓰지 않는 항목: minEdubg = 00",
    ]


def test_details_in_groups_read_like_the_list() -> None:
    detail = """<wantedDtl><wantedAuthNo>K1</wantedAuthNo><corpInfo><corpNm>어느 회사</corpNm>
    </corpInfo><wantedInfo><wantedTitle>일</wantedTitle><regDt>20261101</regDt>
    <receiptCloseDt>20261231</receiptCloseDt><empTpCd>10</empTpCd><jobCont>글</jobCont>
    <workRegion>제주 제주시</workRegion><collectPsncnt>3명</collectPsncnt></wantedInfo>
    </wantedDtl>"""
    (row,) = parse("job_feed", read_feed(detail.encode(), "a.xml"), LOOKUPS).rows
    opening = row.opening()
    assert (opening.organisation, opening.title_ko, opening.region, opening.headcount) == (
        "어느 회사", "일", "jeju-si", 3,
    )  # fmt: skip


BAD = {
    "entities": b'<!DOCTYPE a [<!ENTITY b "c">]><wantedRoot><wanted>&b;</wanted></wantedRoot>',
    "no items": b"<other/>",
    "cut off": b"<wantedRoot><wanted>",
    "no json": b"{",
    "another json": b'{"wantedRoot": {"wanted": 7}}',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_feed_is_refused_whole(name: str) -> None:
    ending = "xml" if BAD[name].startswith(b"<") else "json"
    table = read_feed(BAD[name], f"a.{ending}")
    assert table.fatal
    assert len(table.errors) == 1


def test_what_a_page_tells_of_a_file_can_be_written_down() -> None:
    odd = {"title": "\ud800x", "k\ud800\x00": "v\udfff\x07", "jobCont": "a\x00b"}
    table = read_feed(json.dumps({"wantedRoot": {"wanted": [ONE | odd]}}).encode(), "a.json")
    found = parse("job_feed", table, LOOKUPS)
    told = [*(note.text_ko for note in table.notes), *(str(each) for each in found.errors)]
    assert len(told) >= 2
    assert [each for each in told if not each.isprintable()] == []


def test_an_item_within_an_item_is_part_of_it() -> None:
    """Read as one more, thousands inside one another would take hours: each holds all the rest."""
    nested = b"<wantedRoot>" + b"<wanted>" * 50 + b"<title>one</title>" + b"</wanted>" * 50
    data = nested + b"<wanted><title>two</title></wanted></wantedRoot>"
    place = read_feed(data, "a.xml").header.index("title")
    assert [row.cells[place] for row in read_feed(data, "a.xml").rows] == ["one", "two"]


def test_a_file_past_the_limit_is_refused_before_it_is_read() -> None:
    table = read_feed(b"<" * 2_000, "a.xml", Limits(max_bytes=1_000))
    assert [each.code for each in table.errors] == ["too_large"]


def test_what_is_written_is_read_back() -> None:
    row = ONE | {"title": "A & B <일>", "jobCont": "여러\n줄"}
    odd = row | {"jobCont": "여러\n\x0b줄"}  # XML has no way to write it
    for data, name in ((to_xml([odd]), "a.xml"), (to_feed_json([row]), "a.json")):
        (found,) = parse("job_feed", read_feed(data, name), LOOKUPS).rows
        assert (found.title, found.jobCont) == ("A & B <일>", "여러\n줄")
