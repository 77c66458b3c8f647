"""Finding a skill by what a person types: Korean or English, with or without spaces and particles,
by initial consonants, or misspelt.

The index knows slugs and texts only. Any input is safe: it is cut before anything else is done.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

MAX_TERM: Final = 100
_NEAR_ENOUGH: Final = 0.55
_CLOSE_LOOK: Final = 40  # texts that difflib compares after the quick bigram count
_WORDS_APART: Final = 9  # after every place in one text
_PARTICLES: Final = (
    "에서는", "에서의", "으로는", "으로의", "이라는",
    "에서", "에는", "에게", "으로", "로는", "로의", "와의", "과의", "까지", "부터", "이랑", "하고",
    "을", "를", "은", "는", "이", "가", "의", "에", "로", "와", "과", "도", "만", "랑",
)  # fmt: skip

Rank = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Key:
    """One searchable text of a skill; `alias` is 0 for a name, 1 for an alias or the slug."""

    slug: str
    text: str
    initials: str
    jamo: str
    alias: int


class SkillIndex:
    """`names` and `aliases` map slugs to texts. Raises ValueError when two skills share a text."""

    def __init__(
        self, names: Mapping[str, Iterable[str]], aliases: Mapping[str, Iterable[str]]
    ) -> None:
        self._exact: dict[str, str] = {}
        self._keys: list[_Key] = []
        for slug in sorted(names):
            self._add(slug, names[slug], alias=0)
            self._add(slug, (slug, *aliases.get(slug, ())), alias=1)
        self._whole = {slug: "\n".join(k.text for k in keys) for slug, keys in self._by_slug()}
        self._bigrams = [_bigrams(key.jamo) for key in self._keys]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, pairs in enumerate(self._bigrams):
            for pair in sorted(pairs):
                self._holders[pair].append(number)

    def resolve(self, text: str) -> str | None:
        """The one skill whose slug, name or alias this is; particles are not taken off."""
        if len(text) > MAX_TERM:
            return None
        return self._exact.get("".join(words_of(text)))

    def search(self, text: str, limit: int) -> list[str]:
        """Exact, then beginning, then inside, then all words, and near misses if nothing else."""
        words = words_of(text)
        if not words or limit < 1:
            return []
        for variant in _variants(words):
            found = self._matches(variant)
            if found:
                return sorted(found, key=lambda slug: found[slug])[:limit]
        return self.nearest(text, limit)

    def nearest(self, text: str, limit: int) -> list[str]:
        """The closest spellings, best first; empty when nothing is close."""
        query = "".join(words_of(text))
        if not query or limit < 1:
            return []
        jamo = _jamo(query)
        best: dict[str, float] = {}
        for number in self._shortlist(jamo):
            key = self._keys[number]
            score = SequenceMatcher(None, jamo, key.jamo, autojunk=False).ratio()
            if score >= _NEAR_ENOUGH and score > best.get(key.slug, 0.0):
                best[key.slug] = score
        return sorted(best, key=lambda slug: (-best[slug], slug))[:limit]

    def _add(self, slug: str, texts: Iterable[str], alias: int) -> None:
        for text in texts:
            plain = "".join(words_of(text))
            owner = self._exact.get(plain)
            if not plain or owner not in (None, slug):
                raise ValueError(f"{text!r} of skill {slug!r} is empty or belongs to {owner!r}")
            if owner is None:
                self._exact[plain] = slug
                self._keys.append(_Key(slug, plain, _initials(plain), _jamo(plain), alias))

    def _by_slug(self) -> Iterable[tuple[str, list[_Key]]]:
        grouped: dict[str, list[_Key]] = defaultdict(list)
        for key in self._keys:
            grouped[key.slug].append(key)
        return grouped.items()

    def _matches(self, words: Sequence[str]) -> dict[str, Rank]:
        query = "".join(words)
        initials = _initials(query) if _has_lone_initial(query) else None
        best: dict[str, Rank] = {}
        for key in self._keys:
            place = _place(key, words, query, initials)
            if place is not None:
                rank = (2 * place + key.alias, len(key.text), key.slug)
                best[key.slug] = min(rank, best.get(key.slug, rank))
        if len(words) > 1:
            for slug, whole in self._whole.items():
                if slug not in best and all(word in whole for word in words):
                    best[slug] = (_WORDS_APART, len(whole), slug)
        return best

    def _shortlist(self, jamo: str) -> list[int]:
        wanted = _bigrams(jamo)
        shared: Counter[int] = Counter()
        for pair in wanted:
            shared.update(self._holders.get(pair, ()))
        likeness = {n: 2 * c / (len(wanted) + len(self._bigrams[n])) for n, c in shared.items()}
        return sorted(likeness, key=lambda n: (-likeness[n], n))[:_CLOSE_LOOK]


def words_of(text: str) -> list[str]:
    """Words folded to letters and digits; `+` and `#` stay inside a word (C++ is not C)."""
    folded = unicodedata.normalize("NFKC", text[:MAX_TERM]).casefold()[:MAX_TERM]
    words = (_letters(word) for word in folded.split())
    return [word for word in words if word]


def _letters(word: str) -> str:
    kept = ""
    for character in word:
        if character.isalnum() or (kept and character in "+#"):
            kept += character
    return kept


def _variants(words: list[str]) -> list[list[str]]:
    """As typed; without the last word's particle; without any word's particle."""
    variants = [words]
    for stripped in (
        [*words[:-1], without_particle(words[-1])],
        [without_particle(word) if len(word) > 2 else word for word in words],
    ):
        joined = "".join(stripped)
        if stripped not in variants and (len(joined) > 1 or joined.isascii()):
            variants.append(stripped)
    return variants


def without_particle(word: str) -> str:
    for particle in _PARTICLES:
        if len(word) > len(particle) and word.endswith(particle):
            return word[: -len(particle)]
    return word


def _place(key: _Key, words: Sequence[str], query: str, initials: str | None) -> int | None:
    """0 the whole text, 1 its beginning, 2 inside, 3 all words in any order.

    One letter alone must be at the beginning.
    """
    at = key.text.find(query) if initials is None else _find_by_initials(key, query, initials)
    if at == 0:
        return 0 if len(key.text) == len(query) else 1
    if at > 0 and len(query) > 1:
        return 2
    return 3 if len(words) > 1 and all(word in key.text for word in words) else None


def _find_by_initials(key: _Key, query: str, initials: str) -> int:
    """ㅍㅇㅆ finds 파이썬, and so does 파ㅇㅆ: a whole syllable must be that syllable."""
    at = key.initials.find(initials)
    while at >= 0:
        part = key.text[at : at + len(query)]
        if all(_is_initial(q) or q == c for q, c in zip(query, part, strict=True)):
            return at
        at = key.initials.find(initials, at + 1)
    return -1


def _initials(text: str) -> str:
    """Each Hangul syllable as its first consonant; everything else as it is."""
    return "".join(chr(0x1100 + (ord(c) - 0xAC00) // 588) if "가" <= c <= "힣" else c for c in text)


def _is_initial(character: str) -> bool:
    return "\u1100" <= character <= "\u1112"  # where NFKC puts ㄱ to ㅎ typed alone


def _has_lone_initial(text: str) -> bool:
    return any(_is_initial(character) for character in text)


def _jamo(text: str) -> str:
    """Syllables taken apart, so that 파이선 is near 파이썬."""
    return unicodedata.normalize("NFD", text)


def _bigrams(jamo: str) -> frozenset[str]:
    return frozenset(jamo[n : n + 2] for n in range(max(1, len(jamo) - 1)))
