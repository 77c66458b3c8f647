"""A body that could mean two things, or nothing, is refused and stores nothing."""

import json
import time

import pytest
from sqlmodel import func, select

from matcher.wiring import Services
from models.skill import SkillRecord
from models.youth import YouthProfile
from tests.api_client import Program, program, told
from tests.people import People

GOOD = b'{"skill": "python", "level": 3}'


@pytest.fixture
def ask(services: Services, people: People) -> Program:
    return program(services, people.youth.account_id)


def _skills(services: Services) -> int:
    with services.database.reading() as session:
        return session.exec(select(func.count()).select_from(SkillRecord)).one()


BODIES = {
    "J1 endless nesting": (b"[" * 100_000, 400),
    "J2 deep and closed": (b"[" * 2_000 + b"]" * 2_000, 400),
    "J2 fifty-one deep": (b'{"skill":' + b"[" * 50 + b"]" * 50 + b"}", 400),
    "J2 fifty deep": (b'{"skill":' + b"[" * 49 + b"]" * 49 + b"}", 422),
    "J2 brackets in a text": (b'{"skill": "' + b"[" * 60 + b'", "level": 3}', 422),
    "J3 same name twice": (b'{"skill": "python", "level": 3, "level": 5}', 400),
    "J3 same name twice inside": (b'{"skill": {"a": 1, "a": 2}, "level": 3}', 400),
    "J3 same name by an escape": (b'{"skill": "python", "level": 3, "l\\u0065vel": 5}', 400),
    "J4 mark": (b"\xef\xbb\xbf" + GOOD, 400),
    "J4 UTF-16": (GOOD.decode().encode("utf-16"), 400),
    "J4 UTF-16 without a mark": (GOOD.decode().encode("utf-16-le"), 400),
    "J4 UTF-32": (GOOD.decode().encode("utf-32-be"), 400),
    "J5 no UTF-8": (b'{"skill": "py\xff", "level": 3}', 400),
    "J5 overlong": (b'{"skill": "\xc0\xaf", "level": 3}', 400),
    "J5 written surrogate": (b'{"skill": "\xed\xa0\x80", "level": 3}', 400),
    "J6 something behind": (GOOD + b" x", 400),
    "J6 two values": (GOOD + GOOD, 400),
    "J6 comma at the end": (b'{"skill": "python", "level": 3,}', 400),
    "J6 single quotes": (b"{'skill': 'python'}", 400),
    "J6 unfinished": (GOOD[:-1], 400),
    "J7 empty": (b"", 422),
    "J7 blanks": (b" \n ", 422),
    "J7 null": (b"null", 422),
    "J7 list": (b"[]", 422),
    "J7 text": (b'"x"', 422),
    "J7 number": (b"3", 422),
    "J9 unknown": (b'{"skill": "python", "level": 3, "note": 1}', 422),
    "J12 nothing": (b"{}", 422),
    "J12 no level": (b'{"skill": "python"}', 422),
    "N13 NaN": (b'{"skill": "python", "level": NaN}', 422),
    "N14 Infinity": (b'{"skill": "python", "level": -Infinity}', 422),
    "N14 1e999": (b'{"skill": "python", "level": 1e999}', 422),
    "N14 nan as text": (b'{"skill": "python", "level": "nan"}', 422),
    "N15 negative": (b'{"skill": "python", "level": -1}', 422),
    "N15 zero": (b'{"skill": "python", "level": 0}', 422),
    "N15 part": (b'{"skill": "python", "level": 2.5}', 422),
    "N15 whole as a part": (b'{"skill": "python", "level": 3.0}', 422),
    "N15 text": (b'{"skill": "python", "level": "3"}', 422),
    "N15 true": (b'{"skill": "python", "level": true}', 422),
    "N15 long": (b'{"skill": "python", "level": ' + b"9" * 5_000 + b"}", 422),
    "U1 NUL": (b'{"skill": "py\\u0000thon", "level": 3}', 422),
    "U2 half a character": (b'{"skill": "\\ud800", "level": 3}', 422),
    "U2 half a character in a name": (b'{"skill": "python", "level": 3, "\\ud800": 1}', 422),
    "U2 half a character in a list": (b'{"skill": ["\\udfff"], "level": 3}', 422),
    "U6 turned around": ('{"skill": "pyth\u202eon", "level": 3}'.encode(), 422),
    "U10 blanks": ('{"skill": " \u3000 ", "level": 3}'.encode(), 422),
    "no such skill": (b'{"skill": "zzzzqqqq", "level": 3}', 422),
}


@pytest.mark.parametrize("name", sorted(BODIES))
def test_a_wrong_body_is_refused(services: Services, ask: Program, name: str) -> None:
    body, status = BODIES[name]
    answer = ask.raw("POST", "/skills", body)
    assert (answer.status_code, _skills(services)) == (status, 0)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "", "application/x-www-form-urlencoded", "multipart/form-data", "text/json",
     "application/problem+json", "application/json; charset=euc-kr", "application/json, text/plain",
    ],
)  # fmt: skip
def test_any_other_type_is_refused(services: Services, ask: Program, kind: str) -> None:
    assert ask.raw("POST", "/skills", GOOD, kind).status_code == 415
    assert _skills(services) == 0


