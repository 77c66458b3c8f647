"""Whatever comes, the answer is rows or errors, never an exception."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.exchange import KINDS, Table, parse, read_table, template_csv

from .givens import LOOKUPS, sheet

_BOOK = sheet(["slug", "name_ko"], ["a", "가"], ["b", "나"])
_CELL = st.text(max_size=20) | st.sampled_from(
    [
        "=1",
        "2026-02-30",
        "1e400",
        "-0",
        "must python 9",
        "python:1>9",
        "٣",
        "９",
        "\ud800",
        "a" * 300,
    ]
)


def _answered(table: Table, kind: str) -> bool:
    result = parse(kind, table, LOOKUPS, unmapped="keep")
    assert all(error.text_ko and error.text_en for error in result.errors)
    return bool(result.rows or result.errors or result.unmapped)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300), st.sampled_from(["csv", "xlsx", "json"]))
def test_any_bytes_are_answered(data: bytes, suffix: str) -> None:
    assert _answered(read_table(data, f"a.{suffix}"), "taxonomy")


@settings(deadline=None, max_examples=200)
@given(st.integers(0, len(_BOOK) - 1), st.integers(0, 255))
def test_a_workbook_with_one_changed_byte_is_answered(at: int, byte: int) -> None:
    data = _BOOK[:at] + bytes([byte]) + _BOOK[at + 1 :]
    assert _answered(read_table(data, "a.xlsx"), "taxonomy")


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(deadline=None, max_examples=60)
@given(st.data())
def test_any_cells_are_answered(kind: str, data: st.DataObject) -> None:
    names = [column.name for column in KINDS[kind].columns]
    row = {name: data.draw(_CELL | st.integers() | st.floats(allow_nan=False)) for name in names}
    content = json.dumps([row]).encode()
    assert _answered(read_table(content, "a.json"), kind)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_template_cut_anywhere_is_answered(kind: str) -> None:
    whole = io.BytesIO(template_csv(kind).encode()).getvalue()
    assert all(_answered(read_table(whole[:end], "a.csv"), kind) for end in range(0, len(whole), 7))
