"""A score in a few parts: skills, certificates, what is proved and told, wishes. They add up to it.

Each part is the sum of rows of the full table of reasons, to the cent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from matcher.ranking.calibrating import CALIBRATION
from matcher.ranking.display import BASE, ROUND, display_rows
from matcher.ranking.explain import Names, reasons
from matcher.ranking.recommend import RankedItem

START, SKILLS, CERTIFICATES, EXPERIENCE, WISHES = (
    "start", "skills", "certificates", "experience", "wishes",
)  # fmt: skip
PARTS = (START, SKILLS, CERTIFICATES, EXPERIENCE, WISHES, CALIBRATION, ROUND)
_OF: Mapping[str, str] = {
    "must_skill": SKILLS,
    "nice_skill": SKILLS,
    "must_missing": SKILLS,
    "must_exact": SKILLS,
    "level_surplus": SKILLS,
    "mentioned_skill": SKILLS,
    "certificate": CERTIFICATES,
    "certificate_verified": CERTIFICATES,
    "proof": EXPERIENCE,
    "text": EXPERIENCE,
    "sector_wish": WISHES,
    "region_wish": WISHES,
    "employment_wish": WISHES,
    "schedule": WISHES,
    CALIBRATION: CALIBRATION,
    BASE: START,
    ROUND: ROUND,
}
"""What is the same for everybody of an opening counts to the start."""


@dataclass(frozen=True)
class SubScore:
    """`value` in points with two decimals."""

    code: str
    value: Decimal


def sub_scores(item: RankedItem, names: Names) -> tuple[SubScore, ...]:
    """Always the same parts in the same order, the adjustment only where there is one; none while
    ranking is off."""
    if item.shown_score is None:
        return ()
    found = reasons(item, names)
    codes = [BASE, *(each.code for each in found), ROUND]
    parts = [(str(index), each.contribution) for index, each in enumerate(found)]
    rows = display_rows(item.base, parts, item.score).rows
    sums = dict.fromkeys(PARTS, Decimal("0.00"))
    for code, row in zip(codes, rows, strict=True):
        sums[_OF.get(code, START)] += row.value
    kept = [each for each in PARTS if each != CALIBRATION or CALIBRATION in codes]
    return tuple(SubScore(each, sums[each]) for each in kept)
