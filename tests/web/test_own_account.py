"""One's own account: password, sessions, tokens, consents, who looked, export, erasing."""

import json
import re
from datetime import date

import pytest
from sqlmodel import col, select

from matcher.store import trail
from matcher.wiring import Services
from models.account import AccessToken, Account, LoginSession
from models.application import Introduction, IntroductionState
from models.consent import Consent, ConsentPurpose
from models.opening import Opening, OpeningState
from models.trail import AccessRecord
from tests import factories
from tests.account_desk import GOOD_PASSWORD, dump
from tests.conftest import SignIn, browser, post
from tests.partner_desk import set_scene
from tests.people import People, Person

NEW = {"current": "correct horse", "password": GOOD_PASSWORD}


def test_a_new_password_ends_all_other_sessions_and_renews_this_one(
    services: Services, sign_in: SignIn, people: People
) -> None:
    here, there = sign_in(people.youth), sign_in(people.youth)
    before = here.cookies["session"]
    post(there, "/account/tokens", {"name": "theirs", "expires_on": "2027-01-01"})
    assert post(here, "/account/password", NEW).status_code == 303
    stolen = browser(services)
    stolen.cookies.set("session", before)
    answers = [each.get("/account").status_code for each in (here, there, stolen)]
    assert answers == [200, 303, 303]
    with services.database.reading() as session:
        assert session.exec(select(AccessToken.revoked_at)).one() is not None
    changed = Person(people.youth.email, people.youth.role, 0, password=GOOD_PASSWORD)
    assert sign_in(changed).get("/account").status_code == 200


@pytest.mark.parametrize(
    ("field", "data"),
    [
        ("current", {**NEW, "current": "wrong"}),
        ("password", {**NEW, "password": "short"}),
        ("password", {**NEW, "password": "haneul@example.com"}),
        ("current", {"password": GOOD_PASSWORD}),
        ("account_id", {**NEW, "account_id": "1"}),
    ],
)
def test_a_refused_password_changes_nothing(
    services: Services, sign_in: SignIn, people: People, field: str, data: dict[str, str]
) -> None:
    client = sign_in(people.youth)
    answer = post(client, "/account/password", data)
    with services.database.reading() as session:
        stored = session.get_one(Account, people.youth.account_id).password_hash
    assert (answer.status_code, stored) == (422, "plain:correct horse")
    assert f'href="#f-{field}"' in answer.text


def test_asking_for_the_password_again_is_throttled(sign_in: SignIn, people: People) -> None:
    client = sign_in(people.youth)
    wrong = {**NEW, "current": "wrong"}
    tries = [post(client, "/account/password", wrong).status_code for _ in range(11)]
    right = post(client, "/account/erase", {"current": "correct horse"})
    assert (tries, right.status_code) == ([422] * 10 + [429], 429)


def test_staff_need_longer_passwords(sign_in: SignIn, people: People) -> None:
    client = sign_in(people.partner)
    short = post(client, "/account/password", {**NEW, "password": "twelve chars"})
    assert short.status_code == 422
    assert post(client, "/account/password", NEW).status_code == 303


def test_name_and_language_change_and_nothing_else(
    services: Services, sign_in: SignIn, people: People
) -> None:
    client = sign_in(people.youth)
    good = post(client, "/account/profile", {"name": "남궁 하늘", "language": "en"})
    poison = ["email", "state", "role", "is_demo", "password_hash", "id", "youth_id", "created_at"]
    answers = [
        post(client, "/account/profile", {"name": "x", "language": "ko", key: "1"}).status_code
        for key in poison
    ]
    with services.database.reading() as session:
        row = session.get_one(Account, people.youth.account_id)
    assert (good.status_code, answers) == (303, [422] * len(poison))
    assert (row.name, row.language, row.email) == ("남궁 하늘", "en", people.youth.email)


