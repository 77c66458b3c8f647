"""Sign-up, confirmation and reset: every refusal by field, and no word about who exists."""

from typing import Any

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from matcher.policy.notices import CONSENT_TEXT_VERSION
from matcher.wiring import Services
from models.account import (
    AccessToken,
    Account,
    AccountState,
    LoginSession,
    Membership,
    OneTimeToken,
    Role,
)
from models.consent import Consent, ConsentPurpose
from models.outbox import OutboxMail
from models.youth import YouthProfile
from tests.account_desk import (
    GOOD_PASSWORD,
    SIGN_UP,
    account,
    count,
    dump,
    link_token,
    mails,
    templates,
    visible,
)
from tests.conftest import SignIn, browser, post
from tests.people import People, Person

EMAIL = SIGN_UP["email"]


def living_tokens(services: Services) -> int:
    with services.database.reading() as session:
        return len(
            session.exec(select(AccessToken).where(col(AccessToken.revoked_at).is_(None))).all()
        )


def sign_up(client: TestClient, **changes: Any):  # type: ignore[no-untyped-def]
    data = {key: value for key, value in {**SIGN_UP, **changes}.items() if value is not None}
    return post(client, "/signup", data)


def test_anyone_signs_up_confirms_and_signs_in(services: Services, client: TestClient) -> None:
    assert sign_up(client).headers["location"] == "/signup/sent"
    early = post(client, "/login", {"email": EMAIL, "password": GOOD_PASSWORD})
    token = link_token(services, EMAIL)
    before = dump(services)
    assert client.get(f"/confirm?token={token}").status_code == 200
    assert dump(services) == before  # opening the link changes nothing; scanners open links
    pressed = {"token": token, "password": GOOD_PASSWORD}
    assert post(client, "/confirm", pressed).headers["location"] == "/login"
    late = post(client, "/login", {"email": EMAIL, "password": GOOD_PASSWORD})
    assert (early.status_code, late.headers["location"]) == (422, "/youth/notice")
    assert post(client, "/confirm", pressed).status_code == 422


def test_only_the_given_consents_are_recorded_and_no_birth_year(
    services: Services, client: TestClient
) -> None:
    sign_up(client, pool_consent="1", sectors=["space", "bio"], birth_year="1998")
    with services.database.reading() as session:
        given = [
            (row.purpose, row.sectors, row.text_version) for row in session.exec(select(Consent))
        ]
        role = session.exec(select(Membership.role)).one()
        youth = session.exec(select(YouthProfile)).one()
        person = session.exec(select(Account)).one()
    assert given == [
        (ConsentPurpose.SERVICE, [], CONSENT_TEXT_VERSION),
        (ConsentPurpose.POOL, ["bio", "space"], CONSENT_TEXT_VERSION),
    ]
    assert role is Role.YOUTH
    assert "1998" not in str(youth.model_dump()) + str(person.model_dump())


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("email", {"email": None}),
    ("email", {"email": ""}),
    ("email", {"email": "nobody"}),
    ("email", {"email": "a b@example.com"}),
    ("email", {"email": "аdmin@example.com"}),  # Cyrillic а
    ("email", {"email": "x@example.com\r\nBcc: y@example.com"}),
    ("email", {"email": "x" * 250 + "@example.com"}),
    ("email", {"email": "x\x00@example.com"}),
    ("email", {"email": "erased:7"}),
    ("name", {"name": ""}),
    ("name", {"name": "   \u3000"}),
    ("name", {"name": "가" * 61}),
    ("name", {"name": "ㄱㅣㅁ"}),
    ("name", {"name": "강\u200b하늘"}),
    ("name", {"name": "두\n줄"}),
    ("password", {"password": ""}),
    ("password", {"password": "짧은 말"}),
    ("password", {"password": "qwertyuiop"}),
    ("password", {"password": "saebyeok-2004"}),
    ("password", {"password": "x" * 500}),
    ("birth_year", {"birth_year": ""}),
    ("birth_year", {"birth_year": "2013"}),
    ("birth_year", {"birth_year": "2012"}),
    ("birth_year", {"birth_year": "1899"}),
    ("birth_year", {"birth_year": "2027"}),
    ("birth_year", {"birth_year": "２００４"}),
    ("birth_year", {"birth_year": "2004.0"}),
    ("birth_year", {"birth_year": "1e3"}),
    ("birth_year", {"birth_year": "99999999999999999999"}),
    ("service_consent", {"service_consent": None}),
    ("sectors", {"pool_consent": "1"}),
    ("sectors", {"pool_consent": "1", "sectors": ["gold"]}),
    ("role", {"role": "admin"}),
    ("state", {"state": "active"}),
    ("is_demo", {"is_demo": "1"}),
    ("id", {"id": "1"}),
    ("organisation_id", {"organisation_id": "1"}),
    ("password_hash", {"password_hash": "plain:x"}),
    ("confirmed_at", {"confirmed_at": "2026-01-01"}),
]


