"""The description of the API is valid OpenAPI 3.1, complete, and true."""

from typing import Any

import jsonschema_rs
import pytest

from matcher.web.app import create_app
from matcher.web.gates import GATES
from matcher.wiring import Services
from tests.api_client import API, Program, program
from tests.people import People
from tests.walk import routes

METHODS = {"get", "put", "post", "delete"}


@pytest.fixture
def ask(services: Services, people: People) -> Program:
    return program(services, people.youth.account_id)


@pytest.fixture
def document(ask: Program) -> dict[str, Any]:
    answer = ask("GET", "/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def _operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": operation
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }


def test_every_route_of_the_api_and_nothing_else_is_described(
    services: Services, document: dict[str, Any]
) -> None:
    served = {route.key for route in routes(create_app(services)) if route.is_api}
    assert set(_operations(document)) == served
    assert served == {key for key in GATES if f" {API}/" in key}


def test_every_operation_says_what_it_does_and_what_it_may_answer(
    document: dict[str, Any],
) -> None:
    bare = {
        key
        for key, operation in _operations(document).items()
        if not operation["summary"] or len(operation["summary"]) < 10 or not operation["tags"]
    }
    assert bare == set()
    for key, operation in _operations(document).items():
        statuses = set(operation["responses"])
        assert len(statuses & {"200", "201", "204"}) == 1, key
        assert {"422", "503"} <= statuses, key
        assert ("401" in statuses) == (GATES[key].permission is not None), key
        assert ("415" in statuses) == ("requestBody" in operation), key


def test_every_refusal_is_a_problem(document: dict[str, Any]) -> None:
    kinds = {
        (kind, content["schema"]["$ref"])
        for operation in _operations(document).values()
        for status, response in operation["responses"].items()
        if status >= "400"
        for kind, content in response["content"].items()
    }
    assert kinds == {("application/problem+json", "#/components/schemas/Problem")}


def test_operation_ids_are_unique_and_short(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for operation in _operations(document).values()]
    assert len(set(ids)) == len(ids)
    assert [each for each in ids if not each.isidentifier() or len(each) > 30] == []


def _references(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*(_references(each) for each in part.values()), set())
    if isinstance(part, list):
        return set().union(*(_references(each) for each in part), set())
    return set()


def test_every_reference_leads_to_a_schema_and_every_schema_is_used(
    document: dict[str, Any],
) -> None:
    there = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert _references(document) == there


def test_it_has_the_shape_of_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert {"title", "version"} <= set(document["info"])
    assert all(path.startswith(f"{API}/") for path in document["paths"])
    for operations in document["paths"].values():
        assert set(operations) <= METHODS
    for key, operation in _operations(document).items():
        named = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        assert named == {part[1:-1] for part in key.split("/") if part.startswith("{")}
        for each in operation["parameters"]:
            assert set(each) <= {"name", "in", "required", "schema", "description"}
            assert each["in"] != "path" or each["required"] is True
        assert all(response["description"] for response in operation["responses"].values())


def test_every_schema_is_a_json_schema_of_2020_12(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate({"$schema": DIALECT, **schema})
    for operation in _operations(document).values():
        for each in operation["parameters"]:
            jsonschema_rs.meta.validate({"$schema": DIALECT, **each["schema"]})


DIALECT = "https://json-schema.org/draft/2020-12/schema"


def test_bodies_take_no_field_that_is_not_named(document: dict[str, Any]) -> None:
    parts = document["components"]["schemas"]
    bodies = {
        operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
        for operation in _operations(document).values()
        if "requestBody" in operation
    }
    assert len(bodies) == 9
    assert {
        name for name in bodies if parts[name].get("additionalProperties") is not False
    } == set()


def test_an_answer_of_every_read_is_as_described(ask: Program, document: dict[str, Any]) -> None:
    ask("POST", "/skills", json={"skill": "python", "level": 3})
    ask("POST", "/certifications", json={"certification": "SAA", "state": "planned"})
    ask("POST", "/skills", json={"skill": "docker", "level": 2})
    tried = 0
    for key, operation in _operations(document).items():
        if not key.startswith("GET") or "{" in key or key.endswith("openapi.json"):
            continue
        query = {"q": "python"} if key.endswith("skill-search") else {}
        answer = ask("GET", key.removeprefix(f"GET {API}"), params=query)
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**schema, "components": document["components"]}
        assert jsonschema_rs.is_valid(whole, answer.json()), (key, answer.text)
        tried += 1
    assert tried == 14
