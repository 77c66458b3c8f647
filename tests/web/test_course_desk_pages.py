"""The pages of a desk's courses: a course from nothing to completion, and what they refuse."""

import re
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.wiring import Services
from models.attendance import ClassMeeting, Credential
from models.course import Course, CourseSelection, CourseSession, Enrolment
from tests.conftest import SignIn, post
from tests.coordinator_desk import course, days, gives, run
from tests.people import People

COURSE: dict[str, Any] = {
    "title_ko": "블록체인 기초", "title_en": "Blockchain basics", "field": "블록체인",
    "level": "basic", "kind": "company_project", "sector": "", "content": "첫 줄\n둘째 줄",
    "mode": "offline", "languages": ["en", "ko"], "place": "", "total_hours": "30",
    "fee_krw": "0", "support": "",
    "eligibility": "", "selection": "by_desk", "least_attendance_percent": "80",
    "completion_rule": "", "linked_certification": "", "exam_chance": "", "internship": "",
    "credit": "", "rise_project": "", "rise_code": "", "contact": "", "version": "1",
    "skill_kind": ["gained", "gained"], "skill_text": ["python", ""], "skill_from": ["0", "0"],
    "skill_level": ["2", "2"], "skill_pick": ["", ""],
}  # fmt: skip
SESSION: dict[str, Any] = {
    "starts_on": "2026-11-21", "ends_on": "2026-11-21", "applications_open_on": "2026-11-01",
    "applications_close_on": "2026-11-21", "weekly_hours": "", "seats": "5", "version": "1",
    "slot_day": ["6", ""], "slot_start": ["10:00", ""], "slot_end": ["12:00", ""],
}  # fmt: skip


def visit(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text[:500]
    return answer.text


def h1(text: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.S)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_a_course_from_the_first_form_to_the_credential(
    services: Services, people: People, sign_in: SignIn
) -> None:
    desk, me = sign_in(people.coordinator), sign_in(people.youth)
    base = "/coordinator/courses"
    where = post(desk, f"{base}/new", COURSE).headers["location"]
    assert "기술" in visit(desk, where)
    assert post(desk, f"{where}/sessions/new", SESSION).status_code == 303
    assert post(desk, f"{where}/state", {"to": "published", "version": "2"}).status_code == 303
    with services.database.reading() as session:
        made, held = session.exec(select(Course)).one(), session.exec(select(CourseSession)).one()
        assert (made.field, made.languages, held.weekly_hours) == ("blockchain", "ko;en", 2)
    here = f"{base}/sessions/{held.id}"
    enrol = f"/youth/courses/{made.id}/sessions/{held.id}/enrol"
    read = visit(me, f"/youth/courses/{made.id}")
    assert "대학이 뽑아요" in read
    assert "한국어, 영어" in read
    assert post(me, enrol, {}).status_code == 303
    with services.database.reading() as session:
        row = session.exec(select(Enrolment)).one()
    assert h1(visit(desk, here)) == "뽑기를 기다리는 사람 1명"
    chosen = post(desk, f"{here}/select", {"pick": str(row.id), "decision": "select"})
    assert chosen.status_code == 303
    assert post(desk, f"{here}/meetings", {}).status_code == 303
    with services.database.reading() as session:
        meeting = session.exec(select(ClassMeeting)).one()
    sheet = f"{here}/meetings/{meeting.id}"
    assert h1(visit(desk, sheet)) == "출석을 적지 않은 사람 1명"
    assert post(desk, f"{sheet}/check-in", {"minutes": "10"}).status_code == 303
    with services.database.reading() as session:
        code = session.get_one(ClassMeeting, meeting.id).check_in_code
    assert code in visit(desk, sheet)
    own = f"/youth/enrolments/{row.id}"
    assert post(me, f"{own}/check-in", {"code": "WRONG"}).status_code == 422
    marked = post(desk, sheet, {f"was-{row.id}": "", "fill": "present"})
    assert marked.status_code == 303
    assert post(me, f"{own}/check-in", {"code": code}).status_code == 409
    assert h1(visit(desk, f"{here}/completion")) == "기준을 채운 사람 1명, 못 채운 사람 0명"
    confirm, undo = f"{here}/completion", f"{here}/completion/{row.id}/undo"
    assert post(desk, confirm, {"seen": f"{row.id}-meets"}).status_code == 303
    assert post(desk, undo, {}).status_code == 303
    again = post(desk, undo, {})
    assert again.status_code == 409
    assert "오늘 적은 결과만" in again.text
    many = f"{here}/completion/undo"
    assert post(desk, many, {}).status_code == 422
    assert post(desk, many, {"result": str(row.id)}).status_code == 409
    assert post(desk, confirm, {"seen": f"{row.id}-meets"}).status_code == 303
    assert post(desk, many, {"result": str(row.id)}).status_code == 303
    assert post(desk, confirm, {"seen": f"{row.id}-meets"}).status_code == 303
    with services.database.reading() as session:
        number = session.exec(select(Credential)).one().number
    assert number in visit(me, f"/youth/credentials/{number}")
    assert h1(visit(me, own)) == "과정을 마쳤어요"
    visit(sign_in(people.other_youth), f"/youth/credentials/{number}", 404)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title_ko": ""}, "title_ko"),
        ({"languages": ["ko", "xx"]}, "languages"),
        ({"total_hours": "0"}, "total_hours"),
        ({"least_attendance_percent": "101"}, "least_attendance_percent"),
        ({"kind": "party"}, "kind"),
        ({"skill_text": ["이런 기술은 없다", ""]}, "skill-0"),
        ({"skill_level": ["2"]}, "skills"),
        ({"fee_krw": "많이"}, "fee_krw"),
        ({"role": "admin"}, "role"),
    ],
)
def test_a_bad_course_is_refused_by_its_field_and_nothing_typed_is_lost(
    services: Services, people: People, sign_in: SignIn, changed: dict[str, Any], field: str
) -> None:
    answer = post(sign_in(people.coordinator), "/coordinator/courses/new", COURSE | changed)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert "Blockchain basics" in answer.text
    assert "1곳을 다시 적어 주십시오." in answer.text
    assert "주세요" not in answer.text
    with services.database.reading() as session:
        assert session.exec(select(Course)).all() == []


