"""The only way JSON from a stranger comes in: bounded, and one reading of it alone."""

import json
import math
import re
from typing import Any, Final

from matcher.credentials.findings import Refused

MOST_BYTES: Final = 256 * 1024
"""Of a credential's text; a badge takes 2 to 20 KB, a whole learner record some more."""
MOST_DEPTH: Final = 64
"""Containers within containers; a badge nests about 8."""
_MOST_DIGITS: Final = 20
_STRING: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
"""Never gives back what it took: unclosed text costs one pass."""
_STEP: Final = {ord("{"): 1, ord("["): 1, ord("}"): -1, ord("]"): -1}


def read_object(data: bytes) -> dict[str, Any]:
    """Raises `Refused`: too large, too deep, no JSON, two readings possible, no object."""
    if len(data) > MOST_BYTES:
        raise Refused("too_large", limit=f"{MOST_BYTES // 1024} KB")
    if _depth(data) > MOST_DEPTH:
        raise Refused("too_deep", limit=str(MOST_DEPTH))
    value = _parse(data)
    if not isinstance(value, dict):
        raise Refused("not_an_object")
    return value


def _depth(data: bytes) -> int:
    """Counted on the bytes, for the parser itself recurses."""
    deepest = level = 0
    for each in _STRING.sub(b"", data):
        level += _STEP.get(each, 0)
        deepest = max(deepest, level)
    return deepest


def _parse(data: bytes) -> Any:
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=_once,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_whole,
        )
        json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate has no bytes
    except (ValueError, RecursionError):  # UnicodeError is a ValueError
        raise Refused("json_broken") from None
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of a doubled member one reader takes the first and another the last: nobody may choose."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Refused("json_doubled")
    return made


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(digits)
    return value


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError("digits")
    return int(digits)
