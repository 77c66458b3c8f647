"""Sign-in: throttled, silent, a fresh session each time, and safe ways on."""

import unicodedata

from sqlmodel import select
from starlette.testclient import TestClient

from matcher.policy.notices import NOTICE_VERSION
from matcher.web.app import create_app
from matcher.web.next_path import safe_next
from matcher.wiring import Services
from models.account import Account, AccountState, LoginSession
from tests.account_desk import GOOD_PASSWORD, visible
from tests.conftest import SignIn, address_of, browser, make_services, post
from tests.people import People


def attempt(client: TestClient, email: str, password: str):  # type: ignore[no-untyped-def]
    return post(client, "/login", {"email": email, "password": password})


def test_the_eleventh_try_waits_and_so_does_the_right_password(
    client: TestClient, people: People
) -> None:
    email = people.youth.email
    tries = [attempt(client, email, "wrong").status_code for _ in range(10)]
    eleventh = attempt(client, email, "wrong")
    right = attempt(client, email, people.youth.password)
    assert (tries, eleventh.status_code, right.status_code) == ([422] * 10, 429, 429)
    assert 1 <= int(eleventh.headers["retry-after"]) <= 300


def test_a_restart_forgets_no_try(services: Services, people: People) -> None:
    url = address_of(services)
    for _ in range(2):
        again = make_services(url)
        for _ in range(5):
            assert attempt(browser(again), people.youth.email, "wrong").status_code == 422
        again.close()
    last = make_services(url)
    assert attempt(browser(last), people.youth.email, people.youth.password).status_code == 429
    last.close()


def test_an_address_of_the_network_is_counted_over_all_accounts(
    client: TestClient, people: People
) -> None:
    for n in range(10):
        attempt(client, f"nobody{n}@example.com", "wrong")
    assert attempt(client, people.youth.email, people.youth.password).status_code == 429


def test_a_forwarded_address_does_not_reset_the_count(client: TestClient, people: People) -> None:
    statuses = []
    for n in range(11):
        client.headers["X-Forwarded-For"] = f"203.0.113.{n}"
        statuses.append(attempt(client, people.youth.email, "wrong").status_code)
    assert statuses == [422] * 10 + [429]


def test_strangers_cannot_lock_a_person_out_of_a_known_place(
    services: Services, people: People
) -> None:
    app = create_app(services)

    def from_place(host: str) -> TestClient:
        return TestClient(app, "http://localhost", follow_redirects=False, client=(host, 50000))

    assert (
        attempt(from_place("10.0.0.1"), people.youth.email, people.youth.password).status_code
        == 303
    )
    for n in range(10):
        attempt(from_place(f"10.9.9.{n}"), people.youth.email, "wrong")
    stranger = attempt(from_place("10.8.8.8"), people.youth.email, people.youth.password)
    home = attempt(from_place("10.0.0.1"), people.youth.email, people.youth.password)
    assert (stranger.status_code, home.status_code) == (429, 303)


