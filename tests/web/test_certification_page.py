"""One certificate's page: what it says without data and with it, and what bad input gets."""

import re
from datetime import date, timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from matcher.wiring import Services
from models.study import PracticeScore, StudyEntry
from models.trail import AuditEntry
from tests import factories
from tests.conftest import SignIn, post
from tests.coordinator_desk import course, gives, run
from tests.factories import NOW, TODAY
from tests.people import People

STUDY = {"studied_on": "2026-11-20", "minutes": "90", "domain": "2", "note": "보안 강의"}
PRACTICE = {
    "taken_on": "2026-11-20",
    "percent": "82",
    "part": "",
    "source": "official_practice_exam",
    "exam_code": "CLF-C02",
}


def page(client: TestClient, name: str = "CLF", status: int = 200, query: str = "") -> str:
    answer = client.get(f"/youth/certifications/{name}{query}")
    assert answer.status_code == status, answer.text
    return answer.text


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", ["CLF", "DVA", "SAP", "ANS", "AIB", "MLA", "MLS", "DAS"])
def test_every_kind_of_certificate_has_its_page(
    people: People, sign_in: SignIn, name: str, language: str
) -> None:
    text = page(sign_in(people.youth), name, query=f"?lang={language}")
    assert f'<html lang="{language}"' in text
    assert len(re.findall(r"<h1", text)) == 1


@pytest.mark.parametrize("name", ["XYZ", "clf", "CLF-C02", "%00", "0", "가"])
def test_what_is_no_certificate_is_not_there(people: People, sign_in: SignIn, name: str) -> None:
    client = sign_in(people.youth)
    assert client.get(f"/youth/certifications/{name}").status_code in (400, 404, 422)
    assert post(client, "/youth/certifications/XYZ/study", STUDY).status_code == 404


def test_nothing_is_claimed_before_a_score_is_recorded(people: People, sign_in: SignIn) -> None:
    client = sign_in(people.youth)
    text = plain(page(client))
    assert "연습 점수를 적으면 얼마나 준비됐는지 보여 드려요." in text
    assert "준비됐어요 " not in text.split("어떻게 셈하나요")[0]
    assert post(client, "/youth/certifications/CLF/study", STUDY).status_code == 303
    assert "점수가 없어요" in plain(page(client))


def test_a_score_makes_ready_and_the_rule_is_told(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.youth)
    answer = post(client, "/youth/certifications/CLF/practice", PRACTICE)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/youth/certifications/CLF#practice",
    )
    text = plain(page(client))
    assert "지금은 준비됐어요. 최근 점수 82%, 합격선은 70%로 봐요." in text
    assert "우리가 정한 규칙이고 AWS의 것이 아니에요." in text
    assert "약한 영역" in text
    with services.database.reading() as session:
        row = session.exec(select(PracticeScore)).one()
        assert (row.youth_id, row.percent, row.domain) == (people.youth.youth_id, 82, None)
        actions = session.exec(select(AuditEntry.action)).all()
    assert "practice:recorded" in actions