def test_what_is_refused_stores_nothing_and_loses_nothing_typed(
    services: Services, client: TestClient
) -> None:
    before = dump(services)
    wrong = []
    for field, changes in REFUSED:
        answer = sign_up(client, **changes)
        is_kept = "name" in changes or 'value="새벽"' in answer.text
        is_named = f'href="#f-{field}"' in answer.text
        if (answer.status_code, is_kept, is_named) != (422, True, True):
            wrong.append((changes, answer.status_code, is_kept, is_named))
        assert GOOD_PASSWORD not in answer.text
    assert (wrong, dump(services) == before) == ([], True)


def test_fourteen_this_year_with_the_birthday_past_may_join_and_hears_of_guardians(
    client: TestClient,
) -> None:
    answer = sign_up(client, birth_year="2012", had_14th_birthday="1")
    assert answer.headers["location"] == "/signup/sent?minor=1"
    assert "보호자" in client.get("/signup/sent?minor=1").text


def test_known_and_unknown_addresses_look_the_same(
    services: Services, client: TestClient, people: People
) -> None:
    answers = [sign_up(client, email=each) for each in (EMAIL, people.youth.email)]
    resets = [
        post(client, "/reset", {"email": each})
        for each in ("nobody@example.com", people.youth.email)
    ]
    for pair in (answers, resets):
        assert len({(a.status_code, a.text, a.headers["location"]) for a in pair}) == 1
    pages = [visible(client.get(path).text) for path in ("/signup/sent", "/reset/sent")]
    assert all(people.youth.email not in page for page in pages)
    assert templates(services, people.youth.email) == ["already_have_account", "reset_password"]
    stored = account(services, people.youth.email)
    assert stored is not None
    assert (stored.name, stored.password_hash) == ("haneul", "plain:correct horse")


@pytest.mark.parametrize(
    "twin", ["HANEUL@example.com", "ｈａｎｅｕｌ@example.com", "haneul@example.com. "]
)
def test_an_address_twin_makes_no_second_account(
    services: Services, client: TestClient, people: People, twin: str
) -> None:
    before = count(services, Account)
    assert sign_up(client, email=twin).status_code == 303
    assert count(services, Account) == before


def test_whoever_proves_the_address_last_wins(services: Services, client: TestClient) -> None:
    sign_up(client, name="나쁜 사람", password="waiting for somebody")
    first = link_token(services, EMAIL)
    sign_up(client)
    second = link_token(services, EMAIL)
    dead = post(client, "/confirm", {"token": first, "password": "waiting for somebody"})
    live = post(client, "/confirm", {"token": second, "password": GOOD_PASSWORD})
    assert (dead.status_code, live.status_code) == (422, 303)
    old = post(client, "/login", {"email": EMAIL, "password": "waiting for somebody"})
    new = post(client, "/login", {"email": EMAIL, "password": GOOD_PASSWORD})
    stored = account(services, EMAIL)
    assert stored is not None
    assert (old.status_code, new.status_code, stored.name) == (422, 303, "새벽")


def test_a_press_does_not_open_an_account_to_somebody_elses_password(
    services: Services, client: TestClient
) -> None:
    """Signed up again by another person in between: the newest mail leads to their password."""
    sign_up(client)
    sign_up(browser(services), name="나쁜 사람", password="waiting for somebody")
    token = link_token(services, EMAIL)
    pressed = post(client, "/confirm", {"token": token, "password": GOOD_PASSWORD})
    stolen = post(client, "/login", {"email": EMAIL, "password": "waiting for somebody"})
    stored = account(services, EMAIL)
    assert stored is not None
    assert (pressed.status_code, stolen.status_code) == (422, 422)
    assert stored.state is AccountState.UNCONFIRMED
    assert 'href="#f-password"' in pressed.text
    assert f'name="token" value="{token}"' in pressed.text


def test_sign_up_is_throttled_alike_for_known_and_unknown(
    services: Services, people: People
) -> None:
    found = []
    for email in (EMAIL, people.youth.email):
        client = browser(services)
        found.append([sign_up(client, email=email).status_code for _ in range(6)])
    assert found == [[303] * 5 + [429]] * 2


def test_five_resets_a_day(services: Services, client: TestClient, people: People) -> None:
    answers = [post(client, "/reset", {"email": people.youth.email}) for _ in range(6)]
    assert [each.status_code for each in answers] == [303] * 5 + [429]
    assert int(answers[5].headers["retry-after"]) > 80_000
    assert len(mails(services, people.youth.email)) == 5