def test_a_stale_course_form_shows_both_texts(
    services: Services, people: People, sign_in: SignIn
) -> None:
    desk = sign_in(people.coordinator)
    where = post(desk, "/coordinator/courses/new", COURSE).headers["location"]
    assert post(desk, f"{where}/edit", COURSE | {"title_ko": "먼저"}).status_code == 303
    answer = post(desk, f"{where}/edit", COURSE | {"title_ko": "나중"})
    assert answer.status_code == 409
    assert "먼저" in answer.text
    assert "나중" in answer.text


@pytest.mark.parametrize(
    "body",
    [
        {"mark-1": "present"},
        {"was-1": "", "mark-1": "ill"},
        {"was-1": "", "mark-99999999999": "present"},
        {"was-x": ""},
        {"was-1": ["", ""]},
        {"other": "1"},
    ],
)
def test_a_sheet_takes_only_what_it_showed(
    services: Services, people: People, sign_in: SignIn, body: dict[str, Any]
) -> None:
    with services.database.writing() as session:
        own = course(session, people.coordinator.organisation_id)
        held = run(session, own.id, days(-1), days(1))
        meeting = ClassMeeting(
            session_id=held.id, held_on=days(0), starts="10:00", ends="11:00", mode="online"
        )
        session.add(meeting)
        session.flush()
        path = f"/coordinator/courses/sessions/{held.id}/meetings/{meeting.id}"
    assert post(sign_in(people.coordinator), path, body).status_code == 422


def test_the_centre_sees_every_universitys_course_and_a_coordinator_the_own_only(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        paths = []
        for person in (people.coordinator, people.other_coordinator):
            own = course(session, person.organisation_id, selection=CourseSelection.BY_DESK)
            gives(session, own.id, "python", 2)
            held = run(session, own.id, days(3), days(9))
            paths += [f"/courses/{own.id}", f"/courses/sessions/{held.id}/completion"]
    centre, desk = sign_in(people.centre), sign_in(people.coordinator)
    for path in paths:
        visit(centre, f"/centre{path}")
    for path, status in zip(paths, (200, 200, 404, 404), strict=True):
        visit(desk, f"/coordinator{path}", status)


def test_a_room_is_booked_once_and_a_youth_sees_no_names(
    services: Services, people: People, sign_in: SignIn
) -> None:
    desk, me, other = (
        sign_in(each) for each in (people.coordinator, people.youth, people.other_youth)
    )
    venue = {"name_ko": "실습동", "place": "", "name_en": "", "opens": "09:00", "closes": "18:00"}
    where = post(desk, "/coordinator/venues", venue).headers["location"]
    item = {"kind": "pc", "item_ko": "PC", "item_en": "", "count": "1", "is_for_youth": "1"}
    assert post(desk, f"{where}/items", item).status_code == 303
    hour = {"day": "2026-11-23", "starts": "10:00", "ends": "11:00"}
    assert post(me, "/youth/venues/1/book", hour).status_code == 303
    assert post(other, "/youth/venues/1/book", hour).status_code == 409
    theirs = visit(other, "/youth/venues?day=2026-11-23")
    assert "haneul" not in theirs
    assert "<span>jejunu 데모</span><span>실습동</span>" in theirs
    assert "haneul" in visit(desk, f"{where}?day=2026-11-23")
    assert post(other, "/youth/bookings/1/cancel", {}).status_code == 404
    late = {"day": "2026-11-23", "starts": "17:00", "ends": "19:00"}
    assert post(other, "/youth/venues/1/book", late).status_code == 422
    assert post(desk, f"{where}/bookings/1/cancel", {}).status_code == 303
    assert post(other, "/youth/venues/1/book", hour).status_code == 303
    assert visit(sign_in(people.far_youth), "/youth/venues").count("/book") == 0
    visit(desk, f"{where}?day=yesterday", 422)
