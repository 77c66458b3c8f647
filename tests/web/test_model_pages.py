"""The admin's models desk and the public cards."""

import pytest

from matcher.store import model_versions
from matcher.wiring import Services
from models.account import Role
from models.model_version import ModelState
from tests import factories
from tests.conftest import SignIn, post
from tests.matching_desk import stock
from tests.model_shelf import shelve, switch
from tests.people import People, Person
from tests.web.test_step_up import age_sessions


def second_admin(services: Services) -> Person:
    with services.database.writing() as session:
        row = factories.account(session, "second-admin@example.com")
        factories.membership(session, row.id, Role.ADMIN)
        return Person(row.email, Role.ADMIN, row.id or 0)


def one(services: Services, **values: object) -> str:
    with services.database.writing() as session:
        return shelve(session, **values).label  # type: ignore[arg-type]


def serve(services: Services, **values: object) -> str:
    with services.database.writing() as session:
        row = shelve(session, **values)  # type: ignore[arg-type]
        old = model_versions.serving(session)
        row.replaced_id = None if old is None else old.id
        model_versions.change_over(session, old, row, factories.NOW)
        return row.label


def test_two_admins_promote_the_youth_s_page_changes_and_one_takes_it_back(
    services: Services, people: People, sign_in: SignIn
) -> None:
    (opening, *_) = stock(services, people.partner.organisation_id or 0, people.youth.youth_id or 0)
    label, path = one(services, lift=0.4), f"/youth/openings/{opening}"
    youth, first, second = map(sign_in, (people.youth, people.admin, second_admin(services)))
    before = youth.get(path).text
    assert post(first, f"/admin/models/{label}/propose").status_code == 303
    assert post(first, f"/admin/models/{label}/promote").status_code == 409
    assert post(second, f"/admin/models/{label}/promote").status_code == 303
    during = youth.get(path).text
    assert ("additive-1" in before, label in before) == (True, False)
    assert ("additive-1" in during, label in during) == (False, True)
    back = post(first, "/admin/models/rollback", {"serving": label})
    assert back.status_code == 303
    assert "additive-1" in youth.get(path).text


def test_a_red_report_is_a_conflict_in_words(
    services: Services, people: People, sign_in: SignIn
) -> None:
    label = one(services, colour="red")
    answer = post(sign_in(people.admin), f"/admin/models/{label}/propose")
    assert answer.status_code == 409
    assert "보고서가 빨강인 모델은 쓸 수 없습니다." in answer.text


def test_changes_need_a_recent_password_and_looking_does_not(
    services: Services, people: People, sign_in: SignIn
) -> None:
    label, client = one(services), sign_in(people.admin)
    age_sessions(services, 31)
    assert client.get("/admin/models").status_code == 200
    acts = [f"/admin/models/{label}/propose", "/admin/models/rollback", "/admin/models/switch"]
    answers = [post(client, path) for path in acts]
    assert [each.status_code for each in answers] == [303, 303, 303]
    assert {each.headers["location"].split("=")[0] for each in answers} == {"/login?next"}
    with services.database.reading() as session:
        row = model_versions.by_label(session, label)
    assert row is not None
    assert row.proposed_by_account_id is None


def test_switching_off_needs_a_reason_and_is_shown(
    services: Services, people: People, sign_in: SignIn
) -> None:
    admin = sign_in(people.admin)
    assert post(admin, "/admin/models/switch", {"reason": " "}).status_code == 422
    assert post(admin, "/admin/models/switch", {"reason": "순서가 이상함"}).status_code == 303
    shown = admin.get("/admin/models").text
    assert "순위가 꺼져 있습니다." in shown
    assert "순서가 이상함" in shown
    answer = post(admin, "/admin/models/switch", {"reason": "고침", "is_on": "1"})
    assert answer.status_code == 303
    assert "순위가 꺼져 있습니다." not in admin.get("/admin/models").text


