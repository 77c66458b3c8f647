"""The hand-written part of the demo data: partners and courses."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from matcher.catalogue.demo.shape import Partner
from matcher.catalogue.origin import Row
from matcher.catalogue.skills import load_taxonomy


@cache
def partners() -> tuple[Partner, ...]:
    return tuple(Partner(**row) for row in _read("partners.json")["partners"])


@cache
def course_sheets() -> tuple[Row, ...]:
    """One a course; see `about` in the file."""
    return tuple(_read("courses.json")["courses"])


def skill_name(slug: str) -> str:
    skill = load_taxonomy().get(slug)
    if skill is None:
        raise KeyError(slug)
    return skill.name_ko


def _read(name: str) -> dict[str, Any]:
    text = (files("matcher.catalogue.demo") / "data" / name).read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content
