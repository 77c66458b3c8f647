"""Query strings: exact numbers, known keys, one value a key, empty pages past the end."""

import re

import pytest
from starlette.testclient import TestClient

from matcher.wiring import Services
from tests.api_client import API, Program, program, told
from tests.demo_data import DemoAccounts
from tests.walk import account_id_of

LISTS = [
    "/openings", "/courses", "/skills", "/certifications", "/applications",
    "/recommendations/openings", "/recommendations/courses", "/skill-search?q=a",
]  # fmt: skip
LINK = re.compile(r'<([^>]+)>; rel="(\w+)"')


@pytest.fixture(scope="module")
def ask(demo_services: Services, demo_accounts: DemoAccounts) -> Program:
    email = demo_accounts["youth"][0].email
    return program(demo_services, account_id_of(demo_services, email))


def _with(path: str, query: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{query}"


@pytest.mark.parametrize(
    "number",
    ["-1", "1_0", "%2B1", "1e1", "%201", "1.0", "１", "١", "01", "", "x", "0x1", "9" * 5_000,
     "99999999999999999999", "1000000000", "nan"],
)  # fmt: skip
@pytest.mark.parametrize("key", ["limit", "offset"])
@pytest.mark.parametrize("path", LISTS)
def test_only_a_plain_number_within_bounds_counts(
    ask: Program, path: str, key: str, number: str
) -> None:
    answer = ask("GET", _with(path, f"{key}={number}"))
    assert (answer.status_code, list(told(answer))) == (422, [key])


@pytest.mark.parametrize("path", LISTS)
def test_bounds_of_a_page(ask: Program, path: str) -> None:
    asked = {"limit=0": 422, "limit=101": 422, "limit=1": 200, "limit=100": 200, "offset=0": 200}
    assert {query: ask("GET", _with(path, query)).status_code for query in asked} == asked


@pytest.mark.parametrize("path", LISTS)
def test_past_the_end_is_an_empty_page(ask: Program, path: str) -> None:
    answer = ask("GET", _with(path, "offset=999999"))
    assert (answer.status_code, answer.json()["items"]) == (200, [])


@pytest.mark.parametrize("query", ["x=1", "page=1", "Limit=1", "limit[]=1", "theme=dark", "limi"])
@pytest.mark.parametrize("path", [*LISTS, "/me", "/profile", "/openings/7", "/openapi.json"])
def test_an_unknown_key_is_refused(ask: Program, path: str, query: str) -> None:
    answer = ask("GET", _with(path, query))
    assert (answer.status_code, len(told(answer))) == (422, 1)


@pytest.mark.parametrize("query", ["limit=1&limit=2", "offset=1&offset=1", "lang=ko&lang=en"])
@pytest.mark.parametrize("path", LISTS)
def test_a_key_comes_once(ask: Program, path: str, query: str) -> None:
    assert ask("GET", _with(path, query)).status_code == 422


@pytest.mark.parametrize("path", ["/openings", "/courses"])
@pytest.mark.parametrize("sort", ["score", "name;DROP", "-id", "closes_on,id", "", "%00"])
def test_only_listed_orders_exist(ask: Program, path: str, sort: str) -> None:
    assert ask("GET", f"{path}?sort={sort}").status_code in {400, 422}


@pytest.mark.parametrize(("path", "sort"), [("/openings", "closes_on"), ("/courses", "next_run")])
def test_the_other_order_is_the_list_turned_around(ask: Program, path: str, sort: str) -> None:
    there = [each["id"] for each in ask("GET", f"{path}?sort={sort}&limit=100").json()["items"]]
    back = [each["id"] for each in ask("GET", f"{path}?sort=-{sort}&limit=100").json()["items"]]
    assert len(there) > 5
    assert back == there[::-1]


@pytest.mark.parametrize("path", LISTS)
def test_links_lead_through_the_whole_list_once(ask: Program, path: str) -> None:
    whole = ask("GET", _with(path, "limit=100")).json()
    size = max(7, whole["total"] // 3)
    found: list[object] = []
    following: str | None = _with(path, f"limit={size}")
    while following is not None:
        answer = ask("GET", following)
        found += answer.json()["items"]
        links = {name: target for target, name in LINK.findall(answer.headers["Link"])}
        following = links["next"].removeprefix(API) if "next" in links else None
        assert {"first", "last"} <= set(links)
    assert found[:100] == whole["items"]
    assert len(found) == whole["total"]


def test_filters_take_several_known_values_and_no_others(ask: Program) -> None:
    both = ask("GET", "/openings?sector=space&sector=bio&limit=100").json()
    assert {each["sector"] for each in both["items"]} == {"space", "bio"}
    assert ask("GET", "/openings?sector=gold").status_code == 422
    assert ask("GET", "/openings?" + "&".join(["sector=space"] * 5)).status_code == 422


@pytest.mark.parametrize("text", ["(a%2B)%2B%24", "%25", "a" * 300, "%27%20OR%201%3D1", "%ff"])
def test_search_is_literal_and_short(ask: Program, text: str) -> None:
    for path in ("/openings", "/courses", "/skill-search"):
        assert ask("GET", f"{path}?q={text}").status_code in {200, 422}


def test_odd_ids_name_nothing(ask: Program) -> None:
    odd = ["0", "-1", "2147483648", "9223372036854775808", "9" * 400]
    for path in ("/openings/{}", "/courses/{}"):
        assert {ask("GET", path.format(each)).status_code for each in odd} == {404}
        assert {ask("GET", path.format(each)).status_code for each in ("1_0", "1.0", "x")} == {422}


def test_a_wrong_method_and_an_unknown_path_are_problems(ask: Program) -> None:
    answers = [ask("PATCH", "/me"), ask("GET", "/nothing"), ask("POST", "/openings", json={})]
    assert [each.status_code for each in answers] == [405, 404, 405]
    kinds = {each.headers["Content-Type"] for each in answers}
    assert kinds == {"application/problem+json"}


def test_another_site_gets_no_leave_to_read(ask: Program) -> None:
    client: TestClient = ask.client
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    answer = client.options(f"{API}/me", headers=headers)
    assert "Access-Control-Allow-Origin" not in answer.headers
