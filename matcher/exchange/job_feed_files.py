"""Bytes of the public job feed -> a table with the feed's own names as header, and back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from . import feeds
from .errors import CellError, FileRefusedError
from .feeds import is_xml, loaded_json, outermost, shown, text_of, too_large, xml_root
from .headers import TableBuilder
from .reading import MAX_ROWS, Limits
from .tables import Note, Table

KNOWN: Final = (
    "wantedAuthNo", "company", "busino", "indTpNm", "title", "salTpCd", "salTpNm", "sal", "minSal",
    "maxSal", "region", "regionCd", "regDt", "closeDt", "empTpCd", "empTpNm", "collectPsncnt",
    "jobsNm", "jobCont", "certificate", "compAbl", "pfCond", "workdayWorkhrCont",
)  # fmt: skip
OTHER_NAMES: Final = {
    "wantedTitle": "title",
    "receiptCloseDt": "closeDt",
    "workRegion": "region",
    "corpNm": "company",
    "busiNo": "busino",
    "wantedDtlInfo": "jobCont",
}
"""What the details call what the list calls otherwise."""
ITEMS: Final = ("wanted", "wantedDtl")
_DEPTH: Final = 6
_SHOWN: Final = 20
_LONGEST: Final = 60


def read_feed(data: bytes, filename: str, limits: Limits | None = None) -> Table:
    """XML or JSON as the API gives them; also CSV and XLSX with the same columns. Never raises
    for a bad file. The line of an error is the item's number."""
    return feeds.read_feed(data, filename, limits, _xml_items, _json_items, _table)


def xml_door_error(data: bytes, limits: Limits) -> CellError | None:
    """What is wrong with an XML file as a whole, before anybody reads it."""
    if len(data) > limits.max_bytes:
        return too_large(limits).error
    if not is_xml(data):
        korean, english = "XML 파일이 아닙니다", "it is no XML file"
        return FileRefusedError("content_mismatch", korean, english).error
    return None


def _xml_items(data: bytes) -> list[dict[str, Any]]:
    items = outermost(xml_root(data), ITEMS)
    if not items:
        text = "wanted 항목이 없습니다"
        raise FileRefusedError("xml_shape", text, "there is no element named wanted")
    return [_flat_xml(item) for item in items]


def _flat_xml(item: Any) -> dict[str, Any]:
    """Leaves by name; the details have them in groups (기업, 구인) a level deeper."""
    found: dict[str, Any] = {}
    for each in item.iter():
        if len(each) == 0 and each is not item and each.text:
            found.setdefault(each.tag, each.text.strip())
    return found


def _json_items(data: bytes) -> list[Mapping[str, Any]]:
    """`wantedRoot.wanted`, `wantedDtl`, `rows`, or the bare list; one item alone counts too."""
    found = loaded_json(data)
    for _layer in range(_DEPTH):
        if not isinstance(found, dict) or "wantedAuthNo" in found:
            break
        key = next((key for key in ("wantedRoot", *ITEMS, "rows") if key in found), "")
        found = found.get(key)
    items = [found] if isinstance(found, dict) else found
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        text = "wanted에 공고의 목록이 있어야 합니다"
        raise FileRefusedError("json_shape", text, "wanted must hold a list of postings")
    return [_flat_json(item) for item in items]


def _flat_json(item: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: value for key, value in item.items() if not isinstance(value, dict)}
    for group in item.values():
        if isinstance(group, dict):
            for key, value in group.items():
                found.setdefault(key, value)
    return found


def _table(items: Sequence[Mapping[str, Any]], limits: Limits) -> Table:
    named = [{OTHER_NAMES.get(key, key): value for key, value in item.items()} for item in items]
    builder = TableBuilder("csv", limits.max_rows or MAX_ROWS)
    builder.add(0, list(KNOWN))
    for number, item in enumerate(named, 1):
        if not builder.add(number, [text_of(item.get(name)) for name in KNOWN]):
            break
    for each in _left_out(named):
        builder.notes.append(each)
    return builder.table()


def _left_out(items: Iterable[Mapping[str, Any]]) -> list[Note]:
    """Fields an opening has no place for, each with the first value it had."""
    found: dict[str, str] = {}
    for item in items:
        for key, value in item.items():
            if key not in KNOWN and text_of(value):
                found.setdefault(shown(str(key)[:_LONGEST]), shown(text_of(value)[:_LONGEST]))
    told = [f"{key} = {value}" for key, value in sorted(found.items())]
    notes = [
        Note("other_field", f"쓰지 않는 항목: {each}", f"a field left out: {each}")
        for each in told[:_SHOWN]
    ]
    if len(told) > _SHOWN:
        more = ", ".join(sorted(found)[_SHOWN:])[:300]
        notes.append(Note("other_fields", f"쓰지 않는 항목: {more}", f"fields left out: {more}"))
    return notes


def to_xml(rows: Sequence[Mapping[str, str]]) -> bytes:
    """As the list API answers."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<wantedRoot>",
        f"<total>{len(rows)}</total>",
    ]
    for row in rows:
        lines.append("<wanted>")
        lines += [f"<{key}>{escape(_printable(text))}</{key}>" for key, text in row.items() if text]
        lines.append("</wanted>")
    return "\n".join([*lines, "</wantedRoot>", ""]).encode("utf-8", errors="replace")


def to_feed_json(rows: Sequence[Mapping[str, str]]) -> bytes:
    kept = [{key: text for key, text in row.items() if text} for row in rows]
    body = {"wantedRoot": {"total": len(rows), "wanted": kept}}
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="replace")


def _printable(text: str) -> str:
    """XML has no way to write control characters."""
    return "".join(each for each in text if each in "\t\n" or ord(each) >= 32)
