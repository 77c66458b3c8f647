"""Taking one's record along: the page, the paper, the signed file, and the page that checks."""

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlmodel import Session
from starlette.testclient import TestClient
from typer.testing import CliRunner

from matcher.catalogue.skills import load_taxonomy
from matcher.credentials import parts, record, verifying
from matcher.credentials.types import Verdict
from matcher.matching import at_hand
from matcher.rendering import pdf
from matcher.wiring import Services
from models.certification import AttemptState, CertificationRecord
from models.skill import Rater
from tests import factories
from tests.conftest import address_of, browser, make_services, post
from tests.credential_workshop import said
from tests.databases import Databases
from tests.factories import NOW, TODAY, add
from tests.pdf_reader import Pdf
from tests.people import People, settle
from tests.qr_reader import matrix_of, read
from tests.sharing_desk import SITE, plant, signing

CODE = re.compile(r'viewBox="0 0 (\d+) \d+" role="img"[^>]*>.*?<path [^>]*d="([^"]+)"')
ALL = "?name=1&email=1&own=1"
WORD = re.compile(r"[가-힣]+")
needs_pdf = pytest.mark.skipif(
    not pdf.is_available(), reason="the libraries that draw PDF are missing"
)


@dataclass
class Hall:
    services: Services
    people: People
    owner: TestClient
    stranger: TestClient
    plain: TestClient
    """The owner again, at a service that signs nothing."""


@pytest.fixture(scope="module")
def hall(databases: Databases, empty_url: str) -> Iterator[Hall]:
    unsigned = make_services(databases.copy(empty_url))
    services = signing(unsigned)
    people = settle(services)
    with services.database.writing() as session:
        plant(session, people)
        _more(session, people)
    clients = []
    for ready, person in (
        (services, people.youth), (services, people.far_youth), (unsigned, people.youth),
    ):  # fmt: skip
        client = browser(ready)
        email = "canary-mail@example.com" if person is people.youth else person.email
        assert post(client, "/login", {"email": email, "password": person.password}).is_redirect
        clients.append(client)
    yield Hall(services, people, *clients)
    services.close()


def _more(session: Session, people: People) -> None:
    """A judged skill, a shown project, and a failed attempt that is nobody's business."""
    youth_id = people.youth.youth_id or 0
    factories.skill_record(
        session, youth_id, "sql", level=4, rater=Rater.COORDINATOR, verification=2
    )
    shown = factories.project(session, people.youth.organisation_id or 0, title="바람 지도")
    shown.shown_on = TODAY
    factories.project_member(session, shown.id or 0, youth_id)
    add(session, CertificationRecord(
        youth_id=youth_id, certification="DVA", exam_code="DVA-C02", state=AttemptState.FAILED,
        exam_on=TODAY, created_at=NOW, updated_at=NOW,
    ))  # fmt: skip


def visit(client: TestClient, path: str, status: int = 200) -> Any:
    answer = client.get(path)
    assert answer.status_code == status, answer.text[:2000]
    return answer


def scanned(page: str) -> list[str]:
    return [read(matrix_of(path, int(side))) for side, path in CODE.findall(page)]


def verdict(hall: Hall, token: str) -> Verdict:
    with hall.services.reading() as unit:
        known = at_hand.build(unit, hall.services.key_vault)
        return verifying.check(token.encode(), known, recipient=None, now=unit.now).verdict


def test_the_page_tells_how_many_and_its_codes_hold_the_signed_record(hall: Hall) -> None:
    page = visit(hall.owner, f"/youth/record{ALL}&lang=en").text
    assert "You can take 6 entries of your record anywhere" in page
    texts = scanned(page)
    assert all(each.startswith(f"{SITE}/verify#") for each in texts)
    token = parts.join(texts)
    assert verdict(hall, token) is Verdict.VERIFIED
    subject = said(token)["credentialSubject"]
    assert subject["name"] == "canary-name"
    assert [(row["c"], row["v"]) for row in subject["cert"]] == [("SAA", 3)]
    assert subject["skill"] == [{"s": "sql", "l": 4, "v": 2}, {"s": "python", "l": 3, "v": 1}]
    assert (subject["done"], [row["t"] for row in subject["shown"]]) == (
        1,
        ["바람 지도", "canary-project-title"],
    )
    assert "canary-mail" not in json.dumps(said(token))


