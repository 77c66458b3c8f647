"""Where a text names something of the catalogue, with the exact place in the text as given."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from matcher.catalogue.extracting.words import Name, folded, names
from matcher.catalogue.skill_search import without_particle

_LONGEST: Final = 9  # atoms of a name; the longest names are read first
_LONGEST_ATOM: Final = 40
_ATOM: Final = re.compile(
    r"[\uac00-\ud7a3\u1100-\u11ff]+|[^\W_\uac00-\ud7a3\u1100-\u11ff]+[+#\uff0b\uff03]*"
)
_BETWEEN: Final = frozenset(" \u00a0-\u2010\u2011\u2012\u2013\u2014/.·'\u2019&\t")
_MOST_BETWEEN: Final = 3
_COUNTED: Final = ("년", "개", "급", "명", "차", "회", "주", "시", "월", "일", "단", "인", "대")
_ADDRESS: Final = ("http", "www.")
# What is glued to a name in Korean besides a particle: 파이썬개발자, AWS경험.
_TAILS: Final = (
    "개발자", "개발", "경험자", "경험", "활용", "사용", "능력", "자격증", "자격", "기술", "지식",
    "실무", "전문가", "능숙자", "가능자", "소지자", "보유자", "관련", "이나", "나", "이며", "이고",
    "처럼", "등", "라면", "이라면",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """`text` is `whole[start:end]`: the name alone, without a particle behind it."""

    start: int
    end: int
    text: str
    name: Name


@dataclass(frozen=True, slots=True)
class _Atom:
    start: int
    end: int
    raw: str
    plain: str

    @property
    def is_hangul(self) -> bool:
        return not self.plain.isascii()


def mentions_in(text: str) -> Iterator[Mention]:
    """In the order of the text, none overlapping."""
    for run in _runs(text):
        at = 0
        while at < len(run):
            found, used = _longest(run, at)
            if found is not None:
                start, end, name = found
                yield Mention(start, end, text[start:end], name)
            at += used


def _runs(text: str) -> Iterator[list[_Atom]]:
    """Atoms that stand close enough to be one name; addresses are no words."""
    run: list[_Atom] = []
    blank = _addresses(text)
    for found in _ATOM.finditer(text):
        if blank and _is_inside(found.start(), blank):
            continue
        gap = text[run[-1].end : found.start()] if run else ""
        if run and (len(gap) > _MOST_BETWEEN or not _BETWEEN.issuperset(gap)):
            yield run
            run = []
        run.append(_Atom(found.start(), found.end(), found[0], folded(found[0][:_LONGEST_ATOM])))
    if run:
        yield run


def _addresses(text: str) -> list[tuple[int, int]]:
    if "@" not in text and "http" not in text and "www." not in text:
        return []
    words = re.finditer(r"\S+", text)
    return [each.span() for each in words if "@" in each[0] or each[0].startswith(_ADDRESS)]


def _is_inside(place: int, spans: list[tuple[int, int]]) -> bool:
    while spans and spans[0][1] <= place:
        spans.pop(0)
    return bool(spans) and spans[0][0] <= place


def _longest(run: Sequence[_Atom], at: int) -> tuple[tuple[int, int, Name] | None, int]:
    """The name made of the most atoms from here on, and by how many atoms to go on."""
    known = names()
    for size in range(min(_LONGEST, len(run) - at), 0, -1):
        if _is_counted(run, at + size):
            continue
        window = run[at : at + size]
        before = "".join(each.plain for each in window[:-1])
        for last in _forms(window[-1]):
            name = known.get(before + last)
            if name is not None:
                end = window[-1].start + _raw_length(window[-1], last)
                return (window[0].start, end, name), size
    return None, 1


def _is_counted(run: Sequence[_Atom], end: int) -> bool:
    """Python 3년: the number counts years and is no part of a name."""
    if not run[end - 1].plain.isdigit() or end == len(run):
        return False
    after = run[end]
    if after.is_hangul:
        return after.start == run[end - 1].end and after.plain.startswith(_COUNTED)
    return after.plain.startswith("year") or after.plain == "yrs"


def _forms(atom: _Atom) -> Iterator[str]:
    """The word itself, then without what Korean or an English plural hangs on it."""
    plain = atom.plain
    yield plain
    if not atom.is_hangul:
        if len(plain) > 3 and plain.endswith("s"):
            yield plain[:-1]
        return
    for _ in range(3):
        shorter = without_particle(plain)
        if shorter == plain:
            shorter = _without_tail(plain)
        if shorter == plain:
            return
        plain = shorter
        yield plain


def _without_tail(word: str) -> str:
    for tail in _TAILS:
        if len(word) > len(tail) and word.endswith(tail):
            return word[: -len(tail)]
    return word


def _raw_length(atom: _Atom, kept: str) -> int:
    """How much of the atom as written the kept part is; syllables may be written in parts."""
    if kept == atom.plain:
        return len(atom.raw)
    if len(atom.raw) == len(atom.plain):
        return len(kept)
    lengths = range(len(atom.raw), 0, -1)
    same = (n for n in lengths if unicodedata.normalize("NFC", atom.raw[:n]).casefold() == kept)
    return next(same, len(atom.raw))
