"""Whether the name on a badge is the name of an account. Never the last word: what is not `same`
goes to a person, and even `same` may be somebody else of that name."""

import re
import unicodedata
from enum import StrEnum
from itertools import permutations, product
from typing import Final

from matcher.credentials import romanised

LONGEST: Final = 120
MOST_WORDS: Final = 4
_TITLES: Final = frozenset({"mr", "ms", "mrs", "miss", "dr", "님", "씨"})
_LATIN: Final = re.compile(r"[a-z]+")
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]+")
_JOINED: Final = re.compile(r"['`\u2018\u2019\u02bc]")
_TURNED: Final = {
    "류": "유",
    "리": "이",
    "림": "임",
    "라": "나",
    "로": "노",
    "량": "양",
    "련": "연",
}
"""Family names that South and North, or two relatives, write differently (두음법칙)."""


class NameMatch(StrEnum):
    SAME = "same"
    MAYBE = "maybe"
    """Short for it, a nickname beside the family name, a rare spelling, another script."""
    DIFFERENT = "different"
    ABSENT = "absent"
    """One of the two names nobody."""


def compare(on_badge: str, own: str) -> NameMatch:
    """Of two names of whatever script and order. `own` is the account's."""
    if len(on_badge) > LONGEST or len(own) > LONGEST:
        return NameMatch.MAYBE
    left, right = _plain(on_badge), _plain(own)
    if not _letters(left) or not _letters(right):
        return NameMatch.ABSENT
    if _letters(left) == _letters(right):
        return NameMatch.SAME
    return _compared(left, right)


def _compared(left: str, right: str) -> NameMatch:
    """Hangul is compared with Hangul where both have it: it says more than Latin letters do."""
    hangul, latin = (_hangul(left), _hangul(right)), (_latin(left), _latin(right))
    if all(hangul):
        return _two_hangul(*hangul)
    if _is_strange(left) or _is_strange(right):
        return NameMatch.MAYBE
    if hangul[0] and latin[1]:
        return _across(hangul[0], latin[1])
    if hangul[1] and latin[0]:
        return _across(hangul[1], latin[0])
    return _two_latin(*latin)


def _two_hangul(left: str, right: str) -> NameMatch:
    if left == right:
        return NameMatch.SAME
    if _TURNED.get(left[0], left[0]) + left[1:] == _TURNED.get(right[0], right[0]) + right[1:]:
        return NameMatch.MAYBE
    short, long = sorted((left, right), key=len)
    is_part = len(short) < len(long) and (long.startswith(short) or long.endswith(short))
    return NameMatch.MAYBE if is_part else NameMatch.DIFFERENT


def _across(hangul: str, words: list[str]) -> NameMatch:
    """A name in Hangul and one in Latin letters."""
    if len(hangul) > 8 or len(words) > MOST_WORDS:
        return NameMatch.MAYBE
    found = [_reading(*pair, words) for pair in romanised.families_of(hangul)]
    for each in (NameMatch.SAME, NameMatch.MAYBE):
        if each in found:
            return each
    return NameMatch.DIFFERENT


def _reading(family: str, given: str, words: list[str]) -> NameMatch:
    if not given:
        return NameMatch.MAYBE
    if _is_whole(family, given, words, loose=False):
        return NameMatch.SAME
    if _is_whole(family, given, words, loose=True) or _is_short(family, given, words):
        return NameMatch.MAYBE
    return NameMatch.DIFFERENT


def _is_whole(family: str, given: str, words: list[str], loose: bool) -> bool:
    """Family name first or last, as a word of its own or run together with the rest."""
    first = romanised.family_pattern(family, loose)
    rest = romanised.given_pattern(given, loose)
    if len(words) == 1:
        return bool(re.fullmatch(f"{first}{rest}|{rest}{first}", words[0]))
    ends = ((words[0], words[1:]), (words[-1], words[:-1]))
    return any(
        re.fullmatch(first, word) and re.fullmatch(rest, "".join(others)) for word, others in ends
    )


def _is_short(family: str, given: str, words: list[str]) -> bool:
    """The given name alone, or the family name with initials, a nickname or a name between."""
    first = re.compile(romanised.family_pattern(family))
    rest = re.compile(romanised.given_pattern(given, loose=True))
    if len(words) == 1:
        return bool(first.fullmatch(words[0]) or rest.fullmatch(words[0]))
    others = [word for word in words if not first.fullmatch(word)]
    if not others:
        return True  # the family name, and a given name that sounds like one
    if len(others) == len(words):
        return bool(rest.fullmatch("".join(words)))
    if any(rest.fullmatch(word) for word in others):
        return True
    return not romanised.any_syllables().fullmatch("".join(others))


def _two_latin(left: list[str], right: list[str]) -> NameMatch:
    if len(left) > MOST_WORDS or len(right) > MOST_WORDS:
        return NameMatch.MAYBE
    if _orders(left) & _orders(right):
        return NameMatch.SAME
    pairs = product(_orders(left), _orders(right))
    if set(left) & set(right) or any(_is_near(*pair) for pair in pairs):
        return NameMatch.MAYBE
    return NameMatch.DIFFERENT


def _orders(words: list[str]) -> set[str]:
    """The words run together in every order: hyphens and spaces inside a name are a matter of
    taste, and so is where the family name stands."""
    return {"".join(each) for each in permutations(words)}


def _is_near(left: str, right: str) -> bool:
    """One letter more, less or another."""
    if min(len(left), len(right)) < 4:
        return False
    while left and right and left[0] == right[0]:
        left, right = left[1:], right[1:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    return len(left) <= 1 and len(right) <= 1


def _plain(name: str) -> str:
    """Full-width and compatibility forms away, Hangul composed, accents and case away."""
    text = _JOINED.sub("", unicodedata.normalize("NFKC", name)).casefold()
    spread = unicodedata.normalize("NFD", text)
    bare = "".join(each for each in spread if not _is_accent(each))
    words = re.split(r"[\s\-\u2010-\u2015.,()\[\]/·_]+", unicodedata.normalize("NFC", bare))
    return " ".join(word for word in words if word and word not in _TITLES)


def _is_accent(letter: str) -> bool:
    return 0x0300 <= ord(letter) <= 0x036F


def _letters(text: str) -> str:
    return "".join(each for each in text if each.isalpha())


def _hangul(text: str) -> str:
    found = "".join(_HANGUL.findall(text))
    return found[:-1] if len(found) > 3 and found[-1] in _TITLES else found


def _latin(text: str) -> list[str]:
    return _LATIN.findall(text)


def _is_strange(text: str) -> bool:
    """Letters of a script nothing is known of here."""
    return any(
        each.isalpha() and not _HANGUL.match(each) and not _LATIN.match(each) for each in text
    )