def test_a_reset_works_once_ends_sessions_and_tells(
    services: Services, client: TestClient, sign_in: SignIn, people: People
) -> None:
    inside = sign_in(people.youth)
    post(inside, "/account/tokens", {"name": "theirs", "expires_on": "2027-01-01"})
    post(client, "/reset", {"email": people.youth.email})
    token = link_token(services, people.youth.email)
    assert client.get(f"/reset/new?token={token}").status_code == 200
    short = post(client, "/reset/new", {"token": token, "password": "short"})
    done = post(client, "/reset/new", {"token": token, "password": GOOD_PASSWORD})
    again = post(client, "/reset/new", {"token": token, "password": GOOD_PASSWORD + "!"})
    assert [a.status_code for a in (short, done, again)] == [422, 303, 422]
    assert inside.get("/account").status_code == 303
    assert living_tokens(services) == 0
    changed = Person(
        people.youth.email, Role.YOUTH, people.youth.account_id, password=GOOD_PASSWORD
    )
    assert sign_in(changed).get("/account").status_code == 200
    assert templates(services, people.youth.email)[-1] == "password_changed"


def test_a_reset_keeps_no_optional_consent_of_whoever_signed_up(
    services: Services, client: TestClient
) -> None:
    """The address proves itself by the reset; the sign-up may have been anybody's."""
    sign_up(browser(services), pool_consent="1", learning_consent="1", sectors=["space"])
    post(client, "/reset", {"email": EMAIL})
    answer = post(
        client,
        "/reset/new",
        {"token": link_token(services, EMAIL), "password": "another sea and tangerines"},
    )
    with services.database.reading() as session:
        alive = session.exec(
            select(Consent.purpose).where(col(Consent.withdrawn_at).is_(None))
        ).all()
    assert (answer.status_code, list(alive)) == (303, [ConsentPurpose.SERVICE])


def test_links_are_stored_as_hashes_and_die_with_time(
    services: Services, client: TestClient, people: People
) -> None:
    from datetime import timedelta

    post(client, "/reset", {"email": people.youth.email})
    token = link_token(services, people.youth.email)
    with services.database.writing() as session:
        row = session.exec(select(OneTimeToken)).one()
        assert token not in str(row.model_dump())
        row.expires_at -= timedelta(hours=2)
    assert client.get(f"/reset/new?token={token}").status_code == 422
    answer = post(client, "/reset/new", {"token": token, "password": GOOD_PASSWORD})
    assert answer.status_code == 422


def test_odd_tokens_open_nothing(client: TestClient) -> None:
    found = {}
    for token in ["", "x", "x" * 101, "가나다", "\x00", "' OR 1=1 --"]:
        shown = {"token": token.replace("\x00", "")}
        answers = [
            post(client, "/confirm", {"token": token, "password": GOOD_PASSWORD}),
            post(client, "/reset/new", {"token": token, "password": GOOD_PASSWORD}),
            client.get("/confirm", params=shown),
            client.get("/reset/new", params=shown),
        ]
        found[token] = [answer.status_code for answer in answers]
    assert found == {token: [422] * 4 for token in found}


def test_a_confirmation_link_does_not_reset_and_the_other_way_round(
    services: Services, client: TestClient, people: People
) -> None:
    sign_up(client)
    confirming = link_token(services, EMAIL)
    post(client, "/reset", {"email": people.youth.email})
    resetting = link_token(services, people.youth.email)
    a = post(client, "/reset/new", {"token": confirming, "password": GOOD_PASSWORD})
    b = post(client, "/confirm", {"token": resetting, "password": "correct horse"})
    assert (a.status_code, b.status_code) == (422, 422)


def test_a_stopped_account_gets_no_mail(
    services: Services, client: TestClient, people: People
) -> None:
    with services.database.writing() as session:
        session.get_one(Account, people.youth.account_id).state = AccountState.DISABLED
    assert sign_up(client, email=people.youth.email).status_code == 303
    assert post(client, "/reset", {"email": people.youth.email}).status_code == 303
    assert count(services, OutboxMail) == 0


def test_nobody_is_signed_in_by_signing_up(services: Services, client: TestClient) -> None:
    sign_up(client)
    assert (count(services, LoginSession), client.get("/account").status_code) == (0, 303)


def test_letters_are_shown_only_in_the_demo(services: Services, client: TestClient) -> None:
    from dataclasses import replace

    sign_up(client)
    demo = replace(services, settings=services.settings.model_copy(update={"demo": True}))
    shown = browser(demo).get("/demo/mails")
    assert client.get("/demo/mails").status_code == 404
    assert (shown.status_code, f"/confirm?token={link_token(services, EMAIL)}" in shown.text) == (
        200,
        True,
    )
