"""The exact score in plain sentences: every contribution is one line, or one line per requirement.

A graded feature is a mean over requirements, so its contribution splits among them exactly, and
"SAA is missing" carries its own number.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.ranking.courses import COURSE_FEATURES
from matcher.ranking.features import OPENING_FEATURES
from matcher.ranking.prepared import NICE_SHARE
from matcher.ranking.recommend import CLIP, Contribution, RankedItem
from matcher.ranking.requirements import Line
from matcher.ranking.types import CERTIFICATION, SKILL
from matcher.ranking.wording import BASE as _BASE_TEXT
from matcher.ranking.wording import CLIP as _CLIP_TEXT
from matcher.ranking.wording import FEATURES, Pair, requirement_text, spoken
from matcher.ranking.wording import ROUND as _ROUND_TEXT

Names = Mapping[str, tuple[str, str]]
"""Plain slug or full key -> (Korean, English)."""
WORTH_SAYING = 0.005
_NEUTRAL = {each.name: each.neutral for each in (*COURSE_FEATURES, *OPENING_FEATURES)}


@dataclass(frozen=True, slots=True)
class Reason:
    """`key` is the requirement the line is about, if it is about one."""

    code: str
    text_ko: str
    text_en: str
    contribution: float
    key: str | None = None


def reasons(
    item: RankedItem, names: Names, *, by_requirement: bool = True, formal: bool = False
) -> tuple[Reason, ...]:
    """All of them, in model order: item.base + their sum == item.score (1e-9).

    `formal` = 합니다체 for partners and staff; 해요체 otherwise.
    """
    out: list[Reason] = []
    for each in item.contributions:
        split = _split(each, item, names, formal) if by_requirement else ()
        out += split or [_whole(each, formal)]
    return tuple(out)


def base_reason(item: RankedItem, *, formal: bool = False) -> Reason:
    return Reason("base", *spoken(_BASE_TEXT, formal=formal), item.base)


def round_reason(difference: float, *, formal: bool = False) -> Reason:
    """`difference` = half-point score - exact score."""
    return Reason("round", *spoken(_ROUND_TEXT, formal=formal), difference)


def headline(
    all_reasons: Sequence[Reason], positive: int = 3, negative: int = 2
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """The strongest for and the strongest against; equal ones in the given order."""
    usable = [
        each for each in all_reasons if each.code != CLIP and abs(each.contribution) >= WORTH_SAYING
    ]
    ranked = sorted(usable, key=lambda each: -abs(each.contribution))
    good = [each for each in ranked if each.contribution > 0][:positive]
    bad = [each for each in ranked if each.contribution < 0][:negative]
    return tuple(good), tuple(bad)


def _whole(part: Contribution, formal: bool) -> Reason:
    if part.code == CLIP:
        return Reason(CLIP, *spoken(_CLIP_TEXT, formal=formal), part.value)
    wording = FEATURES[part.code]
    text = wording.adds if part.value > 0 else wording.takes if part.value < 0 else wording.nothing
    pct = math.floor((part.feature or 0.0) * 100 + 1e-9)
    return Reason(part.code, *spoken(text, formal=formal, pct=pct), part.value)


def _split(part: Contribution, item: RankedItem, names: Names, formal: bool) -> tuple[Reason, ...]:
    """One reason per requirement behind this feature; () if it has none or they do not add up."""
    lines = [each for each in item.checklist.lines if _belongs(each, part.code)]
    shares = [1.0 if each.kind == "must" else NICE_SHARE for each in lines]
    whole = sum(shares)
    values = [
        part.points * (each.credit - _NEUTRAL[part.code]) * share / whole
        for each, share in zip(lines, shares, strict=True)
    ]
    if not lines or not math.isclose(math.fsum(values), part.value, abs_tol=1e-9):
        return ()
    return tuple(
        _about(part.code, each, value, names, formal)
        for each, value in zip(lines, values, strict=True)
    )


def _belongs(line: Line, code: str) -> bool:
    if code == "prerequisites":
        return line.kind in ("must", "nice")
    if code == "certificate":
        return line.kind in ("must", "nice") and line.key.startswith(CERTIFICATION)
    kind = {"must_skill": "must", "nice_skill": "nice"}.get(code)
    return line.kind == kind and line.key.startswith(SKILL)


def _about(code: str, line: Line, value: float, names: Names, formal: bool) -> Reason:
    kind = "prerequisite" if code == "prerequisites" else line.kind
    via = None if line.via is None else name_of(line.via, names)
    text = spoken(requirement_text(line, kind, name_of(line.key, names), via), formal=formal)
    return Reason(code, text.ko, text.en, value, line.key)


def name_of(key: str, names: Names) -> Pair:
    """From the mapping by full key or plain slug; the slug itself if it is not listed."""
    plain = key.split(":", 1)[-1]
    return Pair(*(names.get(key) or names.get(plain) or (plain, plain)))
