"""Rows of the `skills` command."""

from typing import Any

from matcher.catalogue.skills import Skill, load_taxonomy


def rows(text: str, limit: int = 20) -> list[dict[str, Any]]:
    """The skills a text finds, best first; every skill in slug order when it is blank."""
    taxonomy = load_taxonomy()
    found = taxonomy.search(text, limit) if text.strip() else taxonomy.skills[: max(limit, 0)]
    return [_row(skill) for skill in found]


def _row(skill: Skill) -> dict[str, Any]:
    return {
        "slug": skill.slug,
        "name_ko": skill.name_ko,
        "name_en": skill.name_en,
        "kind": skill.kind,
        "parent": skill.parent,
    }
