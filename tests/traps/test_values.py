"""Traps 3 to 6 and 9: what forms take. Every form found on any page of any role is tried."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import pytest
from sqlalchemy.exc import StatementError

from matcher.wiring import Services
from models.trail import AuditEntry
from tests.walk import (
    FoundForm,
    Route,
    Visitor,
    Writes,
    checksum,
    fillings,
    handlers_once,
    shared_out,
)

ROLES = ("anon", "youth", "coordinator", "centre", "partner", "admin")
POISON = {"id": "777", "is_demo": "on", "created_at": "2020-01-01", "password_hash": "x"}
NOT_NUMBERS = ("Infinity", "NaN", "-Infinity", "1e999", "1e3", "1_0", "+1", "１", "١", "9" * 400)
ENDS_SESSION = {"POST /logout"}
COUNTERS = {"throttle_hit", "exposure", "access_record", "audit_entry"}
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def found_forms(
    demo_services: Services, visitors: Mapping[str, Visitor], known_routes: list[Route]
) -> list[tuple[Visitor, Route, FoundForm]]:
    """Every form of every handler, by the first role that finds it. What a form takes does not
    depend on who sends it; who may send it is asked elsewhere."""
    once = handlers_once(known_routes)
    found: dict[tuple[str, frozenset[str]], tuple[Visitor, Route, FoundForm]] = {}
    for visitor in visitors.values():
        for route, form in visitor.forms(demo_services, once):
            if route.key not in ENDS_SESSION:
                shape = frozenset(form.kinds)
                found.setdefault((route.handler, shape), (visitor, route, form))
    assert len(found) > 100
    return list(found.values())


def _send(visitor: Visitor, form: FoundForm, **changed: object) -> Any:
    """Press the form's button with some fields changed, as a browser would; the form's own token
    holds as long as the session, which nothing here ends."""
    return visitor.client.post(form.action, data=form.body(**changed), headers=SAME_ORIGIN)


def _stays(writes: Writes) -> list[str]:
    return sorted(writes.take() - COUNTERS)


def test_no_form_takes_a_field_it_does_not_have(
    demo_services: Services, found_forms: list[tuple[Visitor, Route, FoundForm]]
) -> None:
    odd = []
    with Writes(demo_services) as writes:
        for visitor, route, form in found_forms:
            answer = _send(visitor, form, **POISON)
            written = _stays(writes)
            if answer.status_code not in {404, 422} or written:
                odd.append(f"{visitor.name} {route.key}: {answer.status_code} {written}")
    assert odd == [], "\n".join(odd)


def test_what_is_no_number_is_refused_and_the_page_still_opens(
    demo_services: Services, found_forms: list[tuple[Visitor, Route, FoundForm]]
) -> None:
    odd, tried = [], 0
    for visitor, route, form in found_forms:
        for name, kind in form.kinds.items():
            if kind != "number":
                continue
            for value in NOT_NUMBERS:
                tried += 1
                answer = _send(visitor, form, **{name: value})
                if answer.status_code != 422:
                    odd.append(
                        f"{visitor.name} {route.key} {name}={value[:9]}: {answer.status_code}"
                    )
        assert visitor.client.get(form.page).status_code == 200
    assert odd == [], "\n".join(odd)
    assert tried > 0


TEXTS = {
    "nul": b"a\x00b",
    "surrogate": b"a\xed\xa0\x80b",
    "not utf-8": b"a\xff\xfeb",
    "overlong": b"\xc0\xaf",
    "bidi": "a\u202eb".encode(),
    "escape": b"a\x1bb",
}


@pytest.mark.parametrize("kind", sorted(TEXTS))
def test_characters_that_break_databases_are_refused_in_every_text(
    demo_services: Services, found_forms: list[tuple[Visitor, Route, FoundForm]], kind: str
) -> None:
    odd, tried = [], 0
    with Writes(demo_services) as writes:
        for visitor, route, form in found_forms:
            for name, field_kind in form.kinds.items():
                if field_kind not in {"text", "textarea", "search", "email", "url"}:
                    continue
                tried += 1
                answer = _send_bytes(visitor, form, name, TEXTS[kind])
                written = _stays(writes)
                if answer.status_code not in {400, 404, 422, 429} or written:
                    odd.append(f"{visitor.name} {route.key} {name}: {answer.status_code} {written}")
    assert odd == [], "\n".join(odd)
    assert tried > 0


def _send_bytes(visitor: Visitor, form: FoundForm, name: str, value: bytes) -> Any:
    body = {key: each for key, each in form.body().items() if key != name}
    text = urlencode(body, doseq=True)
    return visitor.client.post(
        form.action,
        content=f"{text}&{name}={quote_from_bytes(value)}",
        headers={"Content-Type": "application/x-www-form-urlencoded", **SAME_ORIGIN},
    )


SPELLINGS = {
    "07": {404, 422},
    "%207": {404, 422},
    "7.0": {404, 422},
    "%EF%BC%97": {404, 422},
    "+7": {404, 422},
    "1_0": {404, 422},
    "0": {404},
    "-1": {404},
    "2147483648": {404},
    "9223372036854775808": {404},
    "9" * 400: {404},
    "9" * 5_000: {404},
    "nan": {404, 422},
    "null": {404, 422},
}


@pytest.mark.parametrize("spelling", sorted(SPELLINGS), ids=lambda text: text[:20])
def test_only_the_plain_spelling_of_a_number_names_a_row(
    demo_services: Services,
    visitors: Mapping[str, Visitor],
    known_routes: list[Route],
    spelling: str,
) -> None:
    odd, tried = [], 0
    for visitor, path, route in _with_ids(demo_services, visitors, known_routes, spelling):
        tried += 1
        status = visitor.client.get(path).status_code
        if status not in SPELLINGS[spelling]:
            odd.append(f"{visitor.name} {route.key}: {status}")
    assert odd == [], "\n".join(odd)
    assert tried > 3


def _with_ids(
    services: Services, visitors: Mapping[str, Visitor], known: list[Route], spelling: str
) -> Iterator[tuple[Visitor, str, Route]]:
    """Pages the visitor may open, with one id after the other in the odd spelling."""
    for role, mine in shared_out(known, ROLES).items():
        visitor = visitors[role]
        for route in mine:
            who = visitor.who
            if route.method != "GET" or route.is_api or who is None:
                continue
            with services.database.reading() as session:
                values = next(iter(fillings(session, route, who, 1)), None)
            for name in route.parameters:
                if values is not None and name != "slug":
                    yield visitor, route.fill({**values, name: spelling}), route


QUERIES = (
    "page=99999999999999999999",
    "page=-1&before=9223372036854775808&unknown=1",
    "page=NaN&q=" + "%EA%B0%80" * 700,
)


@pytest.mark.parametrize("query", QUERIES, ids=["beyond", "below", "endless"])
def test_odd_queries_never_break_a_page(
    demo_services: Services,
    visitors: Mapping[str, Visitor],
    known_routes: list[Route],
    query: str,
) -> None:
    broken = []
    for role, mine in shared_out(known_routes, ROLES).items():
        for path in visitors[role].pages(demo_services, mine, 1):
            status = visitors[role].client.get(f"{path}?{query}").status_code
            if status >= 500:
                broken.append(f"{role} {path}: {status}")
    assert broken == []


def test_a_moment_without_its_time_zone_is_never_stored(services: Services) -> None:
    naive = datetime(2026, 11, 21, 10, 0)  # noqa: DTZ001
    with services.database.writing() as session:
        session.add(AuditEntry(at=naive, action="a", subject="b"))
        with pytest.raises(StatementError, match="time zone"):
            session.flush()
        session.rollback()


def test_every_moment_read_back_is_in_utc(any_services: Services) -> None:
    with any_services.writing() as unit:
        unit.audit("trial:noted", "trial", None)
    with any_services.database.reading() as session:
        row = session.get_one(AuditEntry, 1)
        assert row.at.tzinfo is UTC
        assert abs((any_services.clock.now() - row.at).total_seconds()) < 60


def test_no_form_asks_for_a_moment_without_a_time_zone(
    found_forms: list[tuple[Visitor, Route, FoundForm]],
) -> None:
    kinds = {kind for _visitor, _route, form in found_forms for kind in form.kinds.values()}
    assert "date" in kinds
    assert "datetime-local" not in kinds


def test_wrong_input_left_every_row_as_it_was(
    demo_services: Services, found_forms: list[tuple[Visitor, Route, FoundForm]]
) -> None:
    """The checks above by statements; this one by the rows themselves."""
    before = checksum(demo_services, COUNTERS)
    for visitor, _route, form in found_forms:
        _send(visitor, form, **POISON)
    assert checksum(demo_services, COUNTERS) == before
