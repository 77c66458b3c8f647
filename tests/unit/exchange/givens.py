"""A small world for the exchange tests: two skills, a licence, two certifications."""

import io
import zipfile
from datetime import date
from typing import Any

import xlsxwriter

from matcher.exchange import Lookups, Parsed, parse, read_table

_SKILLS = {
    "python": "python",
    "python 3": "python",
    "파이썬": "python",
    "sql": "sql",
    "ros 2": "ros2",
}
CERTIFICATIONS = {
    "CLF": "CLF",
    "CLF-C02": "CLF",
    "SAA": "SAA",
    "SAA-C03": "SAA",
}
LOOKUPS = Lookups(
    skill=lambda text: _SKILLS.get(text.casefold()),
    nearest=lambda text: ("python", "sql"),
    licence=lambda text: "licence-electrical" if text == "전기기사" else None,
    certifications=CERTIFICATIONS,
    today=date(2026, 11, 21),
)


def parsed(kind: str, text: str, **options: Any) -> Parsed:
    return parse(kind, read_table(text.encode(), "file.csv"), LOOKUPS, **options)


def faults(kind: str, text: str) -> list[tuple[int, str | None, str]]:
    return [(e.line, e.column, e.code) for e in parsed(kind, text).errors]


def fault(kind: str, /, **cells: str) -> list[tuple[str | None, str]]:
    """The faults of the kind's first example with some cells changed."""
    from matcher.exchange import KINDS, to_csv

    row = {**KINDS[kind].examples[0], **cells}
    result = parse(kind, read_table(to_csv([row]), "file.csv"), LOOKUPS)
    return [(e.column, e.code) for e in result.errors]


def refusal(data: bytes, name: str) -> tuple[int, str]:
    """(line, code) of the one error of a file that cannot be read."""
    table = read_table(data, name)
    assert table.fatal
    (error,) = table.errors
    return error.line, error.code


def sheet(*rows: list[Any], options: dict[str, Any] | None = None) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, options or {}) as book:
        page = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for line, row in enumerate(rows):
            for at, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(line, at, value, day)
                else:
                    page.write(line, at, value)
    return stream.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with one part put in or replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return stream.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
