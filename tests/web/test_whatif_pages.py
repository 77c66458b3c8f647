"""The what-if part of an opening's page and of a certificate's page, as they are sent."""

import re

import pytest

from matcher.wiring import Services
from models.consent import ConsentPurpose
from models.opening import RequirementKind
from tests import factories, matching_desk
from tests.conftest import SignIn
from tests.model_shelf import switch
from tests.partner_desk import pool_consent
from tests.people import People


@pytest.fixture
def ids(services: Services, people: People) -> list[int]:
    """Seven openings, four willing people besides haneul."""
    assert people.partner.organisation_id is not None
    assert people.youth.youth_id is not None
    found = matching_desk.stock(services, people.partner.organisation_id, people.youth.youth_id, 7)
    with services.database.writing() as session:
        for number in range(4):
            account = factories.account(session, f"willing{number}@example.com")
            profile = factories.youth(session, account.id or 0)
            factories.consent(session, profile.id or 0, ConsentPurpose.SERVICE)
            pool_consent(session, profile.id or 0, "space")
            for slug in ("python", "sql"):
                factories.skill_record(session, profile.id or 0, slug, level=4, verification=4)
    return found


def words(html: str, part: str) -> str:
    """The text of the section that `part` names, in one line."""
    found = re.search(rf'<section[^>]*aria-labelledby="{part}".*?</section>', html, re.S)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_an_opening_s_switches_tell_both_places(
    people: People, ids: list[int], sign_in: SignIn
) -> None:
    client = sign_in(people.youth)
    html = client.get(f"/youth/openings/{ids[0]}?cert=SAA").text
    said = words(html, "what")
    assert "SAA에 합격해요" in said
    assert "사람 5명 중 1번째" in said
    box = re.search(r'<section[^>]*id="together".*?</section>', html, re.S)
    assert box is not None
    assert "사람 5명 중 5번째 → 1번째" in re.sub(r"<[^>]+>", "", box[0])
    assert re.search(r'value="SAA" checked', html)


def test_a_certificate_s_page_tells_what_passing_changes(
    people: People, ids: list[int], sign_in: SignIn
) -> None:
    client = sign_in(people.youth)
    html = client.get("/youth/certifications/SAA").text
    said = words(html, "whatif")
    assert "지원을 받는 공고 7건 가운데 7건의 점수가 바뀌어요." in said
    assert "많이 바뀌는 공고 5건" in said
    assert html.count("지상국 데이터 엔지니어") == 5
    assert "5번째 → 1번째 5명" in said
    assert "점수는 그대로예요" in words(client.get("/youth/certifications/ANS").text, "whatif")


def test_while_ranking_is_off_both_pages_show_no_score(
    services: Services, people: People, ids: list[int], sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        switch(session, is_on=False)
    client = sign_in(people.youth)
    assert 'class="whatif' not in client.get(f"/youth/openings/{ids[0]}?cert=SAA").text
    said = words(client.get("/youth/certifications/SAA").text, "whatif")
    assert "지금은 순위를 매기지 않아요." in said
    assert "번째" not in said


def test_a_course_that_would_rule_the_person_out_says_so(
    services: Services, people: People, ids: list[int], sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        row = factories.opening(session, people.partner.organisation_id or 0)
        factories.requirement(session, row.id or 0, "docker", level=2)
        out = RequirementKind.EXCLUDE
        factories.requirement(session, row.id or 0, "linux", level=2, kind=out)
        course = matching_desk.course(session, people.coordinator.organisation_id or 0)
        for slug in ("docker", "linux"):
            matching_desk.gained(session, course.id or 0, slug, 0, 3)
        matching_desk.run(session, course.id or 0)
        path = f"/youth/openings/{row.id}?course={course.id}"
    answer = sign_in(people.youth).get(path)
    assert answer.status_code == 200
    assert "이 공고가 받지 않게 돼요" in words(answer.text, "what")
    assert answer.text.count("이 공고의 제외 조건에 걸려 순서에 들지 않아요.") == 2
