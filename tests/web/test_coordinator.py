"""The pages of a university's and the centre's desk: who comes in, what bad input gets."""

import re

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.wiring import Services
from models.certification import CertificationRecord
from models.course import Course, CourseState, Enrolment, EnrolmentState
from models.outbox import OutboxMail
from models.skill import SkillRecord
from models.trail import AccessRecord
from models.youth import AffiliationState, YouthProfile
from tests import factories
from tests.conftest import SignIn, post
from tests.coordinator_desk import booked, certificate, course, days, gives, run, walk_to, young
from tests.coordinator_desk import enrolment as an_enrolment
from tests.people import People, Person

HIDDEN = [
    "/coordinator",
    "/coordinator/roster",
    "/coordinator/courses",
    "/coordinator/people/{youth}",
]
SHOWN_REFUSED = ["/coordinator/cohort"]
NOISE = re.compile(r"[0-9a-f]{16}|/people/[0-9]+|name=\"csrf\" value=\"[0-9a-f]+\"")


def scene(services: Services, people: People) -> tuple[int, int, int, int]:
    """Course, session, enrolment and certificate of haneul; the session ended yesterday."""
    with services.database.writing() as session:
        own = course(session, people.coordinator.organisation_id)
        gives(session, own.id, "python", 3)
        held = run(session, own.id, days(-9), days(-1), taken=1)
        row = an_enrolment(session, held.id, people.youth.youth_id, EnrolmentState.ENROLLED)
        record = certificate(session, people.youth.youth_id)
        factories.skill_record(session, people.youth.youth_id or 0, "python", level=2)
        return own.id or 0, held.id or 0, row.id or 0, record.id or 0


def visit(client: TestClient, path: str, status: int = 200, **options: object) -> str:
    answer = client.get(path, **options)
    assert answer.status_code == status, answer.text
    return answer.text