def test_only_what_was_confirmed_goes_in_unless_more_is_chosen(hall: Hall) -> None:
    page = visit(hall.owner, "/youth/record?lang=en").text
    (text,) = scanned(page)[:1]
    assert text
    subject = said(parts.join(scanned(page)))["credentialSubject"]
    assert {"name", "identifier"} & set(subject) == set()
    assert [row["s"] for row in subject["skill"]] == ["sql"]
    assert "Entries on your own word that were left out: 1." in page
    assert "canary-name" not in page.partition("<main")[2]


def test_nothing_of_anybody_else_and_nothing_that_is_no_pass_goes_in(hall: Hall) -> None:
    answer = visit(hall.stranger, f"/youth/record{ALL}").text.partition("<main")[2]
    assert "canary" not in answer
    assert "아직 가져갈 확인된 기록이 없어요" in answer
    assert scanned(answer) == []
    own = visit(hall.owner, f"/youth/record.jwt{ALL}").text
    for word in ("DVA", "canary-school", "canary-about", "canary-evidence", "canary-idea"):
        assert word not in json.dumps(said(own), ensure_ascii=False)


def test_the_file_is_the_whole_record_and_is_saved(hall: Hall) -> None:
    answer = visit(hall.owner, "/youth/record.jwt?own=1")
    assert answer.headers["content-type"] == "application/vc+jwt"
    assert re.fullmatch(
        r'attachment; filename="oreum-record-\d{4}-\d\d-\d\d\.jwt"',
        answer.headers["content-disposition"],
    )
    assert verdict(hall, answer.text) is Verdict.VERIFIED
    head, body, signature = answer.text.split(".")
    forged = {**said(answer.text), "credentialSubject": {"done": 9}}
    body = base64.urlsafe_b64encode(json.dumps(forged).encode()).rstrip(b"=").decode()
    assert verdict(hall, f"{head}.{body}.{signature}") is Verdict.INVALID


