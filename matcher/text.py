"""Text from outside: one way to clean it, for web forms, the API and file imports alike.

Lengths are code points after NFC. A browser's `maxlength` counts UTF-16 units, which are never
fewer, so what the browser lets through is never refused here for its length.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

MARKS_PER_LETTER: Final = 8

# Spaces people leave at the ends of a cell; controls are not here, so they are refused, not hidden.
_EDGES: Final = " \t\r\n\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BIDI: Final = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE: Final = re.compile(
    r"[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d\u2060-\u2065"
    r"\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# U+FFFD is what is left of bytes that were no UTF-8.
_SURROGATE: Final = re.compile(r"[\ud800-\udfff\ufffd]")
_LINE_BREAKS: Final = re.compile(r"\r\n?|[\u2028\u2029]")
_LONE_JAMO: Final = re.compile(
    r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\ud7b0-\ud7ff\uffa0-\uffdc]"
)
# Anything that could be suspicious at all; most cells are cleared by this one search.
_PLAIN: Final = re.compile(r"[ -~\uac00-\ud7a3]*\Z")
_DASHES: Final = r"[-\u2010-\u2015\u2212\uff0d~·]"
_RESIDENT: Final = re.compile(
    rf"(?<!\d)\d{{6}}(?:\s*(?P<dash>{_DASHES})\s*|\s?)[1-8\uff11-\uff18](?:\d{{6}}(?!\d)|[*xX●]{{6}})"
)


class TextError(ValueError):
    """A text that is refused; `code` is one of the keys of TEXT_PROBLEMS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


# code -> (Korean, English); the plain words for whoever has no catalogue at hand.
TEXT_PROBLEMS: Final[dict[str, tuple[str, str]]] = {
    "control": ("보이지 않는 제어 문자가 들어 있습니다", "it holds an invisible control character"),
    "bidi": (
        "글 방향을 바꾸는 문자가 들어 있습니다",
        "it holds a character that turns text around",
    ),
    "invisible": ("폭이 없는 문자가 들어 있습니다", "it holds a zero-width character"),
    "surrogate": ("깨진 문자가 들어 있습니다", "it holds half of a broken character"),
    "marks": ("한 글자에 부호가 너무 많습니다", "one letter carries too many marks"),
    "line_break": ("한 줄로 적어 주십시오", "it must be one line"),
    "too_long": ("너무 깁니다", "it is too long"),
    "lone_jamo": ("낱자만 적힌 글자가 있습니다", "it holds a Hangul letter on its own"),
    "resident_number": (
        "주민등록번호로 보이는 숫자가 있습니다. 지우고 다시 올려 주십시오",
        "it looks like a resident registration number; remove it and try again",
    ),
}


def holds_resident_number(value: str) -> bool:
    """Six and seven digits with a dash, or thirteen digits that begin with a possible day."""
    return any(found["dash"] or _is_day(found[0]) for found in _RESIDENT.finditer(value))


def _is_day(digits: str) -> bool:
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31


def hide_resident_numbers(value: str) -> str:
    """For texts that quote what somebody wrote: the number itself never comes back out."""
    return _RESIDENT.sub("******-*******", value)


def clean_line(value: str, *, max_length: int) -> str:
    """One line: NFC, ends trimmed (U+3000 and NBSP too). Raises TextError."""
    cleaned = _clean(_LINE_BREAKS.sub("\n", value.strip(_EDGES)), max_length, joiners=False)
    if "\n" in cleaned or "\t" in cleaned:
        raise TextError("line_break" if "\n" in cleaned else "control")
    return cleaned


def clean_text(value: str, *, max_length: int) -> str:
    """Several lines: every line end becomes LF, tabs stay, emoji families stay whole."""
    return _clean(_LINE_BREAKS.sub("\n", value.strip(_EDGES)), max_length, joiners=True)


def clean_name(value: str, *, max_length: int) -> str:
    """A person's name: one line without Hangul letters standing alone."""
    cleaned = clean_line(value, max_length=max_length)
    if _LONE_JAMO.search(cleaned):
        raise TextError("lone_jamo")
    return cleaned


def _clean(value: str, max_length: int, *, joiners: bool) -> str:
    # Long or heavily marked text is refused before NFC, whose reordering is slow on such input.
    if len(value) > max_length * 4:
        raise TextError("too_long")
    if not _PLAIN.match(value):
        _refuse_characters(value, joiners=joiners)
        value = unicodedata.normalize("NFC", value)
    if len(value) > max_length:
        raise TextError("too_long")
    if len(value) >= 13 and holds_resident_number(value):
        raise TextError("resident_number")
    return value


def _refuse_characters(value: str, *, joiners: bool) -> None:
    for code, pattern in (("surrogate", _SURROGATE), ("control", _CONTROLS), ("bidi", _BIDI)):
        if pattern.search(value):
            raise TextError(code)
    for found in _INVISIBLE.finditer(value):
        if not (joiners and found[0] == "\u200d" and _joins_emoji(value, found.start())):
            raise TextError("invisible")
    marks = 0
    for character in value:
        marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
        if marks > MARKS_PER_LETTER:
            raise TextError("marks")


def _joins_emoji(value: str, at: int) -> bool:
    """A zero-width joiner between two pictures, as in a family emoji."""
    before, after = value[:at].rstrip("\ufe0f")[-1:], value[at + 1 : at + 2]
    return bool(before and after) and (
        unicodedata.category(before) in {"So", "Sk"} and unicodedata.category(after) == "So"
    )


@dataclass(frozen=True)
class _Rule:
    clean: Callable[..., str]
    max_length: int

    def __call__(self, value: str) -> str:
        try:
            return self.clean(value, max_length=self.max_length)
        except TextError as refused:
            english = TEXT_PROBLEMS[refused.code][1]
            # The text is not ours: braces in it must not reach the error's template.
            raise PydanticCustomError("text_" + refused.code, english) from None


def _surrogate_first(value: object) -> object:
    """pydantic's own answer to a broken character quotes it, and quoting it fails to encode."""
    if isinstance(value, str) and _SURROGATE.search(value):
        raise PydanticCustomError("text_surrogate", "it holds half of a broken character")
    return value


def line_rule(max_length: int) -> AfterValidator:
    """For `Annotated[str, line_rule(80)]` where the ready lengths do not fit."""
    return AfterValidator(_Rule(clean_line, max_length))


def prose_rule(max_length: int) -> AfterValidator:
    """For `Annotated[str, prose_rule(2000)]`."""
    return AfterValidator(_Rule(clean_text, max_length))


def name_rule(max_length: int) -> AfterValidator:
    """For `Annotated[str, name_rule(80)]`."""
    return AfterValidator(_Rule(clean_name, max_length))


Line = Annotated[
    str,
    BeforeValidator(_surrogate_first),
    line_rule(200),
    Field(json_schema_extra={"maxLength": 200}),
]
Prose = Annotated[
    str,
    BeforeValidator(_surrogate_first),
    prose_rule(5000),
    Field(json_schema_extra={"maxLength": 5000}),
]
Name = Annotated[
    str,
    BeforeValidator(_surrogate_first),
    name_rule(80),
    Field(json_schema_extra={"maxLength": 80}),
]


def canonical_email(value: str) -> str:
    """One spelling of an address: NFKC, lower case, no blanks or closing dot around it."""
    return unicodedata.normalize("NFKC", value).strip(_EDGES).rstrip(".").casefold()
