"""The own CV as files, and a CV brought from elsewhere: what is read, kept, refused and given."""

import csv
import html
import io
import json
import re
from datetime import date
from typing import Any

import html5lib
import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from matcher.wiring import Services
from models.attendance import Credential
from models.certification import CertificationRecord, LicenceRecord
from models.course import EnrolmentState
from models.credential import ResumeDocument
from models.skill import SkillRecord, UnmappedSkill
from tests import coordinator_desk, factories
from tests.api_client import program
from tests.conftest import SignIn, post
from tests.coordinator_desk import certificate
from tests.factories import NOW
from tests.ical_rules import broken_rules
from tests.people import People

IMPORT, FORMATS, RESUME = (
    "/youth/record/import", "/youth/record/formats", "/youth/record/resume.json",
)  # fmt: skip
CV: dict[str, Any] = {
    "basics": {"name": "Haneul Kim", "image": "https://example.com/me.jpg", "x-pronoun": "they"},
    "work": [{"name": "카페 파도", "x-shift": ["토", "일"]}],
    "education": [{"institution": "비밀대학교", "area": "우주"}],
    "skills": [
        {"name": "Web", "keywords": ["Docker", "없는기술XYZ"]},
        {"name": "파이썬", "level": "Advanced"},
        {"name": "Kubernetes"},
    ],
    "certificates": [
        {"name": "AWS Certified Cloud Practitioner", "date": "2026-06-01", "issuer": "AWS"},
        {"name": "SAA-C03", "date": "2026-08-03", "url": "https://www.credly.com/badges/x"},
        {"name": "AWS Certified Developer - Associate", "date": "2026-08"},
        {"name": "정보처리기사", "date": "2026-08-05"},
    ],
    "x-hobby": {"surf": 1},
}


def text_of(cv: dict[str, Any] = CV) -> str:
    return json.dumps(cv).replace('"surf": 1', '"surf": 1.0')


def look(client: TestClient, cv: dict[str, Any] = CV) -> str:
    answer = post(client, IMPORT, {"step": "look", "document": text_of(cv)})
    assert answer.status_code == 200, answer.text
    return sound(answer.text)


def sound(text: str) -> str:
    parser = html5lib.HTMLParser()
    parser.parse(text)
    assert parser.errors == []
    assert len(re.findall("<h1", text)) == 1
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert sorted(set(ids)) == sorted(ids)
    return text


def document_in(text: str) -> str:
    found = re.search(r'name="document" value="([^"]*)"', text)
    assert found is not None
    return html.unescape(found[1])


def stored(services: Services, kind: type[Any]) -> list[Any]:
    with services.database.reading() as session:
        return list(session.exec(select(kind).order_by(col(kind.id))))


def full_record(services: Services, people: People) -> None:
    """Certificates of every standing, a licence, a finished course and a shown project."""
    youth, host = people.youth.youth_id or 0, people.coordinator.organisation_id or 0
    with services.database.writing() as session:
        factories.skill_record(session, youth, "python", level=3)
        certificate(session, youth, verification=3)
        certificate(session, youth, certification="SAA", exam_code="SAA-C03")
        certificate(
            session, youth, certification="DVA", exam_code="DVA-C02", verification=4,
            exam_on=date(2022, 6, 1), expires_on=date(2025, 6, 1),
        )  # fmt: skip
        factories.add(session, LicenceRecord(
            youth_id=youth, licence="driving-licence", created_at=NOW))  # fmt: skip
        course = coordinator_desk.course(session, host, title_ko="=SUM(1)")
        run = coordinator_desk.run(session, course.id, date(2026, 7, 1), date(2026, 8, 31))
        coordinator_desk.gives(session, course.id, "docker", 2)
        place = coordinator_desk.enrolment(session, run.id, youth, EnrolmentState.COMPLETED)
        factories.add(session, Credential(
            youth_id=youth, enrolment_id=place.id or 0, number="OR-2026-TEST",
            title_ko=course.title_ko, title_en=course.title_en,
            issued_on=date(2026, 9, 1), created_at=NOW))  # fmt: skip
        shown = factories.project(session, host, shown_on=date(2026, 10, 1))
        factories.project_member(session, shown.id or 0, youth)
        hidden = factories.project(session, host, title="아직")
        factories.project_member(session, hidden.id or 0, youth)


