"""The 37 role profiles of the four partner industries and what each asks for."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal, cast

from matcher.catalogue.origin import Row, read

RoleRequirementKind = Literal["licence", "must", "nice"]
SECTORS: Final = ("space", "energy", "bio", "mobility")


@dataclass(frozen=True, slots=True)
class RoleRequirement:
    """Exactly one of `skill` and `certification` is set; `level` 1..5 for skills, else None.

    Any of `alternatives` (skill slugs) serves as well as `skill`. `fact` is the role list's own
    words; None means the requirement is our proposal. All levels are our proposal.
    """

    kind: RoleRequirementKind
    skill: str | None
    certification: str | None
    level: int | None
    alternatives: tuple[str, ...]
    fact: str | None
    source: str

    @property
    def is_proposal(self) -> bool:
        return self.fact is None

    @property
    def any_of(self) -> tuple[str, ...]:
        """`skill` and its alternatives; empty for a certification."""
        return () if self.skill is None else (self.skill, *self.alternatives)


@dataclass(frozen=True, slots=True)
class Role:
    """`basis` says what the role rests on: `src ...` is a public report, `inferred` is ours."""

    slug: str
    sector: str
    name_ko: str
    name_en: str
    requirements: tuple[RoleRequirement, ...]
    basis: str
    source: str
    valid_from: date

    def name(self, language: str) -> str:
        return self.name_ko if language == "ko" else self.name_en


@cache
def load_roles() -> tuple[Role, ...]:
    """By sector (space, energy, bio, mobility), then in the order of the role list."""
    sources = read("skills.json")["sources"]
    return tuple(_role(row, sources) for row in read("roles.json")["roles"])


def _role(row: Row, sources: Row) -> Role:
    return Role(
        slug=row["slug"],
        sector=row["sector"],
        name_ko=row["name_ko"],
        name_en=row["name_en"],
        requirements=tuple(_requirement(part, sources) for part in row["requirements"]),
        basis=row["basis"],
        source=sources[row["source"]],
        valid_from=date.fromisoformat(row["valid_from"]),
    )


def _requirement(row: Row, sources: Row) -> RoleRequirement:
    return RoleRequirement(
        kind=cast(RoleRequirementKind, row["kind"]),
        skill=row["skill"],
        certification=row["certification"],
        level=row["level"],
        alternatives=tuple(row["alternatives"]),
        fact=row["fact"],
        source=sources[row["source"]],
    )
