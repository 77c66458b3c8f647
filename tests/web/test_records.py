"""The pages of one's own records: what was typed stays, refusals stand by their field."""

import pytest
from sqlmodel import SQLModel, func, select

from matcher.wiring import Services
from models.certification import CertificationRecord, LicenceRecord
from models.skill import SkillRecord
from models.youth import YouthProfile
from tests.conftest import SignIn, post
from tests.people import People

PROFILE = {"affiliation": "none", "status": "seeking", "version": "1"}


def count(services: Services, table: type[SQLModel]) -> int:
    with services.database.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("path", ["/youth/profile", "/youth/skills", "/youth/certifications"])
def test_the_owner_opens_own_records_in_both_languages(
    people: People, sign_in: SignIn, path: str, lang: str
) -> None:
    answer = sign_in(people.youth).get(path, params={"lang": lang})
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text


def test_a_field_sent_twice_is_refused_and_what_was_typed_stays(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.youth)
    twice = PROFILE | {"about": "내가 적은 글", "weekly_hours": ["10", "20"]}
    answer = post(client, "/youth/profile", twice)
    assert answer.status_code == 422
    assert "같은 항목이 두 번 왔어요." in answer.text
    assert "내가 적은 글" in answer.text
    with services.database.reading() as session:
        assert "내가 적은 글" not in session.exec(select(YouthProfile.about)).all()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("weekly_hours", "81"),
        ("weekly_hours", "-1"),
        ("weekly_hours", "1_0"),
        ("weekly_hours", "２"),
        ("weekly_hours", "2.5"),
        ("budget_krw", "1e9"),
        ("budget_krw", "99999999999999999999"),
        ("graduation_on", "2027-02-29"),
        ("graduation_on", "0000-01-01"),
        ("graduation_on", "86400"),
        ("status", "boss"),
        ("affiliation", ""),
        ("about", "\u0000"),
        ("about", "a\u202eb"),
        ("about", "가" * 2001),
        ("about", "900101-1234567"),
        ("sectors", "moon"),
        ("organisation_id", "9223372036854775808"),
        ("role", "admin"),
        ("organisation_id; DROP", "1"),
    ],
)
def test_a_bad_profile_value_is_refused_and_what_was_typed_stays(
    services: Services, people: People, sign_in: SignIn, field: str, value: str
) -> None:
    client = sign_in(people.youth)
    typed = PROFILE | {"about": "내가 적은 글"} | {field: value}
    answer = post(client, "/youth/profile", typed)
    assert answer.status_code in (400, 422)
    if field != "about":
        assert "내가 적은 글" in answer.text
    with services.database.reading() as session:
        row = session.get_one(YouthProfile, people.youth.youth_id)
    assert (row.version, row.about) == (1, "")


def test_a_profile_edited_elsewhere_answers_conflict_and_keeps_the_form(
    people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.youth)
    assert post(client, "/youth/profile", PROFILE).status_code == 303
    answer = post(client, "/youth/profile", PROFILE | {"about": "두 번째 글"})
    assert answer.status_code == 409
    assert "두 번째 글" in answer.text
    assert 'name="version" value="2"' in answer.text


def test_a_text_with_markup_is_shown_as_text(people: People, sign_in: SignIn) -> None:
    client = sign_in(people.youth)
    sharp = '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{7*7}}'
    assert post(client, "/youth/profile", PROFILE | {"about": sharp}).status_code == 303
    page = client.get("/youth/profile").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "{{7*7}}" in page


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"skill": "없는기술", "level": "3"}, "skill"),
        ({"skill": "python", "level": "6"}, "level"),
        ({"skill": "python", "level": ""}, "level"),
        ({"skill": "python", "level": "3", "evidence_kind": "rumour"}, "evidence_kind"),
        ({"skill": "python", "level": "3", "verification": "4"}, "verification"),
    ],
)
def test_a_bad_skill_stores_nothing(
    services: Services, people: People, sign_in: SignIn, values: dict[str, str], where: str
) -> None:
    answer = post(sign_in(people.youth), "/youth/skills", values)
    assert answer.status_code == 422
    assert count(services, SkillRecord) == 0


def test_a_badge_link_must_be_https(services: Services, people: People, sign_in: SignIn) -> None:
    client = sign_in(people.youth)
    for link in (
        "javascript:alert(1)",
        "http://example.com/b",
        "//evil.example",
        "data:text/html,x",
    ):
        values = {
            "certification": "CLF",
            "state": "passed",
            "on": "2026-01-05",
            "proof_url": link,
        }
        assert post(client, "/youth/certifications", values).status_code == 422
    assert count(services, CertificationRecord) == 0


def test_a_step_of_somebody_elses_attempt_looks_like_an_absent_one(
    people: People, sign_in: SignIn
) -> None:
    owner, other = sign_in(people.youth), sign_in(people.other_youth)
    values = {"certification": "CLF", "state": "passed", "on": "2026-01-05"}
    assert post(owner, "/youth/certifications", values).status_code == 303
    step = {"to": "failed", "version": "1"}
    foreign = post(other, "/youth/certifications/1/step", step)
    absent = post(other, "/youth/certifications/999/step", step)
    assert (foreign.status_code, absent.status_code) == (404, 404)


def test_a_minor_moves_a_plan_to_a_booking_with_a_guardians_consent_only(
    people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.youth)
    values = {"certification": "CLF", "state": "planned", "on": "2026-12-05"}
    assert post(client, "/youth/certifications", values).status_code == 303
    page = client.get("/youth/certifications").text
    assert [name in page for name in ('id="f-minor-1"', 'id="f-guardian-1"')] == [True, True]
    step = {"to": "scheduled", "on": "2026-12-05", "version": "1", "is_minor": "1"}
    refused = post(client, "/youth/certifications/1/step", step)
    assert refused.status_code == 422
    assert "보호자가 동의해야" in refused.text
    agreed = {**step, "has_guardian_consent": "1"}
    assert post(client, "/youth/certifications/1/step", agreed).status_code == 303


def test_licences_are_recorded_once_and_taken_back(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.youth)
    page = client.get("/youth/certifications").text
    slug = page.split('id="f-licence"')[1].split('<option value="')[2].split('"')[0]
    assert post(client, "/youth/licences", {"licence": slug}).status_code == 303
    assert post(client, "/youth/licences", {"licence": slug}).status_code == 422
    assert post(client, "/youth/licences", {"licence": "python"}).status_code == 422
    future = {"licence": slug, "acquired_on": "2030-01-01"}
    assert post(sign_in(people.other_youth), "/youth/licences", future).status_code == 422
    assert count(services, LicenceRecord) == 1
    foreign = post(sign_in(people.other_youth), "/youth/licences/1/remove", {})
    assert foreign.status_code == 404
    assert post(client, "/youth/licences/1/remove", {}).status_code == 303
    assert count(services, LicenceRecord) == 0
