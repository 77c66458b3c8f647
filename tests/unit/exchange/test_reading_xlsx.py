import io
import struct
import time
import tracemalloc
import zipfile
from datetime import date

import pytest
import xlsxwriter

from matcher.exchange import Limits, read_table

from .givens import part_of, refusal, sheet, with_part

_SHEET = "xl/worksheets/sheet1.xml"
_PLAIN = sheet(["a", "b"], ["x", 1])


def _changed(old: bytes, new: bytes, part: str = _SHEET) -> bytes:
    return with_part(_PLAIN, part, part_of(_PLAIN, part).replace(old, new))


@pytest.mark.parametrize("options", [{}, {"date_1904": True}])
def test_days_come_out_as_days_in_both_calendars(options: dict[str, bool]) -> None:
    table = read_table(sheet(["a", "b"], [date(2026, 12, 1), 7], options=options), "a.xlsx")
    assert table.rows[0].cells == (date(2026, 12, 1), 7)
    assert table.epoch_1904 is bool(options)


def test_short_rows_and_blank_rows_are_no_mistake() -> None:
    table = read_table(sheet(["a", "b"], ["x"], [], ["y", 2]), "a.xlsx")
    assert [(row.line, row.cells) for row in table.rows] == [(2, ("x", None)), (4, ("y", 2))]


def test_hidden_and_merged_things_are_said() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page, secret = book.add_worksheet("앞"), book.add_worksheet("비밀")
        page.write_row(0, 0, ["a", "b", "c"])
        page.write_row(1, 0, ["x", "y", "z"])
        page.merge_range(2, 0, 2, 1, "둘")
        page.set_row(1, None, None, {"hidden": True})
        page.set_column(2, 2, None, None, {"hidden": True})
        page.write_formula(2, 2, "=1+1", None, 2)
        secret.write(0, 0, "숨김")
        secret.hide()
    table = read_table(stream.getvalue(), "a.xlsx")
    assert [note.code for note in table.notes] == [
        "other_sheets",
        "hidden_sheets",
        "hidden_rows",
        "hidden_columns",
        "merged",
        "formulas",
    ]
    assert [row.cells for row in table.rows] == [("x", "y", "z"), ("둘", None, 2)]


def test_a_formula_never_calculated_is_an_error_with_its_place() -> None:
    cell = b'<c r="B2"><v>1</v></c>'
    table = read_table(_changed(cell, b'<c r="B2"><f>1+1</f></c>'), "a.xlsx")
    assert [(e.line, e.column, e.code) for e in table.errors] == [(2, "b", "formula")]


def test_an_error_cell_is_an_error_with_its_place() -> None:
    cell = b'<c r="B2"><v>1</v></c>'
    table = read_table(_changed(cell, b'<c r="B2" t="e"><v>#REF!</v></c>'), "a.xlsx")
    assert [(e.line, e.column, e.code) for e in table.errors] == [(2, "b", "cell_error")]


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _twice() -> bytes:
    stream = io.BytesIO(_PLAIN)
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(_SHEET, b"<worksheet/>")
    return stream.getvalue()


