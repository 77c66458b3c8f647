"""Trap 10: a small spreadsheet that unpacks to a large one is refused at the door."""

import io
import time
import tracemalloc
import zipfile

import pytest

from matcher.exchange import read_table

CONTENT_TYPES = b'<?xml version="1.0"?><Types xmlns="http://x"/>'


def _archive(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _bombs() -> dict[str, bytes]:
    row = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    return {
        "ratio": _archive({"xl/worksheets/sheet1.xml": row * 300_000}),
        "zeros": _archive({"xl/worksheets/sheet1.xml": b"\0" * 60_000_000}),
        "members": _archive({f"xl/media/{number}.png": b"1" for number in range(10_000)}),
        "outside": _archive({"../../etc/cron.d/x": b"1"}),
        "entities": _archive(
            {"xl/sharedStrings.xml": b'<!DOCTYPE a [<!ENTITY b "b">]><sst>&b;</sst>'}
        ),
    }


@pytest.mark.parametrize("kind", ["ratio", "zeros", "members", "outside", "entities"])
def test_a_spreadsheet_bomb_is_refused_quickly_and_in_little_memory(kind: str) -> None:
    bomb = _bombs()[kind]
    tracemalloc.start()
    began = time.process_time()
    table = read_table(bomb, "a.xlsx")
    took, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (table.fatal, table.rows) == (True, ())
    assert len(table.errors) == 1
    assert took < 3
    assert peak < 64 * 1024 * 1024
