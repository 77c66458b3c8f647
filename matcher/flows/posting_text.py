"""A posting pasted as text: what it asks for, to be looked through before it becomes a draft.

Nothing is stored here; the text goes no further than the answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from matcher.catalogue.extracting import Found, extract
from matcher.catalogue.extracting.sections import is_heading
from matcher.catalogue.extracting.words import Subject
from matcher.matching.wanted import Meant, meant
from matcher.policy import forbidden_topics
from matcher.policy.openings import MOST_REQUIREMENTS

MOST_OFFERED: Final = 80
"""Things found that a page offers; a posting holds fewer."""
_LONGEST_TITLE: Final = 120
_BRACKETS: Final = ("[]", "【】", "<>")
_DECORATION: Final = " \t-*•·■□▶▷●○◆◇★#=_[]【】<>|:"


@dataclass(frozen=True)
class Asked:
    """One thing found. `is_left_out` = proposed to be left out, with `why` a code: "wish" (a
    licence the text only wishes for), "there" (already in the posting), "many"."""

    meant: Meant
    kind: str
    level: int | None
    text: str
    is_left_out: bool
    why: str = ""


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; `number` is the place of what it names among the found, or None."""

    text: str
    number: int | None = None


@dataclass(frozen=True)
class PostingText:
    title: str
    asked: tuple[Asked, ...]
    pieces: tuple[Piece, ...]
    hits: tuple[forbidden_topics.Hit, ...]


def read(text: str, present: Iterable[str] = ()) -> PostingText:
    """`present` = the requirements already typed in the posting. Raises TooLong."""
    found = extract(text)[:MOST_OFFERED]
    there = {known.key for each in present if (known := meant(each)) is not None}
    return PostingText(
        title=_title(text),
        asked=_all_asked(found, there),
        pieces=tuple(_pieces(text, found)),
        hits=forbidden_topics.hits([("text", text)]),
    )


def _all_asked(found: Sequence[Found], there: set[str]) -> tuple[Asked, ...]:
    asked: list[Asked] = []
    room = MOST_REQUIREMENTS - len(there)
    for each in found:
        why = _why_not(each, there, room)
        room -= not why
        asked.append(_asked(each, why))
    return tuple(asked)


def _why_not(found: Found, there: set[str], room: int) -> str:
    if _key(found) in there:
        return "there"
    if found.subject is Subject.LICENCE and found.kind == "nice":
        return "wish"
    return "" if room > 0 else "many"


def _asked(found: Found, why: str) -> Asked:
    known = meant(_key(found))
    assert known is not None  # the extraction names what the catalogue has
    kind = "licence" if found.subject is Subject.LICENCE and found.kind == "nice" else found.kind
    return Asked(known, kind, found.level, found.text, bool(why), why)


def _key(found: Found) -> str:
    return f"{found.subject.value}:{found.skill}"


def _pieces(text: str, found: Sequence[Found]) -> Iterable[Piece]:
    at = 0
    for number, each in enumerate(found):
        if at < each.start:
            yield Piece(text[at : each.start])
        yield Piece(each.text, number)
        at = each.end
    if at < len(text):
        yield Piece(text[at:])


def _title(text: str) -> str:
    """The first line that is short enough for one and no heading."""
    first = next((line for line in text.splitlines() if line.strip(_DECORATION)), "")
    title = _with_its_brackets(first.strip(_DECORATION))
    return "" if len(title) > _LONGEST_TITLE or is_heading(first) else title


def _with_its_brackets(title: str) -> str:
    """A firm named in brackets before the title keeps both of them: [새별] 위성 영상 담당."""
    for opens, closes in _BRACKETS:
        missing = title.count(closes) - title.count(opens)
        title = opens * missing + title + closes * -missing
    return title
