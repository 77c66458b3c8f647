"""The public course feed: as a file, fetched from a server, undone, and kept out of promises."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.flows import enrolling, fetching, importing, recommend_courses
from matcher.gateways.course_feed import (
    HOST,
    MOST_BYTES,
    PAGE,
    FeedRefused,
    HttpCourseFeed,
    NullCourseFeed,
    connect,
)
from matcher.refusal import NotFound
from matcher.settings import Settings
from matcher.wiring import Services, build
from models.course import Course, CourseMode, CourseSession
from models.organisation import Organisation
from tests.matching_desk import actor_of
from tests.people import People

XML = (Path(__file__).parents[1] / "data" / "hrdnet_list.xml").read_bytes()


def run(services: Services, data: bytes = XML, **options: Any) -> importing.Imported:
    try:
        with services.writing() as unit:
            return importing.run(unit, "hrdnet", data, "list.xml", **options)
    except importing.DryRun as dry:
        return dry.result


def stored(services: Services) -> list[tuple[Course, CourseSession, str]]:
    with services.database.reading() as session:
        rows = session.exec(
            select(Course, CourseSession, Organisation.slug)
            .where(CourseSession.course_id == Course.id, Organisation.id == Course.organisation_id)
            .order_by(Course.external_id)
        )
        return [(row[0], row[1], row[2]) for row in rows]


def test_the_list_becomes_courses_with_what_it_tells_and_nothing_else(services: Services) -> None:
    told = run(services)
    assert (told.errors, told.rows, told.made) == ((), 2, 4)
    assert "eiEmplRate3" in told.notes[0].text_en
    (other, round_one, lister), (ours, _round, university) = stored(services)
    assert (other.external_id, other.source) == ("DEMO20270001-1", "hrdnet")
    assert (other.provider, lister) == ("데모직업훈련원", "rise-centre")
    assert other.title_ko == "(데모) 클라우드 서버 운영 & 관리"
    assert other.source_url == "https://hrd.work24.go.kr/hrdp/co/demo?id=1"
    assert other.fee_krw == 1_200_000
    assert (other.field, other.kind, other.level, other.total_hours) == ("NCS 20", "", "", 0)
    assert other.content.endswith("자격증: 정보처리기능사")
    assert (round_one.seats, round_one.taken) == (24, 3)
    assert round_one.applications_close_on == date(2027, 1, 10)
    assert (ours.provider, university) == ("", "halla")
    assert (ours.mode, ours.kind, ours.source_url) == (CourseMode.ONLINE, "in_work", "")


def as_json(**changes: object) -> dict[str, object]:
    row = {
        "trprId": "A1", "trprDegr": 2, "title": "과정", "subTitle": "기관", "yardMan": "20",
        "traStartDate": "2027-01-11", "traEndDate": "2027-01-12",
    }  # fmt: skip
    return {**row, **changes}


@pytest.mark.parametrize("wrap", ["plain", "list", "wrapped", "text"])
def test_json_is_taken_however_the_answer_wraps_it(services: Services, wrap: str) -> None:
    inner = {"srchList": [as_json()], "scn_cnt": 1}
    data: object = {
        "plain": inner,
        "list": [as_json()],
        "wrapped": {"returnJSON": inner},
        "text": {"returnJSON": json.dumps(inner)},
    }[wrap]
    with services.writing() as unit:
        told = importing.run(unit, "hrdnet", json.dumps(data).encode(), "list.json")
    assert told.errors == ()
    assert [row[0].external_id for row in stored(services)] == ["A1-2"]


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"trprId": ""}, "trprId", "required"),
        ({"yardMan": "0"}, "yardMan", "number"),
        ({"yardMan": "스무 명"}, "yardMan", "number"),
        ({"traStartDate": "2027-02-30"}, "traStartDate", "date"),
        ({"traEndDate": "2027-01-01"}, "traEndDate", "order"),
        ({"title": "\u0000"}, "title", "control"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_stored(
    services: Services, change: dict[str, object], column: str, code: str
) -> None:
    data = json.dumps([as_json(), as_json(trprDegr=3, **change)]).encode()
    with services.writing() as unit:
        told = importing.run(unit, "hrdnet", data, "list.json")
    assert [(e.line, e.column) for e in told.errors] == [(2, column)]
    assert told.errors[0].code == code or code == "number"
    assert stored(services) == []


@pytest.mark.parametrize(
    "data",
    [
        b"<HRDNet><srchList>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><a><scn_list><title>&x;</title></scn_list></a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"<a>" * 5_000,
        b"<html><body>error</body></html>",
        b'<?xml version="1.0" encoding="none-such"?><a/>',
        b"{",
        b'{"srchList": 5}',
        b"[" * 100_000,
        b"\xff\xfe\x00",
        b"",
    ],
)
@pytest.mark.parametrize("name", ["list.xml", "list.json"])
def test_a_file_that_is_no_list_is_refused_in_words(
    services: Services, data: bytes, name: str
) -> None:
    with services.writing() as unit:
        told = importing.run(unit, "hrdnet", data, name)
    assert told.errors
    assert stored(services) == []


def test_a_look_stores_nothing_and_a_second_look_changes_what_moved(services: Services) -> None:
    assert run(services, dry_run=True).made == 4
    assert stored(services) == []
    run(services)
    assert run(services).is_repeat
    moved = XML.replace(b"2027-01-11", b"2027-01-18").replace(b"<yardMan>24", b"<yardMan>20")
    told = run(services, moved)
    assert (told.made, told.changed) == (0, 1)
    (_course, session, _slug) = stored(services)[0]
    assert (session.starts_on, session.seats) == (date(2027, 1, 18), 20)


def test_a_revert_takes_the_whole_batch_away(services: Services) -> None:
    batch = run(services).batch_id
    assert batch is not None
    with services.writing() as unit:
        importing.revert(unit, batch)
    assert stored(services) == []


def test_a_fed_course_is_listed_and_neither_ranked_nor_enrolled_in_here(
    services: Services, people: People, client: TestClient
) -> None:
    run(services)
    (course, session, _slug) = stored(services)[0]
    text = client.get("/courses").text
    assert "데모직업훈련원" in text
    assert "0시간" not in text
    page = client.get(f"/courses/{course.id}").text
    assert course.source_url in page
    assert "/signup" not in page.partition("<main")[2].partition("</main")[0]
    me = actor_of(people.youth)
    with services.reading(me) as unit:
        listed = recommend_courses.courses_list(unit, me, recommend_courses.CourseQuery())
    assert listed.rows == ()
    with services.writing(me) as unit, pytest.raises(NotFound):
        enrolling.enrol(unit, me, course.id or 0, session.id or 0)


class Feed(BaseHTTPRequestHandler):
    """Answers page by page with what the test put there."""

    answers: dict[int, tuple[int, bytes]]
    asked: list[dict[str, list[str]]]

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        type(self).asked.append(query)
        status, body = type(self).answers[int(query["pageNum"][0])]
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "http://127.0.0.1:9/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_given: object) -> None:
        return


Serve = Callable[[dict[int, tuple[int, bytes]]], HttpCourseFeed]


@pytest.fixture
def serve() -> Iterator[Serve]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Feed.asked = []

    def put(answers: dict[int, tuple[int, bytes]]) -> HttpCourseFeed:
        Feed.answers = answers
        port = server.server_address[1]
        opener: Any = lambda: HTTPConnection("127.0.0.1", port, timeout=2)  # noqa: E731
        return HttpCourseFeed("secret-key", opener)

    yield put
    server.shutdown()
    server.server_close()


def many(first: int, count: int) -> bytes:
    items = "".join(
        f"<scn_list><trprId>P{n}</trprId><trprDegr>1</trprDegr><title>과정 {n}</title>"
        "<subTitle>기관</subTitle><yardMan>20</yardMan><traStartDate>2027-01-11</traStartDate>"
        "<traEndDate>2027-01-12</traEndDate></scn_list>"
        for n in range(first, first + count)
    )
    return f"<HRDNet><srchList>{items}</srchList></HRDNet>".encode()


DAYS = (date(2026, 11, 21), date(2027, 5, 20))


def test_every_page_is_asked_for_jeju_and_imported_as_one_batch(
    services: Services, serve: Serve
) -> None:
    feed = serve({1: (200, many(0, PAGE)), 2: (200, many(PAGE, 5))})
    data = fetching.fetch(feed, *DAYS)
    assert [each["pageNum"] for each in Feed.asked] == [["1"], ["2"]]
    assert Feed.asked[0]["srchTraArea1"] == ["50"]
    assert Feed.asked[0]["srchTraStDt"] == ["20261121"]
    with services.writing() as unit:
        told = importing.run(unit, "hrdnet", data, "feed.json")
    assert (told.errors, told.rows) == ((), PAGE + 5)


def test_a_full_last_page_is_followed_by_an_empty_one(serve: Serve) -> None:
    empty = b"<HRDNet><scn_cnt>0</scn_cnt><srchList/></HRDNet>"
    feed = serve({1: (200, many(0, PAGE)), 2: (200, empty)})
    assert len(json.loads(fetching.fetch(feed, *DAYS))["srchList"]) == PAGE


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((302, b""), "HTTP 302"),
        ((500, b"no"), "HTTP 500"),
        ((200, b"x" * (MOST_BYTES + 1)), "more than"),
        ((200, b"<HRDNet>"), "page 1: xml"),
        ((200, b'{"error": "key"}'), "page 1"),
    ],
)
def test_whatever_is_no_list_is_refused_and_the_key_is_not_told(
    serve: Serve, answer: tuple[int, bytes], reason: str
) -> None:
    feed = serve({1: answer})
    with pytest.raises(FeedRefused, match=reason) as refused:
        fetching.fetch(feed, *DAYS)
    assert "secret-key" not in str(refused.value) + repr(feed)


def test_a_server_that_is_not_there_is_a_refusal() -> None:
    feed = HttpCourseFeed("key", lambda: HTTPConnection("127.0.0.1", 9, timeout=1))  # type: ignore[arg-type,return-value]
    with pytest.raises(FeedRefused):
        feed.page(1, *DAYS)


def test_by_itself_the_gateway_speaks_to_one_host_by_https_alone() -> None:
    connection = connect()
    assert isinstance(connection, HTTPSConnection)
    assert (connection.host, connection.port) == (HOST, 443)
    assert connection.timeout == 10
    context: Any = vars(connection)["_context"]
    assert context.check_hostname


@pytest.mark.parametrize(
    ("key", "demo", "is_on"), [("", False, False), ("k", False, True), ("k", True, False)]
)
def test_without_a_key_and_in_the_demo_nothing_is_asked(key: str, demo: bool, is_on: bool) -> None:
    ready = build(Settings(DATABASE_URL="sqlite://", hrdnet_key=key, demo=demo))
    assert ready.course_feed.is_on is is_on
    ready.close()
    with pytest.raises(FeedRefused):
        NullCourseFeed().page(1, *DAYS)
