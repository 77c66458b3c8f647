"""Courses with one dated session a row."""

from typing import Any

from matcher.db import Unit
from matcher.exchange.courses import CourseRow
from matcher.exchange.parsing import Parsed
from matcher.flows.importing.known import Known
from matcher.matching.desk_courses import touch
from matcher.policy.course_terms import languages_text
from matcher.store import import_rows
from matcher.store.batches import Recorder
from models.course import (
    Course,
    CourseMode,
    CourseSession,
    CourseSkill,
    CourseSkillKind,
    CourseState,
)


def write(unit: Unit, recorder: Recorder, known: Known, parsed: Parsed) -> None:
    """A course known by its provider and external id gets the row's values."""
    for row in parsed.rows:
        organisation_id = known.organisations[row.provider]
        course = import_rows.course(unit.session, organisation_id, row.external_id)
        if course is None:
            course = Course(
                organisation_id=organisation_id,
                external_id=row.external_id or None,
                created_at=unit.now,
                updated_at=unit.now,
                **_values(row),
            )
            recorder.make(course)
            unit.session.flush()  # session and skills need the course's id
        elif recorder.change(course, _values(row)):
            touch(unit, course)
        assert course.id is not None
        if _moved(unit, recorder, course.id, row):
            touch(unit, course)  # calendars take a change only with a later number
        _skills(unit, recorder, course.id, row)


def _values(row: CourseRow) -> dict[str, Any]:
    return {
        "state": CourseState(row.state or CourseState.PUBLISHED),
        "title_ko": row.title_ko,
        "title_en": row.title_en or row.title_ko,
        "field": row.field,
        "level": row.level,
        "kind": row.kind,
        "content": row.content,
        "mode": CourseMode(row.mode),
        "languages": languages_text(row.languages),
        "place": row.place,
        "total_hours": row.total_hours,
        "fee_krw": row.fee_krw,
        "eligibility": row.eligibility,
        "completion_rule": row.completion_rule,
        "linked_certification": row.linked_certification or None,
        "credit": row.credit,
        "rise_code": row.rise_code or None,
        "contact": row.contact,
    }


def _moved(unit: Unit, recorder: Recorder, course_id: int, row: CourseRow) -> bool:
    """Writes the row's session; whether one that was there has changed."""
    values: dict[str, Any] = {
        "ends_on": row.ends_on,
        "applications_open_on": row.applications_open_on,
        "applications_close_on": row.applications_close_on,
        "weekly_hours": row.weekly_hours or _per_week(row),
        "seats": row.seats,
    }
    held = import_rows.session_on(unit.session, course_id, row.starts_on)
    if held is None:
        recorder.make(CourseSession(course_id=course_id, starts_on=row.starts_on, **values))
        return False
    return recorder.change(held, values)


def _per_week(row: CourseRow) -> int:
    weeks = max(1, round(((row.ends_on - row.starts_on).days + 1) / 7))
    return max(1, round(row.total_hours / weeks))


def _skills(unit: Unit, recorder: Recorder, course_id: int, row: CourseRow) -> None:
    wanted = [
        CourseSkill(
            course_id=course_id,
            kind=CourseSkillKind.GAINED,
            skill=gain.skill,
            from_level=gain.start,
            level=gain.end,
        )
        for gain in row.skills_gained
    ] + [
        CourseSkill(
            course_id=course_id, kind=CourseSkillKind.NEEDED, skill=need.skill, level=need.level
        )
        for need in row.skills_needed
    ]
    held = {
        (each.kind, each.skill): each for each in import_rows.course_skills(unit.session, course_id)
    }
    for each in wanted:
        known = held.get((each.kind, each.skill))
        if known is None:
            recorder.make(each)
        else:
            recorder.change(known, {"level": each.level, "from_level": each.from_level})
