"""Courses of the public feed: the universities' own under their name, all others listed by the
RISE centre with the provider in words."""

from datetime import timedelta
from typing import Any

from matcher.db import Unit
from matcher.exchange.hrdnet import SOURCE, FeedRow
from matcher.exchange.parsing import Parsed
from matcher.flows.importing.known import Known
from matcher.store import import_rows
from matcher.store.batches import Recorder
from models.course import Course, CourseMode, CourseSession, CourseState

LISTER = "rise-centre"
"""The organisation under which courses of providers that are none of ours are listed."""


def write(unit: Unit, recorder: Recorder, known: Known, parsed: Parsed) -> None:
    """A round known from an earlier look gets the row's values; the state a desk gave it stays."""
    for row in parsed.rows:
        organisation_id = known.organisations[row.university or LISTER]
        course = import_rows.course(unit.session, organisation_id, row.external_id)
        if course is None:
            course = Course(
                organisation_id=organisation_id,
                external_id=row.external_id,
                state=CourseState.PUBLISHED,
                source=SOURCE,
                total_hours=0,
                level="",
                created_at=unit.now,
                updated_at=unit.now,
                fetched_at=unit.now,
                **_values(row),
            )
            recorder.make(course)
            unit.session.flush()  # the session needs the course's id
        elif recorder.change(course, _values(row)):
            course.version += 1
            course.updated_at = course.fetched_at = unit.now
        assert course.id is not None
        _session(unit, recorder, course.id, row)


def _values(row: FeedRow) -> dict[str, Any]:
    return {
        "title_ko": row.title,
        "title_en": row.title,
        "provider": "" if row.university else row.subTitle,
        "field": row.field,
        "kind": row.kind,
        "content": row.content,
        "mode": CourseMode(row.mode),
        "place": row.address,
        "fee_krw": row.courseMan,
        "support": row.support,
        "eligibility": row.trainTarget,
        "contact": row.telNo,
        "source_url": row.source_url,
    }


def _session(unit: Unit, recorder: Recorder, course_id: int, row: FeedRow) -> None:
    """The feed counts applicants, not seats taken; as many seats as people are shown as gone."""
    last_day = row.traStartDate - timedelta(days=1)
    values: dict[str, Any] = {
        "starts_on": row.traStartDate,
        "ends_on": row.traEndDate,
        "applications_close_on": last_day,
        "seats": row.yardMan,
        "taken": min(row.regCourseMan, row.yardMan),
    }
    held = import_rows.only_session(unit.session, course_id)
    if held is not None:
        recorder.change(held, values)
        return
    opens_on = min(unit.today, last_day)
    recorder.make(
        CourseSession(
            course_id=course_id,
            applications_open_on=opens_on,
            weekly_hours=0,
            **values,
        )
    )
