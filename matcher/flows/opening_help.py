"""Help while writing a posting: what a typed requirement means, and a start from a role."""

from dataclasses import dataclass
from datetime import date

from matcher.catalogue.minimum_wage import MinimumWage
from matcher.catalogue.roles import load_roles
from matcher.matching.wanted import choices, meant
from matcher.policy import openings as rules
from models.opening import RequirementKind


@dataclass(frozen=True)
class RowHelp:
    """What a typed requirement means so far; `choices` are (key, name) pairs when it is unclear."""

    name: str = ""
    level_texts: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()


def help_with(text: str, pick: str = "") -> RowHelp:
    """For a form shown again: the level sentences of what is meant, or what it may mean."""
    found = meant(text) or (meant(pick) if pick else None)
    options = () if meant(text) else choices(text)
    named = tuple((each.key, each.name) for each in options)
    if found is None:
        return RowHelp(choices=named)
    return RowHelp(found.name, found.level_texts, named)


@dataclass(frozen=True)
class PayFloor:
    """`year` = the year the pay is for; `rate` may be of an earlier one, where no later is."""

    year: int
    rate: MinimumWage


def pay_floor(starts_on: date | None, closes_on: date) -> PayFloor | None:
    year = rules.pay_year(starts_on, closes_on)
    rate = rules.minimum_wage(year)
    return None if rate is None else PayFloor(year, rate)


@dataclass(frozen=True)
class RoleStart:
    """`rows` = (kind, name, level) of each proposed requirement."""

    slug: str
    sector: str
    name_ko: str
    name_en: str
    rows: tuple[tuple[RequirementKind, str, int | None], ...]


def from_role(slug: str) -> RoleStart | None:
    """The catalogue's proposal for a role, to start a posting from."""
    role = next((each for each in load_roles() if each.slug == slug), None)
    if role is None:
        return None
    wanted = []
    for each in role.requirements:
        key = f"certification:{each.certification}" if each.certification else each.skill or ""
        found = meant(key)
        if found is not None:
            wanted.append((RequirementKind(each.kind), found.name, each.level))
    return RoleStart(role.slug, role.sector, role.name_ko, role.name_en, tuple(wanted))
