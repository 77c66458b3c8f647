"""Reading a JSON body strictly: what could mean two things, or nothing, is refused."""

import codecs
import json
import math
import re
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

from matcher.i18n import gettext as _
from matcher.refusal import Invalid, Refusal

BODY_LIMIT: Final = 262_144
DEEPEST: Final = 50
LONGEST_NUMBER: Final = 20
# A string that never ends still matches, so that the scan stays linear.
_STRUCTURE: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]', re.DOTALL)
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class BadJson(Refusal):
    """The bytes are not one JSON text in UTF-8 (400)."""

    code = "bad_json"


async def read_object(request: Request) -> dict[str, Any]:
    """The body as an object. 415 for another type, 413 too large, 400 no JSON, 422 no object."""
    if not _is_json(request.headers.get("content-type", "")):
        raise HTTPException(415)
    return parsed(await _bytes(request))


def parsed(raw: bytes) -> dict[str, Any]:
    if not raw.strip(b" \t\r\n"):
        raise Invalid({"": _not_object()})
    found = _loaded(_text(raw))
    if not isinstance(found, dict):
        raise Invalid({"": _not_object()})
    return found


def _is_json(content_type: str) -> bool:
    kind, _semicolon, options = content_type.partition(";")
    charset = options.strip().lower().replace('"', "")
    return kind.strip().lower() == "application/json" and charset in {"", "charset=utf-8"}


async def _bytes(request: Request) -> bytes:
    """Stops reading at the limit, whatever length was declared."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > BODY_LIMIT:
            raise HTTPException(413, headers={"Connection": "close"})
        parts.append(part)
    return b"".join(parts)


def _text(raw: bytes) -> str:
    if raw.startswith(_MARKS) or b"\x00" in raw:
        raise BadJson(_("JSON은 표시(BOM) 없는 UTF-8로 보내 주세요."))
    _refuse_depth(raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BadJson(_("JSON은 표시(BOM) 없는 UTF-8로 보내 주세요.")) from None


def _refuse_depth(raw: bytes) -> None:
    depth = 0
    for found in _STRUCTURE.finditer(raw):
        mark = found[0]
        depth += (mark in b"[{") - (mark in b"]}")
        if depth > DEEPEST:
            raise BadJson(_("JSON이 너무 깊게 겹쳐 있어요."))


def _loaded(text: str) -> Any:
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_not_finite,
            parse_float=_number,
            parse_int=_whole,
        )
    except json.JSONDecodeError:
        raise BadJson(_("올바른 JSON이 아니에요.")) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadJson(_("JSON에 같은 이름이 두 번 들어 있어요."))
    for key, value in pairs:
        if _is_broken(key) or _is_broken(value):
            raise Invalid({"" if _is_broken(key) else key: _("쓸 수 없는 글자가 들어 있어요.")})
    return found


def _is_broken(value: Any) -> bool:
    """Half of a character that can be written as an escape and never be stored."""
    if isinstance(value, list):
        return any(_is_broken(each) for each in value)
    return isinstance(value, str) and _SURROGATE.search(value) is not None


def _not_finite(_name: str) -> Any:
    raise Invalid({"": _("수가 아닌 값(NaN, Infinity)은 보낼 수 없어요.")})


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        _not_finite(text)
    return value + 0.0  # -0.0 is 0


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise Invalid({"": _("수가 너무 커요.")})
    return int(text)


def _not_object() -> str:
    return _("JSON 객체({…})를 보내 주세요.")
