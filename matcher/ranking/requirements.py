"""Which requirements a person meets, how far, and thanks to what ("5 of 7 met", row A45)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from matcher.ranking.types import (
    CERTIFICATION,
    LICENCE,
    SKILL,
    Adjacency,
    CertificationProof,
    Requirement,
    RequirementKind,
    Seeker,
    SkillProof,
    verified_share,
)

Met = Literal["met", "partly", "missing"]
EXPIRED_CREDIT = 0.3
"""What a certificate past its day still counts: the knowledge was proved once."""
_STRICTER: dict[RequirementKind, int] = {"licence": 0, "must": 1, "nice": 2, "exclude": 3}


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement. `via` names the other skill that counted, and `via_weight` for how much.

    `held_level` is the level held in the asked skill itself (None if it is not held).
    """

    key: str
    kind: RequirementKind
    level: int | None
    met: Met
    credit: float
    held_level: int | None = None
    via: str | None = None
    via_weight: float | None = None
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """`met_count` of `total`: licences, musts and nices met in full; each excluded thing the
    person has takes one away again (never below 0)."""

    lines: tuple[Line, ...]
    met_count: int
    total: int
    musts_met: bool


class Source(NamedTuple):
    """Something held that counts `weight` toward a key. `value` = level, or certificate worth."""

    key: str
    weight: float
    value: float
    verified: float
    expired: bool


class Reach(NamedTuple):
    """All a person's proofs by what they count toward. Build once, check many openings."""

    sources: Mapping[str, tuple[Source, ...]]
    licences: frozenset[str]

    @classmethod
    def of(
        cls,
        seeker: Seeker,
        adjacency: Adjacency,
        today: date | None = None,
        asked: Collection[str] | None = None,
    ) -> "Reach":
        """`asked`: keep only what counts toward these keys, to check one list over many people."""
        found: dict[str, list[Source]] = {}
        for source in _held(seeker, today):
            if asked is None or source.key in asked:
                found.setdefault(source.key, []).append(source)
            for key, weight in neighbours(source.key, adjacency):
                if asked is None or key in asked:
                    found.setdefault(key, []).append(source._replace(weight=weight))
        return cls({key: tuple(sorted(found[key])) for key in sorted(found)}, _licences(seeker))


def full_key(name: str, prefix: str = SKILL) -> str:
    return name if ":" in name else prefix + name


def neighbours(key: str, adjacency: Adjacency) -> list[tuple[str, float]]:
    """What holding `key` counts toward besides itself. Licences neither give nor get credit."""
    plain = key.removeprefix(SKILL)
    near = adjacency.get(plain) or adjacency.get(key) or {}
    full = ((full_key(name), weight) for name, weight in near.items())
    return [
        (other, min(1.0, weight))
        for other, weight in full
        if weight > 0.0 and other != key and not other.startswith(LICENCE)
    ]


def _held(seeker: Seeker, today: date | None) -> Iterable[Source]:
    for slug, skill in seeker.skills.items():
        yield _skill(skill)._replace(key=SKILL + slug)
    for name, proof in seeker.certifications.items():
        yield _certificate(proof, today)._replace(key=CERTIFICATION + name)


def _skill(proof: SkillProof) -> Source:
    return Source(SKILL + proof.slug, 1.0, float(proof.level), proof.verified, False)


def _certificate(proof: CertificationProof, today: date | None) -> Source:
    active = proof.is_active(today)
    worth = 1.0 if active else EXPIRED_CREDIT
    share = verified_share(proof.verification)
    return Source(CERTIFICATION + proof.id, 1.0, worth, share, not active)


def _licences(seeker: Seeker) -> frozenset[str]:
    return frozenset(full_key(each, LICENCE) for each in seeker.licences)


def kind_of(requirement: Requirement) -> RequirementKind:
    """A licence asked as a must is the legal kind: met exactly or not at all."""
    if requirement.kind == "must" and requirement.key.startswith(LICENCE):
        return "licence"
    return requirement.kind


