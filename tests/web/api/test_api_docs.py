"""The examples of docs/api.md work on the demo, as printed."""

import re
import shlex
from pathlib import Path

import pytest

from matcher.web.gates import GATES
from matcher.wiring import Services
from tests.api_client import API, Program, program
from tests.demo_data import DemoAccounts
from tests.walk import account_id_of

TEXT = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^curl (.+)$", TEXT, re.M)
EXPECTED = {
    "POST /skills": 201,
    "POST /certifications": 201,
    "POST /badges": 201,
    "DELETE /skills/docker": 204,
}


@pytest.fixture(scope="module")
def ask(demo_services: Services, demo_accounts: DemoAccounts) -> Program:
    return program(demo_services, account_id_of(demo_services, demo_accounts["youth"][0].email))


def _sent(ask: Program, example: str) -> tuple[str, int]:
    words = iter(shlex.split(example))
    method, target, headers, body = "GET", "", {}, None
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _colon, value = next(words).partition(": ")
            headers[name] = value.replace("Bearer $TOKEN", ask.headers["Authorization"])
        elif word == "--json":
            method, body = "POST", next(words)
            headers["Content-Type"] = "application/json"
        else:
            target = word.replace("$API", API)
    answer = ask.client.request(method, target, headers=headers, content=body)
    return f"{method} {target.removeprefix(API).partition('?')[0]}", answer.status_code


def test_every_example_works(ask: Program) -> None:
    statuses = dict(_sent(ask, each) for each in EXAMPLES)
    assert len(EXAMPLES) >= 10
    assert statuses == {key: EXPECTED.get(key, 200) for key in statuses}


def test_every_route_is_in_the_table() -> None:
    paths = {key.split(" ")[1].removeprefix(API) for key in GATES if f" {API}/" in key}
    named = {
        re.sub(r"\{\w+\}", "{id}", path).replace("skills/{id}", "skills/{slug}") for path in paths
    }
    assert {path for path in named if path not in TEXT} == set()