def paths(people: People, base: str, session_id: int) -> list[str]:
    person = people.youth.youth_id
    return [
        f"{base}/roster", f"{base}/people/{person}", f"{base}/people/{person}?skill=python",
        f"{base}/cohort", f"{base}/courses", f"{base}/courses?show=unfinished",
        f"{base}/courses?show=soon", f"{base}/courses/sessions/{session_id}",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_of_both_desks_opens_in_both_languages(
    services: Services, people: People, sign_in: SignIn, language: str
) -> None:
    _, session_id, _, _ = scene(services, people)
    with services.database.writing() as session:
        booked(session, people.youth.youth_id, days(3), certification="SAA")
        walk_to(session, people, people.other_youth.youth_id or 0, 5)
    desks = ((people.coordinator, "/coordinator"), (people.centre, "/centre"))
    for person, base in desks:
        client = sign_in(person)
        own = [base, *paths(people, base, session_id)] if base == "/coordinator" else paths(
            people, base, session_id
        )
        for path in own:
            joined = "&" if "?" in path else "?"
            text = visit(client, f"{path}{joined}lang={language}")
            assert f'<html lang="{language}"' in text
            assert "<h1" in text


def test_home_says_how_much_waits_and_its_counts_are_the_filtered_lists(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene(services, people)
    with services.database.writing() as session:
        claims = {"affiliation_state": AffiliationState.CLAIMED}
        young(session, "saebom", people.coordinator.organisation_id, **claims)
    client = sign_in(people.coordinator)
    text = visit(client, "/coordinator")
    assert "오늘 확인할 일 3건" in text
    for needs, name in (("claim", "saebom"), ("proof", "haneul")):
        assert f'href="/coordinator/roster?needs={needs}"' in text
        listed = re.findall(r"/coordinator/people/\d+\">(\w+)</a>", visit(
            client, f"/coordinator/roster?needs={needs}"
        ))
        assert listed == [name]  # fmt: skip


@pytest.mark.parametrize("who", ["youth", "partner", "admin"])
def test_other_roles_are_told_nothing_of_the_desk(
    services: Services, people: People, sign_in: SignIn, who: str
) -> None:
    client = sign_in(getattr(people, who))
    for path in HIDDEN:
        visit(client, path.format(youth=people.youth.youth_id), 404)
        visit(client, path.format(youth=people.youth.youth_id).replace("coordinator", "centre"),
              404) if path != "/coordinator" else None  # fmt: skip
    for path in SHOWN_REFUSED:
        visit(client, path, 403)


def test_one_desk_does_not_open_the_others_pages(people: People, sign_in: SignIn) -> None:
    pairs = ((people.coordinator, "/centre"), (people.centre, "/coordinator"))
    for person, base in pairs:
        client = sign_in(person)
        for path in ("roster", "cohort", "courses", f"people/{people.youth.youth_id}"):
            visit(client, f"{base}/{path}", 404)


def test_signed_out_readers_are_sent_to_sign_in(client: TestClient, people: People) -> None:
    for path in (*HIDDEN, *SHOWN_REFUSED):
        answer = client.get(path.format(youth=people.youth.youth_id))
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/login")


def test_a_person_of_another_university_looks_exactly_like_nobody(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.other_coordinator)
    bodies = [
        NOISE.sub("-", visit(client, f"/coordinator/people/{number}", 404))
        for number in (people.youth.youth_id, 999_999)
    ]
    assert bodies[0] == bodies[1]
    assert "haneul" not in bodies[0]
    with services.database.reading() as session:
        assert session.exec(select(AccessRecord)).all() == []


def test_each_look_at_a_record_leaves_one_access_record(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    for _ in range(2):
        visit(client, f"/coordinator/people/{people.youth.youth_id}")
    with services.database.reading() as session:
        rows = session.exec(select(AccessRecord)).all()
    assert [(row.task, row.youth_id) for row in rows] == [
        ("person:read", people.youth.youth_id)
    ] * 2  # fmt: skip


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("9223372036854775808", 404),
        ("2147483648", 404),
        ("9" * 400, 404),
        ("-1", 404),
        ("0", 404),
        ("１", 422),
        ("١", 422),
        ("1_0", 422),
        ("+1", 422),
        ("1e1", 422),
        ("%201", 422),
        ("1.0", 422),
        ("07", 422),
    ],
)
def test_a_number_no_row_can_have_is_refused_everywhere(
    services: Services, people: People, sign_in: SignIn, number: str, status: int
) -> None:
    scene(services, people)
    client, person = sign_in(people.coordinator), people.youth.youth_id
    visit(client, f"/coordinator/people/{number}", status)
    visit(client, f"/coordinator/courses/sessions/{number}", status)
    for path in (
        f"people/{number}/affiliation",
        f"people/{person}/certifications/{number}",
        f"courses/{number}/state",
        f"courses/sessions/1/enrolments/{number}",
    ):
        form = {"step": "see", "reason": "original", "version": "1", "to": "completed"}
        if path.endswith("affiliation"):
            form = {"step": "confirm", "version": "1"}
        elif path.endswith("state"):
            form = {"to": "closed", "version": "1"}
        elif "enrolments" in path:
            form = {"to": "completed"}
        else:
            form.pop("to")
        assert post(client, f"/coordinator/{path}", form).status_code == status, path


@pytest.mark.parametrize(
    "query",
    [
        "page=0", "page=-5", "page=1e1", "page=99999999999999999999", "page=1000000000",
        "page=%EF%BC%91", "sort=password", "sort=", "needs=all", "status=1", "sector=navy",
        "certificate=XXX", "university=jejunu", "limit=5", "id=1",
        "q=" + "x" * 61, "q=%E2%80%AE",
    ],
)  # fmt: skip
def test_a_query_that_cannot_be_meant_is_422_and_shows_the_form_again(
    people: People, sign_in: SignIn, query: str
) -> None:
    text = visit(sign_in(people.coordinator), f"/coordinator/roster?{query}", 422)
    assert 'id="errors"' in text
    assert 'name="q"' in text


@pytest.mark.parametrize("query", ["q=a&q=b", "page=1&page=2", "needs=claim&needs=proof"])
def test_a_key_given_twice_is_refused(people: People, sign_in: SignIn, query: str) -> None:
    text = visit(sign_in(people.coordinator), f"/coordinator/roster?{query}", 422)
    assert "haneul" not in text


def test_past_the_last_page_is_an_empty_page(people: People, sign_in: SignIn) -> None:
    text = visit(sign_in(people.coordinator), "/coordinator/roster?page=999999")
    assert "조건에 맞는 사람이 없습니다" in text


def test_a_searched_name_is_shown_as_text(people: People, sign_in: SignIn) -> None:
    text = visit(
        sign_in(people.coordinator), "/coordinator/roster", params={"q": '"><script>alert(1)'}
    )
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


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


def test_small_counts_are_words_on_the_page_and_in_the_table(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        for place in range(6):
            university = people.coordinator.organisation_id
            walk_to(session, people, young(session, f"n{place}", university), 2)
        certificate(session, people.youth.youth_id, certification="SAA")
    text = visit(sign_in(people.coordinator), "/coordinator/cohort")
    assert '<th scope="row">어소시에이트</th><td class="r">5명 미만</td>' in text
    assert '<th scope="row">파운데이셔널</th><td class="r">6명</td>' in text
