"""Skills a free text names, by the curated names and aliases of the taxonomy, in both languages.

Only whole words count, with a Korean particle taken off the last one; nothing is guessed.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

from matcher.catalogue.skill_search import without_particle, words_of
from matcher.catalogue.skills import Skill, load_taxonomy

MOST_CHARACTERS: Final = 4_000
_LONGEST: Final = 5  # words of an alias; the longest ones are read first
_SHORT: Final = 2
_WORD: Final = re.compile(r"[^\s,/·|()\[\]{}<>:;~\"'“”‘’「」]+")


@lru_cache(maxsize=1_024)
def mentioned_skills(text: str) -> frozenset[str]:
    """Slugs. Licences are left out: they are asked for as such or not at all."""
    raw = _WORD.findall(text[:MOST_CHARACTERS])
    words = ["".join(words_of(each)) for each in raw]
    found: set[str] = set()
    at = 0
    while at < len(words):
        slug, used = _longest(raw, words, at)
        if slug is not None:
            found.add(slug)
        at += used
    return frozenset(found)


def _longest(raw: list[str], words: list[str], at: int) -> tuple[str | None, int]:
    """The skill named by the most words from here on, and how many words to go on by."""
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        if all(words[at : at + size]):
            joined = "".join(words[at : at + size])
            for form in (joined, without_particle(joined)):
                slug = _names().get(form)
                if slug is not None and _is_meant(form, raw[at : at + size]):
                    return slug, size
    return None, 1


def _is_meant(form: str, raw: list[str]) -> bool:
    """A name of one or two Latin letters needs a capital (Go, not go); one Hangul syllable alone
    is any word."""
    if len(form) > _SHORT:
        return True
    if form.isascii():
        return any(letter.isupper() for letter in "".join(raw))
    return len(form) == _SHORT


@cache
def _names() -> Mapping[str, str]:
    """Folded name or alias -> slug; the taxonomy refuses texts that two skills share."""
    skills = (each for each in load_taxonomy().skills if not each.is_licence)
    return {"".join(words_of(text)): each.slug for each in skills for text in _texts(each)}


def _texts(skill: Skill) -> Iterable[str]:
    return (skill.name_ko, skill.name_en, *skill.aliases_ko, *skill.aliases_en)
