import pytest

from matcher.exchange import read_table

from .givens import LOOKUPS, refusal


def test_a_list_and_a_rows_object_read_the_same() -> None:
    plain = read_table(b'[{"a": 1}, {"b": ["x", "y"]}]', "a.json")
    wrapped = read_table(b'{"rows": [{"a": 1}, {"b": ["x", "y"]}]}', "a.json")
    assert plain == wrapped
    assert [(row.line, row.cells) for row in plain.rows] == [
        (1, (1, None)),
        (2, (None, ("x", "y"))),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'[{"a": 1, "a": 2}]', "json_duplicate_key"),
        (b'[{"a": NaN}]', "json_number"),
        (b'[{"a": -Infinity}]', "json_number"),
        (b'[{"a": 1e999}]', "json_number"),
        (b'[{"a": ' + b"9" * 5000 + b"}]", "json_number"),
        (b"[" * 100_000, "json_depth"),
        (b'[{"a": [[[[1]]]]}]', "json_depth"),
        (b'[{"a": {"b": 1}}]', "json_shape"),
        (b'[{"a": [1]}]', "json_shape"),
        (b"[1]", "json_shape"),
        (b"null", "json_shape"),
        (b'{"rows": [], "more": 1}', "json_shape"),
        (b"[]", "no_rows"),
        (b"[{}]", "no_rows"),
        (b'[{"a": 1}] x', "json"),
        (b'[{"a": "\xff"}]', "encoding"),
        ('[{"a": 1}]'.encode("utf-16"), "encoding"),
    ],
)
def test_lenient_json_is_refused(data: bytes, code: str) -> None:
    assert refusal(data, "a.json")[1] == code


def test_a_quote_in_json_is_taken_as_it_stands() -> None:
    assert read_table(b"""[{"a": "'=1"}]""", "a.json").rows[0].cells == ("'=1",)


def test_types_are_strict_in_json() -> None:
    from matcher.exchange import parse

    data = b"""[{"youth": "a@example.org", "skill": "sql", "level": "3", "rater": 1,
      "rated_on": "2026-11-01", "evidence": "\\ud800"}]"""
    found = parse("skills", read_table(data, "a.json"), LOOKUPS).errors
    assert [(e.column, e.code) for e in found] == [
        ("level", "type"),
        ("rater", "type"),
        ("evidence", "surrogate"),
    ]
