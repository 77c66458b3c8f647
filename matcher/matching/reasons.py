"""One ranked pair as a screen shows it: half points, checked requirements, rows that add up."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from matcher.i18n import current_language
from matcher.ranking.display import display_rows, half_points
from matcher.ranking.explain import base_reason, name_of, reasons, round_reason
from matcher.ranking.recommend import RankedItem
from matcher.ranking.requirements import Line, Met
from matcher.ranking.types import CERTIFICATION, SKILL, RequirementKind, Seeker

Names = Mapping[str, tuple[str, str]]
RowKind = Literal["base", "round", ""]


@dataclass(frozen=True)
class ReasonRow:
    """`value` has two decimals; all rows of a score add up to its half points exactly."""

    label: str
    value: Decimal
    kind: RowKind


@dataclass(frozen=True)
class CheckedLine:
    """`stage` is the verification 1..4 of what is held; `via` names a similar skill that counted
    `via_weight` of the way. Levels are None for certificates and licences."""

    key: str
    name: str
    kind: RequirementKind
    met: Met
    need: int | None
    held: int | None
    stage: int | None
    via: str | None
    via_weight: float | None
    expired: bool


@dataclass(frozen=True)
class Explained:
    score: float
    met: int
    total: int
    musts_met: bool
    lines: tuple[CheckedLine, ...]
    rows: tuple[ReasonRow, ...]


def explained(item: RankedItem, seeker: Seeker, names: Names, *, formal: bool) -> Explained:
    """In the reader's language. Lines are in the order licence, must, nice, exclude."""
    order = {"licence": 0, "must": 1, "nice": 2, "exclude": 3}
    lines = sorted(item.checklist.lines, key=lambda line: (order[line.kind], line.key))
    return Explained(
        score=half_points(item.score),
        met=item.checklist.met_count,
        total=item.checklist.total,
        musts_met=item.checklist.musts_met,
        lines=tuple(_line(each, seeker, names) for each in lines),
        rows=_rows(item, names, formal),
    )


def _rows(item: RankedItem, names: Names, formal: bool) -> tuple[ReasonRow, ...]:
    """Rows of 0.00 say nothing and are left out; the sum does not change by it."""
    korean = current_language() == "ko"
    found = reasons(item, names, formal=formal)
    shown = display_rows(item.base, [(each.code, each.contribution) for each in found], item.score)
    ends = (base_reason(item, formal=formal), round_reason(0.0, formal=formal))
    said = (ends[0], *found, ends[1])
    plain: list[RowKind] = ["" for _ in found]
    kinds: tuple[RowKind, ...] = ("base", *plain, "round")
    return tuple(
        ReasonRow(reason.text_ko if korean else reason.text_en, row.value, kind)
        for reason, row, kind in zip(said, shown.rows, kinds, strict=True)
        if row.value != 0 or kind == "base"
    )


def _line(line: Line, seeker: Seeker, names: Names) -> CheckedLine:
    return CheckedLine(
        key=line.key,
        name=_named(line.key, names),
        kind=line.kind,
        met=line.met,
        need=line.level if line.key.startswith(SKILL) else None,
        held=line.held_level,
        stage=_stage(line.via or line.key, seeker),
        via=None if line.via is None else _named(line.via, names),
        via_weight=line.via_weight,
        expired=line.expired,
    )


def _named(key: str, names: Names) -> str:
    pair = name_of(key, names)
    return pair.ko if current_language() == "ko" else pair.en


def _stage(key: str, seeker: Seeker) -> int | None:
    if key.startswith(CERTIFICATION):
        proof = seeker.certifications.get(key.removeprefix(CERTIFICATION))
        return None if proof is None else proof.verification
    skill = seeker.skills.get(key.removeprefix(SKILL))
    return None if skill is None else 1 + round(skill.verified * 3)
