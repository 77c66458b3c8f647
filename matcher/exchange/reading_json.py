"""JSON: a list of flat objects, or {"rows": [...]}; strict where Python's reader is lenient."""

import json
import math
import re
from collections.abc import Sequence
from typing import Final, NoReturn

from .errors import FileRefusedError, quoted
from .headers import TableBuilder
from .tables import COLUMN_CAP, Cell, Table

_DEPTH: Final = 4
_DIGITS: Final = 20
_STRINGS: Final = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)


def read_json(data: bytes, max_rows: int) -> Table:
    """A row's line is the item's number in the list, from 1."""
    items = _items(_loaded(_decoded(data)))
    header: dict[str, None] = {}
    for number, item in enumerate(items[: max_rows + 1], 1):
        if not isinstance(item, dict):
            _refuse(
                "json_shape", "목록의 항목은 객체여야 합니다", "an item is not an object", number
            )
        header.update(dict.fromkeys(item))
        if len(header) > COLUMN_CAP:
            _refuse("too_many_columns", "이름이 너무 많습니다", "too many different keys", number)
    if not header:
        _refuse("no_rows", "자료가 없습니다", "there are no rows", 0)
    builder = TableBuilder("json", max_rows)
    builder.add(0, list(header))
    for number, item in enumerate(items, 1):
        cells = [_cell(number, key, item.get(key)) for key in header]
        if not builder.add(number, cells):
            break
    return builder.table()


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = 1 + data[: fault.start].count(b"\n")
        _refuse("encoding", "JSON은 UTF-8이어야 합니다", "JSON must be UTF-8", line)


def _loaded(text: str) -> object:
    _refuse_depth(text)
    try:
        loaded: object = json.loads(
            text,
            object_pairs_hook=_once,
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=_finite,
        )
    except json.JSONDecodeError as fault:
        _refuse("json", "JSON 문법이 틀렸습니다", f"not valid JSON: {fault.msg}", fault.lineno)
    except RecursionError:
        _refuse("json_depth", "너무 깊이 겹쳐 있습니다", "nested too deeply", 0)
    return loaded


def _refuse_depth(text: str) -> None:
    depth = 0
    for bracket in re.findall(r"[\[\]{}]", _STRINGS.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > _DEPTH:
            _refuse("json_depth", "너무 깊이 겹쳐 있습니다", "nested too deeply", 0)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        _refuse(
            "json_duplicate_key",
            f"이름 {quoted(twice)}이(가) 한 객체에 두 번 있습니다",
            f"the key {quoted(twice)} appears twice in one object",
            0,
        )
    return made


def _constant(word: str) -> NoReturn:
    _refuse("json_number", f"{word}은(는) 받지 않습니다", f"{word} is not taken", 0)


def _integer(digits: str) -> int:
    if len(digits) > _DIGITS:
        _refuse("json_number", "수가 너무 깁니다", "a number is too long", 0)
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        _refuse("json_number", "수가 너무 큽니다", "a number is too large", 0)
    return number


def _items(loaded: object) -> Sequence[dict[str, object]]:
    if isinstance(loaded, dict) and set(loaded) == {"rows"}:
        loaded = loaded["rows"]
    if not isinstance(loaded, list):
        _refuse(
            "json_shape",
            '객체의 목록이나 {"rows": [...]}여야 합니다',
            'it must be a list of objects or {"rows": [...]}',
            0,
        )
    return loaded


def _cell(number: int, key: str, value: object) -> Cell:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(value)
    if value is not None and not isinstance(value, str | int | float | bool):
        _refuse(
            "json_shape",
            f"{quoted(key)}의 값은 글, 수, 글의 목록이어야 합니다",
            f"the value of {quoted(key)} must be a text, a number or a list of texts",
            number,
        )
    return value


def _refuse(code: str, korean: str, english: str, line: int) -> NoReturn:
    raise FileRefusedError(code, korean, english, line=line)
