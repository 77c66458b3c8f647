"""The page that plans renewals: what it shows, keeps and refuses."""

import re
from datetime import date

import pytest
from starlette.testclient import TestClient

from matcher.wiring import Services
from models.certification import AttemptState, CertificationRecord
from tests.conftest import SignIn, post
from tests.factories import NOW, add
from tests.people import People

ASKED = {"certifications": ["SAA"], "years": "3", "goal": "fewest", "route": "exams", "new": "1"}


@pytest.fixture
def holder(services: Services, people: People, sign_in: SignIn) -> TestClient:
    with services.database.writing() as session:
        for name, code, end in (
            ("SAA", "SAA-C03", date(2027, 3, 1)),
            ("CLF", "CLF-C02", date(2027, 5, 1)),
            ("AIF", "AIF-C01", date(2026, 11, 1)),
        ):
            add(
                session,
                CertificationRecord(
                    youth_id=people.youth.youth_id,
                    certification=name,
                    exam_code=code,
                    state=AttemptState.PASSED,
                    exam_on=end.replace(year=end.year - 3),
                    expires_on=end,
                    created_at=NOW,
                    updated_at=NOW,
                ),
            )
    return sign_in(people.youth)


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def ticked(html: str) -> list[str]:
    boxes = re.findall(r"<input[^>]*name=\"certifications\"[^>]*>", html)
    return [re.findall(r'value="([A-Z]+)"', box)[0] for box in boxes if " checked" in box]


@pytest.mark.parametrize(
    ("lang", "title"),
    [("ko", "시험 1번이면 이어 갈 수 있어요"), ("en", "1 exam keeps them alive")],
)
def test_a_plain_visit_plans_all_that_is_valid(holder: TestClient, lang: str, title: str) -> None:
    answer = holder.get("/youth/renewals", params={"lang": lang})
    assert answer.status_code == 200
    text = plain(answer.text)
    assert title in text
    assert "SAA-C03" in text
    assert "US$75" in text
    assert ticked(answer.text) == ["SAA", "CLF"]
    assert ("3년 동안" if lang == "ko" else "3 years") in text
    assert answer.text.count("<h1") == 1
    assert "https://aws.amazon.com/certification/recertification/" in answer.text


def test_what_was_asked_is_calculated_and_stays_in_the_form(holder: TestClient) -> None:
    asked = ASKED | {"certifications": ["CLF", "AIF"], "route": "paid", "goal": "cheapest"}
    answer = holder.get("/youth/renewals", params=asked)
    assert answer.status_code == 200
    assert ticked(answer.text) == ["AIF", "CLF"]
    text = plain(answer.text)
    assert "2026년 11월 1일에 끝난 자격은 갱신할 수 없어요." in text
    assert re.search(r'value="cheapest" checked', answer.text)
    assert re.search(r'value="paid" checked', answer.text)
    without = holder.get("/youth/renewals", params={k: v for k, v in asked.items() if k != "new"})
    assert not re.search(r'name="new"[^>]*checked', without.text)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"years": "0"}, "years"),
        ({"years": "7"}, "years"),
        ({"years": ""}, "years"),
        ({"years": "３"}, "years"),
        ({"years": "1e1"}, "years"),
        ({"goal": "best"}, "goal"),
        ({"route": ""}, "route"),
        ({"certifications": []}, "certifications"),
        ({"certifications": ["XYZ"]}, "certifications"),
        ({"certifications": ["DOP"]}, "certifications"),
        ({"certifications": ["SAA"] * 21}, "certifications"),
        ({"certifications": ["A\u202e"]}, "certifications"),
        ({"other": "1"}, ""),
    ],
)
def test_a_bad_query_is_refused_by_its_field(
    holder: TestClient, change: dict[str, object], field: str
) -> None:
    answer = holder.get("/youth/renewals", params=ASKED | change)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert 'id="errors"' in answer.text
    if field:
        assert f'href="#f-{field}"' in answer.text
    assert "칸을 고치면 다시 계산해요." in answer.text


@pytest.mark.parametrize(
    ("change", "status"), [({"years": ["1", "2"]}, 422), ({"goal": "\u0000"}, 400)]
)
def test_a_query_that_is_no_form_of_ours_is_refused(
    holder: TestClient, change: dict[str, object], status: int
) -> None:
    answer = holder.get("/youth/renewals", params=ASKED | change)  # type: ignore[arg-type]
    assert answer.status_code == status


def test_nobody_without_passes_is_told_where_to_begin(people: People, sign_in: SignIn) -> None:
    answer = sign_in(people.other_youth).get("/youth/renewals")
    assert answer.status_code == 200
    assert "합격한 자격이 아직 없어요." in answer.text
    assert 'href="/youth/certifications#form"' in answer.text


def test_the_records_page_leads_here_and_refuses_a_minor_by_the_field(holder: TestClient) -> None:
    assert 'href="/youth/renewals"' in holder.get("/youth/certifications").text
    booking = {"certification": "SAP", "state": "scheduled", "on": "2026-12-20", "language": "ko"}
    answer = post(holder, "/youth/certifications", booking | {"is_minor": "1"})
    assert answer.status_code == 422
    assert 'href="#f-has_guardian_consent"' in answer.text
    assert re.search(r'name="is_minor"[^>]* checked', answer.text)
    assert "보호자가 동의해야" in answer.text
