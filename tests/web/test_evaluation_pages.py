"""Pages of results and evaluation packs: what a desk sees, downloads, and is refused."""

import json
import re
from datetime import date
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.rendering import pdf
from matcher.wiring import Services
from models.evaluation import EvaluationPack, StudentCount
from models.trail import AccessRecord
from tests.conftest import SignIn, post
from tests.evaluation_desk import YEAR, scene
from tests.people import People

TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')


def visit(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


def stored(services: Services, people: People) -> None:
    with services.database.writing() as session:
        scene(session, people)


def frozen(client: TestClient, base: str) -> str:
    """Where the desk's pack of the year stands."""
    found = TOKEN.search(visit(client, f"{base}/packs/preview?year={YEAR}"))
    assert found is not None
    answer = post(client, f"{base}/packs", {"year": YEAR, "project": "", "token": found[1]})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def fetched(client: TestClient, pack: str, kind: str, look: str = "") -> Any:
    return post(client, f"{pack}/file{look}", {"kind": kind, "reason": "도에 보고"})


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_opens_in_both_languages_for_both_desks(
    services: Services, people: People, sign_in: SignIn, language: str
) -> None:
    stored(services, people)
    for person, base in ((people.coordinator, "/coordinator"), (people.centre, "/centre")):
        client = sign_in(person)
        pack = frozen(client, base)
        for path in (
            f"{base}/results?by=project", f"{base}/results/rows?stage=hired", f"{base}/packs",
            f"{base}/packs/preview", pack, f"{pack}/check", f"{pack}/rows?measure=completed",
        ):  # fmt: skip
            joined = "&" if "?" in path else "?"
            text = visit(client, f"{path}{joined}lang={language}")
            assert f'<html lang="{language}"' in text
            assert len(re.findall("<h1", text)) == 1


def test_the_province_sees_all_three_and_a_coordinator_only_its_own(
    services: Services, people: People, sign_in: SignIn
) -> None:
    stored(services, people)
    coordinator, centre = sign_in(people.coordinator), sign_in(people.centre)
    pack = frozen(centre, "/centre")
    frozen(coordinator, "/coordinator")
    for path in ("/centre/results?by=university", pack):
        text = visit(centre, path)
        assert all(name in text for name in ("jejunu 데모", "halla 데모"))
    rows = "/results/rows?stage=registered"
    assert "namu" in visit(centre, f"/centre{rows}")
    own = visit(coordinator, f"/coordinator{rows}")
    assert ("haneul" in own, "namu" in own) == (True, False)
    for path in (
        "/coordinator/results?by=cohort",
        "/coordinator/packs",
        "/coordinator/packs/preview",
    ):
        assert "halla" not in visit(coordinator, path)
    visit(coordinator, pack, 404)
    visit(coordinator, pack.replace("/centre", "/coordinator"), 404)
    visit(coordinator, "/coordinator/results?university=halla", 422)


def test_a_kept_view_of_a_cohort_that_is_gone_still_opens_the_page(
    people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    kept = {"place": "results", "name": "옛 기수", "query": "cohort=term:1999-1"}
    post(client, "/coordinator/views", kept | {"is_default": "on"})
    text = visit(client, client.get("/coordinator/results").headers["location"], 422)
    assert "목록에 있는 것 중에서 골라" in text
    number = re.search(r"/coordinator/views/(\d+)/remove", text)
    assert number is not None
    post(client, number[0])
    visit(client, "/coordinator/results")


def test_a_number_leads_to_exactly_its_people(
    services: Services, people: People, sign_in: SignIn
) -> None:
    stored(services, people)
    client = sign_in(people.centre)
    text = visit(client, "/centre/results?by=university")
    links = [each.replace("&amp;", "&") for each in
             re.findall(r'href="(/centre/results/rows\?[^"]*)">(?:[\d,]+)<', text)]  # fmt: skip
    counts = re.findall(r'href="/centre/results/rows\?[^"]*">([\d,]+)<', text)
    assert len(links) > 8
    for link, count in zip(links, counts, strict=True):
        assert f"{count}명</span></h1>" in visit(client, link)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"students": "0"}, "students"),
        ({"students": "많음"}, "students"),
        ({"students": "1000001"}, "students"),
        ({"counted_on": "2027-01-01"}, "counted_on"),
        ({"counted_on": "2026-02-30"}, "counted_on"),
        ({"source": ""}, "source"),
        ({"source": "가" * 201}, "source"),
        ({"source": "900101-1234567"}, "source"),
    ],
)
def test_a_denominator_without_sense_or_source_is_refused_and_kept(
    services: Services, people: People, sign_in: SignIn, changed: dict[str, str], field: str
) -> None:
    body = {"students": "9000", "counted_on": "2026-04-01", "source": "데모 공시"} | changed
    answer = post(sign_in(people.coordinator), "/coordinator/results/students", body)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    with services.database.reading() as session:
        assert session.exec(select(StudentCount)).all() == []