def test_going_back_from_an_old_page_is_refused(
    services: Services, people: People, sign_in: SignIn
) -> None:
    """A button pressed twice, or by two admins at once, goes back once."""
    first, second, third = (serve(services, lift=lift) for lift in (0.1, 0.2, 0.3))
    admin, path = sign_in(people.admin), "/admin/models/rollback"
    assert f'name="serving" value="{third}"' in admin.get("/admin/models").text
    assert post(admin, path, {"serving": third}).status_code == 303
    again = post(admin, path, {"serving": third})
    assert again.status_code == 409
    assert "그 사이에 쓰는 모델이 바뀌었습니다." in again.text
    assert post(admin, path).status_code == 422
    assert post(admin, path, {"serving": " "}).status_code == 422
    with services.database.reading() as session:
        now = model_versions.serving(session)
    assert now is not None
    assert (now.label, now.replaced_id is None) == (second, False)
    assert first != second


def test_a_forged_field_changes_nothing(
    services: Services, people: People, sign_in: SignIn
) -> None:
    label, admin = one(services), sign_in(people.admin)
    for act in ("propose", "promote"):
        sent: dict[str, object] = {"proposed_by_account_id": "2", "state": "serving"}
        assert post(admin, f"/admin/models/{label}/{act}", sent).status_code == 422
    with services.database.reading() as session:
        row = model_versions.by_label(session, label)
    assert row is not None
    assert (row.state, row.proposed_by_account_id) == (ModelState.CANDIDATE, None)


def test_an_unknown_model_is_absent(services: Services, people: People, sign_in: SignIn) -> None:
    admin = sign_in(people.admin)
    assert admin.get("/models/learned-2020-01-01-1").status_code == 404
    assert post(admin, "/admin/models/learned-2020-01-01-1/propose").status_code == 404


def test_a_damaged_serving_model_is_told_on_the_desk(
    services: Services, people: People, sign_in: SignIn
) -> None:
    serve(services, data=b"damaged")
    shown = sign_in(people.admin).get("/admin/models")
    assert shown.status_code == 200
    assert "쓰기로 한 모델을 쓸 수 없습니다." in shown.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ["모델 카드", "무엇에 쓰나요", "예상과 실제", "공정한지", "쓰지 않는 것"]),
        ("en", ["Model card", "What it is for", "Expected and real", "Is it fair"]),
    ],
)
def test_everybody_reads_the_card_in_both_languages(
    services: Services, people: People, sign_in: SignIn, language: str, words: list[str]
) -> None:
    from tests.conftest import browser

    label = serve(services)
    shown = browser(services).get(f"/models/{label}?lang={language}")
    assert shown.status_code == 200
    assert [each for each in words if each not in shown.text] == []
    assert [each for each in (label, "0.610", "0.580", "0.640") if each not in shown.text] == []


def test_small_cells_are_hidden_on_the_card(services: Services, people: People) -> None:
    from tests.conftest import browser

    label = serve(services)
    text = browser(services).get(f"/models/{label}").text
    row = text[text.index("halla") :].split("</tr>")[0]
    assert "가림" in row
    assert ">3<" not in row


def test_the_hand_made_model_has_a_card_with_its_own_points(
    services: Services, people: People
) -> None:
    from tests.conftest import browser

    client = browser(services)
    shown = client.get("/models/additive-1")
    assert shown.status_code == 200
    assert "사람이 정한 모델이에요." in shown.text
    # required skills: 3.0 points a whole, nought at 0.4
    assert [each for each in ("−1.20", "+1.80") if each not in shown.text] == []
    assert "/models/additive-1" in client.get("/models").text
    assert "/models/additive-1" in client.get("/model").text


def test_the_page_about_scores_names_the_learned_model_that_serves(
    services: Services, people: People
) -> None:
    from tests.conftest import browser

    label = serve(services)
    text = browser(services).get("/model").text
    assert f"/models/{label}" in text
    assert "사람이 정한 값이에요" not in text


@pytest.mark.parametrize("data", [b"", b"damaged"])
def test_a_card_of_a_damaged_model_says_so(services: Services, people: People, data: bytes) -> None:
    from tests.conftest import browser

    label = one(services, data=data, state=ModelState.REFUSED, has_report=False)
    shown = browser(services).get(f"/models/{label}")
    assert shown.status_code == 200
    assert "이 모델의 값을 읽을 수 없어요." in shown.text
    assert "읽을 수 있는 보고서가 없어요." in shown.text


def test_the_card_says_when_ranking_is_off(services: Services, people: People) -> None:
    from tests.conftest import browser

    with services.database.writing() as session:
        switch(session, False)
    assert "지금은 순위를 매기지 않아요." in browser(services).get("/models/additive-1").text
