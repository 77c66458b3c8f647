import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.exchange import (
    KINDS,
    Lookups,
    as_cells,
    columns_of,
    import_page,
    parse,
    read_table,
    template_csv,
    to_csv,
    to_xlsx,
)
from matcher.exchange.neutral import keep_quote, neutralise, restore
from matcher.exchange.writing import Value

from .givens import LOOKUPS, parsed

_DANGEROUS = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    " =1",
    "'=1",
]


def _read_back(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", _DANGEROUS)
def test_what_a_spreadsheet_would_run_is_behind_a_quote(text: str) -> None:
    cell = _read_back(to_csv([{"a": text}]))[1][0]
    assert cell == "'" + text.replace("\x00", "\ufffd")


def test_numbers_and_ordinary_text_stay_as_they_are() -> None:
    row: dict[str, Value] = {
        "a": -5,
        "b": "-5.25",
        "c": '"=1"',
        "d": "가",
        "e": None,
        "f": date(2026, 12, 1),
        "g": True,
    }
    assert _read_back(to_csv([row]))[1] == ["-5", "-5.25", '"=1"', "가", "", "2026-12-01", "true"]


def test_a_csv_begins_with_the_mark_korean_excel_needs() -> None:
    assert to_csv([{"이름": "가"}]) == b"\xef\xbb\xbf" + "이름\r\n가\r\n".encode()
    assert to_csv([], ["a", "b"]) == b"\xef\xbb\xbfa,b\r\n"


def test_a_broken_character_does_not_break_an_export() -> None:
    assert _read_back(to_csv([{"a": "x\ud800"}]))[1] == ["x?"]
    assert (
        openpyxl.load_workbook(io.BytesIO(to_xlsx([{"a": "x\ud800"}])))["oreum"]["A2"].value == "x?"
    )


@pytest.mark.parametrize("text", [*_DANGEROUS[:4], "https://example.org", "0012"])
def test_a_sheet_holds_text_as_text(text: str) -> None:
    cell = openpyxl.load_workbook(io.BytesIO(to_xlsx([{"a": text}])))["oreum"]["A2"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)


@settings(deadline=None)
@given(st.text())
def test_reading_takes_off_exactly_what_writing_put_on(text: str) -> None:
    assert restore(neutralise(text)) == text
    assert restore(keep_quote(text)) == text
    assert text[:1] not in set("=+-@\t\r\n\x00＝＋－＠") or neutralise(text) != text or _plain(text)


def _plain(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdecimal()


_CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "M", "Zs", "Zl", "Zp", "Nd"]), max_size=12
)


@settings(deadline=None)
@given(st.sampled_from(["", "=", "'=", "''+", "-", "@", "＝", "'"]), _CELL)
def test_any_text_comes_back_from_both_formats(lead: str, body: str) -> None:
    (row,) = parsed("taxonomy", "slug,name_ko\na,x\n").rows
    cells = {**as_cells("taxonomy", row), "description": lead + body}
    read = [
        parse("taxonomy", read_table(data, name), Lookups())
        for data, name in ((to_csv([cells]), "a.csv"), (to_xlsx([cells]), "a.xlsx"))
    ]
    first, second = read
    assert first == second
    assert first.errors or to_csv([as_cells("taxonomy", first.rows[0])]) == to_csv(
        [{**cells, "description": first.rows[0].description}]
    )


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_what_is_exported_imports_as_the_same_rows(kind: str, suffix: str) -> None:
    rows = parsed(kind, template_csv(kind)).rows
    cells: list[dict[str, Any]] = [as_cells(kind, row) for row in rows]
    data = to_csv(cells) if suffix == "csv" else to_xlsx(cells)
    again = parse(kind, read_table(data, f"a.{suffix}"), LOOKUPS)
    assert again.errors == ()
    assert again.rows == rows
    assert to_csv([as_cells(kind, row) for row in again.rows]) == to_csv(cells)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_template_shows_every_column_and_fiction_only(kind: str) -> None:
    lines = _read_back(template_csv(kind).encode())
    assert tuple(lines[0]) == columns_of(kind)
    assert all(any("demo" in c.lower() or "데모" in c for c in line) for line in lines[1:])


def test_the_page_about_importing_is_made_from_the_columns() -> None:
    page = Path(__file__).parents[3] / "docs" / "import.md"
    assert page.read_text(encoding="utf-8") == import_page()
