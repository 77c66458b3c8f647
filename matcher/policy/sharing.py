"""What a person may share through a link, for how long, and when a link works no more."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final


class Part(StrEnum):
    """In the order a reader sees them; `models.credential.ShareLink.parts` stores the words."""

    NAME = "name"
    CONTACT = "contact"
    CERTIFICATES = "certificates"
    SKILLS = "skills"
    COURSES = "courses"
    PROJECTS = "projects"


LONGEST: Final = timedelta(days=180)
USUAL: Final = timedelta(days=30)
MOST_LINKS: Final = 20
"""Working at the same time: more nobody can keep in view."""
MOST_OPENINGS_HOUR: Final = 60
"""Of one link from one place, and of a dead link the ones that are written down."""


def parts_of(stored: Iterable[object]) -> tuple[Part, ...]:
    """Words nobody knows any more share nothing."""
    chosen = set(stored)
    return tuple(part for part in Part if part.value in chosen)


def is_end_good(ends_on: date, today: date) -> bool:
    """The last day the link works."""
    return today <= ends_on <= today + LONGEST


def has_ended(expires_on: date, revoked_at: datetime | None, today: date) -> bool:
    return revoked_at is not None or today > expires_on
