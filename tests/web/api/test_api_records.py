"""Own records through the API: the same rules as on the pages, one effect a request."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import SQLModel, func, select

from matcher.flows import job_offers
from matcher.flows.job_offers import Terms
from matcher.wiring import Services
from models.application import Application, ApplicationState, ClosingCause, LateReason
from models.certification import CertificationRecord
from models.consent import Consent, ConsentPurpose
from models.idempotency import KeptAnswer
from models.skill import SkillRecord
from models.trail import AuditEntry
from models.youth import YouthProfile
from tests import factories
from tests.api_client import Program, program, told
from tests.hiring_desk import set_hiring
from tests.partner_desk import actor, working
from tests.people import People
from tests.promise_desk import put_pass, put_promise

PROFILE = {"affiliation": "none", "status": "enrolled", "sectors": ["space"], "weekly_hours": 10}


@pytest.fixture
def ask(services: Services, people: People) -> Program:
    return program(services, people.youth.account_id)


@pytest.fixture
def other(services: Services, people: People) -> Program:
    return program(services, people.other_youth.account_id)


@pytest.fixture
def opening_id(services: Services, people: People) -> int:
    with services.database.writing() as session:
        row = factories.opening(session, people.partner.organisation_id)
        factories.requirement(session, row.id, "python")
        return int(row.id)


def _count(services: Services, table: type[SQLModel]) -> int:
    with services.database.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def test_a_profile_is_replaced_and_its_version_is_the_etag(ask: Program) -> None:
    first = ask("GET", "/profile")
    assert first.headers["ETag"] == f'"{first.json()["version"]}"'
    changed = ask("PUT", "/profile", json=PROFILE, headers={"If-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.json()["sectors"] == ["space"]
    assert changed.json()["version"] == first.json()["version"] + 1
    assert ask("GET", "/profile").json() == changed.json()


@pytest.mark.parametrize("how", ["header", "body"])
def test_a_stale_version_is_a_conflict_and_changes_nothing(ask: Program, how: str) -> None:
    headers = {"If-Match": '"1"'} if how == "header" else {}
    body = PROFILE | ({"version": 1} if how == "body" else {})
    assert ask("PUT", "/profile", json=body, headers=headers).status_code == 200
    again = ask("PUT", "/profile", json=body | {"weekly_hours": 40}, headers=headers)
    assert again.status_code == 409
    assert ask("GET", "/profile").json()["weekly_hours"] == 10


@pytest.mark.parametrize("tag", ["3", "*", 'W/"1"', '"0"', '"x"', '"1", "2"', '"' + "9" * 30 + '"'])
def test_an_odd_if_match_is_refused(ask: Program, tag: str) -> None:
    answer = ask("PUT", "/profile", json=PROFILE, headers={"If-Match": tag})
    assert (answer.status_code, list(told(answer))) == (422, ["If-Match"])


def test_a_version_is_needed_and_the_two_must_agree(ask: Program) -> None:
    assert list(told(ask("PUT", "/profile", json=PROFILE))) == ["version"]
    both = ask("PUT", "/profile", json=PROFILE | {"version": 2}, headers={"If-Match": '"1"'})
    assert (both.status_code, list(told(both))) == (422, ["version"])


def test_another_university_is_claimed_and_never_confirmed(
    services: Services, people: People, ask: Program
) -> None:
    body = PROFILE | {
        "affiliation": "rise_university",
        "organisation_id": people.far_youth.organisation_id,
        "version": 1,
    }
    answer = ask("PUT", "/profile", json=body)
    assert (answer.status_code, answer.json()["affiliation_state"]) == (200, "claimed")
    with services.database.reading() as session:
        assert session.get_one(YouthProfile, people.youth.youth_id).affiliation_state == "claimed"


def test_a_skill_is_recorded_as_an_own_word_listed_and_withdrawn(ask: Program) -> None:
    made = ask("POST", "/skills", json={"skill": "파이썬", "level": 3})
    assert made.status_code == 201
    shown = made.json()
    assert (shown["slug"], shown["rater"], shown["verification"]) == ("python", "self", 1)
    assert ask("GET", "/skills").json()["items"] == [shown]
    assert ask("DELETE", "/skills/python").status_code == 204
    assert ask("GET", "/skills").json()["total"] == 0
    assert ask("DELETE", "/skills/python").status_code == 404


def test_a_skill_of_another_person_cannot_be_withdrawn(ask: Program, other: Program) -> None:
    assert other("POST", "/skills", json={"skill": "python", "level": 3}).status_code == 201
    assert ask("DELETE", "/skills/python").status_code == 404
    assert other("GET", "/skills").json()["total"] == 1


def test_an_attempt_is_recorded_moved_and_removed(ask: Program, other: Program) -> None:
    made = ask("POST", "/certifications", json={"certification": "SAA", "state": "planned"})
    assert made.status_code == 201
    record = made.json()
    steps = f"/certifications/{record['id']}/steps"
    booked = {"to": "scheduled", "on": "2026-12-12", "version": record["version"]}
    assert other("POST", steps, json=booked).status_code == 404
    refused = ask("POST", steps, json={**booked, "is_minor": True})
    assert (refused.status_code, "has_guardian_consent" in refused.text) == (422, True)
    moved = ask("POST", steps, json=booked)
    assert (moved.status_code, moved.json()["state"]) == (200, "scheduled")
    assert ask("POST", steps, json=booked).status_code == 409
    assert other("DELETE", f"/certifications/{record['id']}").status_code == 404
    assert ask("DELETE", f"/certifications/{record['id']}").status_code == 204
    assert ask("GET", "/certifications").json()["items"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"certification": "ZZZ", "state": "planned"}, "certification"),
        ({"certification": "saa", "state": "planned"}, "certification"),
        ({"certification": "SAA", "state": "won"}, "state"),
        ({"certification": "SAA", "state": "scheduled"}, "on"),
        ({"certification": "SAA", "state": "scheduled", "on": "2026-11-20"}, "on"),
        ({"certification": "SAA", "state": "planned", "language": "xx"}, "language"),
        ({"certification": "SAA", "state": "planned", "proof_url": "javascript:1"}, "proof_url"),
        ({"certification": "SAA", "state": "planned", "proof_url": "//x"}, "proof_url"),
        ({"certification": "SAA", "state": "planned", "is_minor": True}, "has_guardian_consent"),
        ({"certification": "SAA", "state": "planned", "is_minor": "yes"}, "is_minor"),
        ({"certification": "SAA", "state": "planned", "is_discounted": True}, "is_discounted"),
    ],
)
def test_a_wrong_attempt_is_refused_by_field(
    services: Services, ask: Program, body: dict[str, Any], field: str
) -> None:
    answer = ask("POST", "/certifications", json=body)
    assert (answer.status_code, list(told(answer))) == (422, [field])
    assert _count(services, CertificationRecord) == 0


def test_an_application_is_sent_once_with_its_consent_and_taken_back(
    services: Services, people: People, ask: Program, other: Program, opening_id: int
) -> None:
    body = {"opening_id": opening_id, "message": "안녕하세요", "consent": True}
    assert told(ask("POST", "/applications", json=body | {"consent": False})).keys() == {"consent"}
    sent = ask("POST", "/applications", json=body)
    assert (sent.status_code, sent.json()["state"]) == (201, "sent")
    assert ask("POST", "/applications", json=body).status_code == 409
    assert _employer_consents(services) == [people.partner.organisation_id]
    path = f"/applications/{sent.json()['id']}/withdraw"
    version = {"version": sent.json()["version"]}
    assert other("POST", path, json=version).status_code == 404
    assert ask("POST", path, json={"version": 7}).status_code == 409
    back = ask("POST", path, json=version)
    assert (back.status_code, back.json()["state"]) == (200, "withdrawn")
    assert [step["state"] for step in back.json()["steps"]] == ["sent", "withdrawn"]
    assert ask("POST", path, json={"version": back.json()["version"]}).status_code == 409
    assert other("GET", "/applications").json()["items"] == []


def test_the_list_says_what_the_page_says_of_the_same_application(
    services: Services, people: People, ask: Program, opening_id: int
) -> None:
    with services.database.writing() as session:
        factories.application(
            session, opening_id, people.youth.youth_id or 0, state=ApplicationState.CLOSED,
            cause=ClosingCause.ANSWER_TIME_PASSED, words="고맙습니다.", reason=None,
            note="우리끼리", answer_by=date(2026, 11, 30), late_reason=LateReason.ON_HOLD,
        )  # fmt: skip
    (shown,) = ask("GET", "/applications").json()["items"]
    wanted = {
        "cause": "answer_time_passed", "words": "고맙습니다.", "answer_by": "2026-11-30",
        "ends_on": "2026-12-07", "late_reason": "on_hold", "looked_at": None,
        "introduction_id": None, "can_accept": False,
    }  # fmt: skip
    assert {key: shown[key] for key in wanted} == wanted
    assert "우리끼리" not in str(shown)


def test_an_offer_is_read_and_accepted_once_and_only_as_it_was_read(
    services: Services, people: People, ask: Program, other: Program
) -> None:
    number = set_hiring(services, people).first
    path = f"/applications/{number}/offer"
    assert ask("GET", path).status_code == 404
    terms = Terms(date(2026, 12, 14), date(2026, 11, 28), 36_000_000, "함께 일해요.", 0)
    with working(services, people.partner) as unit:
        job_offers.write(unit, actor(people.partner), number, 1, terms)
    read = ask("GET", path).json()
    assert read["terms"] == {
        "starts_on": "2026-12-14", "answer_by": "2026-11-28", "pay_krw": 36_000_000,
        "words": "함께 일해요.",
    }  # fmt: skip
    assert (read["can_accept"], read["ends"]) == (True, [])
    assert other("GET", path).status_code == 404
    with working(services, people.partner) as unit:
        less = replace(terms, pay_krw=33_000_000, version=1)
        job_offers.write(unit, actor(people.partner), number, read["version"], less)
    assert ask("POST", f"{path}/accept", json={"version": read["version"]}).status_code == 409
    again = ask("GET", path).json()
    done = ask("POST", f"{path}/accept", json={"version": again["version"]})
    assert (again["terms"]["pay_krw"], done.json()["state"]) == (33_000_000, "accepted")
    assert [step["role"] for step in done.json()["steps"]] == ["partner", "youth"]


def test_a_promise_is_taken_up_given_back_earned_and_claimed(
    services: Services, people: People, ask: Program, other: Program, opening_id: int
) -> None:
    with services.database.writing() as session:
        promise_id = put_promise(session, opening_id).id or 0
        put_pass(session, people.youth.youth_id or 0)
    assert ask("GET", "/promises").json()["total"] == 0
    (there,) = ask("GET", f"/promises?opening_id={opening_id}").json()["items"]
    assert (there["promise"]["id"], there["can_take"], there["state"]) == (promise_id, True, None)
    path = f"/promises/{promise_id}"
    assert ask("POST", f"{path}/take").json()["state"] == "taken"
    assert ask("POST", f"{path}/take").status_code == 409
    assert other("POST", f"{path}/drop", json={"version": 1}).status_code == 404
    assert ask("POST", f"{path}/drop", json={"version": 1}).json()["state"] == "dropped"
    version = ask("POST", f"{path}/take").json()["version"]
    body = {"version": version, "consent": False}
    assert told(ask("POST", f"{path}/claim", json=body)).keys() == {"consent"}
    claimed = ask("POST", f"{path}/claim", json=body | {"consent": True}).json()
    assert (claimed["state"], claimed["can_claim"]) == ("claimed", False)
    assert ask("GET", "/applications").json()["items"][0]["state"] == "interview"
    partner = program(services, people.partner.account_id)
    (row,) = partner("GET", f"/openings/{opening_id}/promises").json()["items"]
    assert (row["taken"], [each["state"] for each in row["claims"]]) == (1, ["claimed"])
    assert "haneul" not in str(row)
    stranger = program(services, people.other_partner.account_id)
    assert stranger("GET", f"/openings/{opening_id}/promises").status_code == 404


def _employer_consents(services: Services) -> list[int | None]:
    with services.database.reading() as session:
        rows = session.exec(select(Consent).where(Consent.purpose == ConsentPurpose.EMPLOYER))
        return [row.organisation_id for row in rows]


def test_a_draft_or_unknown_opening_cannot_be_applied_to(ask: Program) -> None:
    answer = ask("POST", "/applications", json={"opening_id": 2_000_000_000, "consent": True})
    assert answer.status_code == 404


Make = Callable[[int], tuple[str, dict[str, Any], dict[str, Any], type[SQLModel]]]
CREATED: dict[str, Make] = {
    "skills": lambda _opening: (
        "/skills",
        {"skill": "python", "level": 3},
        {"skill": "python", "level": 4},
        SkillRecord,
    ),
    "certifications": lambda _opening: (
        "/certifications",
        {"certification": "SAA", "state": "planned"},
        {"certification": "DVA", "state": "planned"},
        CertificationRecord,
    ),
    "applications": lambda opening: (
        "/applications",
        {"opening_id": opening, "consent": True},
        {"opening_id": opening, "consent": True, "message": "x"},
        Application,
    ),
}


@pytest.mark.parametrize("what", sorted(CREATED))
def test_the_same_key_and_body_make_one_row_and_get_one_answer(
    services: Services, ask: Program, other: Program, opening_id: int, what: str
) -> None:
    path, body, another, table = CREATED[what](opening_id)
    key = {"Idempotency-Key": "key-1"}
    first = ask("POST", path, json=body, headers=key)
    audited = _count(services, AuditEntry)
    again = ask("POST", path, json=body, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert (_count(services, table), _count(services, AuditEntry)) == (1, audited)
    refused = ask("POST", path, json=another, headers=key)
    assert (refused.status_code, list(told(refused))) == (422, ["Idempotency-Key"])
    assert _count(services, table) == 1
    assert other("POST", path, json=body, headers=key).status_code == 201
    assert (_count(services, table), _count(services, KeptAnswer)) == (2, 2)


def test_a_key_stands_for_one_path(ask: Program) -> None:
    key = {"Idempotency-Key": "key-1"}
    skill = ask("POST", "/skills", json={"skill": "python", "level": 3}, headers=key)
    planned = {"certification": "SAA", "state": "planned"}
    assert skill.status_code == 201
    assert ask("POST", "/certifications", json=planned, headers=key).status_code == 422


def test_a_refused_request_does_not_use_its_key_up(services: Services, ask: Program) -> None:
    key = {"Idempotency-Key": "key-1"}
    wrong = ask("POST", "/skills", json={"skill": "zzzzqqqq", "level": 3}, headers=key)
    assert (wrong.status_code, _count(services, KeptAnswer)) == (422, 0)
    right = ask("POST", "/skills", json={"skill": "python", "level": 3}, headers=key)
    assert right.status_code == 201


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 201])
def test_an_odd_key_is_refused(services: Services, ask: Program, key: str) -> None:
    answer = ask(
        "POST",
        "/skills",
        json={"skill": "python", "level": 3},
        headers={"Idempotency-Key": key},
    )
    assert (answer.status_code, _count(services, SkillRecord)) == (422, 0)


def test_the_programme_of_a_day_names_what_can_be_sat(ask: Program) -> None:
    shown = ask("GET", "/certification-programme?on=2026-12-01&language=ko").json()
    assert shown["on"] == "2026-12-01"
    assert {"SAA", "CLF"} <= {each["certification"] for each in shown["items"]}
    assert all("ko" in each["languages"] for each in shown["items"])
    assert ask("GET", "/certification-programme").json()["on"] == "2026-11-21"
