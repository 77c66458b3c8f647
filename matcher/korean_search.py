"""Finding Korean texts by what people type: spacing, case and particles do not matter, and a
consonant alone stands for any syllable that begins with it (ㅋㄹㅇㄷ finds 클라우드).

Literal: what is typed is never a pattern of its own, so no input is slow. Typed text is cut at
`LONGEST` characters and `MOST_WORDS` words.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

LONGEST: Final = 100
MOST_WORDS: Final = 12
_INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MEDIALS, _FINALS = 21, 28
_SYLLABLES: Final = _MEDIALS * _FINALS
"""How many syllables begin with the same consonant; they stand together, from 가 on."""
_LEFT_OUT: Final = re.compile(r"[^\w+#]+|_")
_ASCII: Final = re.compile(r"[\x00-\x7f]*\Z")
_HANGUL_END: Final = re.compile(r"[가-힣]\Z")
_PARTICLES: Final = (
    "에서는", "으로는", "이라는", "까지", "부터", "에서", "으로", "하고", "이나", "에는",
    "을", "를", "이", "가", "은", "는", "과", "와", "로", "에", "의", "도", "만",
)  # fmt: skip
_SHORTEST_STEM: Final = 2
"""A single syllable before a particle would find nearly everything."""


def squeezed(text: str) -> str:
    """Without spaces, marks and case, so that 데이터분석가 finds 데이터 분석가."""
    folded = text.casefold() if _ASCII.match(text) else _folded(text)
    return _LEFT_OUT.sub("", folded)


def _folded(text: str) -> str:
    """Conjoining and half-width letters become the ones a keyboard gives."""
    return unicodedata.normalize("NFKC", text).translate(_SINGLE).casefold()


# NFKC turns ㄱ (U+3131) into the conjoining ᄀ (U+1100); back, so that both are one letter.
_SINGLE: Final = {0x1100 + place: letter for place, letter in enumerate(_INITIALS)}


@lru_cache(maxsize=8192)
def squeezed_long(text: str) -> str:
    """As `squeezed`, remembered: descriptions are long and read again with every search."""
    return squeezed(text)


def document(*parts: str) -> str:
    """What `Search.finds` looks through; no find reaches over the end of a part."""
    return "\n".join(map(squeezed_long, parts))


class Search:
    """What somebody typed, made ready once for many texts."""

    def __init__(self, text: str) -> None:
        typed = text[:LONGEST]
        whole = squeezed(typed)
        self.is_empty = not text.strip()
        self._whole = _pattern(whole) if whole else None
        words = [_word(each) for each in typed.split()[:MOST_WORDS]]
        self._words = [each for each in words if each is not None]

    def finds(self, squeezed_text: str) -> bool:
        """True for everything when nothing was typed; False when only marks were."""
        if self.is_empty:
            return True
        if self._whole is None:
            return False
        if self._whole.search(squeezed_text):
            return True
        return bool(self._words) and all(each.search(squeezed_text) for each in self._words)


@lru_cache(maxsize=256)
def search(text: str) -> Search:
    return Search(text)


def _word(typed: str) -> re.Pattern[str] | None:
    """The word as it is or without its particle; None for nothing but marks."""
    word = squeezed(typed)
    if not word:
        return None
    stem = _stem(word)
    return re.compile(_literal(stem)) if stem != word else _pattern(word)


def _stem(word: str) -> str:
    """Shorter than the word, so whatever holds the word holds its stem too."""
    if _HANGUL_END.search(word):
        for particle in _PARTICLES:
            if word.endswith(particle) and len(word) - len(particle) >= _SHORTEST_STEM:
                return word.removesuffix(particle)
    return word


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(_literal(word))


def _literal(word: str) -> str:
    """Characters and ranges one after another: nothing repeats, so a search is one pass."""
    return "".join(map(_one, word))


def _one(character: str) -> str:
    place = _INITIALS.find(character)
    if place < 0:
        return re.escape(character)
    first = ord("가") + place * _SYLLABLES
    return f"[{character}{chr(first)}-{chr(first + _SYLLABLES - 1)}]"
