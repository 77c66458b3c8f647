"""The small languages inside a cell: an opening's requirements and a course's skills."""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from .cells import Cells
from .errors import quoted

Mode = Literal["must", "nice", "licence", "exclude"]
Target = Literal["skill", "certification", "licence"]

MOST: Final = 200
LENGTH: Final = 20_000
_MODES: Final[dict[str, Mode]] = {
    "must": "must",
    "필수": "must",
    "nice": "nice",
    "우대": "nice",
    "licence": "licence",
    "license": "licence",
    "면허": "licence",
    "자격": "licence",
    "exclude": "exclude",
    "제외": "exclude",
}
_LEVEL: Final = re.compile(r"(?P<name>.*?)(?:\s*:\s*|\s+)(?P<level>-?\d{1,3})\Z")
_GAIN: Final = re.compile(r"(?P<name>.+?)\s*:\s*(?P<start>\d{1,3})\s*>\s*(?P<end>\d{1,3})\Z")


@dataclass(frozen=True)
class Requirement:
    """`level` is 1..5 for skills, None for certificates and licences."""

    mode: Mode
    target: Target
    ref: str
    level: int | None


@dataclass(frozen=True)
class UnmappedRequirement:
    mode: Mode
    text: str
    level: int


@dataclass(frozen=True)
class SkillGain:
    """Levels 0..5 before and 1..5 after."""

    skill: str
    start: int
    end: int


@dataclass(frozen=True)
class SkillNeed:
    skill: str
    level: int


@dataclass(frozen=True)
class UnmappedSkill:
    """Of a course; `column` is skills_gained or skills_needed (there `start` is 0)."""

    column: str
    text: str
    start: int
    end: int


Entry = TypeVar("Entry")


def _resolved(
    cells: Cells, column: str, name: str, aside: list[Entry] | None, unmapped: Entry
) -> str | None:
    """The slug; else an error, or `unmapped` set aside where the import keeps such skills."""
    if aside is None or cells.lookups.skill(name) is not None:
        return cells.skill_in(column, name)
    aside.append(unmapped)
    return None


def read_requirements(
    cells: Cells, column: str
) -> tuple[tuple[Requirement, ...], tuple[UnmappedRequirement, ...]]:
    """`must python 3; nice SAA; licence 전기기사; exclude ...`; no level means at least 1."""
    found: dict[tuple[str, str], Requirement] = {}
    aside: list[UnmappedRequirement] | None = [] if cells.keep_unmapped else None
    for entry in _entries(cells, column):
        word, _, rest = entry.partition(" ")
        mode, rest = _MODES.get(word.casefold()), rest.strip()
        if mode is None or not rest:
            _bad(cells, column, entry, "must python 3; nice SAA; licence 전기기사")
            continue
        made = _requirement(cells, column, mode, rest, aside)
        if made and (made.target, made.ref) in found:
            shown = quoted(rest)
            cells.fail(column, "twice", f"{shown}이(가) 두 번 있습니다", f"{shown} appears twice")
        elif made:
            found[made.target, made.ref] = made
    return tuple(found.values()), tuple(aside or ())


def _requirement(
    cells: Cells, column: str, mode: Mode, text: str, aside: list[UnmappedRequirement] | None
) -> Requirement | None:
    if mode == "licence":
        return _licence(cells, column, text)
    certification = cells.lookups.certifications.get(text.upper())
    if certification:
        return Requirement(mode, "certification", certification, None)
    name, level = _levelled(cells, column, text)
    if level is None:
        return None
    slug = _resolved(cells, column, name, aside, UnmappedRequirement(mode, name, level))
    return Requirement(mode, "skill", slug, level) if slug else None


def _licence(cells: Cells, column: str, text: str) -> Requirement | None:
    slug = cells.lookups.licence(text)
    if slug is None:
        shown = quoted(text)
        cells.fail(
            column,
            "unknown_licence",
            f"{shown}: 목록에 없는 면허·자격입니다",
            f"{shown} is not a known licence",
        )
        return None
    return Requirement("licence", "licence", slug, None)


