"""Levels of proof, what follows from certificates, and shown projects, as pages say them."""

import re
from datetime import date, timedelta

import pytest
from sqlmodel import select

from matcher.wiring import Services
from models.certification import CertificationRecord, LicenceRecord
from models.opening import RequirementKind, RequirementSubject
from tests import coordinator_desk as desk
from tests import factories
from tests.api_client import program
from tests.conftest import SignIn, browser, post
from tests.factories import NOW, TODAY
from tests.partner_desk import Scene, set_scene
from tests.people import People

TITLE = "가려져야 하는 제목"
SHOWN = date(2026, 9, 17)
LICENCE = "electrical-engineer-licence"


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    """haneul holds SAA, a licence, and showed a project made with Python."""
    made = set_scene(services, people)
    youth_id = people.youth.youth_id or 0
    with services.database.writing() as session:
        factories.requirement(session, made.opening_id, "amazon-s3", level=3)
        desk.certificate(
            session, youth_id, certification="SAA", exam_code="SAA-C03", verification=2,
            expires_on=date(2027, 3, 1),
        )  # fmt: skip
        desk.certificate(session, youth_id, certification="CLF")
        session.add(LicenceRecord(youth_id=youth_id, licence=LICENCE, created_at=NOW))
        home = people.coordinator.organisation_id or 0
        shown = factories.project(
            session, home, title=TITLE, idea="아무에게도", showcase_url="https://example.com/x",
            shown_on=SHOWN,
        )  # fmt: skip
        factories.project_member(session, shown.id or 0, youth_id)
        later = factories.project(session, home, title="아직", showcase_on=TODAY)
        factories.project_member(session, later.id or 0, youth_id)
    return made


def test_the_person_sees_what_follows_from_which_certificate_until_when(
    people: People, scene: Scene, sign_in: SignIn
) -> None:
    youth = sign_in(people.youth)
    page = youth.get("/youth/skills").text
    assert "SAA 자격에서, 2027-03-01까지" in page
    assert TITLE in page
    assert "아직" not in page.split('id="finder"')[0].split("발표한 프로젝트")[-1]
    held = youth.get("/youth/certifications").text
    assert "이 자격에서 기술 47개가 3수준으로 따라와요." in held
    assert "확인을 받으면 기술 33개가 2수준으로 따라와요." in held
    home = youth.get("/youth").text
    assert "자격에서 따라온 기술" in home
    fit = youth.get(f"/youth/openings/{scene.opening_id}").text
    assert "SAA 자격이 2027년 3월 1일까지 뒷받침해요." in fit


def test_the_api_lists_what_follows_with_its_certificate(
    services: Services, people: People, scene: Scene
) -> None:
    ask = program(services, people.youth.account_id)
    found = {each["slug"]: each for each in ask("GET", "/skills").json()["items"]}
    s3 = found["amazon-s3"]
    assert (s3["level"], s3["rater"], s3["verification"]) == (3, "certificate", 2)
    assert (s3["certification"], s3["until"], s3["can_delete"]) == ("SAA", "2027-03-01", False)
    assert (found["python"]["certification"], found["python"]["rater"]) == (None, "self")


def test_the_desk_sees_the_level_of_a_licence_and_what_was_shown(
    people: People, scene: Scene, sign_in: SignIn
) -> None:
    page = sign_in(people.coordinator).get(f"/coordinator/people/{people.youth.youth_id}").text
    assert TITLE in page
    assert "https://example.com/x" in page
    assert "이 자격에서 기술 47개가 3수준으로 따라옵니다." in page
    licence = page.split("법정 자격")[1].split("</ul>")[0]
    assert "proof-1" in licence


def test_a_partner_sees_the_month_and_the_skills_of_a_showing_and_nothing_else_of_it(
    people: People, scene: Scene, sign_in: SignIn
) -> None:
    partner = sign_in(people.partner)
    base = f"/partner/openings/{scene.opening_id}/candidates"
    (number,) = re.findall(r'name="c" value="([0-9]{15})"', partner.get(base).text)
    page = partner.get(f"{base}/{number}").text
    assert "발표한 프로젝트 1개" in page
    assert "2026년 9월" in page
    assert "SAA 자격이 2027-03-01까지 뒷받침합니다" in page
    pages = [page, partner.get(base).text, partner.get(f"{base}/grid").text]
    for hidden in (TITLE, "아무에게도", "example.com/x", str(SHOWN), "하늘"):
        assert [hidden in each for each in pages] == [False, False, False]
    assert "proof-2" in pages[2]


def test_a_licence_asked_for_is_shown_with_its_level(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        factories.requirement(
            session, scene.opening_id, LICENCE, subject=RequirementSubject.LICENCE,
            kind=RequirementKind.LICENCE, level=None,
        )  # fmt: skip
    partner = sign_in(people.partner)
    base = f"/partner/openings/{scene.opening_id}/candidates"
    (number,) = re.findall(r'name="c" value="([0-9]{15})"', partner.get(base).text)

    def stages() -> list[str]:
        own = f"/youth/openings/{scene.opening_id}"
        pages = [partner.get(f"{base}/{number}").text, sign_in(people.youth).get(own).text]
        lines = [re.split(r'<li class="req', each)[1:] for each in pages]
        asked = [next(line for line in each if "전기기사" in line) for each in lines]
        return [each.split("proof proof-")[1][0] for each in asked]

    assert stages() == ["1", "1"]
    with services.database.writing() as session:
        session.exec(select(LicenceRecord)).one().verification = 2
    assert stages() == ["2", "2"]


def test_a_showing_alone_raises_no_level_and_a_rating_for_it_does(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    ask, coordinator = program(services, people.youth.account_id), sign_in(people.coordinator)

    def python() -> tuple[int, int, str]:
        items = ask("GET", "/skills").json()["items"]
        (own,) = [each for each in items if each["slug"] == "python"]
        return own["level"], own["verification"], own["rater"]

    assert python() == (4, 1, "self")
    rating: dict[str, object] = {
        "skill": "python",
        "level": "3",
        "evidence_kind": "project",
        "note": "발표",
    }
    sent = post(coordinator, f"/coordinator/people/{people.youth.youth_id}/skills", rating)
    assert sent.status_code == 303
    assert python() == (3, 2, "coordinator")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_everybody_can_read_what_the_four_levels_mean(services: Services, language: str) -> None:
    page = browser(services).get("/help", headers={"accept-language": language}).text
    levels = page.split('id="levels"')[1].split("</section>")[0]
    assert [f"proof-{stage}" in levels for stage in (1, 2, 3, 4)] == [True] * 4


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("youth", "/youth/skills"),
        ("youth", "/youth/certifications"),
        ("youth", "/youth/openings/{opening}"),
        ("coordinator", "/coordinator/people/{youth}"),
        ("partner", "/partner/openings/{opening}/candidates"),
    ],
)
def test_pages_with_levels_lead_to_what_they_mean(
    services: Services, people: People, scene: Scene, sign_in: SignIn, who: str, path: str
) -> None:
    where = path.format(youth=people.youth.youth_id, opening=scene.opening_id)
    page = sign_in(getattr(people, who)).get(where).text
    assert 'href="/help#levels"' in page


def test_a_certificate_that_ended_leaves_nothing_behind(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        for row in session.exec(select(CertificationRecord)):
            row.expires_on = TODAY - timedelta(days=1)
    youth = sign_in(people.youth)
    assert 'id="follows"' not in youth.get("/youth/skills").text
    assert "따라와요" not in youth.get("/youth/certifications").text