@pytest.mark.parametrize("name", ["", "ㅎㅏ늘", "a\u202eb", "강" * 61, "x\ny"])
def test_odd_names_are_refused(sign_in: SignIn, people: People, name: str) -> None:
    answer = post(sign_in(people.youth), "/account/profile", {"name": name, "language": "ko"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "name", ["O'Brien", "남궁", "金하늘", "a", "<script>alert(1)</script>", "{{7*7}}"]
)
def test_names_are_shown_as_they_were_written(sign_in: SignIn, people: People, name: str) -> None:
    from markupsafe import escape

    client = sign_in(people.youth)
    post(client, "/account/profile", {"name": name, "language": "ko"})
    page = client.get("/account").text
    assert (f'value="{escape(name)}"' in page, "<script>alert" in page) == (True, False)


def test_only_own_sessions_and_tokens_can_be_ended(
    services: Services, sign_in: SignIn, people: People
) -> None:
    mine, theirs = sign_in(people.youth), sign_in(people.other_youth)
    post(theirs, "/account/tokens", {"name": "theirs", "expires_on": "2027-01-01"})
    with services.database.reading() as session:
        by_owner = {row.account_id: row.id for row in session.exec(select(LoginSession))}
        token_id = session.exec(select(AccessToken.id)).one()
    foreign = by_owner[people.other_youth.account_id]
    answers = [
        post(mine, f"/account/sessions/{foreign}/end"),
        post(mine, "/account/sessions/99999/end"),
        post(mine, f"/account/tokens/{token_id}/revoke"),
        post(mine, "/account/tokens/99999/revoke"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert theirs.get("/account").status_code == 200


def test_a_session_ended_elsewhere_is_dead_at_once(
    services: Services, sign_in: SignIn, people: People
) -> None:
    old, new = sign_in(people.youth), sign_in(people.youth)
    with services.database.reading() as session:
        first = session.exec(select(LoginSession.id).order_by(col(LoginSession.id))).first()
    assert post(new, f"/account/sessions/{first}/end").status_code == 303
    assert (old.get("/account").status_code, new.get("/account").status_code) == (303, 200)
    third = sign_in(people.youth)
    assert post(third, "/account/sessions/end-others").status_code == 303
    assert (new.get("/account").status_code, third.get("/account").status_code) == (303, 200)


def test_a_token_is_shown_once_works_and_ends(
    services: Services, sign_in: SignIn, people: People
) -> None:
    import re

    client = sign_in(people.youth)
    made = post(client, "/account/tokens", {"name": "notebook", "expires_on": "2027-11-22"})
    found = re.search(r"oreum_[A-Za-z0-9_-]{43}", made.text)
    assert found is not None
    token = found[0]
    assert token not in client.get("/account/tokens").text
    with services.database.reading() as session:
        row = session.exec(select(AccessToken)).one()
    assert token not in str(row.model_dump())
    assert row.expires_on == date(2027, 11, 22)
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.get("/account", headers=bearer).status_code == 200
    assert (
        browser(services).get("/account", headers=bearer).status_code == 303
    )  # pages: cookies only
    post(client, f"/account/tokens/{row.id}/revoke")
    from matcher.flows import identify
    from matcher.web.identity import digest

    with services.reading() as unit:
        assert identify.by_access_token(unit, digest(token)) is None


def test_a_token_lives_a_day_to_366_days(sign_in: SignIn, people: People) -> None:
    client = sign_in(people.youth)
    days = ["", "2026-11-21", "2026-11-20", "2027-11-23", "9999-12-31", "2027-02-30", "soon"]
    found = {
        day: post(client, "/account/tokens", {"name": "x", "expires_on": day}).status_code
        for day in days
    }
    assert found == dict.fromkeys(days, 422)


def test_twenty_tokens_are_enough(sign_in: SignIn, people: People) -> None:
    client = sign_in(people.youth)
    data = {"name": "x", "expires_on": "2027-01-01"}
    statuses = [post(client, "/account/tokens", data).status_code for _ in range(21)]
    assert statuses == [200] * 20 + [409]


def _requests(services: Services, people: People) -> dict[str, int]:
    """One unanswered introduction in space, one in bio."""
    with services.database.writing() as session:
        found = {}
        for sector in ("space", "bio"):
            opening = factories.add(
                session,
                Opening(
                    organisation_id=people.partner.organisation_id,
                    state=OpeningState.PUBLISHED,
                    title_ko=sector,
                    title_en=sector,
                    sector=sector,
                    employment_type="full_time",
                    region="jeju",
                    opens_on=factories.TODAY,
                    closes_on=date(2027, 1, 1),
                    created_at=factories.NOW,
                    updated_at=factories.NOW,
                ),
            )
            row = factories.add(
                session,
                Introduction(
                    opening_id=opening.id,
                    youth_id=people.youth.youth_id,
                    state=IntroductionState.REQUESTED,
                    asked_by_account_id=people.partner.account_id,
                    answer_by=date(2026, 12, 1),
                    created_at=factories.NOW,
                    updated_at=factories.NOW,
                ),
            )
            found[sector] = row.id
    return found


def _introductions(services: Services, numbers: dict[str, int]) -> dict[str, str]:
    with services.database.reading() as session:
        return {
            sector: session.get_one(Introduction, number).state.value
            for sector, number in numbers.items()
        }


def _live(services: Services, youth_id: int | None) -> list[tuple[str, list[str]]]:
    with services.database.reading() as session:
        rows = session.exec(
            select(Consent).where(Consent.youth_id == youth_id, col(Consent.withdrawn_at).is_(None))
        )
        return sorted((row.purpose.value, row.sectors) for row in rows)


def test_each_consent_is_given_and_withdrawn_apart(
    services: Services, sign_in: SignIn, people: People
) -> None:
    client, youth_id = sign_in(people.youth), people.youth.youth_id
    post(client, "/account/consents/pool", {"sectors": ["space", "bio"]})
    post(client, "/account/consents/learning")
    assert _live(services, youth_id) == [
        ("learning", []),
        ("pool", ["bio", "space"]),
        ("service", []),
    ]
    numbers = _requests(services, people)
    post(client, "/account/consents/pool", {"sectors": "space"})
    assert _introductions(services, numbers) == {"space": "requested", "bio": "withdrawn"}
    post(client, "/account/consents/pool/withdraw")
    assert _introductions(services, numbers) == {"space": "withdrawn", "bio": "withdrawn"}
    assert _live(services, youth_id) == [("learning", []), ("service", [])]
    post(client, "/account/consents/learning/withdraw")
    assert _live(services, youth_id) == [("service", [])]


def test_refused_consents_change_nothing(
    services: Services, sign_in: SignIn, people: People
) -> None:
    client = sign_in(people.youth)
    before = _live(services, people.youth.youth_id)
    answers = [
        post(client, "/account/consents/pool"),
        post(client, "/account/consents/pool", {"sectors": "gold"}),
        post(client, "/account/consents/pool", {"sectors": "space", "youth_id": "1"}),
        post(client, "/account/consents/pool/withdraw"),
        post(client, "/account/consents/learning/withdraw"),
        post(client, "/account/consents/employer/1/withdraw"),
        post(client, "/account/consents/employer/99999/withdraw"),
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 409, 409, 404, 404]
    assert _live(services, people.youth.youth_id) == before


def test_an_employers_consent_is_withdrawn_by_its_owner_alone(
    services: Services, sign_in: SignIn, people: People
) -> None:
    with services.database.writing() as session:
        row = factories.consent(
            session,
            people.youth.youth_id or 0,
            ConsentPurpose.EMPLOYER,
            organisation_id=people.partner.organisation_id,
        )
        path = f"/account/consents/employer/{row.id}/withdraw"
    assert "orbit 데모" in sign_in(people.youth).get("/account/consents").text
    assert post(sign_in(people.other_youth), path).status_code == 404
    assert post(sign_in(people.youth), path).status_code == 303
    assert _live(services, people.youth.youth_id) == [("service", [])]


def test_consents_and_looks_are_for_young_people_only(sign_in: SignIn, people: People) -> None:
    paths = ["/account/consents", "/account/access", "/youth/notice"]
    found = {
        role: [sign_in(person).get(path).status_code for path in paths]
        for role, person in (("partner", people.partner), ("admin", people.admin))
    }
    assert found == {"partner": [404] * 3, "admin": [404] * 3}


def test_a_person_sees_who_looked_page_by_page_and_nobody_elses_looks(
    services: Services, sign_in: SignIn, people: People
) -> None:
    with services.database.writing() as session:
        trail.append(
            session,
            [
                AccessRecord(
                    at=factories.NOW,
                    account_id=people.partner.account_id,
                    role="partner",
                    organisation_id=people.partner.organisation_id,
                    source="192.0.2.77",
                    youth_id=people.youth.youth_id,
                    task="candidates:list",
                    outcome="ok",
                    previous_hash="",
                    hash="",
                )
                for _ in range(51)
            ],
        )
    client = sign_in(people.youth)
    first = client.get("/account/access").text
    second = client.get("/account/access?before=2").text
    others = sign_in(people.other_youth).get("/account/access").text
    counted = [page.count("이름을 가린 후보 목록에서 봄") for page in (first, second, others)]
    assert (counted, "orbit 데모" in first, "192.0.2.77" in first) == ([50, 1, 0], True, False)
    assert "/account/access?before=" in first
    assert client.get("/account/access?before=0").status_code == 422


def test_the_export_holds_every_category_and_no_secret(
    services: Services, sign_in: SignIn, people: People
) -> None:
    from matcher.policy.data_map import owned_tables

    client = sign_in(people.youth)
    post(client, "/account/tokens", {"name": "notebook", "expires_on": "2027-01-01"})
    answer = post(client, "/account/export")
    whole = json.loads(answer.text)
    assert answer.headers["content-disposition"] == 'attachment; filename="oreum-2026-11-21.json"'
    assert tuple(whole["data"]) == owned_tables()
    assert whole["data"]["account"][0]["email"] == people.youth.email
    assert [row["name"] for row in whole["data"]["access_token"]] == ["notebook"]
    assert "hash" not in answer.text
    assert people.other_youth.email not in answer.text


def test_the_export_of_a_partner_tells_nobody_behind_a_masked_number(
    services: Services, sign_in: SignIn, people: People
) -> None:
    scene = set_scene(services, people)
    client = sign_in(people.partner)
    path = f"/partner/openings/{scene.opening_id}/candidates"
    number = re.findall(rf"{path}/([0-9]{{15}})", client.get(path).text)[0]
    client.get(f"{path}/{number}")
    post(client, f"{path}/{number}/mark", {"state": "shortlisted"})
    whole = json.loads(post(client, "/account/export").text)["data"]
    shown = [row["items"] for row in whole["exposure"] if row["subject"] == "candidate"]
    marked = [row["change"] for row in whole["audit_entry"] if "marked" in row["action"]]
    assert (len(shown), [row for row in shown if row]) == (len(whole["exposure"]), [])
    assert [sorted(row) for row in marked] == [["after", "before", "before_reason", "reason"]]


def test_erasing_asks_for_the_password_again(
    services: Services, sign_in: SignIn, people: People
) -> None:
    client = sign_in(people.youth)
    before = dump(services, but=("throttle_hit", "audit_entry"))
    wrong = post(client, "/account/erase", {"current": "wrong"})
    none = post(client, "/account/erase")
    assert (wrong.status_code, none.status_code) == (422, 422)
    assert dump(services, but=("throttle_hit", "audit_entry")) == before


def test_the_last_admin_cannot_be_erased(
    services: Services, sign_in: SignIn, people: People
) -> None:
    answer = post(sign_in(people.admin), "/account/erase", {"current": "correct horse"})
    with services.database.reading() as session:
        email = session.get_one(Account, people.admin.account_id).email
    assert (answer.status_code, email) == (409, people.admin.email)
