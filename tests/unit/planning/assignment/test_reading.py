"""A stranger's file: read strictly, every mistake with its place, never a crash."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.planning.assignment.document import UnreadableError, parse, write
from matcher.planning.assignment.methods import place
from matcher.planning.assignment.problem import Method
from matcher.planning.assignment.verifying import verify
from tests.unit.planning.assignment.cases import SEED, drawn
from tests.unit.planning.assignment.documents import document

BARE: dict[str, Any] = {"openings": [], "people": [], "assignment": {}}
OPENING: dict[str, Any] = {"id": "o", "capacity": 1, "tiers": []}


def faults(**fields: Any) -> list[tuple[str, str]]:
    found = parse(json.dumps(BARE | fields).encode())
    return [(each.path, each.code) for each in found.faults]


@pytest.mark.parametrize("number", range(30))
def test_what_is_written_is_read_back(number: int) -> None:
    problem = drawn(number, quotas=True, fixed=True)
    placed = place(problem, Method.WEAKLY_STABLE)
    text = write(problem, placed)
    found = parse(text.encode())
    assert not found.faults
    assert found.assignment == placed.assignment
    assert found.problem.fixed == problem.fixed
    assert write(found.problem, placed) == text


def test_equals_are_written_by_id_so_that_their_order_tells_nothing() -> None:
    for row in (*document(Method.WEAKLY_STABLE)["openings"], *document(Method.MAX_FIT)["people"]):
        assert all(tier == sorted(tier) for tier in row["tiers"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"{} {}", "not_json"),
        (b"[]", "not_an_object"),
        (b"null", "not_an_object"),
        (b'"openings"', "not_an_object"),
        (b"\xff\xfe{\x00}\x00", "not_utf8"),
        ('{"a": "전'.encode("cp949"), "not_utf8"),
        (b"[" * 100_000, "not_json"),
        (b'{"people": ' + b"9" * 5_000 + b"}", "not_json"),
    ],
)
def test_what_is_no_object_of_json_cannot_be_read(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse(content)
    assert caught.value.code == code


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert parse(b"\xef\xbb\xbf" + json.dumps(BARE).encode()).faults == ()


@pytest.mark.parametrize(
    ("fields", "path", "code"),
    [
        ({"openings": {}}, "openings", "not_a_list"),
        ({"people": "ann"}, "people", "not_a_list"),
        ({"assignment": []}, "assignment", "not_an_object"),
        ({"fixed": ["ann"]}, "fixed", "not_an_object"),
        ({"fit": {"ann": 3}}, "fit.ann", "not_an_object"),
        ({"fit": {"ann": {"o": "3"}}}, "fit.ann.o", "not_a_number"),
        ({"fit": {"ann": {"o": -(10**7)}}}, "fit.ann.o", "not_a_number"),
        ({"fit": {"ann": {"o": True}}}, "fit.ann.o", "not_a_number"),
        ({"fit": {"ann": {"o": 10**400}}}, "fit.ann.o", "not_a_number"),
        ({"fit": {"ann": {"o": float("nan")}}}, "fit.ann.o", "not_a_number"),
        ({"fit": {"ann": {"o": float("inf")}}}, "fit.ann.o", "not_a_number"),
        ({"assignment": {"ann": 1}}, "assignment.ann", "not_an_id"),
        ({"assignment": {"": "o"}}, "assignment.", "not_an_id"),
        ({"assignment": {"\ud800": "o"}}, "assignment.\ud800", "not_an_id"),
        ({"method": "best"}, "method", "unknown_method"),
        ({"method": 3}, "method", "unknown_method"),
        ({"method": ["max_fit"]}, "method", "unknown_method"),
        ({"seed": 12}, "seed", "not_a_text"),
        ({"commitment": ["a"]}, "commitment", "not_a_text"),
        ({"committed_at": "yesterday"}, "committed_at", "not_a_moment"),
        ({"asignment": {}}, "asignment", "unknown_field"),
        ({"people": ["ann"]}, "people[0]", "not_an_object"),
        ({"people": [{"id": "ann"}]}, "people[0].tiers", "missing"),
        ({"people": [{"id": 3, "tiers": []}]}, "people[0].id", "not_an_id"),
        ({"people": [{"id": "", "tiers": []}]}, "people[0].id", "not_an_id"),
        ({"people": [{"id": "a" * 201, "tiers": []}]}, "people[0].id", "too_long"),
        ({"people": [{"id": "ann", "tiers": {}}]}, "people[0].tiers", "not_a_list"),
        ({"people": [{"id": "ann", "tiers": ["o"]}]}, "people[0].tiers[0]", "not_a_list"),
        ({"people": [{"id": "ann", "tiers": [["o", 1]]}]}, "people[0].tiers[0][1]", "not_an_id"),
        ({"people": [{"id": "ann", "tiers": [], "age": 2}]}, "people[0].age", "unknown_field"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(fields: dict[str, Any], path: str, code: str) -> None:
    assert faults(**fields) == [(path, code)]


@pytest.mark.parametrize("field", ["capacity", "minimum"])
@pytest.mark.parametrize("value", [-1, 1.5, "1", True, None, 10**30, float("nan")])
def test_seats_are_whole_numbers_from_nought(field: str, value: Any) -> None:
    at = f"openings[0].{field}"
    assert faults(openings=[OPENING | {field: value}]) == [(at, "not_a_number_of_seats")]


def test_every_mistake_is_told_at_once() -> None:
    found = parse(b'{"openings": 1, "people": [{"id": 2, "tiers": 3}], "seed": 4}')
    assert [each.path for each in found.faults] == [
        "assignment", "openings", "people[0].id", "people[0].tiers", "seed"
    ]  # fmt: skip


def test_a_person_assigned_twice_is_a_broken_rule() -> None:
    text = '{"openings": [], "people": [], "assignment": {"a": "o", "a": "q"}}'
    assert "doubled_id" in {str(each.rule) for each in verify(parse(text.encode())).broken}


def test_a_field_that_is_there_twice_is_a_mistake() -> None:
    text = '{"openings": [], "people": [], "assignment": {}, "people": [], "seed": null}'
    assert [(each.path, each.code) for each in parse(text.encode()).faults] == [
        ("people", "doubled_field")
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["openings", "people", "assignment", "fit", "fixed", "method", "seed", "commitment",
     "committed_at"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(field=FIELDS, value=JSON)
def test_whatever_stands_in_a_field_there_is_a_verdict(field: str, value: Any) -> None:
    content = document(Method.DEFERRED_ACCEPTANCE) | {field: value}
    found = parse(json.dumps(content).encode())
    verify(found, seconds=1.0)


def test_the_seed_of_these_files_is_the_one_they_were_made_with() -> None:
    assert parse(json.dumps(document(Method.MAX_FIT)).encode()).seed == SEED
