"""What a posting's text asks for: skills, AWS certifications and legal licences, each with its
place in the text.

Only curated names count, never a guess; where a word may mean something else, nothing is said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from matcher.catalogue.extracting import cue_words, cues
from matcher.catalogue.extracting.cues import Wish
from matcher.catalogue.extracting.mentions import Mention, mentions_in
from matcher.catalogue.extracting.sections import Sentence, sentences
from matcher.catalogue.extracting.words import Grade, Section, Subject

MOST_CHARACTERS: Final = 20_000
_LONGEST_CHAIN: Final = 5

Kind = Literal["must", "nice", "exclude", "licence"]


class TooLong(ValueError):
    """More than MOST_CHARACTERS."""


@dataclass(frozen=True, slots=True)
class Found:
    """`skill` is a skill or licence slug or a certification id; `text` is what stands at
    `start:end`; `level` 1 to 5, None when the text does not say."""

    skill: str
    start: int
    end: int
    text: str
    level: int | None
    kind: Kind
    subject: Subject


def as_row(found: Found) -> dict[str, str | int | None]:
    """As the command line and the API give it."""
    names = ("skill", "start", "end", "text", "level", "kind")
    return {name: getattr(found, name) for name in names}


@dataclass(frozen=True, slots=True)
class _Said:
    found: Found
    is_explicit: bool
    is_refused: bool = False


def extract(text: str) -> tuple[Found, ...]:
    """Each thing asked for once, in the order of the text. Raises TooLong.

    Of several places the one with the strongest wish counts; a skill that the text says is not
    needed is left out unless another place asks for it in so many words.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooLong
    said = [each for part in _by_sentence(text) for each in _read(text, *part)]
    refused = {each.found.skill for each in said if each.is_refused}
    best: dict[str, Found] = {}
    for each in said:
        found = each.found
        if each.is_refused or (found.skill in refused and not each.is_explicit):
            continue
        known = best.get(found.skill)
        if known is None or _STRENGTH[found.kind] < _STRENGTH[known.kind]:
            best[found.skill] = found
    return tuple(sorted(best.values(), key=lambda each: each.start))


_STRENGTH: Final[dict[str, int]] = {"licence": 0, "must": 0, "exclude": 1, "nice": 2}


def _by_sentence(text: str) -> Iterator[tuple[Sentence, list[Mention]]]:
    waiting = list(mentions_in(text))
    at = 0
    for sentence in sentences(text):
        own: list[Mention] = []
        while at < len(waiting) and waiting[at].start < sentence.end:
            if waiting[at].start >= sentence.start:
                own.append(waiting[at])
            at += 1
        if own:
            yield sentence, own


def _read(text: str, sentence: Sentence, found: Sequence[Mention]) -> Iterator[_Said]:
    words = text[sentence.start : sentence.end]
    if sentence.section is Section.IGNORE or cues.is_about_us(words):
        return
    meant = _meant(text, sentence, found)
    if not meant:
        return
    wishes = cues.wishes(text, sentence, meant)
    levels = cues.levels(text, sentence, meant)
    fallback = _fallback(sentence, words)
    for mention, wish, level in zip(meant, wishes, levels, strict=True):
        yield _said(mention, wish, level, fallback)


def _said(mention: Mention, wish: Wish | None, level: int | None, fallback: Kind) -> _Said:
    kind: Kind = fallback
    if wish is not None and wish is not Wish.NONE:
        kind = wish.value  # type: ignore[assignment]  # the other three are kinds
    if mention.name.subject is Subject.LICENCE and kind == "must":
        kind = "licence"
    has_levels = mention.name.subject is Subject.SKILL and kind != "exclude"
    found = Found(
        skill=mention.name.ref,
        start=mention.start,
        end=mention.end,
        text=mention.text,
        level=level if has_levels else None,
        kind=kind,
        subject=mention.name.subject,
    )
    return _Said(found, wish is not None, wish is Wish.NONE)


def _fallback(sentence: Sentence, words: str) -> Kind:
    """The kind where no word says it: by the heading; else a sentence about the work is a wish
    and a bare list a demand."""
    if sentence.section in (Section.MUST, Section.NICE, Section.EXCLUDE):
        return sentence.section.value  # type: ignore[return-value]
    if sentence.section is Section.DUTY:
        return "nice"
    return "nice" if cue_words.DUTY.search(words) and not cues.is_asking(words) else "must"


def _meant(text: str, sentence: Sentence, found: Sequence[Mention]) -> list[Mention]:
    """The mentions that surely mean what the catalogue means."""
    asked = sentence.section in _ASKED or cues.is_asking(text[sentence.start : sentence.end])
    kept: list[Mention] = []
    for number, each in enumerate(found):
        if each.name.grade is Grade.NEVER or _is_head(text, found, number):
            continue
        if _is_meant(text, sentence, found, number, asked=asked):
            kept.append(each)
    return kept


_ASKED: Final = (Section.MUST, Section.NICE, Section.EXCLUDE)


def _is_meant(
    text: str, sentence: Sentence, found: Sequence[Mention], number: int, *, asked: bool
) -> bool:
    mention, grade = found[number], found[number].name.grade
    if grade is Grade.SURE:
        return True
    if grade is Grade.SOFT:
        return _is_ability(text, sentence, found, number)
    if _has_sure_neighbour(text, found, number):
        return True
    if grade is Grade.WEAK:
        return asked
    letters = [letter for letter in mention.text if letter.isascii() and letter.isalpha()]
    if grade is Grade.CAPS:
        return asked and all(letter.isupper() for letter in letters)
    return asked and (not letters or letters[0].isupper())


def _is_head(text: str, found: Sequence[Mention], number: int) -> bool:
    """PLC programming: the second word only says what the first one is."""
    if number == 0 or not found[number].name.is_head:
        return False
    return text[found[number - 1].end : found[number].start] == " "


def _has_sure_neighbour(text: str, found: Sequence[Mention], number: int) -> bool:
    for other in (number - 1, number + 1):
        if 0 <= other < len(found) and found[other].name.grade is Grade.SURE:
            left, right = sorted((found[number], found[other]), key=lambda each: each.start)
            gap = text[left.end : right.start]
            if gap.strip() and cue_words.GLUE.fullmatch(gap):
                return True
    return False


def _is_ability(text: str, sentence: Sentence, found: Sequence[Mention], number: int) -> bool:
    """Skills or 능력 behind it or at the end of its list, or an item of a list of demands."""
    end = sentence.end
    for each in found[number : number + _LONGEST_CHAIN]:
        if each.name.grade is not Grade.SOFT:
            break
        if cues.names_an_ability(text[each.end : min(end, each.end + 12)]):
            return True
    return sentence.section in _ASKED and not text[found[number].end : end].strip(" .\r\n")
