"""The pages of proofs, duplicates and outcomes: what each side sees, and bad input."""

import re
from urllib.parse import unquote

import html5lib
import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.wiring import Services
from models.people_desk import DistinctPair, Evidence, EvidenceBlob, EvidenceState, PersonMerge
from models.skill import SkillRecord
from tests import factories
from tests.conftest import SignIn, post
from tests.coordinator_desk import certificate, young
from tests.factories import PICTURE
from tests.people import People, Person
from tests.unit.exchange.test_evidence_files import PDF, jpeg

SKILL = {"about": "skill-python", "level": "3", "title": "", "skill": "", "note": "캡스톤"}
VERSION = re.compile(r'name="version" value="(\d+)"')
HANGUL = re.compile(r"[가-힣]+")


def visit(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    parser = html5lib.HTMLParser()
    parser.parse(answer.text)
    assert parser.errors == []
    assert len(re.findall("<h1", answer.text)) == 1
    return answer.text


def upload(client: TestClient, body: dict[str, str], data: bytes = PICTURE, name: str = "a.png"):  # type: ignore[no-untyped-def]
    return post(client, "/youth/evidence", dict(body), files={"file": (name, data, "image/png")})


def scene(services: Services, people: People) -> None:
    with services.database.writing() as session:
        factories.skill_record(session, people.youth.youth_id or 0, "python", level=2)
        certificate(session, people.youth.youth_id)


def test_from_upload_to_the_next_proof_in_two_clicks_an_item(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene(services, people)
    me, desk = sign_in(people.youth), sign_in(people.coordinator)
    text = visit(me, "/youth/evidence")
    certificate_id = re.findall(r'value="(certificate-\d+)"', text)[0]
    assert upload(me, SKILL).status_code == 303
    body = {"about": certificate_id, "note": ""}
    assert upload(me, body, PDF, "합격증.pdf").status_code == 303
    first = post(desk, "/coordinator/evidence/next").headers["location"]
    page = visit(desk, first)
    assert f'src="{first}/file"' in page
    assert "캡스톤" in page
    answer = post(desk, f"{first}/accept", {"version": VERSION.findall(page)[0], "level": "3"})
    second = answer.headers["location"]
    assert answer.status_code == 303
    assert second != first
    page = visit(desk, second)
    assert "<img" not in page
    assert "내려받아" in page
    body = {"version": VERSION.findall(page)[-1], "reason": "original"}
    assert post(desk, f"{second}/accept", body).headers["location"] == "/coordinator/evidence"
    text = visit(me, "/youth/evidence")
    assert text.count("받아들임") == 2
    with services.database.reading() as session:
        row = session.exec(select(SkillRecord).where(SkillRecord.rater == "coordinator")).one()
    assert (row.level, row.verification) == (3, 2)


def test_a_file_is_shown_or_saved_and_may_run_nothing(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene(services, people)
    me, desk = sign_in(people.youth), sign_in(people.coordinator)
    course = SKILL | {"about": "course", "title": "과정", "skill": "파이썬"}
    upload(me, SKILL, jpeg(), "사진.jpg")
    upload(me, course, PDF, "이수증 2026.pdf")
    with services.database.reading() as session:
        numbers = [row.id for row in session.exec(select(Evidence).order_by(Evidence.id))]  # type: ignore[arg-type]
    for client, base in ((me, "/youth"), (desk, "/coordinator")):
        shown, saved = (client.get(f"{base}/evidence/{number}/file") for number in numbers)
        assert (shown.headers["content-type"], saved.headers["content-type"]) == (
            "image/jpeg", "application/pdf",
        )  # fmt: skip
        assert saved.content == PDF
        for answer, kind, name in (
            (shown, "inline", "사진.jpg"), (saved, "attachment", "이수증 2026.pdf"),
        ):  # fmt: skip
            disposition = answer.headers["content-disposition"]
            assert disposition.startswith(f'{kind}; filename="')
            assert unquote(disposition.split("filename*=UTF-8''")[1]) == name
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["content-security-policy"].endswith("; sandbox")
            assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("changed", "data", "name", "status", "field"),
    [
        ({}, PICTURE, "a.pdf", 415, "file"),
        ({}, PICTURE, "a.xlsx", 415, "file"),
        ({}, b"<html><script>", "a.png", 415, "file"),
        ({}, b"<svg/>", "a.png", 415, "file"),
        ({}, b"", "a.png", 422, "file"),
        ({}, b"", "", 422, "file"),
        ({}, PICTURE[:-10], "a.png", 422, "file"),
        ({}, PICTURE, "900101-1234567.png", 422, "file"),
        ({}, PICTURE + bytes(10 * 1_048_576), "a.png", 413, "file"),
        ({"about": ""}, PICTURE, "a.png", 422, "about"),
        ({"about": "skill-rust"}, PICTURE, "a.png", 303, ""),
        ({"about": "skill-no-such"}, PICTURE, "a.png", 422, "about"),
        ({"about": "certificate-999"}, PICTURE, "a.png", 422, "about"),
        ({"about": "../../etc"}, PICTURE, "a.png", 422, "about"),
        ({"about": "course"}, PICTURE, "a.png", 422, "skill"),
        ({"about": "course", "skill": "파이썬"}, PICTURE, "a.png", 422, "title"),
        ({"level": ""}, PICTURE, "a.png", 422, "level"),
        ({"level": "6"}, PICTURE, "a.png", 422, "level"),
        ({"note": "900101-1234567"}, PICTURE, "a.png", 422, "note"),
        ({"note": "가" * 501}, PICTURE, "a.png", 422, "note"),
        ({"extra": "1"}, PICTURE, "a.png", 422, "extra"),
    ],
)
def test_a_refused_upload_is_told_by_its_field_and_stores_nothing(
    services: Services,
    people: People,
    sign_in: SignIn,
    changed: dict[str, str],
    data: bytes,
    name: str,
    status: int,
    field: str,
) -> None:
    scene(services, people)
    answer = upload(sign_in(people.youth), SKILL | changed, data, name)
    assert answer.status_code == status
    with services.database.reading() as session:
        stored = len(session.exec(select(EvidenceBlob)).all())
    assert stored == (1 if status == 303 else 0)
    if field:
        assert f'href="#f-{field}"' in answer.text
        assert "1234567" not in answer.text or field != "file"
        if field != "note":
            assert "캡스톤" in answer.text


def test_a_huge_or_broken_body_is_refused_before_anything_is_read(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.youth)
    answer = upload(client, SKILL, bytes(12 * 1_048_576))
    assert answer.status_code == 413
    token = re.findall(r'name="csrf" value="([0-9a-f]+)"', visit(client, "/youth/evidence"))[0]
    headers = {"Sec-Fetch-Site": "same-origin"}
    many = [("file", (f"{n}.png", PICTURE, "image/png")) for n in range(50)]
    for options in (
        {"data": {**SKILL, "csrf": token}, "files": many},
        {"content": b"--x\r\n", "headers": {"Content-Type": "multipart/form-data"}},
        {"content": b"--x\r\n" * 5, "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
    ):
        sent = {**options, "headers": headers | options.get("headers", {})}  # type: ignore[operator]
        answer = client.post("/youth/evidence", **sent)  # type: ignore[arg-type]
        assert 400 <= answer.status_code < 500, options
    with services.database.reading() as session:
        assert session.exec(select(Evidence)).all() == []


def test_answers_that_cannot_be_leave_the_proof_where_it_is(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        number = factories.evidence(session, people.youth.youth_id or 0).id
    client, path = sign_in(people.coordinator), f"/coordinator/evidence/{number}"
    assert post(client, f"{path}/accept", {"version": "1", "level": "3"}).status_code == 409
    assert post(client, f"{path}/claim").status_code == 303
    assert post(client, f"{path}/claim").status_code == 303
    version = VERSION.findall(visit(client, path))[0]
    for act, body, status in (
        ("accept", {"level": "9"}, 422),
        ("accept", {"level": ""}, 422),
        ("accept", {"level": "3", "version": "1"}, 409),
        ("return", {"return_reason": ""}, 422),
        ("return", {"return_reason": "rude"}, 422),
        ("return", {"return_reason": "other"}, 422),
        ("skip", {"version": "x"}, 422),
        ("undo", {}, 409),
    ):
        answer = post(client, f"{path}/{act}", {"version": version} | body)
        assert answer.status_code == status, (act, body)
    with services.database.reading() as session:
        assert session.get_one(Evidence, number).state is EvidenceState.IN_REVIEW


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_opens_in_both_languages(
    services: Services, people: People, sign_in: SignIn, language: str
) -> None:
    scene(services, people)
    with services.database.writing() as session:
        youth_id = people.youth.youth_id or 0
        young(session, "ha.neul", people.coordinator.organisation_id)
        numbers = {
            state: factories.evidence(
                session, youth_id, state=state, data=state.value.encode(), comment="흐림",
                reviewer_account_id=people.coordinator.account_id,
            ).id
            for state in EvidenceState
        }  # fmt: skip
        for n, state in enumerate(("proposed", "confirmed", "rejected"), start=1):
            day = factories.TODAY.replace(month=7, day=n)
            factories.outcome(session, youth_id, state=state, started_on=day)
    lang = f"lang={language}"
    for person, base in ((people.coordinator, "/coordinator"), (people.centre, "/centre")):
        client = sign_in(person)
        for show in ("open", "accepted", "returned"):
            visit(client, f"{base}/evidence?show={show}&{lang}")
        for show in ("proposed", "due", "unknown", "confirmed", "rejected"):
            visit(client, f"{base}/outcomes?show={show}&youth={youth_id}&{lang}")
        visit(client, f"{base}/duplicates?{lang}")
        visit(client, f"{base}/duplicates?pair={youth_id}-{people.other_youth.youth_id}&{lang}")
    desk = sign_in(people.coordinator)
    for state, number in numbers.items():
        status = 404 if state is EvidenceState.WITHDRAWN else 200
        visit(desk, f"/coordinator/evidence/{number}?{lang}", status)
    me = sign_in(people.youth)
    for path in ("/youth/evidence", "/youth/outcome"):
        assert f'<html lang="{language}"' in visit(me, f"{path}?{lang}")


def forms(text: str, action: str) -> dict[str, str]:
    """The hidden and chosen values of the form that goes to `action`."""
    form = text[text.index(f'action="{action}"') :]
    form = form[: form.index("</form>")]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    radio = dict(re.findall(r'type="radio" id="[^"]+" name="(\w+)" value="(\d+)" checked', form))
    return {**hidden, **radio}


def test_a_pair_is_merged_taken_back_and_told_apart_on_the_page(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        twin = young(session, "ha.neul", people.coordinator.organisation_id, about="옛 기록")
    client, kept = sign_in(people.coordinator), people.youth.youth_id
    text = visit(client, "/coordinator/duplicates")
    assert f"pair={kept}-{twin}#pair" in text
    text = visit(client, f"/coordinator/duplicates?pair={kept}-{twin}")
    body = forms(text, "/coordinator/duplicates/merge")
    assert (body["keep"], body["about"]) == (str(kept), str(kept))
    wrong = body | {"keep": "999999"}
    assert post(client, "/coordinator/duplicates/merge", wrong).status_code == 422
    assert post(client, "/coordinator/duplicates/merge", body | {"state": "x"}).status_code == 422
    merged = post(client, "/coordinator/duplicates/merge", body | {"about": str(twin)})
    assert merged.status_code == 303
    with services.database.reading() as session:
        number = session.exec(select(PersonMerge)).one().id
    assert post(client, f"/coordinator/duplicates/{number}/undo").status_code == 303
    assert post(client, f"/coordinator/duplicates/{number}/undo").status_code == 404
    body = forms(text, "/coordinator/duplicates/apart")
    assert post(client, "/coordinator/duplicates/apart", body).status_code == 303
    assert f"pair={kept}-{twin}" not in visit(client, "/coordinator/duplicates")
    with services.database.reading() as session:
        assert len(session.exec(select(DistinctPair)).all()) == 1


@pytest.mark.parametrize("who", ["youth", "coordinator"])
def test_outcomes_are_told_confirmed_and_refused_by_field(
    services: Services, people: People, sign_in: SignIn, who: str
) -> None:
    person: Person = getattr(people, who)
    path = "/youth/outcome" if who == "youth" else "/coordinator/outcomes"
    body = {
        "kind": "founded", "started_on": "2026-08-01", "organisation_name": "데모 창업",
        "sector": "bio", "in_jeju": "yes",
    }  # fmt: skip
    more = {} if who == "youth" else {"youth_id": str(people.youth.youth_id), "ended_on": ""}
    client = sign_in(person)
    for changed, field in (
        ({"kind": "rich"}, "kind"),
        ({"started_on": "2026-13-01"}, "started_on"),
        ({"started_on": "1999-01-01"}, "started_on"),
        ({"in_jeju": "maybe"}, "in_jeju"),
        ({"organisation_name": "가" * 121}, "organisation_name"),
    ):
        answer = post(client, path, body | more | changed)
        assert (answer.status_code, f'href="#f-{field}"' in answer.text) == (422, True)
    assert post(client, path, body | more).status_code == 303
    assert post(client, path, body | more).status_code == 422
    if who == "youth":
        desk = sign_in(people.coordinator)
        text = visit(desk, "/coordinator/outcomes")
        action = re.findall(r'action="(/coordinator/outcomes/\d+)"', text)[0]
        sent = forms(text, action) | {"to": "confirm"}
        assert post(desk, action, sent).status_code == 303
        assert post(desk, action, sent).status_code == 409
    desk = sign_in(people.coordinator)
    text = visit(desk, "/coordinator/outcomes?show=due")
    action = re.findall(r'action="(/coordinator/outcomes/\d+/checks)"', text)[0]
    sent = forms(text, action) | {"still": "yes", "in_jeju": "yes"}
    assert post(desk, action, sent | {"months": "4"}).status_code == 422
    assert post(desk, action, sent).status_code == 303
    assert post(desk, action, sent).status_code == 409
