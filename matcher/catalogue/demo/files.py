"""The hand-written part of the demo data, and the role profiles it hangs on."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from matcher.catalogue.demo.shape import Partner
from matcher.catalogue.origin import Row, read

REGIONS = ("제주시", "서귀포시", "원격")


@dataclass(frozen=True, slots=True)
class Need:
    """`options` are skill slugs of which any one serves, the first being the usual one."""

    options: tuple[str, ...]
    level: int


@dataclass(frozen=True, slots=True)
class RoleNeeds:
    slug: str
    sector: str
    name_ko: str
    name_en: str
    must: tuple[Need, ...]
    nice: tuple[Need, ...]
    licences: tuple[tuple[str, ...], ...]
    """Each group lists licences of which any one serves."""
    certifications: tuple[str, ...]


@cache
def role_needs() -> tuple[RoleNeeds, ...]:
    """The 37 role profiles, in the order of the catalogue."""
    return tuple(_role(row) for row in read("roles.json")["roles"])


@cache
def partners() -> tuple[Partner, ...]:
    return tuple(Partner(**row) for row in _read("partners.json")["partners"])


@cache
def course_sheets() -> tuple[Row, ...]:
    return tuple(_read("courses.json")["courses"])


@cache
def skill_names() -> dict[str, str]:
    """Korean names by slug, legal licences included."""
    kinds = sorted(
        (entry for entry in (files("matcher.catalogue") / "data" / "skills").iterdir()),
        key=lambda entry: entry.name,
    )
    rows = [row for entry in kinds for row in json.loads(entry.read_text("utf-8"))["skills"]]
    return {row["slug"]: row["name_ko"] for row in rows}


def _read(name: str) -> dict[str, Any]:
    text = (files("matcher.catalogue.demo") / "data" / name).read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


def _role(row: Row) -> RoleNeeds:
    def needs(kind: str) -> tuple[Need, ...]:
        found = [need for need in row["requirements"] if need["kind"] == kind and need["skill"]]
        return tuple(Need(_options(need), need["level"]) for need in found)

    return RoleNeeds(
        slug=row["slug"],
        sector=row["sector"],
        name_ko=row["name_ko"],
        name_en=row["name_en"],
        must=needs("must"),
        nice=needs("nice"),
        licences=tuple(
            _options(need) for need in row["requirements"] if need["kind"] == "licence"
        ),
        certifications=tuple(
            need["certification"] for need in row["requirements"] if need["certification"]
        ),
    )


def _options(need: Row) -> tuple[str, ...]:
    return (need["skill"], *need["alternatives"])
