"""Records that may be of one person: which pairs to show, and why. Nothing here decides anything.

Only pairs that share something (a name, a mailbox name, a student number) are looked at, so the
cost grows with people and not with pairs of people.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

WEIGHTS: Final = {
    "name": 40,
    "romanised": 30,
    "mailbox": 35,
    "external_id": 45,
    "graduation": 15,
    "university": 10,
}
"""Points of what two records share; our own choice, tried on made-up cases."""
TWO_NUMBERS: Final = 25
"""Points taken off where one university gave the two different student numbers: a class that
graduates on one day has namesakes, and each of them has a number of their own."""
LEAST: Final = 50
"""Points from which a pair is shown."""
CROWD: Final = 12
"""A name or mailbox that more records share says nothing about two of them."""
SHARED_MAILBOXES: Final = frozenset({"info", "admin", "student", "test", "mail", "contact", "me"})

_INITIALS: Final = (
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
)  # fmt: skip
_VOWELS: Final = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "eu", "ui", "i",
)  # fmt: skip
_FINALS: Final = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
)  # fmt: skip
_FAMILIES: Final = {
    "김": ("gim", "kim"), "이": ("i", "lee", "yi", "rhee"), "박": ("bak", "park", "pak"),
    "최": ("choe", "choi"), "정": ("jeong", "jung", "chung"), "강": ("gang", "kang"),
    "조": ("jo", "cho"), "윤": ("yun", "yoon"), "장": ("jang", "chang"), "임": ("im", "lim"),
    "오": ("o", "oh"), "고": ("go", "ko"), "문": ("mun", "moon"), "양": ("yang",),
    "부": ("bu", "boo"), "현": ("hyeon", "hyun"), "송": ("song",), "신": ("sin", "shin"),
}  # fmt: skip
_LETTERS: Final = re.compile(r"[^a-z]")


@dataclass(frozen=True)
class Known:
    """One record as far as it helps to recognise a person; `group` is the university."""

    number: int
    name: str
    email: str
    group: int | None = None
    graduation_on: date | None = None
    external_id: str | None = None


@dataclass(frozen=True)
class Pair:
    """`first` < `second`; `reasons` are keys of WEIGHTS, the heaviest first."""

    first: int
    second: int
    score: int
    reasons: tuple[str, ...]


def likely(people: Sequence[Known], apart: Iterable[tuple[int, int]] = ()) -> tuple[Pair, ...]:
    """Pairs with at least LEAST points, the most likely first; `apart` were looked at before."""
    known, seen = set(apart), {each.number: each for each in people}
    pairs = (
        compared(seen[first], seen[second])
        for first, second in sorted(set(_candidates(people)))
        if (first, second) not in known
    )
    found = [pair for pair in pairs if pair.score >= LEAST]
    return tuple(sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second)))


def compared(one: Known, other: Known) -> Pair:
    shared = {
        "name": plain_name(one.name) == plain_name(other.name) != "",
        "romanised": plain_name(one.name) != plain_name(other.name)
        and bool(spellings(one.name) & spellings(other.name)),
        "mailbox": mailbox(one.email) == mailbox(other.email) != "",
        "external_id": digits(one.external_id) == digits(other.external_id) != "",
        "graduation": one.graduation_on is not None and one.graduation_on == other.graduation_on,
        "university": one.group is not None and one.group == other.group,
    }
    reasons = tuple(key for key in sorted(WEIGHTS, key=lambda k: -WEIGHTS[k]) if shared[key])
    score = min(100, sum(WEIGHTS[key] for key in reasons))
    if shared["university"] and _has_two_numbers(one, other):
        score = max(0, score - TWO_NUMBERS)
    first, second = sorted((one.number, other.number))
    return Pair(first, second, score, reasons)


def _has_two_numbers(one: Known, other: Known) -> bool:
    mine, theirs = digits(one.external_id), digits(other.external_id)
    return bool(mine and theirs and mine != theirs)


def plain_name(name: str) -> str:
    """Without case, width, blanks and punctuation."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(each for each in folded if each.isalnum())


def mailbox(email: str) -> str:
    """What stands before the @, without dots and tags; empty when many people may share it."""
    local = email.partition("@")[0].casefold().partition("+")[0].replace(".", "").replace("_", "")
    return "" if len(local) < 4 or local in SHARED_MAILBOXES else local


def digits(external_id: str | None) -> str:
    """The number in a student number, whatever stands around it."""
    found = "".join(each for each in external_id or "" if each.isdecimal())
    return found.lstrip("0") if len(found) >= 5 else ""


def spellings(name: str) -> frozenset[str]:
    """Ways the name may stand in Latin letters, family first or last; of a Latin name itself."""
    text = unicodedata.normalize("NFKC", name).strip()
    if not text or not all("가" <= each <= "힣" for each in text.replace(" ", "")):
        parts = [part for part in (_latin(p) for p in re.split(r"[\s,]+", text)) if part]
        return frozenset({"".join(parts), "".join(reversed(parts))} - {""})
    text = text.replace(" ", "")
    given = romanised(text[1:])
    families = _FAMILIES.get(text[0], (romanised(text[0]),))
    return frozenset(
        spelt for family in families for spelt in (family + given, given + family) if given
    )


def romanised(syllables: str) -> str:
    """Letter by letter (Revised Romanisation without its sound changes)."""
    spelt = []
    for each in syllables:
        number = ord(each) - 0xAC00
        initial, rest = divmod(number, 588)
        spelt.append(_INITIALS[initial] + _VOWELS[rest // 28] + _FINALS[rest % 28])
    return "".join(spelt)


def _latin(text: str) -> str:
    return _LETTERS.sub("", unicodedata.normalize("NFKD", text).casefold())


def _candidates(people: Sequence[Known]) -> Iterator[tuple[int, int]]:
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in people:
        for key in _keys(each):
            blocks[key].append(each.number)
    for numbers in blocks.values():
        if len(numbers) <= CROWD:
            yield from combinations(sorted(set(numbers)), 2)


def _keys(person: Known) -> Iterator[tuple[str, str]]:
    if name := plain_name(person.name):
        yield "name", name
    for spelt in spellings(person.name):
        yield "spelt", spelt
    if box := mailbox(person.email):
        yield "mailbox", box
    if number := digits(person.external_id):
        yield "number", number