def test_scores_of_another_version_are_shown_and_not_counted(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        factories.practice_score(
            session, people.youth.youth_id, certification="DVA", exam_code="DVA-C02", percent=95
        )
    text = plain(page(sign_in(people.youth), "DVA"))
    assert "다른 판이라 셈하지 않아요" in text
    assert "연습 점수를 적으면 얼마나 준비됐는지 보여 드려요." in text


def test_the_weakest_domains_lead_to_courses_that_teach_them_with_a_session_to_come(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        for title, skill, starts in (
            ("신원 관리 실습", "aws-iam", TODAY + timedelta(days=20)),
            ("끝난 신원 과정", "aws-iam", TODAY - timedelta(days=60)),
            ("요금 읽기", "cloud-economics", TODAY + timedelta(days=20)),
        ):
            made = course(session, people.coordinator.organisation_id, title_ko=title)
            gives(session, made.id, skill, 2)
            run(session, made.id, starts, starts + timedelta(days=20))
        for domain, percent in ((1, 95), (2, 40), (3, 90), (4, 60)):
            factories.practice_score(session, people.youth.youth_id, domain=domain, percent=percent)
    text = plain(page(sign_in(people.youth)))
    weak = text.split("무엇으로 배울까요")[1].split("시험 전체를 위한 것")[0]
    assert re.findall(r"약한 영역: (\d)", weak) == ["2", "4"]
    assert "신원 관리 실습" in weak
    assert "끝난 신원 과정" not in text
    assert "요금 읽기" not in weak
    assert "한국어로 되는지 확인하지 못했어요" in text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "1441"}, "minutes"),
        ({"minutes": "-5"}, "minutes"),
        ({"minutes": "1.5"}, "minutes"),
        ({"minutes": ""}, "minutes"),
        ({"studied_on": "2026-11-22"}, "studied_on"),
        ({"studied_on": "2020-01-01"}, "studied_on"),
        ({"studied_on": "2026-02-30"}, "studied_on"),
        ({"studied_on": "내일"}, "studied_on"),
        ({"domain": "5"}, "domain"),
        ({"domain": "13"}, "domain"),
        ({"note": "가" * 201}, "note"),
    ],
)
def test_a_wrong_study_entry_is_refused_by_its_field_and_kept(
    services: Services, people: People, sign_in: SignIn, changed: dict[str, str], field: str
) -> None:
    client = sign_in(people.youth)
    answer = post(client, "/youth/certifications/CLF/study", STUDY | changed)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    kept = "보안 강의" if field != "note" else "가" * 201
    assert f'value="{kept}"' in answer.text
    with services.database.reading() as session:
        assert session.exec(select(StudyEntry)).all() == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"percent": "101"}, "percent"),
        ({"percent": "-1"}, "percent"),
        ({"percent": "높음"}, "percent"),
        ({"taken_on": "2026-11-22"}, "taken_on"),
        ({"part": "9"}, "part"),
        ({"source": "cheating"}, "source"),
        ({"exam_code": "SAA-C03"}, "exam_code"),
        ({"exam_code": ""}, "exam_code"),
    ],
)
def test_a_wrong_practice_score_is_refused_by_its_field(
    services: Services, people: People, sign_in: SignIn, changed: dict[str, str], field: str
) -> None:
    client = sign_in(people.youth)
    answer = post(client, "/youth/certifications/CLF/practice", PRACTICE | changed)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    with services.database.reading() as session:
        assert session.exec(select(PracticeScore)).all() == []


def test_an_entry_is_removed_by_its_owner_alone(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        entry = factories.study_entry(session, people.youth.youth_id).id
        score = factories.practice_score(session, people.youth.youth_id).id
    other, own = sign_in(people.other_youth), sign_in(people.youth)
    for path in (f"/youth/study/{entry}/remove", f"/youth/practice/{score}/remove"):
        assert post(other, path).status_code == 404
        assert post(own, path).status_code == 303
        assert post(own, path).status_code == 404
    with services.database.reading() as session:
        assert session.exec(select(StudyEntry)).all() == []
        assert session.exec(select(PracticeScore)).all() == []


def test_the_study_of_one_is_never_on_the_page_of_another(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        factories.study_entry(session, people.youth.youth_id, note="비밀 메모")
        factories.practice_score(session, people.youth.youth_id, percent=33)
    assert "비밀 메모" in page(sign_in(people.youth))
    text = page(sign_in(people.other_youth))
    assert "비밀 메모" not in text
    assert "33%" not in text


def test_a_voucher_shows_its_code_where_the_exam_can_be_sat_with_it(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        factories.voucher(
            session, people.coordinator.organisation_id, "CODE-FOR-HANEUL", level="foundational",
            youth_id=people.youth.youth_id, state="assigned", assigned_at=NOW,
            expires_on=date(2027, 1, 31),
        )  # fmt: skip
    client = sign_in(people.youth)
    assert "CODE-FOR-HANEUL" in page(client, "CLF")
    assert "CODE-FOR-HANEUL" not in page(client, "SAA")
    assert "CODE-FOR-HANEUL" not in page(sign_in(people.other_youth), "CLF")