_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>
<sst><si><t>&b;</t></si></sst>"""
_OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst/>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (with_part(_PLAIN, "xl/media/zeros.bin", b"0" * 12_000_000), "xlsx_bomb"),
        (with_part(_PLAIN, _SHEET, b"<row/>" * 300_000), "xlsx_bomb"),
        (with_part(_PLAIN, "../x", b"x"), "xlsx_path"),
        (with_part(_PLAIN, "/abs", b"x"), "xlsx_path"),
        (_twice(), "xlsx_duplicate"),
        (_zip({f"m{n}": b"x" for n in range(10_000)}), "xlsx_members"),
        (with_part(_PLAIN, "xl/embeddings/a.bin", _PLAIN), "xlsx_nested"),
        (with_part(_PLAIN, "xl/vbaProject.bin", b"x"), "xlsx_macros"),
        (with_part(_PLAIN, "xl/sharedStrings.xml", _LAUGHS), "xlsx_dtd"),
        (with_part(_PLAIN, "xl/sharedStrings.xml", _OUTSIDE), "xlsx_dtd"),
        (with_part(_PLAIN, "xl/styles.xml", "<!DOCTYPE x>".encode("utf-16")), "xlsx_encoding"),
        (
            with_part(_PLAIN, "xl/styles.xml", b'<?xml version="1.0" encoding="cp037"?><a/>'),
            "xlsx_encoding",
        ),
        (_zip({"a.txt": b"x"}), "content_mismatch"),
        (_PLAIN[: len(_PLAIN) // 2], "xlsx_damaged"),
        (_changed(b"<sheetData>", b"<sheetData"), "xlsx_damaged"),
        (_changed(b'r="B2"', b'r="ZZZZZZ2"'), "xlsx_damaged"),
    ],
)
def test_a_hostile_workbook_is_refused(data: bytes, code: str) -> None:
    assert refusal(data, "a.xlsx")[1] == code


def test_a_sheet_of_half_a_gigabyte_is_refused_without_unpacking() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open(_SHEET, "w", force_zip64=True) as part:
            for _ in range(512):
                part.write(b" " * 1024 * 1024)
    tracemalloc.start()
    try:
        assert refusal(stream.getvalue(), "a.xlsx")[1] == "xlsx_bomb"
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_a_row_numbered_at_the_end_of_the_sheet_is_a_message() -> None:
    data = _changed(b'<row r="2"', b'<row r="1048576"')
    assert refusal(data, "a.xlsx")[1] == "row_cap"


def test_a_cell_in_the_last_column_is_a_message() -> None:
    assert refusal(_changed(b'r="B2"', b'r="XFD2"'), "a.xlsx") == (2, "too_many_columns")


def test_more_rows_than_the_cap_are_one_error() -> None:
    data = sheet(["a"], *[[n] for n in range(30)])
    table = read_table(data, "a.xlsx", Limits(max_rows=10))
    assert [(e.line, e.code) for e in table.errors] == [(12, "row_cap")]


def test_one_row_of_a_million_cells_is_refused() -> None:
    cells = b"".join(b'<c r="A2"><v>%d</v></c>' % (n * 7919) for n in range(250_000))
    data = _changed(b'<c r="B2"><v>1</v></c>', cells)
    assert refusal(data, "a.xlsx")[1] == "xlsx_row_size"


def test_more_row_tags_than_any_table_needs_are_refused_before_parsing() -> None:
    rows = b"".join(b'<row r="%d"><c><v>%d</v></c></row>' % (n, n * 7919) for n in range(3, 60_000))
    data = _changed(b"</sheetData>", rows + b"</sheetData>")
    assert refusal(data, "a.xlsx")[1] == "row_cap"


def test_a_list_of_parts_that_lies_about_its_length_is_refused_unread() -> None:
    entry = b"PK\x01\x02" + struct.pack("<6H3I5H2I", *[20, 20], *[0] * 7, 4, *[0] * 6) + b"name"
    parts = b"PK\x03\x04" + entry * 150_000
    # a second mark of the end within the first one, so that either may be taken for it
    end = b"PK\x05\x06" + struct.pack("<4sHHIIH", b"PK\x05\x06", 1, 1, len(parts) - 4, 4, 0)
    began = time.thread_time()
    assert refusal(parts + end, "a.xlsx")[1] == "xlsx_members"
    assert time.thread_time() - began < 0.5


@pytest.mark.parametrize("tag", [b"<row ", b"<col ", b"<mergeCell "])
def test_tags_without_an_end_are_passed_once(tag: bytes) -> None:
    data = _changed(b"</sheetData>", b"".join(b"%s%d" % (tag, n * 7919) for n in range(20_000)))
    began = time.thread_time()
    assert refusal(data, "a.xlsx")[1] == "xlsx_damaged"
    assert time.thread_time() - began < 2


def test_half_a_million_shared_texts_are_the_most() -> None:
    texts = b"".join(b"<si><t>%d</t></si>" % (n * 7919) for n in range(510_000))
    data = with_part(_PLAIN, "xl/sharedStrings.xml", b"<sst>" + texts + b"</sst>")
    assert refusal(data, "a.xlsx")[1] == "xlsx_strings"


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}])
def test_text_that_looks_like_an_escape_comes_back(options: dict[str, bool]) -> None:
    data = sheet(["a"], ["x_x0041_y"], options=options)
    assert read_table(data, "a.xlsx").rows[0].cells == ("x_x0041_y",)


def test_numbers_in_a_day_column_are_serial_days() -> None:
    from matcher.exchange import parse

    from .givens import LOOKUPS

    head = ["external_id", "organisation", "title_ko", "opens_on", "closes_on"]
    for options, serial in (({}, 46357), ({"date_1904": True}, 44895)):
        data = sheet(head, [1, "p", "t", serial, date(2026, 12, 2)], options=options)
        (row,) = parse("openings", read_table(data, "a.xlsx"), LOOKUPS).rows
        assert (row.external_id, row.opens_on) == ("1", date(2026, 12, 1))
