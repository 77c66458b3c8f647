"""Only a live token of a live account opens the API."""

from datetime import timedelta

import pytest

from matcher.flows import own_keys
from matcher.store import accounts
from matcher.wiring import Services
from models.account import Account, AccountState
from tests.api_client import Program, expire, program, token
from tests.conftest import SignIn, browser
from tests.people import People

OF_PEOPLE = [
    ("GET", "/me"), ("GET", "/openapi.json"), ("GET", "/profile"), ("GET", "/skills"),
    ("GET", "/certifications"), ("GET", "/applications"), ("GET", "/recommendations/openings"),
    ("GET", "/recommendations/courses"), ("GET", "/openings/1/candidates"),
    ("GET", "/skill-search?q=python"), ("GET", "/certification-programme"), ("PUT", "/profile"),
    ("POST", "/skills"), ("POST", "/certifications"), ("POST", "/certifications/1/steps"),
    ("POST", "/applications"), ("POST", "/applications/1/withdraw"), ("POST", "/what-if"),
    ("DELETE", "/skills/python"), ("DELETE", "/certifications/1"), ("GET", "/promises"),
    ("GET", "/applications/1/offer"), ("POST", "/applications/1/offer/accept"),
    ("POST", "/promises/1/take"), ("POST", "/promises/1/drop"), ("POST", "/promises/1/claim"),
    ("GET", "/openings/1/promises"),
]  # fmt: skip


def _statuses(ask: Program) -> dict[tuple[str, str], int]:
    return {(method, path): ask(method, path).status_code for method, path in OF_PEOPLE}


def test_without_a_token_everything_about_people_is_closed(services: Services) -> None:
    assert _statuses(program(services, None)) == dict.fromkeys(OF_PEOPLE, 401)


def test_public_lists_need_no_token(services: Services) -> None:
    ask = program(services, None)
    assert [ask("GET", path).status_code for path in ("/openings", "/courses")] == [200, 200]


def test_a_session_cookie_opens_nothing(
    services: Services, people: People, sign_in: SignIn
) -> None:
    assert _statuses(Program(sign_in(people.youth))) == dict.fromkeys(OF_PEOPLE, 401)


def test_a_refusal_names_the_scheme_and_is_a_problem(services: Services) -> None:
    answer = program(services, None)("GET", "/me")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 401
    assert answer.json()["type"] == "urn:oreum:problem:login_needed"


@pytest.mark.parametrize(
    "scheme", ["Basic {}", "Token {}", "{}", "Bearer", "Bearer  {}", "Bearer x{}"]
)
def test_another_scheme_or_spelling_is_no_token(
    services: Services, people: People, scheme: str
) -> None:
    text = scheme.format(token(services, people.youth.account_id))
    ask = Program(browser(services), {"Authorization": text})
    assert ask("GET", "/me").status_code == 401


def test_the_scheme_may_be_in_lower_case(services: Services, people: People) -> None:
    text = token(services, people.youth.account_id)
    ask = Program(browser(services), {"Authorization": f"bearer {text}"})
    assert ask("GET", "/me").json()["name"] == "haneul"


def test_a_token_works_to_its_last_day_and_not_after(services: Services, people: People) -> None:
    text = token(services, people.youth.account_id)
    ask = Program(browser(services), {"Authorization": f"Bearer {text}"})
    expire(services, text, services.clock.today())
    assert ask("GET", "/me").status_code == 200
    expire(services, text, services.clock.today() - timedelta(days=1))
    assert ask("GET", "/me").status_code == 401


def test_a_revoked_token_is_no_token(services: Services, people: People) -> None:
    ask = program(services, people.youth.account_id)
    assert ask("GET", "/me").status_code == 200
    with services.reading() as unit:
        actor = accounts.actor_of(unit.session, people.youth.account_id)
    with services.writing(actor) as unit:
        (found,) = own_keys.tokens(unit)
        own_keys.revoke_token(unit, found.token_id)
    assert ask("GET", "/me").status_code == 401


def test_a_disabled_account_has_no_token(services: Services, people: People) -> None:
    ask = program(services, people.partner.account_id)
    with services.database.writing() as session:
        session.get_one(Account, people.partner.account_id).state = AccountState.DISABLED
    assert ask("GET", "/me").status_code == 401


def test_an_answer_sets_no_cookie_and_reads_none(services: Services, people: People) -> None:
    ask = program(services, people.youth.account_id)
    answer = ask("GET", "/skills?lang=en", headers={"Cookie": "oreum-language=en"})
    assert "Set-Cookie" not in answer.headers
    refused = ask("GET", "/skills?x=1", headers={"Cookie": "oreum-language=en"})
    assert refused.json()["title"] == "고쳐 적을 곳이 있어요."


WRONG_ROLE = {
    ("GET", "/profile"): 404,
    ("PUT", "/profile"): 403,
    ("GET", "/skills"): 404,
    ("POST", "/skills"): 403,
    ("DELETE", "/skills/python"): 403,
    ("GET", "/certifications"): 404,
    ("POST", "/certifications"): 403,
    ("POST", "/certifications/1/steps"): 404,
    ("DELETE", "/certifications/1"): 404,
    ("GET", "/recommendations/openings"): 404,
    ("GET", "/recommendations/courses"): 404,
    ("POST", "/what-if"): 404,
    ("GET", "/applications"): 404,
    ("POST", "/applications"): 403,
    ("POST", "/applications/1/withdraw"): 403,
    ("GET", "/applications/1/offer"): 404,
    ("POST", "/applications/1/offer/accept"): 403,
    ("GET", "/promises"): 404,
    ("POST", "/promises/1/take"): 403,
    ("POST", "/promises/1/drop"): 403,
    ("POST", "/promises/1/claim"): 403,
}


@pytest.mark.parametrize("role", ["coordinator", "centre", "partner", "admin"])
def test_only_young_people_have_records(services: Services, people: People, role: str) -> None:
    ask = program(services, getattr(people, role).account_id)
    assert {key: ask(*key).status_code for key in WRONG_ROLE} == WRONG_ROLE
    assert ask("GET", "/me").json()["role"] == role


@pytest.mark.parametrize("role", ["youth", "coordinator", "centre", "admin"])
def test_only_partners_see_candidates(services: Services, people: People, role: str) -> None:
    ask = program(services, getattr(people, role).account_id)
    for part in ("candidates", "promises"):
        assert ask("GET", f"/openings/1/{part}").status_code == 404


def test_the_gate_answers_before_the_body_is_judged(services: Services, people: People) -> None:
    assert program(services, None).raw("POST", "/skills", b"[[[", "text/plain").status_code == 401
    ask = program(services, people.admin.account_id)
    assert ask.raw("POST", "/skills", b"[[[", "text/plain").status_code == 403
