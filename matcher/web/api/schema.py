"""The API's own description: FastAPI's, with the gate and the refusals of each route added."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from matcher.web.api.answers import Problem
from matcher.web.gates import GATES

REF = "#/components/schemas/"
PROBLEMS = {
    400: "The body is not one JSON text in UTF-8, or the address holds a NUL byte",
    401: "No live token",
    403: "Not for this role, or the notice or the consent is missing",
    404: "Absent, or not yours to see",
    409: "It changed in between, or its state does not allow this",
    413: "The body is too large",
    414: "The address is too long",
    415: "The body is not application/json",
    422: "A field, a query key or a header is not usable; `errors` names it",
    429: "Too many ranked lists or badges; see Retry-After",
    503: "The database is busy; see Retry-After",
}
ABOUT = """Skills, certifications, courses and openings of Oreum, for programs.

Make a token on the account page and send it as `Authorization: Bearer …`; cookies are not read.
Texts are in Korean, or in English with `Accept-Language: en` or `?lang=en`.
"""
LANGUAGE = {
    "name": "lang",
    "in": "query",
    "required": False,
    "description": "Language of texts; wins over Accept-Language",
    "schema": {"type": "string", "enum": ["ko", "en"]},
}


def described(app: FastAPI) -> dict[str, Any]:
    """Made once a process."""
    found: dict[str, Any] | None = getattr(app.state, "api_description", None)
    if found is None:
        found = app.state.api_description = _described(app)
    return found


def _described(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title="Oreum API",
        version="1",
        openapi_version="3.1.0",
        description=ABOUT,
        routes=app.routes,
    )
    parts = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        parts.pop(name, None)
    problem = Problem.model_json_schema(ref_template=REF + "{model}")
    parts.update(problem.pop("$defs"))
    parts["Problem"] = problem
    document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete(operation, f"{method.upper()} {path}")
    return document


def _complete(operation: dict[str, Any], key: str) -> None:
    """Summary, security and refusals; the first sentence of the docstring is the summary."""
    text = operation.get("description", "")
    operation["summary"] = text.partition(". ")[0].rstrip(".")
    operation["operationId"] = operation["operationId"].partition("_api_")[0]
    operation.setdefault("parameters", []).append(LANGUAGE)
    is_open = GATES[key].permission is None
    operation["security"] = [] if is_open else [{"token": []}]
    responses = operation["responses"]
    for status in sorted(_statuses(operation, key, is_open)):
        responses[str(status)] = _problem(status)


def _statuses(operation: dict[str, Any], key: str, is_open: bool) -> set[int]:
    found = {400, 414, 422, 503}
    if not is_open:
        found |= {401, 403, 404}
    if "{" in key:
        found.add(404)
    if "requestBody" in operation:
        found |= {413, 415}
    if not key.startswith("GET"):
        found.add(409)
    if operation["tags"] == ["recommendations"] or key == "POST /api/v1/badges":
        found.add(429)
    return found


def _problem(status: int) -> dict[str, Any]:
    schema = {"$ref": f"{REF}Problem"}
    return {
        "description": PROBLEMS[status],
        "content": {"application/problem+json": {"schema": schema}},
    }
