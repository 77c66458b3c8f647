"""A desk's pages of imports, exports and saved views, as a browser sees them."""

import csv
import io
import re

import pytest
from starlette.testclient import TestClient

from matcher.jobs import imports
from matcher.wiring import Services
from models.bulk import ImportTask, TaskState
from tests import factories
from tests.conftest import SignIn, post, token_of
from tests.people import People
from tests.roster_files import planted, roster

HEADERS = {"Sec-Fetch-Site": "same-origin"}


def upload(
    client: TestClient, text: str | bytes, name: str = "roster.csv", kind: str = "youths",
    base: str = "/coordinator",
):  # type: ignore[no-untyped-def]  # fmt: skip
    data = text.encode() if isinstance(text, str) else text
    return client.post(
        f"{base}/imports",
        data={"csrf": token_of(client), "kind": kind},
        files={"file": (name, data)},
        headers=HEADERS,
    )


def test_a_roster_goes_from_upload_to_taken_back(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    answer = upload(client, roster(30))
    assert answer.status_code == 303
    task = answer.headers["location"]
    waiting = client.get(task).text
    assert "<progress" in waiting
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in waiting
    imports.run(services)
    assert "30줄 모두 넣을 수 있습니다" in client.get(task).text
    assert post(client, f"{task}/store").headers["location"] == task
    imports.run(services)
    done = client.get(task).text
    assert "30줄을 저장했습니다" in done
    batch = re.search(r'href="(/coordinator/imports/batches/\d+)"', done)
    assert batch is not None
    assert "roster.csv" in client.get("/coordinator/imports").text
    told = client.get(batch[1]).text
    assert ("새로 만듦" in told, "고침" in told, "r0@example.org" in told) == (True, False, False)
    assert post(client, f"{batch[1]}/revert").status_code == 303
    assert "되돌린 가져오기" in client.get(batch[1]).text
    again = post(client, f"{batch[1]}/revert")
    assert again.status_code == 409
    assert "이미 되돌린 가져오기입니다." in again.text


def test_mistakes_are_shown_by_line_and_can_be_taken_along(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    task = upload(client, roster(2_000, planted())).headers["location"]
    imports.run(services)
    page = client.get(task).text
    assert "고칠 곳이 12개 있습니다" in page
    assert f'href="{task}"' in client.get("/coordinator/imports").text
    assert task not in sign_in(people.other_coordinator).get("/coordinator/imports").text
    file = client.get(f"{task}/mistakes")
    assert file.headers["content-disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [int(row[0]) for row in rows[1:]] == [each.line for each in planted()]
    assert post(client, f"{task}/store").status_code == 409


def test_the_progress_is_a_part_that_htmx_asks_for(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    task = upload(client, roster(5)).headers["location"]
    part = client.get(task, headers={"HX-Request": "true"}).text
    assert part.strip().startswith('<div id="state"')
    assert 'data-hx-trigger="every 1s"' in part
    imports.run(services)
    assert "data-hx-trigger" not in client.get(task, headers={"HX-Request": "true"}).text


def test_a_form_without_a_file_or_kind_says_so(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    assert post(client, "/coordinator/imports", {"kind": "youths"}).status_code == 422
    assert (
        post(client, "/coordinator/imports", {"kind": "openings", "file": "x"}).status_code == 422
    )
    wrong = upload(client, roster(1), kind="openings")
    assert wrong.status_code == 422
    assert 'id="f-kind-error"' in wrong.text


def test_a_file_larger_than_allowed_is_not_kept(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    answer = upload(client, b"email,name\n" + b"x" * (10 * 1_048_576 + 1))
    assert (answer.status_code, 'id="f-file-error"' in answer.text) == (413, True)
    with services.database.reading() as session:
        assert session.get(ImportTask, 1) is None


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["youths", "courses"])
@pytest.mark.parametrize("who", ["coordinator", "other_coordinator", "centre"])
def test_a_template_in_the_readers_language_can_be_uploaded_as_it_is(
    services: Services, people: People, sign_in: SignIn, who: str, kind: str, file_format: str
) -> None:
    client = sign_in(getattr(people, who))
    base = "/centre" if who == "centre" else "/coordinator"
    for language in ("ko", "en"):
        address = f"{base}/imports/template?kind={kind}&format={file_format}&lang={language}"
        data = client.get(address).content
        answer = upload(client, data, f"t.{file_format}", kind, base)
        imports.run(services)
        told = client.get(f"{answer.headers['location']}?lang=ko").text
        assert ("고칠 곳" in told, "2줄 모두 넣을 수 있습니다" in told) == (False, True)


def test_another_universitys_files_and_batches_are_not_there(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        desk = people.coordinator
        task = factories.import_task(session, desk.account_id, desk.organisation_id)
        batch = factories.import_batch(session, desk.account_id, desk.organisation_id)
    other = sign_in(people.other_coordinator)
    for path in (f"tasks/{task.id}", f"tasks/{task.id}/mistakes", f"batches/{batch.id}"):
        assert other.get(f"/coordinator/imports/{path}").status_code == 404
    for path in (f"tasks/{task.id}/store", f"tasks/{task.id}/drop", f"batches/{batch.id}/revert"):
        assert post(other, f"/coordinator/imports/{path}").status_code == 404
    assert "roster.csv" not in other.get("/coordinator/imports").text
    assert "roster.csv" in sign_in(people.centre).get("/centre/imports").text


def test_giving_up_deletes_the_file(services: Services, people: People, sign_in: SignIn) -> None:
    client = sign_in(people.coordinator)
    task = upload(client, roster(5)).headers["location"]
    assert post(client, f"{task}/drop").status_code == 303
    with services.database.reading() as session:
        row = session.get_one(ImportTask, int(task.rpartition("/")[2]))
    assert (row.state, row.data) == (TaskState.DROPPED, b"")
    assert post(client, f"{task}/drop").status_code == 409


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_list_is_taken_along_with_a_reason_and_comes_back_in(
    services: Services, people: People, sign_in: SignIn, file_format: str
) -> None:
    client = sign_in(people.coordinator)
    asked = {"kind": "youths", "format": file_format, "reason": "보고"}
    assert post(client, "/coordinator/exports", {**asked, "reason": " "}).status_code == 422
    answer = post(client, "/coordinator/exports", asked)
    assert answer.status_code == 200
    assert f'oreum-youths-2026-11-21.{file_format}"' in answer.headers["content-disposition"]
    task = upload(client, answer.content, f"again.{file_format}").headers["location"]
    imports.run(services)
    assert "이 파일로 바뀌는 것이 없습니다" in client.get(task).text


def test_an_unknown_list_is_refused_on_the_form(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    asked = {"kind": "account", "format": "csv", "reason": "보고"}
    assert post(client, "/coordinator/exports", asked).status_code == 422


def save_view(client: TestClient, name: str, query: str, **more: str):  # type: ignore[no-untyped-def]
    return post(
        client, "/coordinator/views", {"place": "roster", "name": name, "query": query, **more}
    )


def test_a_saved_view_is_a_chip_and_the_usual_one_opens_the_list(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    answer = save_view(client, "구직 중", "status=seeking&page=3&lang=ko", is_default="1")
    assert answer.headers["location"] == "/coordinator/roster?status=seeking"
    plain = client.get("/coordinator/roster")
    assert (plain.status_code, plain.headers["location"]) == (
        303, "/coordinator/roster?status=seeking"
    )  # fmt: skip
    shown = client.get("/coordinator/roster?view=all")
    assert shown.status_code == 200
    assert 'href="/coordinator/roster?status=seeking">구직 중 ★</a>' in shown.text
    number = re.search(r"/coordinator/views/(\d+)/usual", shown.text)
    assert number is not None
    post(client, f"/coordinator/views/{number[1]}/usual")
    assert client.get("/coordinator/roster").status_code == 200
    post(client, f"/coordinator/views/{number[1]}/remove")
    assert "구직 중 ★" not in client.get("/coordinator/roster").text


def test_the_list_of_courses_keeps_views_too(people: People, sign_in: SignIn) -> None:
    client = sign_in(people.coordinator)
    save_view(client, "곧 시작", "show=soon", place="courses", is_default="1")
    assert client.get("/coordinator/courses").headers["location"] == (
        "/coordinator/courses?show=soon"
    )
    shown = client.get("/coordinator/courses?show=all")
    assert shown.status_code == 200
    assert 'href="/coordinator/courses?show=soon">곧 시작 ★</a>' in shown.text
    save_view(client, "곧 시작", "show=nothing", place="courses", is_default="1")
    assert client.get("/coordinator/courses?show=nothing").status_code == 422


def test_a_view_is_the_accounts_own(services: Services, people: People, sign_in: SignIn) -> None:
    client = sign_in(people.coordinator)
    save_view(client, "구직 중", "status=seeking")
    other = sign_in(people.other_coordinator)
    assert "status=seeking" not in other.get("/coordinator/roster?view=all").text
    assert post(other, "/coordinator/views/1/remove").status_code == 404
    assert post(other, "/coordinator/views/1/usual").status_code == 404


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("", "status=seeking"),
        ("이름", ""),
        ("이름", "page=2"),
        ("이름", "a" * 900),
        ("이름", "a=1&" * 200),
    ],
)
def test_a_view_without_name_or_filter_is_refused_and_what_was_typed_stays(
    services: Services, people: People, sign_in: SignIn, name: str, query: str
) -> None:
    answer = save_view(sign_in(people.coordinator), name, query)
    assert answer.status_code == 422
    assert 'id="errors"' in answer.text
    assert f'value="{name}"' in answer.text


def test_a_saved_view_leads_nowhere_else(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    answer = post(client, "/coordinator/views",
                  {"place": "//example.org", "name": "x", "query": "a=b"})  # fmt: skip
    assert answer.status_code == 404
    answer = save_view(client, "x", "//example.org/?a=b\r\nSet-Cookie: x=1")
    assert answer.headers.get("location", "/coordinator/roster?").startswith("/coordinator/roster?")


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        ("ko", ["RISE 대학", "제주대", "재학", "우주; 바이오"], "재학, 휴학, 졸업예정, 졸업, 구직"),
        (
            "en",
            ["RISE university", "Jeju National University", "Enrolled", "Space; Bio"],
            "Enrolled, On leave, About to graduate, Graduated, Looking for work",
        ),
    ],
)
def test_preview_and_mistakes_speak_in_words_and_the_export_in_values(
    services: Services, people: People, sign_in: SignIn, language: str, words: list[str], told: str
) -> None:
    client = sign_in(people.coordinator)
    text = f"{roster(1)}\nr9@example.org,사람,rise_university,제주대,재핵,,10,우주,R-9\n"
    for file, name in ((roster(1), "a.csv"), (text, "b.csv")):
        task = upload(client, file, name).headers["location"]
        imports.run(services)
        page = client.get(f"{task}?lang={language}").text.partition("<main")[2]
        for word in words:
            assert f'<td class="nb">{word}</td>' in page
        for code in ("rise_university", "jejunu", ">enrolled<", "seeking"):
            assert code not in page
    assert told in page
    asked = {"kind": "youths", "format": "csv", "reason": "보고"}
    assert "rise_university" in post(client, "/coordinator/exports", asked).text


def test_skills_in_a_preview_have_their_names(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    text = (
        f"youth,skill,level,rater,rated_on\n{people.youth.email},python,3,coordinator,2026-11-01\n"
    )
    task = upload(client, text, kind="skills").headers["location"]
    imports.run(services)
    page = client.get(task).text
    assert ("파이썬</td>" in page, "담당자</td>" in page) == (True, True)


@pytest.mark.parametrize(
    ("place", "query", "way_out"),
    [
        ("outcomes", "show=due", "show=proposed"),
        ("evidence", "show=accepted", "show=open"),
        ("results", "by=sector", "view=all"),
    ],
)
@pytest.mark.parametrize("base", ["/coordinator", "/centre"])
def test_other_lists_keep_views_and_the_usual_one_has_a_way_out(
    people: People, sign_in: SignIn, base: str, place: str, query: str, way_out: str
) -> None:
    client = sign_in(people.centre if base == "/centre" else people.coordinator)
    body = {"place": place, "name": "늘 보는 것", "query": f"{query}&youth=3&page=2"}
    answer = post(client, f"{base}/views", {**body, "is_default": "1"})
    assert answer.headers["location"] == f"{base}/{place}?{query}"
    assert client.get(f"{base}/{place}").headers["location"] == f"{base}/{place}?{query}"
    shown = client.get(f"{base}/{place}?{query}")
    assert (shown.status_code, "늘 보는 것 ★" in shown.text) == (200, True)
    assert f'href="{base}/{place}?{way_out}' in shown.text
    assert client.get(f"{base}/{place}?{way_out}").status_code == 200


def test_taking_the_last_condition_off_the_results_shows_all_of_them(
    people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    body = {"place": "results", "name": "산업별", "query": "by=sector", "is_default": "1"}
    post(client, "/coordinator/views", body)
    off = re.search(
        r'href="([^"]+)#by" aria-current', client.get("/coordinator/results?by=sector").text
    )
    assert off is not None
    answer = client.get(off[1].replace("&amp;", "&"))
    assert (answer.status_code, "산업별 ★" in answer.text) == (200, True)