@pytest.mark.parametrize(
    "kind",
    ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"],
)
def test_json_in_utf_8_is_taken(services: Services, ask: Program, kind: str) -> None:
    assert ask.raw("POST", "/skills", GOOD, kind).status_code == 201
    assert _skills(services) == 1


def test_a_packed_body_is_refused(ask: Program) -> None:
    answer = ask("POST", "/skills", content=GOOD, headers={
        "Content-Type": "application/json", "Content-Encoding": "gzip",
    })  # fmt: skip
    assert answer.status_code == 415


def test_a_text_of_ten_megabytes_is_too_large(services: Services, ask: Program) -> None:
    body = b'{"skill": "' + b"a" * 10_000_000 + b'", "level": 3}'
    assert ask.raw("POST", "/skills", body).status_code == 413
    assert _skills(services) == 0


def test_endless_nesting_costs_no_time(ask: Program) -> None:
    for body in (b"[" * 100_000, b'"\\' * 100_000, b'{"a":' * 40_000):
        begun = time.perf_counter()
        assert ask.raw("POST", "/skills", body).status_code == 400
        assert time.perf_counter() - begun < 1.0


def test_every_problem_is_told_by_field_in_the_readers_language(ask: Program) -> None:
    body = {"skill": 3, "level": "3", "extra": 1}
    korean = told(ask("POST", "/skills", json=body))
    assert korean == {
        "skill": "글자로 보내 주세요.",
        "level": "따옴표 없는 정수로 보내 주세요.",
        "extra": "이 양식에 없는 항목이에요.",
    }
    english = told(ask("POST", "/skills", json=body, headers={"Accept-Language": "en"}))
    assert english["level"] == "Send a whole number without quotes."
    assert told(ask("POST", "/skills?lang=en", json=body)) == english


WRONG = [None, 3, 2.5, "x", True, [], {}, [[]], {"a": 1}]
FULL = {
    "affiliation": "none", "organisation_id": None, "status": "enrolled", "graduation_on": None,
    "available_from": None, "weekly_hours": None, "budget_krw": None, "about": "", "sectors": [],
    "regions": [], "employment": [], "version": 1,
}  # fmt: skip
FITTING = {
    "organisation_id": [None, 3], "weekly_hours": [None, 3], "budget_krw": [None, 3],
    "graduation_on": [None], "available_from": [None], "about": ["x"], "sectors": [[]],
    "regions": [[]], "employment": [[]], "version": [3, None],
}  # fmt: skip


@pytest.mark.parametrize("field", sorted(FULL))
def test_a_value_of_another_type_is_refused_in_every_field(ask: Program, field: str) -> None:
    wrong = [value for value in WRONG if not _is_among(value, FITTING.get(field, []))]
    answers = {
        json.dumps(each): ask("PUT", "/profile", json=FULL | {field: each}) for each in wrong
    }
    odd = {
        value: answer.text
        for value, answer in answers.items()
        if answer.status_code != 422 or not any(key.startswith(field) for key in told(answer))
    }
    assert odd == {}


def _is_among(value: object, fitting: list[object]) -> bool:
    return any(value == each and type(value) is type(each) for each in fitting)


@pytest.mark.parametrize(
    "day",
    [86400, "86400", "2023-02-29", "2026-13-01", "0000-01-01", "2026-1-1", "20260101",
     "2026-01-01T00:00:00", "2026-01-01T00:00:00Z", "２０２６-01-01", "", " 2026-01-01", "today"],
)  # fmt: skip
def test_only_a_calendar_day_is_a_day(ask: Program, day: object) -> None:
    answer = ask("PUT", "/profile", json=FULL | {"graduation_on": day})
    assert (answer.status_code, list(told(answer))) == (422, ["graduation_on"])


def test_a_leap_day_is_a_day(ask: Program) -> None:
    answer = ask("PUT", "/profile", json=FULL | {"graduation_on": "2024-02-29"})
    assert (answer.status_code, answer.json()["graduation_on"]) == (200, "2024-02-29")


POISON = {
    "role": "admin", "id": 1, "owner_id": 1, "verified": True, "score": 5, "account_id": 1,
    "created_at": "2020-01-01T00:00:00Z", "youth_id": 2, "verification": 4,
    "affiliation_state": "confirmed", "__proto__": {}, "constructor": 1, "is_demo": True,
}  # fmt: skip
CREATES = {
    ("PUT", "/profile"): FULL,
    ("POST", "/skills"): {"skill": "python", "level": 3},
    ("POST", "/certifications"): {"certification": "SAA", "state": "planned"},
    ("POST", "/what-if"): {"certifications": ["SAA"]},
    ("POST", "/applications"): {"opening_id": 1, "consent": True},
}


@pytest.mark.parametrize("name", sorted(POISON))
@pytest.mark.parametrize("key", sorted(CREATES), ids=lambda key: "".join(key))
def test_a_field_that_is_not_the_persons_to_set_changes_nothing(
    services: Services, people: People, ask: Program, key: tuple[str, str], name: str
) -> None:
    before = _everything(services)
    answer = ask(*key, json={**CREATES[key], name: POISON[name]})
    assert (answer.status_code, name in told(answer)) == (422, True)
    assert _everything(services) == before


def _everything(services: Services) -> tuple[object, ...]:
    with services.database.reading() as session:
        profiles = [row.model_dump() for row in session.exec(select(YouthProfile))]
        return (profiles, _skills(services))
