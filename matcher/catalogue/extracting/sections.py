"""A posting taken apart: lines under headings, sentences in lines, and parts between commas."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from matcher.catalogue.extracting.words import Section, folded, headings

_DECORATION: Final = " \t\u3000-*•·■□▶▷●○◦◆◇★☆※▪#=_[]【】<>〈〉《》()|:：.,~0123456789"
_LONGEST_HEADING: Final = 40
_COLON: Final = re.compile(r"[:：]")
_SENTENCE_END: Final = re.compile(
    r"[.!?。](?=[\s)\]]|$)|[;；]|(?<=지만)[,\s]|(?<=으나)[,\s]|,?\s(?:but|however|although|whereas)\s"
)
_PART_END: Final = re.compile(
    r"[,，、|]|\s/\s|(?<=으며)\s|(?<=이며)\s|(?<=이고)\s|(?<=좋고)\s|(?<=되고)\s"
)
_LONGEST_SENTENCE: Final = 600  # what stands further apart has nothing to do with each other


@dataclass(frozen=True, slots=True)
class Sentence:
    """`whole[start:end]` under a heading; `section` None before the first one."""

    start: int
    end: int
    section: Section | None


def sentences(text: str) -> Iterator[Sentence]:
    section: Section | None = None
    at = 0
    for line in text.splitlines(keepends=True):
        heading, rest = _heading(line)
        if heading is not None:
            section = heading
        yield from _cut(text, at + rest, at + len(line), section)
        at += len(line)


def parts(text: str, sentence: Sentence) -> list[int]:
    """Where the parts of a sentence between commas begin."""
    found = _PART_END.finditer(text, sentence.start, sentence.end)
    return [sentence.start, *(each.end() for each in found)]


def is_heading(line: str) -> bool:
    return _heading(line)[0] is not None


def _heading(line: str) -> tuple[Section | None, int]:
    """The section a line opens and where its own words begin: 우대사항: AWS or a line alone."""
    known = headings()
    if len(line) <= _LONGEST_HEADING:
        whole = known.get(folded(line.strip().strip(_DECORATION)))
        if whole is not None:
            return whole, len(line)
    colon = _COLON.search(line, 0, _LONGEST_HEADING)
    if colon is None:
        return None, 0
    section = known.get(folded(line[: colon.start()].strip(_DECORATION)))
    return (section, colon.end()) if section is not None else (None, 0)


def _cut(text: str, start: int, end: int, section: Section | None) -> Iterator[Sentence]:
    ends = [each.end() for each in _SENTENCE_END.finditer(text, start, end)]
    for stop in [*ends, end]:
        while start < stop:
            cut = min(stop, start + _LONGEST_SENTENCE)
            yield Sentence(start, cut, section)
            start = cut
