"""Which language a reader gets, and in Korean how formally they are spoken to."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal

Language = Literal["ko", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("ko", "en")
DEFAULT: Final[Language] = "ko"

_current: ContextVar[Language] = ContextVar("oreum_language", default=DEFAULT)
_is_formal: ContextVar[bool] = ContextVar("oreum_formal", default=False)


def current_language() -> Language:
    return _current.get()


def is_formal() -> bool:
    """Whether the reader works at a desk: 합니다체 where young people are told 해요체."""
    return _is_formal.get()


def in_language(korean: str, english: str) -> str:
    """The one the reader asked for, of a name or sentence stored in both."""
    return korean if current_language() == "ko" else english


@contextmanager
def use_language(language: Language) -> Iterator[None]:
    """Everything looked up inside the block is in this language."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def use_formal_korean(wanted: bool) -> Iterator[None]:
    """Shared sentences looked up inside the block are in the style of the desks' pages."""
    token = _is_formal.set(wanted)
    try:
        yield
    finally:
        _is_formal.reset(token)


def language_or_none(code: str | None) -> Language | None:
    """'en', 'EN' and 'en-US' are English; what we do not speak is None."""
    head = (code or "").strip().lower().replace("_", "-").split("-")[0]
    return next((language for language in LANGUAGES if language == head), None)


def language_from(
    query: str | None = None,
    cookie: str | None = None,
    accept_language: str | None = None,
) -> Language:
    """The link (``?lang=``) wins, then the cookie; the browser only breaks the very first tie."""
    return language_or_none(query) or language_or_none(cookie) or _accepted(accept_language)


def _accepted(header: str | None) -> Language:
    """The spoken language with the highest q; Korean on a tie or when none is named."""
    best: tuple[float, Language] = (0.0, DEFAULT)
    for entry in (header or "")[:512].split(","):
        code, _, params = entry.partition(";")
        language, weight = language_or_none(code), _quality(params)
        if language is None or weight < best[0]:
            continue
        if weight > best[0] or language == DEFAULT:
            best = (weight, language)
    return best[1]


def _quality(params: str) -> float:
    name, _, value = params.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0.0 <= weight <= 1.0 else 0.0
