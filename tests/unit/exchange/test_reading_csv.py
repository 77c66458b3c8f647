import pytest

from matcher.exchange import Limits, read_table

from .givens import refusal


def _rows(data: bytes, name: str = "a.csv") -> list[tuple[int, tuple[object, ...]]]:
    table = read_table(data, name)
    assert table.errors == ()
    return [(row.line, row.cells) for row in table.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_three_separators_are_told_apart(separator: str) -> None:
    text = f'"a,;\t"{separator}b\n1{separator}2\n'
    assert _rows(text.encode()) == [(2, ("1", "2"))]


def test_utf8_mark_is_not_part_of_the_first_title() -> None:
    assert read_table(b"\xef\xbb\xbfa,b\n1,2\n", "a.csv").header == ("a", "b")


def test_cp949_with_rare_syllables_is_read_and_said() -> None:
    table = read_table("이름,말\n똠방각하,펲시 뷁 쌰럅\n".encode("cp949"), "a.csv")
    assert table.rows[0].cells == ("똠방각하", "펲시 뷁 쌰럅")
    assert [note.code for note in table.notes] == ["cp949"]


def test_mixed_line_ends_and_quoted_breaks_keep_their_line_numbers() -> None:
    data = b'a,b\r\n1,"x\ny"\r3,4\n\n5,6\r\n'
    assert _rows(data) == [(2, ("1", "x\ny")), (4, ("3", "4")), (6, ("5", "6"))]


def test_separator_told_by_excel_wins() -> None:
    assert _rows(b"sep=;\na;b\n1;2,3\n") == [(3, ("1", "2,3"))]


def test_ragged_rows_are_each_named_and_blank_tails_forgiven() -> None:
    table = read_table(b"a,b\n1,2,,\n1\n1,2,3\n", "a.csv")
    assert [(e.line, e.code) for e in table.errors] == [(3, "ragged"), (4, "ragged")]
    assert [row.line for row in table.rows] == [2]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", (0, "empty_file")),
        (b" \r\n \n", (0, "empty_file")),
        (b"a,b\n", (0, "no_rows")),
        (b'a,b\n1,2\n3,"4\n5,6\n', (3, "quotes")),
        (b'a,b\n1,"2"x\n', (2, "quotes")),
        (b"a,b\n1,2\n\x00,2\n", (3, "nul")),
        (b"a,b\n1,2\n" + b"x" * 2_000_000, (3, "line_too_long")),
        (b'a,b\n1,"' + b"x\n" * 100_000, (2, "cell_too_long")),
        (b"a," * 10_000, (1, "too_many_columns")),
        (b",".join(b"c%d" % n for n in range(101)) + b"\n", (1, "too_many_columns")),
        (b"a,b\n" + b"1," * 10_000, (2, "too_many_columns")),
        (b"a,A\n1,2\n", (1, "duplicate_header")),
        (b"a,,c\n1,2,3\n", (1, "empty_header")),
        (b"a\xff\n", (1, "encoding")),
        ("a,b\n".encode("utf-16"), (0, "encoding")),
        (b"a,900101-1234567\n1,2\n", (1, "header_resident_number")),
    ],
)
def test_a_broken_file_says_where(data: bytes, found: tuple[int, str]) -> None:
    assert refusal(data, "a.csv") == found


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x89PNG\r\n\x1a\n", "a.xlsx"),
        (b"\x89PNG\r\n\x1a\n", "a.csv"),
        (b"<!DOCTYPE html><p>", "a.csv"),
        (b"\xef\xbb\xbf <html>", "a.csv"),
        (b"%PDF-1.7\nPK\x03\x04", "a.xlsx"),
        (b"PK\x03\x04", "a.csv"),
        (b"\xd0\xcf\x11\xe0", "a.xlsx"),
        (b"a,b\n1,2\n", "a.xlsx"),
        (b"<svg/>", "a.json"),
    ],
)
def test_content_that_is_not_what_the_name_says_is_refused(data: bytes, name: str) -> None:
    assert refusal(data, name) == (0, "content_mismatch")


def test_other_extensions_are_refused() -> None:
    assert refusal(b"a,b\n1,2\n", "a.ods") == (0, "unknown_extension")
    assert refusal(b"a,b\n1,2\n", "../../etc/passwd") == (0, "unknown_extension")


def test_fifty_megabytes_are_refused_at_the_door_and_inside() -> None:
    assert refusal(b"x" * (50 * 1024 * 1024), "a.csv") == (0, "too_large")
    table = read_table(b"x" * (50 * 1024 * 1024), "a.csv", Limits(max_bytes=60 * 1024 * 1024))
    assert [(e.line, e.code) for e in table.errors] == [(1, "line_too_long")]


def test_rows_past_the_cap_are_one_error() -> None:
    table = read_table(b"a\n" + b"1\n" * 50, "a.csv", Limits(max_rows=10))
    assert [(e.line, e.code) for e in table.errors] == [(12, "row_cap")]


def test_a_neutralised_formula_loses_one_quote_only() -> None:
    data = b"a\n'=1+1\n''=1\n'tis\n'-5\n"
    assert [cells[0] for _, cells in _rows(data)] == ["=1+1", "'=1", "'tis", "-5"]


def test_a_hundred_errors_are_kept_and_the_rest_counted() -> None:
    table = read_table(b"a,b\n" + b"1\n" * 250, "a.csv")
    assert (len(table.errors), table.more_errors) == (100, 150)
