"""Projects that were shown: evidence beside certificates for the skills they were made with.

A showing the desk noted is verification 2, seen by the university. It raises no level by itself:
people judge that, and what the desk rates for the project is a record of its own.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from matcher.catalogue.skills import load_taxonomy
from matcher.i18n import current_language
from matcher.store import projects
from matcher.store.projects import ShownRow


@dataclass(frozen=True)
class ShownProject:
    """For the person and the desk that looks after them."""

    id: int
    title: str
    skills: tuple[tuple[str, str], ...]
    """(slug, name) pairs."""
    shown_on: date
    showcase_url: str
    is_demo: bool


@dataclass(frozen=True)
class MaskedShowing:
    """For partners: the skills and the month, nothing anybody wrote and no day to look it up by."""

    month: date
    skills: tuple[str, ...]


def of_one(session: Session, youth_id: int) -> tuple[ShownProject, ...]:
    """The last one first. The caller has checked that the actor may read the person."""
    return tuple(
        ShownProject(
            row.project_id, row.title, _skills(row), row.shown_on, row.showcase_url, row.is_demo
        )
        for row in projects.shown(session, [youth_id])
    )


def masked(session: Session, youth_ids: Collection[int]) -> Mapping[int, tuple[MaskedShowing, ...]]:
    """By person, the last one first; people without any are absent. One query."""
    found: dict[int, tuple[MaskedShowing, ...]] = {}
    for row in projects.shown(session, youth_ids):
        names = tuple(name for _slug, name in _skills(row))
        showing = MaskedShowing(row.shown_on.replace(day=1), names)
        found[row.youth_id] = (*found.get(row.youth_id, ()), showing)
    return found


def _skills(row: ShownRow) -> tuple[tuple[str, str], ...]:
    return tuple((str(each), _name(str(each))) for each in row.skills)


def _name(slug: str) -> str:
    known = load_taxonomy().get(slug)
    return slug if known is None else known.name(current_language())
