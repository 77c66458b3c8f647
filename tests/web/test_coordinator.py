"""The pages of a university's and the centre's desk: who comes in, what bad input gets."""

import re

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.wiring import Services
from models.trail import AccessRecord
from models.youth import AffiliationState
from tests.conftest import SignIn, post
from tests.coordinator_desk import (
    booked,
    certificate,
    days,
    scene,
    walk_to,
    young,
)
from tests.people import People

HIDDEN = [
    "/coordinator",
    "/coordinator/roster",
    "/coordinator/courses",
    "/coordinator/people/{youth}",
]
SHOWN_REFUSED = ["/coordinator/cohort"]
NOISE = re.compile(r"[0-9a-f]{16}|/people/[0-9]+|name=\"csrf\" value=\"[0-9a-f]+\"")


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
        own = (
            [base, *paths(people, base, session_id)]
            if base == "/coordinator"
            else paths(people, base, session_id)
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
        listed = re.findall(
            r"/coordinator/people/\d+\">(\w+)</a>",
            visit(client, f"/coordinator/roster?needs={needs}"),
        )
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