def test_nothing_is_written_before_the_yes_and_then_only_what_was_chosen(
    services: Services, people: People, sign_in: SignIn
) -> None:
    me = sign_in(people.youth)
    with services.database.writing() as session:
        certificate(session, people.youth.youth_id)
        factories.skill_record(session, people.youth.youth_id or 0, "kubernetes", level=2)
    text = look(me)
    assert "내 기록에 적을 수 있는 것 3가지를 찾았어요" in text
    assert "basics.image" in text
    assert 'value="python:4" selected' in text
    assert 'value="SAA:2026-08-03"' in text
    assert "AWS Certified Cloud Practitioner" in text.split("그대로 두는 것")[1]
    assert "정보처리기사" in text.split("그대로 두는 것")[1]
    assert stored(services, ResumeDocument) == []
    assert [row.skill for row in stored(services, SkillRecord)] == ["kubernetes"]
    body: dict[str, object] = {
        "step": "keep", "document": document_in(text), "skill": ["docker:2", "", "aws-s3:5"],
        "certificate": ["SAA:2026-08-03", "DVA:2026-08-01"],
        "unknown": ["없는기술XYZ", "지어낸 말"],
    }  # fmt: skip
    answer = post(me, IMPORT, body)
    assert (answer.status_code, answer.headers["location"]) == (303, FORMATS)
    skills = [(row.skill, row.level, row.rater, row.verification) for row in
              stored(services, SkillRecord)]  # fmt: skip
    assert skills == [("kubernetes", 2, "self", 1), ("docker", 2, "self", 1)]
    held = stored(services, CertificationRecord)
    assert [(row.certification, row.verification) for row in held] == [("CLF", 1), ("SAA", 1)]
    assert held[1].proof_url == "https://www.credly.com/badges/x"
    assert [row.text for row in stored(services, UnmappedSkill)] == ["없는기술XYZ"]
    kept = stored(services, ResumeDocument)[0].document
    assert "me.jpg" not in kept
    assert "비밀대학교" in kept
    assert '"surf": 1.0' in kept
    assert "가져온 이력서 지우기" in sound(me.get(FORMATS).text)


def test_export_import_export_is_the_same_file_and_keeps_what_we_do_not_know(
    services: Services, people: People, sign_in: SignIn
) -> None:
    full_record(services, people)
    me = sign_in(people.youth)
    body: dict[str, object] = {"step": "keep", "document": text_of(), "skill": ["kubernetes:3"]}
    assert post(me, IMPORT, body).status_code == 303
    first = me.get(RESUME)
    assert first.headers["content-disposition"].startswith('attachment; filename="oreum-resume-')
    files = {"file": ("cv.json", first.content, "application/json")}
    preview = post(me, IMPORT, {"step": "look"}, files=files).text
    body = {"step": "keep", "document": document_in(preview)}
    assert post(me, IMPORT, body).status_code == 303
    assert me.get(RESUME).content == first.content
    out = first.json()
    assert out["work"] == CV["work"]
    assert out["education"] == CV["education"]
    assert out["basics"]["x-pronoun"] == "they"
    assert out["basics"]["name"] == "Haneul Kim"
    names = [each["name"] for each in out["certificates"]]
    assert names.count("AWS Certified Cloud Practitioner") == 1
    assert '"surf": 1.0' in first.text


def test_the_resume_holds_the_record_and_nothing_that_has_ended(
    services: Services, people: People, sign_in: SignIn
) -> None:
    full_record(services, people)
    me = sign_in(people.youth)
    out = me.get(f"{RESUME}?lang=en").json()
    certificates = {each["name"]: each for each in out["certificates"]}
    assert list(certificates) == [
        "AWS Certified Solutions Architect - Associate", "AWS Certified Cloud Practitioner",
        "Driving licence", "Data work in Python",
    ]  # fmt: skip
    clf = certificates["AWS Certified Cloud Practitioner"]
    assert (clf["issuer"], clf["date"]) == ("Amazon Web Services", "2026-06-01")
    assert clf["x-oreum"]["verification"] == 3
    skills = {each["x-oreum"]["record"]: each["x-oreum"] for each in out["skills"]}
    assert skills["skill:python"]["verification"] == 1
    assert [each["name"] for each in out["projects"]] == ["바람 예보"]
    assert "education" not in out
    korean = sound(me.get(f"{FORMATS}?lang=ko").text)
    assert "끝난 자격: AWS" in korean


def test_elm_claims_only_what_somebody_else_stands_behind(
    services: Services, people: People, sign_in: SignIn
) -> None:
    full_record(services, people)
    me = sign_in(people.youth)
    out = me.get("/youth/record/elm.json").json()
    claims = out["hasClaim"]
    titles = [each["title"]["en"] for each in claims]
    assert titles == ["AWS Certified Cloud Practitioner", "Data work in Python"]
    assert out["type"] == "Person"
    assert "EuropeanDigitalCredential" not in json.dumps(out)
    awarded = claims[0]["awardedBy"]
    assert awarded["awardingDate"] == "2026-06-01T00:00:00+09:00"
    assert awarded["awardingBody"][0]["legalName"] == {"en": "Amazon Web Services"}
    spec = claims[1]["specifiedBy"]
    assert spec["learningOutcome"][0]["title"]["en"] == "Docker"
    assert "relatedESCOSkill" not in spec["learningOutcome"][0]
    assert me.get("/youth/record/elm.json").content == me.get("/youth/record/elm.json").content


def test_tables_open_in_a_spreadsheet_and_run_nothing(
    services: Services, people: People, sign_in: SignIn
) -> None:
    full_record(services, people)
    me = sign_in(people.youth)
    skills = me.get("/youth/record/skills.csv?lang=en").content
    assert skills.startswith(b"\xef\xbb\xbfskill,name,level,verification,rater\r\n")
    assert b"python,Python,3,1,self\r\n" in skills
    held = me.get("/youth/record/certificates.csv?lang=ko").content
    rows = list(csv.DictReader(io.StringIO(held.decode("utf-8-sig"))))
    assert [row["종류"] for row in rows] == ["certificate"] * 3 + ["licence", "course"]
    assert rows[-1]["이름"] == "'=SUM(1)"
    assert "2025-06-01" in [row["끝나는 날"] for row in rows]


