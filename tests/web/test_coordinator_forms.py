"""The forms of a university's and the centre's desk, through the pages."""

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.wiring import Services
from models.certification import CertificationRecord
from models.course import Course, CourseState, Enrolment, EnrolmentState
from models.outbox import OutboxMail
from models.skill import SkillRecord
from models.youth import AffiliationState, YouthProfile
from tests.conftest import SignIn, post
from tests.coordinator_desk import scene
from tests.people import People, Person


def visit(client: TestClient, path: str, status: int = 200, **options: object) -> str:
    answer = client.get(path, **options)
    assert answer.status_code == status, answer.text
    return answer.text


def test_the_desk_confirms_rates_and_ends_through_the_page(
    services: Services, people: People, sign_in: SignIn
) -> None:
    _, _, _, record_id = scene(services, people)
    client, here = sign_in(people.coordinator), f"/coordinator/people/{people.youth.youth_id}"
    seen = post(
        client, f"{here}/certifications/{record_id}",
        {"step": "see", "reason": "original", "version": "1"},
    )  # fmt: skip
    rated = post(
        client, f"{here}/skills",
        {"skill": "python", "level": "4", "note": "캡스톤 심사", "evidence_kind": ""},
    )  # fmt: skip
    assert (seen.status_code, seen.headers["location"]) == (303, here)
    assert (rated.status_code, rated.headers["location"]) == (303, here)
    assert "대학이 확인" in visit(client, here)
    ended = post(
        client, f"{here}/affiliation", {"step": "end", "reason": "graduated", "version": "1"}
    )
    assert (ended.status_code, ended.headers["location"]) == (303, "/coordinator/roster")
    visit(client, here, 404)
    with services.database.reading() as session:
        assert session.get_one(CertificationRecord, record_id).verification == 2
        profile = session.get_one(YouthProfile, people.youth.youth_id)
        assert profile.affiliation_state is AffiliationState.ENDED
        assert len(session.exec(select(OutboxMail)).all()) == 3


def test_a_refused_rating_keeps_what_was_typed_and_stores_nothing(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client, here = sign_in(people.coordinator), f"/coordinator/people/{people.youth.youth_id}"
    form = {"skill": "위성 춤", "level": "3", "note": "눈으로 보았습니다", "evidence_kind": ""}
    for broken in (form, {**form, "level": "6"}, {**form, "note": ""}, {**form, "verification": 4}):
        answer = post(client, f"{here}/skills", broken)
        assert answer.status_code == 422
        assert 'value="위성 춤"' in answer.text
    with services.database.reading() as session:
        assert session.exec(select(SkillRecord)).all() == []


@pytest.mark.parametrize(
    "form",
    [
        {"step": "see", "reason": "", "version": "1"},
        {"step": "see", "reason": "mistake", "version": "1"},
        {"step": "sign", "reason": "original", "version": "1"},
        {"step": "see", "reason": "original", "version": "1.0"},
        {"step": "see", "reason": "original"},
        {"step": "see", "reason": "original", "version": "1", "verification": "4"},
    ],
)
def test_a_proof_without_a_fitting_reason_is_422(
    services: Services, people: People, sign_in: SignIn, form: dict[str, str]
) -> None:
    _, _, _, record_id = scene(services, people)
    path = f"/coordinator/people/{people.youth.youth_id}/certifications/{record_id}"
    answer = post(sign_in(people.coordinator), path, form)
    assert (answer.status_code, 'id="errors"' in answer.text) == (422, True)
    with services.database.reading() as session:
        assert session.get_one(CertificationRecord, record_id).verification == 1


def test_a_stale_form_is_409(services: Services, people: People, sign_in: SignIn) -> None:
    course_id, _, _, record_id = scene(services, people)
    client = sign_in(people.coordinator)
    stale = post(
        client, f"/coordinator/people/{people.youth.youth_id}/certifications/{record_id}",
        {"step": "see", "reason": "original", "version": "9"},
    )  # fmt: skip
    assert stale.status_code == 409
    closed = post(
        client, f"/coordinator/courses/{course_id}/state", {"to": "closed", "version": "9"}
    )
    assert closed.status_code == 409


def test_a_course_is_closed_and_a_completion_recorded_through_the_page(
    services: Services, people: People, sign_in: SignIn
) -> None:
    course_id, session_id, enrolment_id, _ = scene(services, people)
    client = sign_in(people.coordinator)
    here = f"/coordinator/courses/sessions/{session_id}"
    assert f'action="{here}/enrolments/{enrolment_id}"' in visit(client, here)
    done = post(client, f"{here}/enrolments/{enrolment_id}", {"to": "completed"})
    again = post(client, f"{here}/enrolments/{enrolment_id}", {"to": "completed"})
    closed = post(
        client, f"/coordinator/courses/{course_id}/state", {"to": "closed", "version": "1"}
    )
    assert (done.status_code, again.status_code, closed.status_code) == (303, 409, 303)
    with services.database.reading() as session:
        assert session.get_one(Enrolment, enrolment_id).state is EnrolmentState.COMPLETED
        assert session.get_one(Course, course_id).state is CourseState.CLOSED


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("youth", (404, 404, 404, 403, 403)),
        ("partner", (404, 404, 404, 403, 403)),
        ("admin", (404, 404, 404, 403, 403)),
        ("other_coordinator", (404, 404, 404, 404, 404)),
        ("centre", (404, 404, 404, 404, 404)),
    ],
)
def test_nobody_else_changes_anything_through_the_coordinators_forms(
    services: Services, people: People, sign_in: SignIn, who: str, expected: tuple[int, ...]
) -> None:
    course_id, session_id, enrolment_id, record_id = scene(services, people)
    person: Person = getattr(people, who)
    client, here = sign_in(person), f"/coordinator/people/{people.youth.youth_id}"
    forms = (
        (f"{here}/affiliation", {"step": "end", "reason": "left", "version": "1"}),
        (f"{here}/certifications/{record_id}",
         {"step": "see", "reason": "original", "version": "1"}),
        (f"{here}/skills", {"skill": "python", "level": "4", "note": "x"}),
        (f"/coordinator/courses/{course_id}/state", {"to": "closed", "version": "1"}),
        (f"/coordinator/courses/sessions/{session_id}/enrolments/{enrolment_id}",
         {"to": "completed"}),
    )  # fmt: skip
    assert tuple(post(client, path, form).status_code for path, form in forms) == expected
    with services.database.reading() as session:
        assert session.get_one(CertificationRecord, record_id).verification == 1
        assert session.get_one(Course, course_id).state is CourseState.PUBLISHED
        assert session.get_one(Enrolment, enrolment_id).state is EnrolmentState.ENROLLED
        assert len(session.exec(select(SkillRecord)).all()) == 1


def test_the_centre_may_not_judge_for_a_university_and_says_so(
    services: Services, people: People, sign_in: SignIn
) -> None:
    _, _, _, record_id = scene(services, people)
    client, here = sign_in(people.centre), f"/centre/people/{people.youth.youth_id}"
    assert "/affiliation" not in visit(client, here)
    answer = post(
        client, f"{here}/certifications/{record_id}",
        {"step": "see", "reason": "original", "version": "1"},
    )  # fmt: skip
    assert answer.status_code == 403
