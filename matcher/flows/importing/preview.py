"""Rows as they were understood, in the reader's words; the file keeps its values."""

import re
from collections.abc import Sequence

from matcher.catalogue.skills import load_taxonomy
from matcher.exchange import KINDS
from matcher.exchange.vocabulary import SEVERAL, Vocabulary
from matcher.i18n import current_language, in_language

_SKILLS = frozenset({"skill", "skills_gained", "skills_needed"})
_SLUG = re.compile(r"[^:;\s]+")


def in_words(kind: str, cells: Sequence[str]) -> tuple[str, ...]:
    """Cells in the order of the kind's columns."""
    return tuple(
        _skills(cell) if column.name in _SKILLS else _said(column.words, cell)
        for column, cell in zip(KINDS[kind].columns, cells, strict=False)
    )


def _said(words: Vocabulary | None, cell: str) -> str:
    if words is None:
        return cell
    parts = cell.split(SEVERAL)
    return SEVERAL.join(in_language(words.ko(part), words.en(part)) for part in parts)


def _skills(cell: str) -> str:
    """`python:1>3; sql:0>2` with the names of the skills."""
    return SEVERAL.join(_SLUG.sub(_name, part, count=1) for part in cell.split(SEVERAL))


def _name(found: re.Match[str]) -> str:
    skill = load_taxonomy().get(found[0])
    return skill.name(current_language()) if skill is not None else found[0]
