"""The pages of the voucher pool: what a desk and a young person see, and bad input."""

import re
from datetime import date

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.i18n import use_language
from matcher.rendering import render, render_block
from matcher.wiring import Services
from models.voucher import Voucher, VoucherState
from tests import factories
from tests.conftest import SignIn, post
from tests.factories import NOW
from tests.flows.test_vouchers import add, assign, scene
from tests.people import People

BATCH = {
    "codes": "AAAA-0001\r\nAAAA-0002",
    "percent": "100",
    "level": "associate",
    "expires_on": "2027-03-31",
    "note": "2026 겨울",
}


def visit(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_opens_in_both_languages(
    services: Services, people: People, sign_in: SignIn, language: str
) -> None:
    scene(services, people)
    first = add(services, people.coordinator)[0]
    central = add(services, people.centre, codes="CENTRE-01")[0]
    assign(services, people.centre, central, people.youth.youth_id or 0)
    desks = ((people.coordinator, "/coordinator", first), (people.centre, "/centre", central))
    for person, base, voucher_id in desks:
        client = sign_in(person)
        paths = ["", "?show=free", "?show=lapsed", "?page=9", "/allocation", "/allocation?most=1"]
        for path in [*paths, f"/{voucher_id}", f"/{voucher_id}?q=ha"]:
            joined = "&" if "?" in path else "?"
            text = visit(client, f"{base}/vouchers{path}{joined}lang={language}")
            assert f'<html lang="{language}"' in text
            assert len(re.findall("<h1", text)) == 1
    text = visit(sign_in(people.youth), f"/youth/vouchers?lang={language}")
    assert "CENTRE-01" in text


def test_codes_are_pasted_and_never_shown_to_the_desk_again(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    answer = post(client, "/coordinator/vouchers", BATCH)
    assert (answer.status_code, answer.headers["location"]) == (303, "/coordinator/vouchers")
    text = visit(client, "/coordinator/vouchers")
    assert "줄 수 있는 바우처 2개" in text
    assert "AAAA-000" not in text
    assert text.count("…000") == 2
    with services.database.reading() as session:
        row = session.exec(select(Voucher).where(Voucher.code == "AAAA-0002")).one()
        assert (row.level, row.expires_on, row.note) == (
            "associate",
            date(2027, 3, 31),
            "2026 겨울",
        )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"codes": ""}, "codes"),
        ({"codes": "AAAA-0001\nAAAA-0001"}, "codes"),
        ({"codes": "\n".join(f"C{n:07}" for n in range(5000))}, "codes"),
        ({"codes": "\n".join(f"LONGER-CODE-{n:07}" for n in range(5000))}, "codes"),
        ({"codes": "<script>alert(1)</script>"}, "codes"),
        ({"codes": "AAAA-0001\x00"}, "codes"),
        ({"percent": "0"}, "percent"),
        ({"percent": "101"}, "percent"),
        ({"percent": "절반"}, "percent"),
        ({"level": "expert"}, "level"),
        ({"expires_on": "2026-11-20"}, "expires_on"),
        ({"expires_on": "2026-13-01"}, "expires_on"),
        ({"expires_on": ""}, "expires_on"),
        ({"note": "가" * 201}, "note"),
    ],
)
def test_a_bad_paste_is_refused_by_its_field_and_kept(
    services: Services, people: People, sign_in: SignIn, changed: dict[str, str], field: str
) -> None:
    answer = post(sign_in(people.coordinator), "/coordinator/vouchers", BATCH | changed)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    if field != "note":
        assert 'value="2026 겨울"' in answer.text
    assert "<script>alert" not in answer.text
    with services.database.reading() as session:
        assert session.exec(select(Voucher)).all() == []


def test_a_voucher_is_given_used_and_cannot_be_given_twice(
    services: Services, people: People, sign_in: SignIn
) -> None:
    first = add(services, people.coordinator)[0]
    desk, me = sign_in(people.coordinator), sign_in(people.youth)
    path = f"/coordinator/vouchers/{first}"
    assert "haneul" in visit(desk, f"{path}?q=HANEUL")
    assert "namu" not in visit(desk, path)
    body = {"youth_id": str(people.youth.youth_id), "version": "1"}
    assert post(desk, f"{path}/assign", body).status_code == 303
    assert post(desk, f"{path}/assign", body).status_code == 409
    assert "AAAA-0001" in visit(me, "/youth/vouchers")
    assert "AAAA-0001" not in visit(desk, path)
    used = f"/youth/vouchers/{first}/used"
    assert post(me, used, {"on": "2026-11-22", "version": "2"}).status_code == 422
    assert post(me, used, {"on": "", "version": "2"}).status_code == 422
    assert post(me, used, {"on": "2026-11-21", "version": "1"}).status_code == 409
    assert post(me, used, {"on": "2026-11-21", "version": "2"}).status_code == 303
    text = visit(me, "/youth/vouchers")
    assert "AAAA-0001" not in text
    assert "11월 21일에 썼어요" in text


