"""Topics a posting must not ask about (채용절차법 4조의3, 남녀고용평등법 and the like).

A hit never blocks and never hides a text: it sends the posting to a person. The lists therefore
prefer a needless look to a miss, and leave out words that are part of ordinary technical speech.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from matcher.policy.forbidden_words import ENGLISH, HARMLESS, KOREAN, Topic
from models.opening import Opening

__all__ = ["MOST_CHARACTERS", "Hit", "Topic", "hits", "posting_hits"]

MOST_CHARACTERS: Final = 20_000  # the longest text of any form


@dataclass(frozen=True)
class Hit:
    """`words` as they stand in the text; `field` is where."""

    field: str
    topic: Topic
    words: str


def hits(texts: Iterable[tuple[str, str]]) -> tuple[Hit, ...]:
    """(field, text) pairs in, one hit a field and topic out, in the order of fields and topics."""
    return tuple(
        Hit(field, topic, found[0].strip())
        for field, plain in [(field, _plain(text)) for field, text in texts]
        for topic, pattern in _patterns()
        if (found := pattern.search(plain)) is not None
    )


def posting_hits(row: Opening) -> tuple[Hit, ...]:
    """In the words of a posting; they send it to a person."""
    return hits((name, getattr(row, name)) for name in ("title_ko", "title_en", "description"))


@cache
def _patterns() -> tuple[tuple[Topic, "re.Pattern[str]"], ...]:
    return tuple(
        (topic, re.compile(f"{_korean(KOREAN[topic])}|{_english(ENGLISH[topic])}"))
        for topic in Topic
    )


def _korean(words: Iterable[str]) -> str:
    """Blanks inside a Korean phrase are optional, as people write them."""
    return "|".join(f"(?:{word.replace(' ', chr(92) + 's*')})" for word in words)


def _english(words: Iterable[str]) -> str:
    return rf"\b(?:{'|'.join(words)})(?!\w)"


def _plain(text: str) -> str:
    """Runs of blanks become one, or a pattern that may begin with blanks walks each of them."""
    folded = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).lower().replace("\u2019", "'")
    return _harmless().sub(" ", " ".join(folded.split()))


@cache
def _harmless() -> "re.Pattern[str]":
    return re.compile(_korean(HARMLESS))
