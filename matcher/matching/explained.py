"""One ranked pair as a partner's screen shows it: half points, checked requirements, reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.matching.certified import Backing, backing
from matcher.matching.checklist import KIND_ORDER, UNTOLD, proof_stage
from matcher.matching.reasons import Brief, ReasonRow, briefly, reasons_view, spoken
from matcher.ranking.display import half_points
from matcher.ranking.explain import Names
from matcher.ranking.recommend import RankedItem
from matcher.ranking.requirements import Line, Met
from matcher.ranking.types import SKILL, RequirementKind, Seeker


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
    backed: Backing | None = None
    """The certificate that alone gives the level held."""


@dataclass(frozen=True)
class Explained:
    """`score` None and no `rows` and `brief` while ranking is off."""

    score: float | None
    met: int
    total: int
    musts_met: bool
    lines: tuple[CheckedLine, ...]
    rows: tuple[ReasonRow, ...]
    brief: tuple[Brief, ...]


def explained(
    item: RankedItem,
    seeker: Seeker,
    names: Names,
    day: date,
    *,
    formal: bool,
    licences: Mapping[str, int] = UNTOLD,
) -> Explained:
    """In the reader's language, lines in the order licence, must, nice, exclude. `licences`: the
    verification of those held."""
    lines = sorted(item.checklist.lines, key=lambda line: (KIND_ORDER[line.kind], line.key))
    return Explained(
        score=None if item.shown_score is None else half_points(item.score),
        met=item.checklist.met_count,
        total=item.checklist.total,
        musts_met=item.checklist.musts_met,
        lines=tuple(_line(each, seeker, names, day, licences) for each in lines),
        rows=() if item.shown_score is None else reasons_view(item, names, formal=formal).rows,
        brief=briefly(item, names),
    )


def _line(
    line: Line, seeker: Seeker, names: Names, day: date, licences: Mapping[str, int]
) -> CheckedLine:
    slug = line.key.removeprefix(SKILL)
    return CheckedLine(
        key=line.key,
        name=spoken(line.key, names),
        kind=line.kind,
        met=line.met,
        need=line.level if line.key.startswith(SKILL) else None,
        held=line.held_level,
        stage=proof_stage(line.via or line.key, seeker, licences),
        via=None if line.via is None else spoken(line.via, names),
        via_weight=line.via_weight,
        expired=line.expired,
        backed=backing(seeker, slug, line.held_level, day),
    )
