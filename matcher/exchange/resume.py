"""JSON Resume 1.0.0 as people bring it: what is taken, what is refused, and what is never kept.

The shapes are those of `schema.json`, tag v1.0.0 of github.com/jsonresume/resume-schema, checked
by hand: a wrong kind of value is refused with its place, a missing one or null never is. Names the
schema does not know survive at every level, at the root too, where the schema forbids them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from matcher.exchange.json_text import BadJson, compact, read, texts
from matcher.text import holds_resident_number

SCHEMA: Final = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
VERSION: Final = "v1.0.0"
MOST: Final = 190_000
"""Letters of a whole document on one line."""
MOST_BYTES: Final = 1_000_000
"""Of a file, however it is set out."""
MOST_MISTAKES: Final = 20

_TEXTS: Final = ["text"]
_DATED: Final = {"startDate": "text", "endDate": "text"}
_SECTIONS: Final[dict[str, dict[str, Any]]] = {
    "work": {
        **dict.fromkeys(("name", "location", "description", "position", "url"), "text"),
        **_DATED, "summary": "text", "highlights": _TEXTS,
    },
    "volunteer": {
        **dict.fromkeys(("organization", "position", "url", "summary"), "text"),
        **_DATED, "highlights": _TEXTS,
    },
    "education": {
        **dict.fromkeys(("institution", "url", "area", "studyType", "score"), "text"),
        **_DATED, "courses": _TEXTS,
    },
    "awards": dict.fromkeys(("title", "date", "awarder", "summary"), "text"),
    "certificates": dict.fromkeys(("name", "date", "url", "issuer"), "text"),
    "publications": dict.fromkeys(("name", "publisher", "releaseDate", "url", "summary"), "text"),
    "skills": {"name": "text", "level": "text", "keywords": _TEXTS},
    "languages": {"language": "text", "fluency": "text"},
    "interests": {"name": "text", "keywords": _TEXTS},
    "references": {"name": "text", "reference": "text"},
    "projects": {
        **dict.fromkeys(("name", "description", "url", "entity", "type"), "text"),
        **_DATED, "highlights": _TEXTS, "keywords": _TEXTS, "roles": _TEXTS,
    },
}  # fmt: skip
_SHAPE: Final[dict[str, Any]] = {
    "$schema": "text",
    "basics": {
        **dict.fromkeys(("name", "label", "image", "email", "phone", "url", "summary"), "text"),
        "location": dict.fromkeys(
            ("address", "postalCode", "city", "countryCode", "region"), "text"
        ),
        "profiles": [dict.fromkeys(("network", "username", "url"), "text")],
    },
    **{name: [fields] for name, fields in _SECTIONS.items()},
    "meta": dict.fromkeys(("canonical", "version", "lastModified"), "text"),
}
_NEVER: Final = frozenset((
    "image", "photo", "picture", "avatar", "gender", "sex", "age", "birth", "birthday",
    "birthdate", "dateofbirth", "dob", "birthplace", "placeofbirth", "height", "weight",
    "maritalstatus", "married", "religion", "domicile", "사진", "성별", "나이", "연령", "생일",
    "생년월일", "출생지", "본적", "키", "몸무게", "체중", "결혼", "결혼여부", "혼인", "종교",
))  # fmt: skip
"""What a profile never holds, by the names people give it, written small and in one word."""


class BadResume(ValueError):
    """`mistakes`: (code, place) pairs. Codes: those of BadJson, object (not one object), large,
    text, list or group (another kind of value is there), resident_number."""

    def __init__(self, mistakes: list[tuple[str, str]]) -> None:
        super().__init__(str(mistakes))
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True)
class Taken:
    """`document` is fit to keep; `left_out` names what was in the file and is never kept."""

    document: dict[str, Any]
    left_out: tuple[str, ...] = ()


def taken(data: bytes) -> Taken:
    """Raises BadResume."""
    if len(data) > MOST_BYTES:
        raise BadResume([("large", "")])
    try:
        found = read(data)
    except BadJson as fault:
        raise BadResume([(fault.code, fault.detail)]) from None
    if not isinstance(found, dict):
        raise BadResume([("object", "")])
    document, left_out = _without_never(found)
    mistakes = [*_misfits(document, _SHAPE, ""), *_numbers(document)]
    if mistakes:
        raise BadResume(mistakes[:MOST_MISTAKES])
    if len(compact(document)) > MOST:
        raise BadResume([("large", "")])
    return Taken(document, tuple(left_out))


def _without_never(found: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """At the root and among the basics, where people put them; empty ones go without a word."""
    kept, left_out = _kept(found, "")
    basics = kept.get("basics")
    if isinstance(basics, dict):
        kept["basics"], more = _kept(basics, "basics.")
        left_out += more
    return kept, left_out


def _kept(found: dict[str, Any], path: str) -> tuple[dict[str, Any], list[str]]:
    never = {name for name in found if re.sub(r"[\W_]", "", name).casefold() in _NEVER}
    told = [path + name for name in found if name in never and found[name] not in ("", None)]
    return {name: each for name, each in found.items() if name not in never}, told


def _misfits(value: Any, shape: Any, path: str) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    if shape == "text":
        if not isinstance(value, str):
            yield "text", path
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield "list", path
            return
        for place, each in enumerate(value):
            yield from _misfits(each, shape[0], f"{path}.{place}")
    elif not isinstance(value, dict):
        yield "group", path
    else:
        for name, each in value.items():
            if name in shape:
                yield from _misfits(each, shape[name], f"{path}.{name}" if path else name)


def _numbers(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for path, text in texts(document):
        if len(text) >= 13 and holds_resident_number(text):
            yield "resident_number", _shown(path, text)


def _shown(path: str, text: str) -> str:
    """A place that is itself such a number is not repeated."""
    return path.rpartition(".")[0] if path.endswith(text) or holds_resident_number(path) else path
