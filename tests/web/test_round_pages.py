"""The pages of assignment rounds: every side opens its own, bad input stores nothing."""

import json
import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from sqlmodel import select
from starlette.testclient import TestClient
from typer.testing import CliRunner

from matcher.cli import app
from matcher.i18n import use_language
from matcher.policy.masking import candidate_number
from matcher.rendering import render, render_block
from matcher.wiring import Services
from models.assignment import (
    AssignmentBand,
    AssignmentEntry,
    AssignmentMethod,
    AssignmentOpening,
    AssignmentPair,
    AssignmentRound,
    AssignmentRun,
    AssignmentWish,
    RoundState,
)
from models.opening import Opening
from tests.conftest import SECRET, SignIn, post
from tests.exchange_desk import placed
from tests.factories import TODAY
from tests.people import People
from tests.round_desk import (
    cancel,
    create,
    dry_run,
    lock_wishes,
    open_round,
    propose,
    published,
    set_round,
    stored,
    version,
    wish,
    wished,
)

HANGUL = re.compile(r"[가-힣]")


def visit(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_opens_in_both_languages(
    services: Services, people: People, sign_in: SignIn, language: str
) -> None:
    scene = published(services, people, 4)
    with services.database.reading() as session:
        entry = session.exec(select(AssignmentEntry)).first()
    runs = dry_run_paths(services, people, scene.round_id)
    shown = {
        "coordinator": (people.coordinator, "/coordinator/assignments"),
        "centre": (people.centre, "/centre/assignments"),
    }
    for person, base in shown.values():
        paths = ["", "/new", f"/{scene.round_id}", *(f"/{scene.round_id}{run}" for run in runs)]
        paths.append(f"/{scene.round_id}/entries/{entry.id if entry else 0}")
        for path in paths:
            text = visit(sign_in(person), f"{base}{path}?lang={language}")
            assert f'<html lang="{language}"' in text
            assert len(re.findall("<h1", text)) == 1
    for person, path in (
        (scene.people[0], "/youth/rounds"),
        (scene.people[0], f"/youth/rounds/{scene.round_id}"),
        (people.partner, "/partner/rounds"),
        (people.partner, f"/partner/rounds/{scene.round_id}"),
    ):
        text = visit(sign_in(person), f"{path}?lang={language}")
        assert len(re.findall("<h1", text)) == 1


def dry_run_paths(services: Services, people: People, round_id: int) -> list[str]:
    with services.database.reading() as session:
        return [f"/runs/{row.id}" for row in session.exec(select(AssignmentRun))]


def body(scene: Any, **changed: Any) -> dict[str, Any]:
    values = {
        "name_ko": "배정",
        "name_en": "Round",
        "wishes_until": "2026-12-01",
        "most_wishes": "3",
        "cohort_status": "",
        "cohort_session_id": "",
        "seat": [f"{scene.one}-1", f"{scene.two}-2"],
        "least": [f"{scene.two}-1"],
    }
    return values | changed


def test_a_round_is_made_on_the_page(services: Services, people: People, sign_in: SignIn) -> None:
    scene = set_round(services, people, 1)
    answer = post(sign_in(people.coordinator), "/coordinator/assignments/new", body(scene))
    assert answer.status_code == 303
    made = int(answer.headers["location"].rsplit("/", 1)[1])
    with services.database.reading() as session:
        rows = session.exec(
            select(AssignmentOpening)
            .where(AssignmentOpening.round_id == made)
            .order_by(AssignmentOpening.opening_id)  # type: ignore[arg-type]
        ).all()
    assert [(row.opening_id, row.capacity, row.minimum) for row in rows] == [
        (scene.one, 1, 0),
        (scene.two, 2, 1),
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name_ko": ""}, "name_ko"),
        ({"name_ko": "가" * 121}, "name_ko"),
        ({"wishes_until": "2026-11-20"}, "wishes_until"),
        ({"wishes_until": "2026-13-01"}, "wishes_until"),
        ({"most_wishes": "0"}, "most_wishes"),
        ({"most_wishes": "21"}, "most_wishes"),
        ({"seat": []}, "seat"),
        ({"seat": ["x"]}, "seat"),
        ({"seat": ["99999999999-1"]}, "seat"),
        ({"seat": ["ONE-9"]}, "seat"),
        ({"least": ["ONE-1", "TWO-9"]}, "seat"),
        ({"hard_rule": ["nobody"]}, "hard_rule"),
        ({"cohort_session_id": "77"}, "cohort_session_id"),
    ],
)
def test_a_bad_draft_is_refused_by_its_field_and_kept(
    services: Services, people: People, sign_in: SignIn, changed: dict[str, Any], field: str
) -> None:
    scene = set_round(services, people, 1)
    meant = {
        key: [v.replace("ONE", str(scene.one)).replace("TWO", str(scene.two)) for v in value]
        if isinstance(value, list)
        else value
        for key, value in changed.items()
    }
    answer = post(sign_in(people.coordinator), "/coordinator/assignments/new", body(scene, **meant))
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert 'value="Round"' in answer.text
    with services.database.reading() as session:
        assert len(session.exec(select(AssignmentRound)).all()) == 1


