"""JSON somebody else wrote, read strictly and written again without losing anything.

Numbers stay as they were written (`1.0` is not `1`), names keep their order. One canonical form
comes out: UTF-8, two spaces a level, one value a line, no character escaped that JSON lets stand,
one line end at the end. Reading that form and writing it again gives the same bytes.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NoReturn

DEEPEST: Final = 30
_STRUCTURE: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)
_BROKEN: Final = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Number:
    """As it stood in the text; nothing here counts with it."""

    text: str


class BadJson(ValueError):
    """`code`: encoding, syntax, deep, twice (a name in one object), number (NaN and the like),
    character (half of one). `detail` is the line or the name it is about, as text."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


def read(data: bytes) -> Any:
    """Values as `json` gives them, numbers as `Number`. Raises BadJson."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadJson("encoding") from None
    _refuse_depth(text)
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=Number,
            parse_float=Number,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as fault:
        raise BadJson("syntax", str(fault.lineno)) from None


def written(value: Any) -> str:
    """The canonical form."""
    return "".join(_pieces(value, "\n")) + "\n"


def compact(value: Any) -> str:
    """The same on one line, for where line ends do not survive."""
    return "".join(_pieces(value, ""))


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """(path, text) of every name, text and number inside; `skills.2.name` counts from 0."""
    if isinstance(value, dict):
        for name, each in value.items():
            here = f"{path}.{name}" if path else name
            yield here, name
            yield from texts(each, here)
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from texts(each, f"{path}.{place}" if path else str(place))
    elif isinstance(value, str | Number):
        yield path, value if isinstance(value, str) else value.text


def _refuse_depth(text: str) -> None:
    depth = 0
    for found in _STRUCTURE.finditer(text):
        depth += (found[0] in "[{") - (found[0] in "]}")
        if depth > DEEPEST:
            raise BadJson("deep")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise BadJson("twice", name)
        if _is_broken(name) or _is_broken(value):
            raise BadJson("character", "" if _is_broken(name) else name)
        made[name] = value
    return made


def _is_broken(value: Any) -> bool:
    """Half of a character, which JSON can escape and no file can hold."""
    if isinstance(value, list):
        return any(_is_broken(each) for each in value)
    return isinstance(value, str) and _BROKEN.search(value) is not None


def _constant(word: str) -> NoReturn:
    raise BadJson("number", word)


def _pieces(value: Any, line: str) -> Iterator[str]:
    """`line` is what begins a line at this depth: the line end and the blanks; empty, all of it
    is one line."""
    if isinstance(value, dict) and value:
        yield from _items(
            "{", ((f"{_text(name)}: ", each) for name, each in value.items()), "}", line
        )
    elif isinstance(value, list) and value:
        yield from _items("[", (("", each) for each in value), "]", line)
    else:
        yield value.text if isinstance(value, Number) else _text(value)


def _items(
    opening: str, found: Iterator[tuple[str, Any]], closing: str, line: str
) -> Iterator[str]:
    inner, before = line and line + "  ", opening
    for head, each in found:
        yield before + inner + head
        yield from _pieces(each, inner)
        before = ","
    yield line + closing


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
