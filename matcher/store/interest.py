"""Who saw which openings and courses, and who took an interest, for their popularity.

Only about people who consented to learning (`training_rows.learners`), and before a fixed moment.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from matcher.store.match_rows import IdScope
from models.application import Application
from models.course import CourseSession, Enrolment
from models.trail import Exposure, ExposureKind
from models.youth import SavedItem, SavedKind

Pair = tuple[int, int]
"""(youth, opening or course)."""


def lists_shown(
    session: Session,
    scope: IdScope,
    subject: SavedKind,
    since: datetime,
    until: datetime,
    most: int,
) -> Sequence[tuple[int, list[Any]]]:
    """(youth, items as shown) of the newest lists, at most so many."""
    rows = session.execute(
        select(Exposure.context_id, Exposure.items)
        .where(
            Exposure.subject == subject.value,
            Exposure.kind == ExposureKind.LISTED,
            col(Exposure.at) >= since,
            col(Exposure.at) < until,
            col(Exposure.context_id).in_(scope),
        )
        .order_by(col(Exposure.at).desc(), col(Exposure.id).desc())
        .limit(most)
    )
    return [(row[0], row[1]) for row in rows]


def interested(
    session: Session, scope: IdScope, subject: SavedKind, until: datetime
) -> frozenset[Pair]:
    """Who put it aside for later, and who applied for it or took a place in it."""
    saved = select(SavedItem.youth_id, SavedItem.item_id).where(
        SavedItem.kind == subject,
        col(SavedItem.youth_id).in_(scope),
        col(SavedItem.saved_at) < until,
    )
    acted = _applied(scope, until) if subject is SavedKind.OPENING else _enrolled(scope, until)
    found = [*session.execute(saved), *session.execute(acted)]
    return frozenset((youth, item) for youth, item in found)


def _applied(scope: IdScope, until: datetime) -> Any:
    return select(Application.youth_id, Application.opening_id).where(
        col(Application.youth_id).in_(scope), col(Application.created_at) < until
    )


def _enrolled(scope: IdScope, until: datetime) -> Any:
    return (
        select(Enrolment.youth_id, CourseSession.course_id)
        .join(CourseSession, col(CourseSession.id) == Enrolment.session_id)
        .where(col(Enrolment.youth_id).in_(scope), col(Enrolment.created_at) < until)
    )
