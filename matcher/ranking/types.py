"""The plain values that go into a ranking. These fields may influence a score; nothing else can.

There is no name, sex, age, address or school on purpose (`reliability.md` R2): a field that is
not listed cannot be scored.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

RequirementKind = Literal["licence", "must", "nice", "exclude"]
Adjacency = Mapping[str, Mapping[str, float]]
"""`adjacency["azure-networking"]["aws-networking"] == 0.5`: having the first counts half toward
the second. Plain slugs are skills; `certification:ID` on both sides links certificates."""

LEVELS = (1, 2, 3, 4, 5)
SKILL, CERTIFICATION, LICENCE = "skill:", "certification:", "licence:"


def verified_share(verification: int) -> float:
    """Verification 1 (own word) .. 4 (signature checked) as 0..1."""
    if verification not in (1, 2, 3, 4):
        raise ValueError(f"verification must be 1 to 4, got {verification!r}")
    return (verification - 1) / 3


@dataclass(frozen=True, slots=True)
class SkillProof:
    """A skill held at `level` 1..5; `verified` 0..1 says how well it is proved."""

    slug: str
    level: int
    verified: float = 0.0

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f"level of {self.slug!r} must be 1 to 5, got {self.level!r}")
        if not 0.0 <= self.verified <= 1.0:
            raise ValueError(f"verified of {self.slug!r} must be 0 to 1, got {self.verified!r}")


@dataclass(frozen=True, slots=True)
class CertificationProof:
    """A certificate once passed; it counts fully while `active` and not past `expires_on`."""

    id: str
    active: bool = True
    expires_on: date | None = None
    verification: int = 1

    def __post_init__(self) -> None:
        verified_share(self.verification)

    def is_active(self, today: date | None) -> bool:
        if not self.active:
            return False
        return today is None or self.expires_on is None or self.expires_on >= today


@dataclass(frozen=True, slots=True)
class Seeker:
    """One person as the ranking sees them. Wishes are 0..1; an empty mapping means "not stated"."""

    id: int
    skills: Mapping[str, SkillProof] = field(default_factory=dict)
    certifications: Mapping[str, CertificationProof] = field(default_factory=dict)
    sectors: Mapping[str, float] = field(default_factory=dict)
    regions: Mapping[str, float] = field(default_factory=dict)
    employment: Mapping[str, float] = field(default_factory=dict)
    weekly_hours: int | None = None
    available_from: date | None = None
    budget_krw: int | None = None
    text: str = ""
    licences: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for wishes in (self.sectors, self.regions, self.employment):
            for name, wish in wishes.items():
                if not (math.isfinite(wish) and 0.0 <= wish <= 1.0):
                    raise ValueError(f"wish for {name!r} must be 0 to 1, got {wish!r}")

    @property
    def is_blank(self) -> bool:
        """Nothing recorded that a ranking could use."""
        proofs = self.skills or self.certifications or self.licences
        wishes = self.sectors or self.regions or self.employment
        return not (proofs or wishes or self.text.strip())


@dataclass(frozen=True, slots=True)
class Requirement:
    """`key` is `skill:slug`, `certification:ID` or `licence:slug`; `level` 1..5 for skills."""

    key: str
    kind: RequirementKind
    level: int | None = None

    def __post_init__(self) -> None:
        if not self.key.startswith((SKILL, CERTIFICATION, LICENCE)):
            raise ValueError(f"requirement key needs a known prefix, got {self.key!r}")
        if self.level is not None and self.level not in LEVELS:
            raise ValueError(f"level of {self.key!r} must be 1 to 5, got {self.level!r}")


def _check_popularity(popularity: float | None) -> None:
    if popularity is not None and not 0.0 <= popularity <= 1.0:
        raise ValueError(f"popularity must be 0 to 1, got {popularity!r}")


@dataclass(frozen=True, slots=True)
class Opening:
    """`mentioned`: slugs of skills the text names. `popularity` 0..1, None = not known."""

    id: int
    sector: str | None = None
    requirements: tuple[Requirement, ...] = ()
    text: str = ""
    region: str | None = None
    employment_type: str | None = None
    posted_on: date | None = None
    closes_on: date | None = None
    starts_on: date | None = None
    mentioned: frozenset[str] = frozenset()
    popularity: float | None = None

    def __post_init__(self) -> None:
        _check_popularity(self.popularity)


@dataclass(frozen=True, slots=True)
class SessionSlot:
    """One dated run of a course. `seats_left` None = no limit."""

    starts_on: date
    ends_on: date
    weekly_hours: float = 0.0
    seats_left: int | None = None
    fee_krw: int = 0
    applications_close_on: date | None = None
    id: int | None = None

    def is_open(self, today: date) -> bool:
        closes = self.applications_close_on or self.starts_on
        return closes >= today


@dataclass(frozen=True, slots=True)
class Course:
    """`gained` maps a skill slug to (from level 0..4, to level 1..5)."""

    id: int
    sector: str | None = None
    gained: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    needed: tuple[Requirement, ...] = ()
    sessions: tuple[SessionSlot, ...] = ()
    certifications: tuple[str, ...] = ()
    text: str = ""
    mode: str | None = None
    popularity: float | None = None

    def __post_init__(self) -> None:
        _check_popularity(self.popularity)
        for slug, (low, high) in self.gained.items():
            if not (0 <= low < high <= 5):
                raise ValueError(f"{slug!r} must rise within 0 to 5, got {low!r} to {high!r}")


@dataclass(frozen=True, slots=True)
class Target:
    """An opening (real, or made from a wished sector) that a course may bring nearer."""

    opening: Opening
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.weight) and self.weight >= 0.0):
            raise ValueError(f"target weight must be finite and not negative: {self.weight!r}")


def collect_skills(proofs: Iterable[SkillProof]) -> dict[str, SkillProof]:
    """By slug, in slug order; repeats count once: the highest level, then the best proof of it."""
    best: dict[str, SkillProof] = {}
    for proof in proofs:
        held = best.get(proof.slug)
        if held is None or (proof.level, proof.verified) > (held.level, held.verified):
            best[proof.slug] = proof
    return {slug: best[slug] for slug in sorted(best)}


def level_after(level: int, step: tuple[int, int]) -> int:
    """Level after a course that takes people from `step[0]` to `step[1]`; never lower than before.

    Who starts below the course's entry level climbs as many steps, not to the top.
    """
    low, high = step
    return max(level, min(high, level + high - low))
