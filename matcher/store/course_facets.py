"""Courses as narrow rows, for lists that look at every course and show twenty."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import String, type_coerce
from sqlmodel import Session, col, select

from matcher.store.courses import IdScope, SessionRow
from models.course import Course, CourseSession, CourseSkill, CourseSkillKind
from models.organisation import Organisation


class FacetRow(NamedTuple):
    """Attributes as on `Course`, and the university; `content` empty unless it was asked for."""

    id: int
    title_ko: str
    title_en: str
    provider: str
    source: str
    sector: str | None
    field: str
    level: str
    kind: str
    mode: str
    languages: str
    fee_krw: int
    credit: str
    is_shared: bool
    rise_project: str
    rise_code: str | None
    linked_certification: str | None
    organisation_slug: str
    organisation_ko: str
    organisation_en: str
    content: str


class RunRow(NamedTuple):
    course_id: int
    starts_on: date
    applications_open_on: date
    applications_close_on: date
    weekly_slots: list[Any]
    seats: int
    taken: int
    mode: str | None


_COLUMNS = (
    Course.id,
    Course.title_ko,
    Course.title_en,
    Course.provider,
    Course.source,
    Course.sector,
    Course.field,
    Course.level,
    Course.kind,
    type_coerce(Course.mode, String),
    Course.languages,
    Course.fee_krw,
    Course.credit,
    Course.is_shared,
    Course.rise_project,
    Course.rise_code,
    Course.linked_certification,
    Organisation.slug,
    Organisation.name_ko,
    Organisation.name_en,
)


def rows(session: Session, scope: IdScope, with_content: bool) -> Sequence[FacetRow]:
    """In id order. Descriptions are most of the bytes and only a search needs them."""
    columns = (*_COLUMNS, Course.content) if with_content else _COLUMNS
    found = session.execute(
        select(*columns)
        .join(Organisation, col(Organisation.id) == Course.organisation_id)
        .where(col(Course.id).in_(scope))
        .order_by(col(Course.id))
    )
    more = () if with_content else ("",)
    return [FacetRow(*row, *more) for row in found]


def facet_row(course: Course, organisation: Organisation) -> FacetRow:
    return FacetRow(
        course.id or 0,
        course.title_ko,
        course.title_en,
        course.provider,
        course.source,
        course.sector,
        course.field,
        course.level,
        course.kind,
        course.mode.value,
        course.languages,
        course.fee_krw,
        course.credit,
        course.is_shared,
        course.rise_project,
        course.rise_code,
        course.linked_certification,
        organisation.slug,
        organisation.name_ko,
        organisation.name_en,
        course.content,
    )


def runs(session: Session, scope: IdScope, today: date) -> Sequence[RunRow]:
    """Those that are not over, by course, the earliest first."""
    found = session.execute(
        select(
            CourseSession.course_id,
            CourseSession.starts_on,
            CourseSession.applications_open_on,
            CourseSession.applications_close_on,
            CourseSession.weekly_slots,
            CourseSession.seats,
            CourseSession.taken,
            type_coerce(CourseSession.mode, String),
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .where(col(CourseSession.course_id).in_(scope), col(CourseSession.ends_on) >= today)
        .order_by(col(CourseSession.course_id), col(CourseSession.starts_on), col(CourseSession.id))
    )
    return [RunRow(*row) for row in found]


def run_row(row: SessionRow) -> RunRow:
    mode = row.mode.value if row.mode is not None else None
    return RunRow(
        row.course_id,
        row.starts_on,
        row.applications_open_on,
        row.applications_close_on,
        row.weekly_slots,
        row.seats,
        row.taken,
        mode,
    )


def gained(session: Session, scope: IdScope) -> Sequence[tuple[int, str]]:
    """(course, skill) of what each course brings."""
    found = session.execute(
        select(CourseSkill.course_id, CourseSkill.skill)
        .where(
            col(CourseSkill.course_id).in_(scope), col(CourseSkill.kind) == CourseSkillKind.GAINED
        )
        .order_by(col(CourseSkill.course_id), col(CourseSkill.skill))
    )
    return [(row[0], row[1]) for row in found]
