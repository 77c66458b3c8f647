"""The exact score in plain sentences: every contribution is one line, or one line per requirement.

A graded feature is a mean over requirements, so its contribution is shared out among them exactly
(`sharing`), and "SAA is missing" carries its own number.
"""

import math
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.ranking.calibrating import CALIBRATION
from matcher.ranking.courses import COURSE_FEATURES
from matcher.ranking.features import OPENING_FEATURES
from matcher.ranking.prepared import NICE_SHARE
from matcher.ranking.recommend import CLIP, Contribution, RankedItem
from matcher.ranking.requirements import Line
from matcher.ranking.sharing import shared_out
from matcher.ranking.types import CERTIFICATION, SKILL
from matcher.ranking.wording import BASE as _BASE_TEXT
from matcher.ranking.wording import CALIBRATION as _CALIBRATION_TEXT
from matcher.ranking.wording import (
    CALIBRATION_NAME,
    FEATURES,
    Pair,
    requirement_name,
    requirement_text,
    spoken,
)
from matcher.ranking.wording import CLIP as _CLIP_TEXT
from matcher.ranking.wording import ROUND as _ROUND_TEXT

Names = Mapping[str, tuple[str, str]]
"""Plain slug or full key -> (Korean, English)."""
WORTH_SAYING = 0.005
UNNAMED = Pair("", "")
_FEATURES = {each.name: each for each in (*COURSE_FEATURES, *OPENING_FEATURES)}


@dataclass(frozen=True, slots=True)
class Reason:
    """`key` is the requirement the line is about, if it is about one; `name` the same in a few
    words."""

    code: str
    text_ko: str
    text_en: str
    contribution: float
    key: str | None = None
    name: Pair = UNNAMED


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
    if part.code == CALIBRATION:
        text = spoken(_CALIBRATION_TEXT, formal=formal)
        return Reason(CALIBRATION, *text, part.value, name=CALIBRATION_NAME)
    wording = FEATURES[part.code]
    text = wording.nothing
    if part.value != 0.0:
        text = wording.good if _is_good(part) else wording.poor
    pct = math.floor((part.feature or 0.0) * 100 + 1e-9)
    said = spoken(text, formal=formal, pct=pct)
    return Reason(part.code, *said, part.value, name=wording.name)


def _is_good(part: Contribution) -> bool:
    """What the sentence says must be true of the pair: where a learned score may rise or fall with
    a feature, the sentence goes by the feature and not by the points."""
    feature = _FEATURES[part.code]
    beyond = (part.feature or 0.0) - feature.neutral
    return beyond > 0.0 if feature.direction == 0 and beyond != 0.0 else part.value > 0.0


def _split(part: Contribution, item: RankedItem, names: Names, formal: bool) -> tuple[Reason, ...]:
    """One reason per requirement behind this feature; () if it is not the mean of any."""
    lines = [each for each in item.checklist.lines if _belongs(each, part.code)]
    if not lines or part.feature is None:
        return ()
    shares = [1.0 if each.kind == "must" else NICE_SHARE for each in lines]
    credits = [each.credit for each in lines]
    held = math.fsum(map(operator.mul, shares, credits)) / math.fsum(shares)
    if not math.isclose(held, part.feature, abs_tol=1e-9):
        return ()
    values = shared_out(part.value, part.points, _FEATURES[part.code].neutral, credits, shares)
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
    name = name_of(line.key, names)
    via = None if line.via is None else name_of(line.via, names)
    text = spoken(requirement_text(line, kind, name, via, value < 0.0), formal=formal)
    return Reason(code, text.ko, text.en, value, line.key, requirement_name(line, name))


def name_of(key: str, names: Names) -> Pair:
    """From the mapping by full key or plain slug; the slug itself if it is not listed."""
    plain = key.split(":", 1)[-1]
    return Pair(*(names.get(key) or names.get(plain) or (plain, plain)))