def _levelled(cells: Cells, column: str, text: str) -> tuple[str, int | None]:
    """A name that is a skill only with its number keeps it; `python 3` is level 3 of Python,
    though `python3` is another name of it."""
    found = _LEVEL.fullmatch(text)
    if found is None or not found["name"] or _is_name(cells, text, found["name"]):
        return text, 1
    level = int(found["level"])
    return found["name"], level if _level_ok(cells, column, text, level) else None


def _is_name(cells: Cells, text: str, bare: str) -> bool:
    whole = cells.lookups.skill(text)
    return whole is not None and whole != cells.lookups.skill(bare)


def read_gains(
    cells: Cells, column: str
) -> tuple[tuple[SkillGain, ...], tuple[UnmappedSkill, ...]]:
    """`python:1>3; sql:0>2`."""
    gains: dict[str, SkillGain] = {}
    aside: list[UnmappedSkill] | None = [] if cells.keep_unmapped else None
    for entry in _entries(cells, column):
        found = _GAIN.fullmatch(entry)
        if found is None:
            _bad(cells, column, entry, "python:1>3; sql:0>2")
            continue
        name, start, end = found["name"], int(found["start"]), int(found["end"])
        if not 0 <= start < end <= 5:
            _bad(cells, column, entry, "0 ≤ 1 < 3 ≤ 5")
            continue
        slug = _resolved(cells, column, name, aside, UnmappedSkill(column, name, start, end))
        if slug:
            _once(cells, column, gains, slug, SkillGain(slug, start, end))
    return tuple(gains.values()), tuple(aside or ())


def read_needs(
    cells: Cells, column: str
) -> tuple[tuple[SkillNeed, ...], tuple[UnmappedSkill, ...]]:
    """`python:1; linux:2`; no level means at least 1."""
    needs: dict[str, SkillNeed] = {}
    aside: list[UnmappedSkill] | None = [] if cells.keep_unmapped else None
    for entry in _entries(cells, column):
        name, level = _levelled(cells, column, entry)
        if level is None:
            continue
        slug = _resolved(cells, column, name, aside, UnmappedSkill(column, name, 0, level))
        if slug:
            _once(cells, column, needs, slug, SkillNeed(slug, level))
    return tuple(needs.values()), tuple(aside or ())


def _once(cells: Cells, column: str, kept: dict[str, Entry], slug: str, made: Entry) -> None:
    if slug in kept:
        shown = quoted(slug)
        cells.fail(column, "twice", f"{shown}이(가) 두 번 있습니다", f"{shown} appears twice")
    kept.setdefault(slug, made)


def _entries(cells: Cells, column: str) -> list[str]:
    whole = cells.prose_of(column, LENGTH)
    entries = [" ".join(part.split()) for part in re.split(r"[;\n]", whole)]
    entries = [entry for entry in entries if entry]
    if len(entries) > MOST:
        cells.fail(column, "list", f"{MOST}개까지입니다", f"at most {MOST} entries")
        return []
    return entries


def _level_ok(cells: Cells, column: str, text: str, level: int) -> bool:
    if not 1 <= level <= 5:
        shown = quoted(text)
        cells.fail(
            column, "level", f"{shown}: 수준은 1부터 5까지입니다", f"{shown}: levels go from 1 to 5"
        )
        return False
    return True


def _bad(cells: Cells, column: str, entry: str, like: str) -> None:
    shown = quoted(entry)
    cells.fail(
        column,
        "requirement",
        f"{shown}을(를) 알 수 없습니다. 이렇게 적어 주십시오: {like}",
        f"{shown} is not understood; write it like: {like}",
    )


def write_requirements(requirements: tuple[Requirement, ...]) -> str:
    return "; ".join(
        f"{each.mode} {each.ref}" + (f" {each.level}" if each.level else "")
        for each in requirements
    )


def write_gains(gains: tuple[SkillGain, ...]) -> str:
    return "; ".join(f"{gain.skill}:{gain.start}>{gain.end}" for gain in gains)


def write_needs(needs: tuple[SkillNeed, ...]) -> str:
    return "; ".join(f"{need.skill}:{need.level}" for need in needs)