def test_a_typed_denominator_gives_the_second_share(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    assert "분모 없음" in visit(client, "/coordinator/results")
    body = {"students": "8,000", "counted_on": "2026-04-01", "source": "데모 공시"}
    assert post(client, "/coordinator/results/students", body).status_code == 303
    text = visit(client, "/coordinator/results")
    assert "0.03%" in text
    assert "데모 공시" in text
    with services.database.reading() as session:
        assert session.exec(select(StudentCount)).one().counted_on == date(2026, 4, 1)


@pytest.mark.parametrize(
    "body",
    [
        {"year": "2025", "project": "", "token": "f" * 64},
        {"year": "2025", "project": "", "token": "x"},
        {"year": "1999", "project": "", "token": "f" * 64},
        {"year": "2025", "project": "nowhere", "token": "f" * 64},
        {"year": "2025", "project": "", "token": "f" * 64, "count": "9"},
        {},
    ],
)
def test_a_freeze_of_numbers_that_were_not_seen_stores_nothing(
    services: Services, people: People, sign_in: SignIn, body: dict[str, str]
) -> None:
    answer = post(sign_in(people.coordinator), "/coordinator/packs", body)
    assert answer.status_code in (409, 422)
    with services.database.reading() as session:
        assert session.exec(select(EvaluationPack)).all() == []


def test_freezing_is_three_clicks_and_the_files_name_the_hash(
    services: Services, people: People, sign_in: SignIn
) -> None:
    stored(services, people)
    client = sign_in(people.coordinator)
    pack = frozen(client, "/coordinator")
    with services.database.reading() as session:
        row = session.exec(select(EvaluationPack)).one()
    for kind in ("csv", "xlsx", "json"):
        answer = fetched(client, pack, kind)
        assert answer.status_code == 200
        assert f'filename="oreum-evaluation-2025-{row.id}.{kind}"' in answer.headers[
            "content-disposition"
        ]  # fmt: skip
    told = json.loads(fetched(client, pack, "json").text)
    assert told["sha256"] == row.sha256
    assert row.sha256 in fetched(client, pack, "csv").text


@pytest.mark.parametrize(
    "body", [{"kind": "csv"}, {"kind": "csv", "reason": " "}, {"reason": "보고"}]
)
def test_a_file_without_a_reason_or_a_kind_is_refused_and_nothing_recorded(
    services: Services, people: People, sign_in: SignIn, body: dict[str, Any]
) -> None:
    stored(services, people)
    client = sign_in(people.coordinator)
    pack = frozen(client, "/coordinator")
    answer = post(client, f"{pack}/file", body)
    assert answer.status_code == 422
    assert f'value="{body.get("reason", "")}"' in answer.text
    with services.database.reading() as session:
        rows = session.exec(select(AccessRecord.task)).all()
    assert "pack:exported" not in rows


def test_a_download_leaves_its_reason_and_whose_rows_left(
    services: Services, people: People, sign_in: SignIn
) -> None:
    stored(services, people)
    client = sign_in(people.coordinator)
    pack = frozen(client, "/coordinator")
    for kind in ("csv", "json"):
        fetched(client, pack, kind)
    with services.database.reading() as session:
        rows = session.exec(select(AccessRecord).where(AccessRecord.task == "pack:exported")).all()
    told = {row.details["kind"]: (row.details["reason"], row.details["youths"]) for row in rows}
    own = sorted([people.youth.youth_id or 0, people.other_youth.youth_id or 0])
    assert told == {"csv": ("도에 보고", []), "json": ("도에 보고", own)}


@pytest.mark.skipif(not pdf.is_available(), reason="the libraries that draw PDF are missing")
def test_the_pdf_is_tagged_and_holds_our_typeface_alone(
    services: Services, people: People, sign_in: SignIn
) -> None:
    import zlib

    stored(services, people)
    client = sign_in(people.centre)
    answer = fetched(client, frozen(client, "/centre"), "pdf", "?lang=en")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    inside = answer.content
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", answer.content, re.S):
        try:
            inside += zlib.decompress(found[1])
        except zlib.error:
            continue
    assert b"/StructTreeRoot" in inside
    assert b"pdfuaid" in inside
    fonts = set(re.findall(rb"/FontName ?/[A-Z]{6}\+([^ /\n>]+)", inside))
    assert len(fonts) > 3
    assert {font[:4] for font in fonts} == {b"Part"}


def test_without_the_libraries_the_page_says_so_and_how_to_mend_it(
    services: Services, people: People, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    client = sign_in(people.coordinator)
    pack = frozen(client, "/coordinator")
    assert 'value="pdf"' not in visit(client, pack)
    answer = fetched(client, pack, "pdf")
    assert (answer.status_code, "libpango-1.0-0" in answer.text) == (503, True)


def test_words_do_not_break_and_strange_letters_do_not_turn_into_others() -> None:
    html = "<html><body><p>한글 낱말 and</p><svg><text>그림 글</text></svg></body></html>"
    kept = pdf.keep_words(html)
    assert '<span class="w">한글</span> <span class="w">낱말</span> and' in kept
    assert "<svg><text>그림 글</text></svg>" in kept
    assert pdf.drawable("가 ÷ 漢 나") == "가 / □ 나"


@pytest.mark.skipif(not pdf.is_available(), reason="the libraries that draw PDF are missing")
@pytest.mark.parametrize(
    "source", ["https://example.com/x.png", "file:///etc/passwd", "http://127.0.0.1/x"]
)
def test_a_file_reads_nothing_but_our_own_static_files(source: str) -> None:
    from matcher.rendering.pdf import _fetcher

    with pytest.raises(ValueError, match="not ours"):
        _fetcher().fetch(source)
