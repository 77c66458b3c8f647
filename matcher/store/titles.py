"""Titles of openings and courses by id, for lists."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from models.course import Course
from models.opening import Opening

Titles = dict[int, tuple[str, str]]


def openings(session: Session, ids: Sequence[int]) -> Titles:
    rows = session.exec(
        select(Opening.id, Opening.title_ko, Opening.title_en).where(col(Opening.id).in_(ids))
    ).all()
    return {row_id: (ko, en) for row_id, ko, en in rows if row_id is not None}


def courses(session: Session, ids: Sequence[int]) -> Titles:
    rows = session.exec(
        select(Course.id, Course.title_ko, Course.title_en).where(col(Course.id).in_(ids))
    ).all()
    return {row_id: (ko, en) for row_id, ko, en in rows if row_id is not None}