def test_unknown_known_and_stopped_accounts_get_the_same_answer(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        session.get_one(Account, people.far_youth.account_id).state = AccountState.DISABLED
    answers = [
        attempt(browser(services), email, "wrong password")
        for email in (people.youth.email, people.far_youth.email, "nobody@example.com")
    ]
    pages = {
        visible(a.text).replace(e, "")
        for a, e in zip(
            answers,
            (people.youth.email, people.far_youth.email, "nobody@example.com"),
            strict=True,
        )
    }
    assert ([a.status_code for a in answers], len(pages)) == ([422] * 3, 1)


def test_a_stopped_account_stays_out_with_the_right_password(
    services: Services, client: TestClient, people: People
) -> None:
    with services.database.writing() as session:
        session.get_one(Account, people.youth.account_id).state = AccountState.DISABLED
    assert attempt(client, people.youth.email, people.youth.password).status_code == 422


def test_address_twins_are_one_account(client: TestClient, people: People) -> None:
    twins = ["HANEUL@EXAMPLE.COM", "ｈａｎｅｕｌ@example.com", " haneul@example.com. "]
    assert [attempt(client, each, people.youth.password).status_code for each in twins] == [303] * 3


def test_composed_and_decomposed_passwords_are_one(
    services: Services, client: TestClient, people: People
) -> None:
    password = "한라산 아래 우리 동네"
    with services.database.writing() as session:
        row = session.get_one(Account, people.youth.account_id)
        row.password_hash = services.passwords.hash(password)
    forms = [unicodedata.normalize(form, password) for form in ("NFC", "NFD")]
    answers = [attempt(client, people.youth.email, each).status_code for each in forms]
    assert (forms[0] != forms[1], answers) == (True, [303, 303])


def test_each_sign_in_gets_its_own_session_and_ends_the_one_before(
    services: Services, sign_in: SignIn, people: People
) -> None:
    client = sign_in(people.youth)
    first = client.cookies["session"]
    answer = attempt(client, people.youth.email, people.youth.password)
    assert answer.status_code == 303
    assert client.cookies["session"].split(".")[0] != first.split(".")[0]
    stale = browser(services)
    stale.cookies.set("session", first)
    assert stale.get("/account").status_code == 303


def test_only_a_hash_of_the_session_is_stored(
    services: Services, sign_in: SignIn, people: People
) -> None:
    token = sign_in(people.youth).cookies["session"].split(".")[0]
    with services.database.reading() as session:
        stored = session.exec(select(LoginSession)).one()
    assert token not in str(stored.model_dump())
    assert len(token) >= 43


def test_a_session_is_dead_after_signing_out(
    services: Services, sign_in: SignIn, people: People
) -> None:
    client = sign_in(people.youth)
    kept = client.cookies["session"]
    assert post(client, "/logout").status_code == 303
    thief = browser(services)
    thief.cookies.set("session", kept)
    assert thief.get("/account").headers["location"].startswith("/login")


def test_cookies_on_loopback_and_over_https(services: Services, people: People) -> None:
    def cookies_of(base: str) -> dict[str, str]:
        client = TestClient(create_app(services), base, follow_redirects=False)
        answer = attempt(client, people.youth.email, people.youth.password)
        found = answer.headers.get_list("set-cookie")
        return {line.split("=")[0]: line for line in found if "session=" in line}

    plain = cookies_of("http://localhost")
    secure = cookies_of("https://localhost")
    assert (list(plain), list(secure)) == (["session"], ["__Host-session"])
    assert "Secure" not in plain["session"]
    for line in (plain["session"], secure["__Host-session"]):
        assert ("HttpOnly" in line, "SameSite=lax" in line, "Path=/" in line) == (True,) * 3
        assert "domain" not in line.lower()
    assert "Secure" in secure["__Host-session"]


def test_a_forged_or_bent_cookie_is_nobody(
    services: Services, sign_in: SignIn, people: People
) -> None:
    good = sign_in(people.youth).cookies["session"]
    token, seen, signature = good.split(".")
    bent = [
        f"{token}.{int(seen) + 1}.{signature}", f"{token}.{seen}.{'0' * 64}", token, "", "a.b.c",
        f"{token}.{seen}.", f".{seen}.{signature}", good + "0", good[:-1], "x" * 5000, "..",
    ]  # fmt: skip
    answers = []
    for value in bent:
        client = browser(services)
        client.cookies.set("session", value)
        answers.append(client.get("/account").status_code)
    assert answers == [303] * len(bent)


ELSEWHERE = [
    "//evil.example", "///evil.example", "////evil", "/\\evil.example", "\\\\evil", "/\t/evil",
    "/\n/evil", "/\r/evil", "https://evil.example", "http:evil.example", "https:evil",
    "http:///evil", "HTTPS://EVIL", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html",
    "vbscript:x", "%2f%2fevil", "/%2f%2fevil", "/%2Fevil%2F%2Fx", "/%5cevil", "/%5Cevil", "@evil",
    "/@evil//x", "evil.example", "www.evil.example", ".evil", "?next=//evil", "#//evil", " //evil",
    "\x00//evil", "\x1f/evil", "/\x00evil", "/a\\..\\evil", "//localhost@evil", "//localhost:80",
    "/a//evil", "file:///etc/passwd", "ftp://evil", "//[::1]/", "/" + "a" * 600, "／／evil",
    "/\u2028/evil",
    "/​/evil", "//evil%00.localhost", "mailto:x@evil",
]  # fmt: skip


def test_signing_in_never_leads_elsewhere(client: TestClient, people: People) -> None:
    data = {"email": people.youth.email, "password": people.youth.password}
    led = {
        target: post(client, "/login", {**data, "next": target}).headers["location"]
        for target in ELSEWHERE
    }
    assert led == dict.fromkeys(ELSEWHERE, "/youth")


def test_the_list_of_ways_out_is_long_and_good_paths_pass() -> None:
    good = ["/youth", "/youth/openings?page=2&q=a%20b", "/account/tokens"]
    assert ([safe_next(each) for each in good], len(ELSEWHERE) >= 40) == (good, True)


def test_role_changes_and_stops_count_from_the_next_request(
    services: Services, sign_in: SignIn, people: People
) -> None:
    client = sign_in(people.coordinator)
    assert client.get("/account").status_code == 200
    with services.database.writing() as session:
        session.get_one(Account, people.coordinator.account_id).state = AccountState.DISABLED
    assert client.get("/account").status_code == 303


def test_signing_in_is_refused_with_a_field_nobody_asked_for(
    client: TestClient, people: People
) -> None:
    data = {"email": people.youth.email, "password": people.youth.password, "role": "admin"}
    assert post(client, "/login", data).status_code == 422


def test_a_young_person_who_has_not_read_the_notice_is_led_there(
    services: Services, client: TestClient, people: People
) -> None:
    from models.consent import NoticeReading

    with services.database.writing() as session:
        for row in session.exec(select(NoticeReading)):
            session.delete(row)
    answer = attempt(client, people.youth.email, people.youth.password)
    assert answer.headers["location"] == "/youth/notice"
    assert post(client, "/youth/notice").headers["location"] == "/youth"
    assert post(client, "/youth/notice").status_code == 303
    with services.database.reading() as session:
        readings = [row.notice_version for row in session.exec(select(NoticeReading))]
    assert readings == [NOTICE_VERSION]
    assert GOOD_PASSWORD not in client.get("/youth/notice").text
