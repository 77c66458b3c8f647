"""Every route has its row in the policy table, and no path or body lets anything through."""

import inspect
import typing
from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, StringConstraints, ValidationError
from sqlmodel import SQLModel
from starlette.routing import Mount

from matcher.policy.permissions import GRANTED, Permission
from matcher.web.app import create_app
from matcher.web.gates import GATES
from matcher.web.params import Id
from matcher.wiring import Services
from tests.walk import TABLES, routes

# Words in paths: a skill's name, the number of a masked candidate, the secret of a calendar.
SLUGS = {
    "slug", "label", "number", "token", "certification", "credential", "issued", "key", "purpose",
}  # fmt: skip


@pytest.fixture
def app(services: Services) -> FastAPI:
    return create_app(services)


def test_the_walk_sees_the_routes_of_included_routers(app: FastAPI) -> None:
    keys = [route.key for route in routes(app)]
    assert len(keys) > 50
    assert "GET /login" in keys


def test_every_route_has_exactly_one_gate_and_every_gate_a_route(app: FastAPI) -> None:
    keys = [route.key for route in routes(app)]
    assert [key for key in keys if key not in GATES] == []
    assert [key for key in GATES if key not in keys] == []
    assert sorted(set(keys)) == sorted(keys)


def test_only_static_files_are_mounted(app: FastAPI) -> None:
    contexts = list(iter_route_contexts(app.routes))
    mounted = [each.path for each in contexts if isinstance(each.original_route, Mount)]
    assert mounted == ["/static"]
    assert [each.path for each in contexts if each.methods is None] == ["/static"]


def test_every_permission_is_granted_to_somebody_and_guards_something() -> None:
    assert set(GRANTED) == set(Permission)
    assert [name for name, roles in GRANTED.items() if not roles] == []


def test_a_path_never_ends_with_a_slash_and_says_its_words_in_lower_case(app: FastAPI) -> None:
    odd = [r.path for r in routes(app) if r.path != "/" and r.path.endswith("/")]
    odd += [r.path for r in routes(app) if r.path != r.path.lower() or "_" in _fixed_part(r.path)]
    assert odd == []


def _fixed_part(path: str) -> str:
    return "/".join(part for part in path.split("/") if not part.startswith("{"))


def test_every_number_in_a_path_is_an_id_and_every_word_has_a_limit(app: FastAPI) -> None:
    wrong = []
    for route in routes(app):
        hints = typing.get_type_hints(route.endpoint, include_extras=True)
        for name in route.parameters:
            hint = hints.get(name)
            if hint == Id:
                continue
            if name not in SLUGS or not _is_limited_text(hint):
                wrong.append(f"{route.key}: {name}: {hint}")
    assert wrong == []


def test_every_id_in_a_path_is_known_to_the_generated_tests(app: FastAPI) -> None:
    known = {name for _start, name in TABLES} | SLUGS
    unknown = {name for route in routes(app) for name in route.parameters} - known
    assert unknown == set(), "add it to TABLES in tests/walk.py, so that others' rows are tried"


def _is_limited_text(hint: Any) -> bool:
    if get_origin(hint) is not Annotated:
        return False
    kind, *rules = get_args(hint)
    return issubclass(kind, str) and any(_limit(rule) for rule in rules)


def _limit(rule: Any) -> int | None:
    """The longest text a pydantic or FastAPI rule lets through."""
    if isinstance(rule, StringConstraints):
        return rule.max_length
    direct = getattr(rule, "max_length", None)
    inner = [getattr(each, "max_length", None) for each in getattr(rule, "metadata", ())]
    return direct or next((each for each in inner if each), None)


def _models(hint: Any) -> Iterator[type]:
    """Every class inside a type hint, fields of models included."""
    if inspect.isclass(hint) and get_origin(hint) is None:
        yield hint
        if issubclass(hint, BaseModel) and not getattr(hint, "__table__", None) is not None:
            for each in hint.model_fields.values():
                yield from _models(each.annotation)
    for part in get_args(hint):
        yield from _models(part)


def test_no_table_is_ever_a_body(app: FastAPI) -> None:
    taken = [
        f"{route.key}: {name}"
        for route in routes(app)
        for name, hint in typing.get_type_hints(route.endpoint, include_extras=True).items()
        if name != "return"
        for kind in _models(hint)
        if issubclass(kind, SQLModel)
    ]
    assert taken == []


def test_every_body_refuses_fields_it_does_not_know(app: FastAPI) -> None:
    lax = [
        f"{route.key}: {kind.__name__}"
        for route in routes(app)
        for name, hint in typing.get_type_hints(route.endpoint, include_extras=True).items()
        if name != "return"
        for kind in _models(hint)
        if issubclass(kind, BaseModel) and kind.model_config.get("extra") != "forbid"
    ]
    assert lax == []


def _forms() -> list[type[BaseModel]]:
    import importlib
    import pkgutil

    import matcher.web.forms as package
    from matcher.web.forms.base import Form

    found: list[type[BaseModel]] = []
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        found += [
            each
            for each in vars(module).values()
            if inspect.isclass(each)
            and issubclass(each, Form)
            and each.__module__ == module.__name__
        ]
    return sorted(found, key=lambda each: each.__qualname__)


@pytest.mark.parametrize("form", _forms(), ids=lambda form: form.__name__)
def test_a_form_refuses_unknown_fields_and_endless_texts(form: type[BaseModel]) -> None:
    assert form.model_config.get("extra") == "forbid"
    texts = {name for name, info in form.model_fields.items() if str in _models(info.annotation)}
    assert texts - _refused(form, dict.fromkeys(texts, "가" * 200_000)) == set()
    assert "poison" in _refused(form, {"poison": "1"})


def _refused(form: type[BaseModel], values: dict[str, str]) -> set[str]:
    """The fields a set of values is refused for; aliases are told by the field's own name."""
    names = {info.alias or name: name for name, info in form.model_fields.items()}
    sent = {alias: values.get(name, values.get(alias)) for alias, name in names.items()}
    sent |= {key: value for key, value in values.items() if key not in form.model_fields}
    try:
        form.model_validate({key: value for key, value in sent.items() if value is not None})
    except ValidationError as error:
        found = {str(each["loc"][0]) for each in error.errors() if each["loc"]}
        return {names.get(name, name) for name in found}
    return set()