def test_a_person_of_another_university_is_refused_like_nobody(
    services: Services, people: People, sign_in: SignIn
) -> None:
    first = add(services, people.coordinator)[0]
    client = sign_in(people.coordinator)
    for youth_id in (people.far_youth.youth_id, 999_999):
        body = {"youth_id": str(youth_id), "version": "1"}
        answer = post(client, f"/coordinator/vouchers/{first}/assign", body)
        assert answer.status_code == 422
        assert "namu" not in answer.text
    with services.database.reading() as session:
        assert session.get_one(Voucher, first).state is VoucherState.FREE


@pytest.mark.parametrize(
    "body",
    [
        {"pair": "1"},
        {"pair": "a-b"},
        {"pair": "1-1-1"},
        {"pair": "9999999999-1"},
        {"pair": "1-2147483647"},
        {},
    ],
)
def test_pairs_that_the_page_never_sent_give_nothing(
    services: Services, people: People, sign_in: SignIn, body: dict[str, str]
) -> None:
    add(services, people.coordinator)
    answer = post(sign_in(people.coordinator), "/coordinator/vouchers/allocation", body)
    assert answer.status_code in (409, 422)
    with services.database.reading() as session:
        assert {row.state for row in session.exec(select(Voucher))} == {VoucherState.FREE}


@pytest.mark.parametrize("most", ["0", "501", "-3", "viele", "1e3"])
def test_a_wrong_number_of_vouchers_is_refused_and_kept(
    people: People, sign_in: SignIn, most: str
) -> None:
    answer = sign_in(people.coordinator).get(f"/coordinator/vouchers/allocation?most={most}")
    assert answer.status_code == 422
    assert f'value="{most}"' in answer.text


def test_the_proposal_can_be_confirmed_without_somebody(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene(services, people)
    add(services, people.coordinator)
    client = sign_in(people.coordinator)
    text = visit(client, "/coordinator/vouchers/allocation")
    assert "바우처 2개로 2명이 더 닿습니다" in text
    pairs = re.findall(r'name="pair" value="([0-9-]+)"', text)
    assert len(pairs) == 2
    answer = post(client, "/coordinator/vouchers/allocation", {"pair": pairs[:1]})
    assert answer.status_code == 303
    with services.database.reading() as session:
        given = [r for r in session.exec(select(Voucher)) if r.state is VoucherState.ASSIGNED]
    assert [f"{row.id}-{row.youth_id}" for row in given] == pairs[:1]


def test_a_voucher_of_somebody_who_left_stays_counted(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        row = factories.voucher(
            session, people.coordinator.organisation_id, "ERASED-01", state="assigned",
            assigned_at=NOW, youth_id=None,
        )  # fmt: skip
        number = row.id
    client = sign_in(people.coordinator)
    assert "계정을 지운 사람" in visit(client, "/coordinator/vouchers")
    assert "계정을 지운 사람" in visit(client, f"/coordinator/vouchers/{number}")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("template", ["voucher_assigned", "voucher_taken_back"])
def test_the_mails_name_the_desk_and_lead_to_the_page(template: str, language: str) -> None:
    context = {
        "name": "하늘", "site_url": "https://oreum.example", "desk_ko": "제주대 데모",
        "desk_en": "Jeju demo", "expires_on": "2027-03-31", "percent": 100,
    }  # fmt: skip
    with use_language("ko" if language == "ko" else "en"):
        subject = render_block(f"mail/{template}.txt", "subject", context).strip()
        body = render(f"mail/{template}.txt", context)
    assert subject
    assert "\n" not in subject
    assert "https://oreum.example/youth/vouchers" in body
    assert ("제주대 데모" if language == "ko" else "Jeju demo") in body