def canonical(requirements: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """In key order, each key once (the stricter kind, the higher level): order and repetition in
    the input change nothing. An exclusion stays beside a wish for the same key."""
    best: dict[tuple[bool, str], Requirement] = {}
    for each in requirements:
        each = Requirement(each.key, kind_of(each), each.level)
        slot = (each.kind == "exclude", each.key)
        held = best.get(slot)
        if held is not None:
            kind = min(each.kind, held.kind, key=_STRICTER.__getitem__)
            # The strictest reading of an exclusion is the lowest level that already excludes.
            pick = min if slot[0] else max
            each = Requirement(each.key, kind, pick(needed_level(each), needed_level(held)))
        best[slot] = each
    return tuple(best[slot] for slot in sorted(best))


def hard(requirements: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """The rules that let in or keep out. Expects canonical requirements."""
    return tuple(each for each in requirements if each.kind in ("licence", "exclude"))


def holds_exactly(seeker: Seeker, requirement: Requirement, today: date | None) -> bool:
    """The very thing asked, at its level and in force; nothing near it counts."""
    kind, _, name = requirement.key.partition(":")
    if kind == "licence":
        return name in seeker.licences or requirement.key in seeker.licences
    if kind == "certification":
        proof = seeker.certifications.get(name)
        return proof is not None and proof.is_active(today)
    skill = seeker.skills.get(name)
    return skill is not None and skill.level >= needed_level(requirement)


def needed_level(requirement: Requirement) -> int:
    return requirement.level or 1


def check(
    seeker: Seeker,
    requirements: Iterable[Requirement],
    adjacency: Adjacency,
    *,
    today: date | None = None,
    reach: Reach | None = None,
) -> Checklist:
    """`today` also expires certificates by date; `reach` saves work over many lists."""
    reach = reach or Reach.of(seeker, adjacency, today)
    return check_canonical(canonical(requirements), reach)


def check_canonical(requirements: Iterable[Requirement], reach: Reach) -> Checklist:
    """`check` for requirements that already went through `canonical`."""
    return summary(tuple(check_one(each, reach) for each in requirements))


def summary(lines: tuple[Line, ...]) -> Checklist:
    asked = [line for line in lines if line.kind != "exclude"]
    hits = sum(line.kind == "exclude" and line.met != "missing" for line in lines)
    hard = all(line.met == "met" for line in asked if line.kind in ("must", "licence"))
    met = sum(line.met == "met" for line in asked)
    return Checklist(lines, max(0, met - hits), len(asked), hard and not hits)


def check_one(requirement: Requirement, reach: Reach) -> Line:
    key, kind, level = requirement.key, requirement.kind, requirement.level
    if key.startswith(LICENCE):
        held = key in reach.licences
        return Line(key, kind, level, "met" if held else "missing", 1.0 if held else 0.0)
    sources = reach.sources.get(key, ())
    own = next((each for each in sources if each.key == key), None)
    if kind in ("licence", "exclude"):
        return _exact(requirement, own)
    need = float(needed_level(requirement)) if key.startswith(SKILL) else 1.0
    credit, best = 0.0, None
    for source in sources:
        value = source.weight * min(1.0, source.value / need)
        if value > credit or (value == credit and source.key == key):
            credit, best = value, source
    met: Met = "met" if credit >= 1.0 else "partly" if credit > 0.0 else "missing"
    line = Line(key, kind, level, met, credit, _level(own), expired=bool(own and own.expired))
    return _with_via(line, best) if best is not None and best.key != key else line


def _exact(requirement: Requirement, own: Source | None) -> Line:
    """Licences and exclusions look at the very thing asked, at its level; nothing near it."""
    is_skill = requirement.key.startswith(SKILL)
    need = float(needed_level(requirement)) if is_skill else 1.0
    held = own is not None and own.value >= need
    return Line(
        requirement.key,
        requirement.kind,
        requirement.level,
        "met" if held else "missing",
        1.0 if held else 0.0,
        _level(own),
        expired=bool(own and own.expired),
    )


def _level(source: Source | None) -> int | None:
    return int(source.value) if source is not None and source.key.startswith(SKILL) else None


def _with_via(line: Line, source: Source) -> Line:
    return replace(line, via=source.key, via_weight=source.weight)