def test_the_calendar_file_is_the_calendar(
    services: Services, people: People, sign_in: SignIn
) -> None:
    full_record(services, people)
    answer = sign_in(people.youth).get("/youth/record/calendar.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert broken_rules(answer.content) == []
    assert b"BEGIN:VEVENT" in answer.content


BAD = [
    ("", "파일을 고르거나 아래에 붙여 넣어 주세요."),
    ("{", "1줄에서 JSON 문법이 틀렸어요."),
    ('{"a": 1, "a": 2}', "같은 이름이 두 번"),
    ('{"a": NaN}', "JSON에 없는 수가 들어 있어요: NaN"),
    ('{"a": "\\ud800"}', "깨진 글자가 들어 있어요: a"),
    ("[" * 5000, "너무 깊이"),
    ('{"skills": [{"name": 1}, "x"]}', "skills.0.name: 글이 와야 해요. skills.1: 묶음"),
    ('{"work": [{"summary": "900101-1234567"}]}', "work.0.summary: 주민등록번호로"),
    ('{"x": "' + "y" * 110_000 + '"}', "7만 자까지"),
]


@pytest.mark.parametrize(("document", "said"), BAD, ids=[each[1] for each in BAD])
@pytest.mark.parametrize("step", ["look", "keep"])
def test_a_refused_document_is_told_with_its_place_and_not_lost(
    services: Services, people: People, sign_in: SignIn, document: str, said: str, step: str
) -> None:
    me = sign_in(people.youth)
    answer = post(me, IMPORT, {"step": step, "document": document})
    assert answer.status_code == 422
    text = sound(answer.text)
    assert said in html.unescape(text)
    assert html.escape(document, quote=False).replace('"', "&#34;") in text
    assert stored(services, ResumeDocument) == []


def test_a_file_is_refused_beside_its_field(
    services: Services, people: People, sign_in: SignIn
) -> None:
    me = sign_in(people.youth)
    for data in (b"\xff\xfe\x00", b"\x89PNG\r\n", b'{"a": "' + b"x" * 9_000_000 + b'"}'):
        files = {"file": ("cv.json", data, "application/json")}
        answer = post(me, IMPORT, {"step": "look"}, files=files)
        assert answer.status_code == 422
        assert 'id="f-file-error"' in sound(answer.text)
    answer = post(me, IMPORT, {"step": "look", "document": "x" * 3_000_000})
    assert answer.status_code in (400, 413, 422)
    assert stored(services, ResumeDocument) == []


def test_a_rule_that_refuses_one_certificate_writes_nothing_and_says_which(
    services: Services, people: People, sign_in: SignIn
) -> None:
    """Two passes of one exam within days: the rules of the page for certificates hold here too."""
    with services.database.writing() as session:
        certificate(session, people.youth.youth_id, certification="SAA", exam_code="SAA-C03")
    me = sign_in(people.youth)
    cv = {
        "skills": [{"name": "Docker"}],
        "certificates": [{"name": "SAA", "date": "2026-06-05"}],
    }
    text = look(me, cv)
    body: dict[str, object] = {"step": "keep", "document": document_in(text), "skill": ["docker:2"],
            "certificate": ["SAA:2026-06-05"]}  # fmt: skip
    answer = post(me, IMPORT, body)
    assert answer.status_code == 422
    again = sound(answer.text)
    assert "SAA:" in again
    assert 'value="docker:2" selected' in again
    assert stored(services, SkillRecord) == []
    assert stored(services, ResumeDocument) == []


def test_the_kept_document_is_the_persons_alone_and_goes_when_they_say_so(
    services: Services, people: People, sign_in: SignIn
) -> None:
    me, other = sign_in(people.youth), sign_in(people.other_youth)
    assert post(me, IMPORT, {"step": "keep", "document": text_of()}).status_code == 303
    assert "카페" in me.get(RESUME).text
    assert "카페" not in other.get(RESUME).text
    assert post(other, f"{IMPORT}/remove", {"version": "1"}).status_code == 404
    assert post(me, f"{IMPORT}/remove", {"version": "9"}).status_code == 409
    assert post(me, f"{IMPORT}/remove", {"version": "1"}).status_code == 303
    assert stored(services, ResumeDocument) == []
    assert "카페" not in me.get(RESUME).text


def test_the_api_gives_the_same_file(services: Services, people: People, sign_in: SignIn) -> None:
    me, ask = sign_in(people.youth), program(services, people.youth.account_id)
    body: dict[str, object] = {"step": "keep", "document": text_of()}
    assert post(me, IMPORT, body).status_code == 303
    answer = ask("GET", "/resume")
    assert answer.content == me.get(RESUME).content
    assert answer.headers["content-type"] == "application/json"