def test_a_record_too_long_for_codes_is_shortened_there_and_whole_in_the_file(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_BYTES", 260)
    page = visit(hall.owner, "/youth/record?own=1&lang=en").text
    told = said(parts.join(scanned(page)))["credentialSubject"]
    assert told["left"] == 4
    assert "The codes are full: 4 entries stand in the signed file only." in page
    whole = said(visit(hall.owner, "/youth/record.jwt?own=1").text)["credentialSubject"]
    assert len(whole["skill"]) == 2
    assert "left" not in whole


def test_where_nothing_is_signed_the_page_says_so_and_the_paper_still_comes(hall: Hall) -> None:
    page = visit(hall.plain, "/youth/record?lang=en").text
    assert "For now it can only be taken along unsigned." in page
    assert (scanned(page), "/youth/record.jwt" in page) == ([], False)
    assert visit(hall.plain, "/youth/record.jwt", 303).headers["location"] == "/youth/record"


@pytest.mark.parametrize("query", ["?name=2&x=1", "?own=1&own=1", "?name[]=1"])
def test_a_query_that_means_nothing_is_refused_in_words(hall: Hall, query: str) -> None:
    for path in ("/youth/record", "/youth/record.pdf", "/youth/record.jwt"):
        assert visit(hall.owner, path + query, 422).headers["content-type"].startswith("text/html")


@needs_pdf
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_paper_is_tagged_in_its_language_and_holds_our_typeface_alone(
    hall: Hall, language: str
) -> None:
    answer = visit(hall.owner, f"/youth/record.pdf{ALL}&lang={language}")
    assert answer.headers["content-type"] == "application/pdf"
    paper = Pdf(answer.content)
    assert (paper.pages, paper.languages) == (1, {language})
    assert b"/StructTreeRoot" in paper.inside
    assert b"pdfuaid" in paper.inside
    assert len(paper.font_files) > 3
    assert {each[:4] for each in paper.font_files} == {b"Part"}
    text = " ".join(paper.pieces)
    names = {"ko": ("canary-name", "바람", "전자서명"), "en": ("canary-name", "Proof", "Level")}
    assert [name for name in names[language] if name not in text] == []
    assert "\0" not in text


@needs_pdf
def test_every_korean_word_of_the_paper_is_in_one_piece_and_the_head_comes_again(
    hall: Hall,
) -> None:
    with hall.services.database.writing() as session:
        youth_id = hall.people.far_youth.youth_id or 0
        slugs = [each.slug for each in load_taxonomy().skills if not each.is_licence][:34]
        for at, slug in enumerate(slugs):
            factories.skill_record(session, youth_id, slug, level=1 + at % 5, verification=2)
        shown = factories.project(session, hall.people.youth.organisation_id or 0)
        shown.title = "제주바람세기예측지도만들기 " * 6
        shown.shown_on = TODAY
        session.add(shown)
        factories.project_member(session, shown.id or 0, youth_id)
    paper = Pdf(visit(hall.stranger, "/youth/record.pdf?name=1").content)
    assert paper.pages == 2
    assert [each for each in paper.pieces if WORD.search(each) and "\n" in each] == []
    assert sum(each == "제주바람세기예측지도만들기" for each in paper.pieces) == 6
    page = visit(hall.stranger, "/youth/record?name=1").text
    words = set(WORD.findall(" ".join(re.findall(r'<p class="small dim">([^<]*)</p>', page))))
    printed = {word for piece in paper.pieces for word in WORD.findall(piece)}
    assert len(words & printed) > 40
    assert sum(TODAY.isoformat() in each and "·" in each for each in paper.pieces) == 1


def test_without_the_libraries_the_paper_is_refused_in_words(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    answer = visit(hall.owner, "/youth/record.pdf?own=1&lang=en", 503)
    assert "No PDF can be made at the moment" in answer.text
    assert 'href="/youth/record?own=1"' in answer.text


def test_the_page_that_checks_carries_the_key_and_both_lists(hall: Hall) -> None:
    page = visit(hall.stranger, "/verify?lang=en").text
    pinned = json.loads(html.unescape(re.findall(r'data-pinned="([^"]*)"', page)[0]))
    ((did, issuer),) = pinned["issuers"].items()
    assert did == "did:web:oreum.example"
    assert [each["id"].partition("#")[0] for each in issuer["keys"]] == [did] * len(issuer["keys"])
    assert sorted(each["purposes"] for each in pinned["lists"].values()) == [
        ["revocation"], ["suspension"],
    ]  # fmt: skip
    assert set(pinned["words"]["ko"]) == set(pinned["words"]["en"])
    assert "canary" not in page.partition("<main")[2]
    assert {name for each in issuer["keys"] for name in each} == {"id", "x"}


def test_the_page_that_checks_is_one_file_that_may_run_nothing_but_itself(hall: Hall) -> None:
    answer = visit(browser(hall.services), "/verify.html")
    assert answer.headers["content-disposition"] == 'attachment; filename="oreum-verify.html"'
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    text = answer.text
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    policy = html.unescape(policy)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    scripts = re.findall(r"<script>(.*?)</script>", text, re.S)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.S)
    assert len(scripts) == text.count("<script") == 2
    for inside in (*scripts, style):
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    outside = re.sub(
        r'data-pinned="[^"]*"', "", re.sub(r"<script>.*?</script>", "", text, flags=re.S)
    )
    assert re.findall(r"\b(?:src|href|action|srcset)=|url\(|@import", outside) == []


def test_the_meaning_of_the_short_words_is_published_where_records_say(hall: Hall) -> None:
    token = visit(hall.owner, "/youth/record.jwt").text
    address = said(token)["@context"][1]
    assert address == SITE + record.CONTEXT_PATH
    answer = visit(browser(hall.services), address.removeprefix(SITE))
    assert answer.headers["content-type"] == "application/ld+json"
    assert answer.json() == record.context(SITE)


def test_the_command_writes_the_same_file(
    hall: Hall, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from matcher.cli import app

    monkeypatch.setenv("DATABASE_URL", address_of(hall.services))
    monkeypatch.setenv("OREUM_TODAY", TODAY.isoformat())
    out = tmp_path / "verify.html"
    found = CliRunner().invoke(app, ["verifier", "--out", str(out)])
    assert found.exit_code == 0, found.output
    text = out.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "data-pinned" in text
    assert CliRunner().invoke(app, ["verifier", "--out", str(tmp_path)]).exit_code == 2