def test_wishes_are_ranked_with_selects_and_arrows_alone(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene = set_round(services, people, 1)
    open_round(services, people.coordinator, scene.round_id)
    me, path = sign_in(scene.people[0]), f"/youth/rounds/{scene.round_id}"
    assert "아무것도" in visit(me, "/youth/rounds")
    sent = {"wish": [f"{scene.one}-1", f"{scene.two}-2", ""], "version": "0"}
    assert post(me, f"{path}/wishes", sent).status_code == 303
    up = {**sent, "version": "1", "move": f"{scene.two}-up"}
    answer = post(me, f"{path}/wishes", up)
    assert answer.headers["location"] == f"{path}#wish-{scene.two}"
    with services.database.reading() as session:
        tiers = {row.opening_id: row.tier for row in session.exec(select(AssignmentWish))}
    assert tiers == {scene.two: 1, scene.one: 2}
    equal = {"wish": [f"{scene.one}-1", f"{scene.two}-1"], "version": "2"}
    assert post(me, f"{path}/wishes", equal).status_code == 303
    assert post(me, f"{path}/wishes", equal).status_code == 409
    assert post(me, f"{path}/leave", {"version": "3"}).status_code == 303
    assert "빠졌어요" in visit(me, "/youth/rounds")


@pytest.mark.parametrize(
    "sent",
    [
        {"wish": ["1-1", "1-2"]},
        {"wish": ["x"]},
        {"wish": ["99999999999-1"]},
        {"wish": ["1-99"]},
        {"wish": ["777777-1"]},
        {"move": "1-sideways"},
        {"wish": ["1-1"], "extra": "1"},
    ],
)
def test_bad_wishes_store_nothing_and_keep_what_was_chosen(
    services: Services, people: People, sign_in: SignIn, sent: dict[str, Any]
) -> None:
    scene = set_round(services, people, 1)
    open_round(services, people.coordinator, scene.round_id)
    good = f"{scene.two}-3"
    data = {**sent, "wish": [*sent.get("wish", []), good], "version": "0"}
    answer = post(sign_in(scene.people[0]), f"/youth/rounds/{scene.round_id}/wishes", data)
    assert answer.status_code == 422
    assert f'<option value="{good}" selected>' in answer.text
    with services.database.reading() as session:
        assert session.exec(select(AssignmentEntry)).all() == []


def test_a_partner_confirms_bands_of_masked_people(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene = set_round(services, people, 2)
    open_round(services, people.coordinator, scene.round_id)
    for person in scene.people:
        wish(services, person, scene.round_id, {scene.one: 1})
    partner, path = sign_in(people.partner), f"/partner/rounds/{scene.round_id}"
    text = visit(partner, path)
    for secret in ("cohort0", "cohort1", "example.com", "jejunu"):
        assert secret not in text
    numbers = [candidate_number(SECRET, scene.one, p.youth_id or 0) for p in scene.people]
    assert all(f'value="{number}-a"' in text for number in numbers)
    sent = {"band": [f"{numbers[0]}-declined", f"{numbers[1]}-b"]}
    assert post(partner, f"{path}/openings/{scene.one}", sent).status_code == 303
    for bad in ({"band": ["1-a"]}, {"band": [f"{numbers[0]}-z"]}, {"band": ["123456789012345-a"]}):
        assert post(partner, f"{path}/openings/{scene.one}", bad).status_code == 422
    assert post(partner, f"{path}/openings/999999", sent).status_code == 404
    with services.database.reading() as session:
        rows = session.exec(select(AssignmentBand).order_by(AssignmentBand.id)).all()  # type: ignore[arg-type]
    assert sorted(row.band.value for row in rows) == ["b", "declined"]
    text = visit(sign_in(scene.people[0]), f"/youth/rounds/{scene.round_id}")
    assert "순위에 넣지 않" not in text


def test_from_wishes_to_the_result_in_six_clicks_and_two_pairs_of_eyes(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene = wished(services, people, 4)
    desk, centre = sign_in(people.coordinator), sign_in(people.centre)
    path = f"/coordinator/assignments/{scene.round_id}"
    assert "6명 가운데 4명이 희망을 냈습니다" in visit(desk, path)
    now = {"version": str(version(services, scene.round_id))}
    assert post(desk, f"{path}/dry-run", now).status_code == 303
    text = visit(desk, path)
    proof = re.findall(rf'href="({path}/runs/\d+)"', text)
    assert len(proof) == 3
    assert "약속한 것을 모두 지킵니다" in visit(desk, proof[1])
    now = {"version": str(version(services, scene.round_id))}
    assert post(desk, f"{proof[1]}/propose", now).status_code == 303
    now = {"version": str(version(services, scene.round_id))}
    assert post(desk, f"{path}/confirm", now).status_code == 403
    assert stored(services, scene.round_id).state is RoundState.PROPOSED
    central = path.replace("/coordinator", "/centre")
    assert f'action="{central}/confirm"' in visit(centre, central)
    assert post(centre, f"{central}/confirm", now).status_code == 303
    assert "4명 가운데 3명이 배정되었습니다" in visit(desk, path)


def test_the_downloaded_list_names_nobody(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene = wished(services, people, 4)
    run = dry_run(services, people.coordinator, scene.round_id)[AssignmentMethod.MAX_FIT]
    answer = sign_in(people.coordinator).get(
        f"/coordinator/assignments/{scene.round_id}/runs/{run}/list.json"
    )
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    assert set(json.loads(answer.text)) >= {"openings", "people", "assignment", "seed"}
    assert HANGUL.search(answer.text) is None
    assert "cohort" not in answer.text


def form_of(text: str, action: str) -> dict[str, list[str]]:
    """What a browser would send from the form as it stands on the page."""
    page = html5lib.parse(text, namespaceHTMLElements=False)
    form = next(each for each in page.iter("form") if each.get("action") == action)
    sent: dict[str, list[str]] = {}
    for each in form.iter("input"):
        if each.get("type") not in ("checkbox", "radio") or each.get("checked") is not None:
            sent.setdefault(each.get("name") or "", []).append(each.get("value") or "")
    for each in form.iter("select"):
        chosen = [
            o.get("value") or "" for o in each.iter("option") if o.get("selected") is not None
        ]
        sent.setdefault(each.get("name") or "", []).extend(one for one in chosen if one)
    return {key: found for key, found in sent.items() if key != "csrf"}


def words_of(text: str) -> str:
    page = html5lib.parse(text, namespaceHTMLElements=False)
    return " ".join("".join(page.itertext()).split())


def test_the_form_of_a_change_holds_what_is_stored_and_keeps_what_was_typed(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene = set_round(services, people, 1)
    desk, path = sign_in(people.coordinator), f"/coordinator/assignments/{scene.round_id}"
    assert f'href="{path}/edit"' in visit(desk, path)
    sent = form_of(visit(desk, f"{path}/edit"), f"{path}/edit")
    assert sent["seat"] == [f"{scene.one}-1", f"{scene.two}-2"]
    assert sent["name_en"] == ["Winter 2026"]
    bad = post(desk, f"{path}/edit", sent | {"name_en": "Typed", "wishes_until": "2026-11-01"})
    assert bad.status_code == 422
    assert 'href="#f-wishes_until"' in bad.text
    assert 'value="Typed"' in bad.text
    good = post(desk, f"{path}/edit", sent | {"name_en": "Spring", "least": [f"{scene.two}-1"]})
    assert good.status_code == 303
    assert stored(services, scene.round_id).name_en == "Spring"
    assert post(desk, f"{path}/edit", sent).status_code == 409
    lock_wishes(services, scene.round_id)
    with services.database.writing() as session:
        session.get_one(AssignmentRound, scene.round_id).state = RoundState.WISHES_OPEN
    assert desk.get(f"{path}/edit").status_code == 409
    assert f'href="{path}/edit"' not in visit(desk, path)


def test_cancelling_after_a_dry_run_asks_for_a_reason_that_every_later_page_shows(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene = wished(services, people, 2)
    dry_run(services, people.coordinator, scene.round_id)
    desk, path = sign_in(people.coordinator), f"/coordinator/assignments/{scene.round_id}"
    now = {"to": "cancel", "version": str(version(services, scene.round_id))}
    short = post(desk, f"{path}/step", now | {"reason": "다시"})
    assert short.status_code == 422
    assert 'href="#f-reason"' in short.text
    assert 'value="다시"' in short.text
    assert post(desk, f"{path}/step", now | {"reason": "x" * 301}).status_code == 422
    reason = "기업이 자리를 <b>거두어서</b> 다시 합니다"
    assert post(desk, f"{path}/step", now | {"reason": reason}).status_code == 303
    again = create(services, people.coordinator, scene)
    open_round(services, people.coordinator, again)
    wish(services, scene.people[0], again, {scene.one: 1})
    lock_wishes(services, again)
    run = dry_run(services, people.coordinator, again)[AssignmentMethod.WEAKLY_STABLE]
    for person, page in (
        (people.coordinator, f"/coordinator/assignments/{again}"),
        (people.coordinator, f"/coordinator/assignments/{again}/runs/{run}"),
        (people.centre, f"/centre/assignments/{again}/runs/{run}"),
        (scene.people[0], f"/youth/rounds/{again}"),
        (people.partner, f"/partner/rounds/{again}"),
    ):
        text = visit(sign_in(person), page)
        assert 'data-redraws="1"' in text
        assert "&lt;b&gt;거두어서" in text
    assert "거두어서" in visit(desk, path)


def test_who_was_in_a_cancelled_round_reads_why_and_nobody_else_opens_it(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene = wished(services, people, 2)
    dry_run(services, people.coordinator, scene.round_id)
    reason = "기업이 자리를 거두어 하지 않습니다"
    cancel(services, people.coordinator, scene.round_id, reason)
    path = f"/youth/rounds/{scene.round_id}"
    mine = sign_in(scene.people[0])
    text = visit(mine, path)
    assert "이 배정은 하지 않기로 했어요" in text
    assert reason in text
    assert f"{path}/wishes" not in text
    assert f"{path}/leave" not in text
    for step in ("wishes", "leave"):
        assert post(mine, f"{path}/{step}", {"version": "1"}).status_code == 404
    visit(sign_in(people.youth), path, 404)
    visit(sign_in(people.partner), f"/partner/rounds/{scene.round_id}", 404)


def test_an_opening_that_closes_first_is_warned_of_on_the_desks_page_and_the_young_persons(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene = set_round(services, people, 1)
    path = f"/coordinator/assignments/{scene.round_id}"
    words = "먼저 끝나는 공고가 1건"
    assert words not in visit(sign_in(people.coordinator), path)
    with services.database.writing() as session:
        session.get_one(Opening, scene.one).closes_on = TODAY
    assert words in visit(sign_in(people.coordinator), path)
    open_round(services, people.coordinator, scene.round_id)
    assert words in visit(sign_in(people.coordinator), path)
    assert "에 공고 마감" in visit(sign_in(scene.people[0]), f"/youth/rounds/{scene.round_id}")


def test_the_proof_page_and_the_terminal_name_a_method_and_a_finding_alike(
    services: Services, people: People, sign_in: SignIn, tmp_path: Path
) -> None:
    scene = wished(services, people, 2)
    run = dry_run(services, people.coordinator, scene.round_id)[AssignmentMethod.MAX_FIT]
    with services.database.writing() as session:
        row = session.get_one(AssignmentRun, run)
        row.document = {**row.document, "seed": "ab" * 16}
    desk = sign_in(people.coordinator)
    path = f"/coordinator/assignments/{scene.round_id}/runs/{run}"
    page = words_of(visit(desk, path))
    file = tmp_path / "list.json"
    file.write_text(desk.get(f"{path}/list.json").text, encoding="utf-8")
    with use_language("ko"):
        lines = CliRunner().invoke(app, ["verify-assignment", str(file)]).output.splitlines()
    assert lines[1] == "방법: 맞음의 합이 가장 크게 (max_fit)"
    assert "맞음의 합이 가장 크게" in page
    assert "max_fit" in page
    broken = [line.removeprefix("- ") for line in lines if line.startswith("- commitment")]
    assert len(broken) == 1
    code, sentence = broken[0].split(": ", 1)
    assert f"{code} {sentence}" in page


def test_an_old_version_is_a_conflict_and_changes_nothing(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene = wished(services, people, 2)
    propose(services, people.coordinator, scene.round_id)
    centre, path = sign_in(people.centre), f"/centre/assignments/{scene.round_id}"
    for action, data in (
        ("confirm", {"version": "1"}),
        ("step", {"to": "cancel", "version": "1"}),
        ("step", {"to": "open", "version": "1"}),
        ("dry-run", {"version": "1"}),
    ):
        assert post(centre, f"{path}/{action}", data).status_code == 409
    assert post(centre, f"{path}/step", {"to": "fly", "version": "1"}).status_code == 422
    assert stored(services, scene.round_id).state is RoundState.PROPOSED
    with services.database.reading() as session:
        assert session.exec(select(AssignmentPair)).all() == []


def test_an_unplaced_person_is_told_what_to_do_next(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene = published(services, people, 4)
    with services.database.reading() as session:
        placed = {row.youth_id for row in session.exec(select(AssignmentPair))}
    out = next(person for person in scene.people if person.youth_id not in placed)
    text = visit(sign_in(out), f"/youth/rounds/{scene.round_id}")
    assert "이번에는 배정되지 않았어요" in text
    assert 'href="/youth/openings"' in text
    assert 'href="/youth/courses"' in text
    into = next(person for person in scene.people if person.youth_id in placed)
    text = visit(sign_in(into), f"/youth/rounds/{scene.round_id}")
    assert re.search(r'href="/youth/introductions/\d+"', text)


def test_an_open_round_is_on_a_young_persons_first_page_until_its_wishes_lock(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene = set_round(services, people, 1)
    open_round(services, people.coordinator, scene.round_id)
    card = f'href="/youth/rounds/{scene.round_id}"'
    client = sign_in(scene.people[0])
    assert card in client.get("/youth").text
    lock_wishes(services, scene.round_id)
    assert card not in client.get("/youth").text


def test_wishes_lock_on_the_page_when_the_last_day_is_over(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene = set_round(services, people, 1)
    open_round(services, people.coordinator, scene.round_id)
    wish(services, scene.people[0], scene.round_id, {scene.one: 1})
    lock_wishes(services, scene.round_id)
    me, path = sign_in(scene.people[0]), f"/youth/rounds/{scene.round_id}"
    assert f'action="{path}/wishes"' not in visit(me, path)
    sent = {"wish": [f"{scene.two}-1"], "version": "1"}
    assert post(me, f"{path}/wishes", sent).status_code == 409


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    "template",
    [
        "opened",
        "reminder",
        "cancelled",
        "unplaced",
        "placed",
        "partner_opened",
        "partner_result",
        "changed",
        "partner_changed",
        "exchanged",
        "partner_exchanged",
    ],
)
def test_the_mails_say_what_happened_and_lead_on(template: str, language: str) -> None:
    context = {
        "name": "하늘", "site_url": "https://oreum.example", "round_ko": "겨울 배정",
        "round_en": "Winter", "round_id": 7, "wishes_until": "2026-12-01", "most": 3, "people": 2,
        "title_ko": "공고", "title_en": "Opening", "organisation_ko": "기업",
        "organisation_en": "Firm", "answer_by": "2026-12-08",
        "changes": ["added", "deadline", "most", "removed", "rules", "seats"], "added": 1,
        "removed_ko": "뺀 공고", "removed_en": "Gone", "moved_ko": "옮긴 공고", "moved_en": "Moved",
        "is_wished": True, "titles_ko": ["공고"], "titles_en": ["Opening"],
    }  # fmt: skip
    with use_language("ko" if language == "ko" else "en"):
        subject = render_block(f"mail/round_{template}.txt", "subject", context).strip()
        text = render(f"mail/round_{template}.txt", context)
    assert subject
    assert "\n" not in subject
    assert ("겨울" if language == "ko" else "Winter") in subject
    assert "https://oreum.example/" in text
    if language == "en":
        assert HANGUL.search(text.replace("하늘", "")) is None


def test_two_people_ask_on_their_pages_and_the_desk_confirms_with_one_button(
    services: Services, people: People, sign_in: SignIn
) -> None:
    found = placed(services, people)
    path = f"/youth/rounds/{found.round_id}"
    base = f"/coordinator/assignments/{found.round_id}"
    desk = sign_in(people.coordinator)
    assert "합의로 바뀐 것은 없습니다" in visit(desk, base)
    for person, wanted in ((found.first, found.scene.two), (found.second, found.scene.one)):
        me = sign_in(person)
        sent = form_of(visit(me, path), f"{path}/change")
        assert post(me, f"{path}/change", sent | {"wanted": [str(wanted)]}).status_code == 303
    text = visit(sign_in(found.first), path)
    assert "바꿀 수 있어요. 담당자의 확인을 기다려요" in text
    name = found.second.email.removesuffix("@example.com")
    assert name not in text
    assert name in visit(sign_in(found.second), path)
    for other in (people.other_coordinator, people.partner):
        assert sign_in(other).get(base).status_code == 404
    sent = form_of(visit(desk, base), f"{base}/exchanges")
    assert post(sign_in(people.other_coordinator), f"{base}/exchanges", sent).status_code == 404
    bad = post(desk, f"{base}/exchanges", sent | {"one": ["x"]})
    assert (bad.status_code, "f-one" in bad.text) == (422, True)
    assert post(desk, f"{base}/exchanges", sent).status_code == 303
    assert post(desk, f"{base}/exchanges", sent).status_code == 409
    assert "1건이 바뀌었습니다(맞바꿈 1건" in visit(desk, base)
    with services.database.reading() as session:
        run = next(row for row in session.exec(select(AssignmentRun)) if row.is_chosen)
        entry = session.exec(select(AssignmentEntry)).first()
    assert entry is not None
    assert "합의로 바뀐 자리는 들어 있지" in visit(desk, f"{base}/entries/{entry.id}")
    proof = visit(desk, f"{base}/runs/{run.id}")
    assert "약속한 것을 모두 지킵니다" in proof
    assert "1건이 바뀌었습니다(맞바꿈 1건" in proof
    assert "by agreement after publishing: 1 (swaps: 1, moves: 0)" in visit(
        desk, f"{base}/runs/{run.id}?lang=en"
    )


def test_a_request_is_refused_by_its_field_and_can_be_withdrawn_on_the_page(
    services: Services, people: People, sign_in: SignIn
) -> None:
    found = placed(services, people)
    path, me = f"/youth/rounds/{found.round_id}", sign_in(found.first)
    sent = form_of(visit(me, path), f"{path}/change")
    for wanted in ("", "x", str(found.scene.one), "99999999999"):
        bad = post(me, f"{path}/change", sent | {"wanted": [wanted]})
        assert bad.status_code == 422
        assert 'href="#f-wanted"' in bad.text
    good = sent | {"wanted": [str(found.scene.two)]}
    assert post(me, f"{path}/change", good | {"version": ["9"]}).status_code == 409
    assert post(me, f"{path}/change", good).status_code == 303
    text = visit(me, path)
    assert "바꿀 상대나 빈자리를 기다려요" in text
    desk = visit(sign_in(people.coordinator), f"/coordinator/assignments/{found.round_id}")
    assert "1명이 다른 자리를 청했습니다" in desk
    back = form_of(text, f"{path}/change/withdraw")
    assert post(me, f"{path}/change/withdraw", back).status_code == 303
    assert post(me, f"{path}/change/withdraw", back).status_code == 409
    assert f'action="{path}/change"' in visit(me, path)
    out = sign_in(found.out) if found.out else me
    assert f'action="{path}/change"' not in visit(out, path)
