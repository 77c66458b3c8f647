"""Which of the words around it a name belongs to: wishes, negation, levels."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from matcher.catalogue.extracting import cue_words
from matcher.catalogue.extracting.mentions import Mention
from matcher.catalogue.extracting.sections import Sentence, parts


class Wish(StrEnum):
    NONE = "none"
    MUST = "must"
    NICE = "nice"
    EXCLUDE = "exclude"


_YEARS: Final = ((8, 5), (5, 4), (3, 3), (1, 2))


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    value: str
    is_forward: bool


def is_about_us(words: str) -> bool:
    """A sentence about the firm, its gifts or its lessons, which asks nothing of anybody."""
    if cue_words.ABOUT_US.search(words) is not None:
        return cue_words.POSITIVE.search(words) is None
    return cue_words.SPOKEN_OF_US.search(words) is not None and not is_asking(words)


def is_asking(words: str) -> bool:
    return any(
        each.search(words) is not None
        for each in (cue_words.ASKING, cue_words.WISHES, cue_words.LEVELS)
    )


def names_an_ability(words: str) -> bool:
    """Right behind a soft word: 능력, skills."""
    return cue_words.ABILITY.match(words) is not None


def wishes(text: str, sentence: Sentence, found: Sequence[Mention]) -> list[Wish | None]:
    """For each mention what the words around it want; None where they do not say."""
    scope = _Scope(text, sentence, found, _wish_cues(text, sentence))
    return [Wish(value) if (value := scope.value(each)) else None for each in found]


def levels(text: str, sentence: Sentence, found: Sequence[Mention]) -> list[int | None]:
    scope = _Scope(text, sentence, found, _level_cues(text, sentence))
    return [int(value) if (value := scope.value(each)) else None for each in found]


def _wish_cues(text: str, sentence: Sentence) -> list[_Cue]:
    found = cue_words.WISHES.finditer(text, sentence.start, sentence.end)
    return [_Cue(each.start(), each.end(), each.lastgroup or "", False) for each in found]


def _level_cues(text: str, sentence: Sentence) -> list[_Cue]:
    found = cue_words.LEVELS.finditer(text, sentence.start, sentence.end)
    return [_Cue(each.start(), each.end(), _level(each), False) for each in found]


def _level(found: "re.Match[str]") -> str:
    group, value = found.lastgroup or "", found[found.lastgroup or 0]
    if group == "years":
        return str(next((level for least, level in _YEARS if int(value) >= least), 1))
    return value if group in ("said", "rung") else group[1:]


class _Scope:
    """Which cue a mention belongs to: one of its own part between commas; else, in a list, the
    one at the list's end (Python, SQL 필수) or at its head (Required: Python, SQL)."""

    def __init__(
        self, text: str, sentence: Sentence, found: Sequence[Mention], cues: Sequence[_Cue]
    ) -> None:
        self._starts = parts(text, sentence)
        self._ends = [*self._starts[1:], sentence.end]
        self._found = found
        self._cues = [self._turned(text, each) for each in cues]
        self._asking = [
            cue_words.ASKING.search(text, start, end) is not None
            for start, end in zip(self._starts, self._ends, strict=True)
        ]

    def value(self, mention: Mention) -> str:
        part = self._part(mention.start)
        own = [each for each in self._cues if self._part(each.start) == part]
        if own:
            return _nearest(own, mention)
        behind = self._behind(mention, part)
        ahead = self._ahead(mention)
        chosen = ahead if ahead is not None else behind
        return chosen.value if chosen is not None else ""

    def _behind(self, mention: Mention, part: int) -> _Cue | None:
        """The cue that ends the list the mention is in; a part that asks for itself is no list."""
        later = next((each for each in self._cues if each.start >= mention.end), None)
        if later is None or later.is_forward or self._asking[part]:
            return None
        between = range(part + 1, self._part(later.start))
        return None if any(self._asking[each] for each in between) else later

    def _ahead(self, mention: Mention) -> _Cue | None:
        earlier = [each for each in self._cues if each.end <= mention.start]
        return earlier[-1] if earlier and earlier[-1].is_forward else None

    def _turned(self, text: str, cue: _Cue) -> _Cue:
        """Forward when a colon follows or nothing is named before it in its part."""
        has_colon = text[cue.end : cue.end + 6].lstrip("사항조건역량 ")[:1] in (":", "：")
        start = self._starts[self._part(cue.start)]
        is_first = not any(start <= each.start < cue.start for each in self._found)
        is_followed = any(
            cue.end <= each.start < self._ends[self._part(cue.start)] for each in self._found
        )
        return _Cue(cue.start, cue.end, cue.value, has_colon or (is_first and is_followed))

    def _part(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1


def _nearest(own: Sequence[_Cue], mention: Mention) -> str:
    """ "No" rules the whole part; else the next cue behind the name, else the last before it."""
    if any(each.value == Wish.NONE for each in own):
        return Wish.NONE.value
    behind = [each for each in own if each.end > mention.start and not each.is_forward]
    if behind:
        return behind[0].value
    before = [each for each in own if each.end <= mention.start]
    return before[-1].value if before else ""
