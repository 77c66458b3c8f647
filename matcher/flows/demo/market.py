"""Courses and openings, what young people do about them, and what was shown to whom."""

from datetime import timedelta

from matcher.catalogue.demo.shape import Showing
from matcher.clock import day_of
from matcher.flows.demo.writing import Row, Writing
from models.application import (
    Application,
    ApplicationEvent,
    ClosingCause,
    Introduction,
    ShortlistEntry,
)
from models.course import Course, CourseSession, CourseSkill, CourseState, Enrolment
from models.opening import Opening, OpeningRequirement
from models.study import PracticeScore, StudyEntry
from models.trail import Exposure
from models.voucher import Voucher
from models.youth import SavedItem

ANSWER_TIME = timedelta(days=14)
CAUSES = {
    "hired_elsewhere": ClosingCause.ACCEPTED_ELSEWHERE,
    "closed": ClosingCause.OPENING_ENDED,
}


def courses(writing: Writing) -> None:
    data, rows = writing.data, writing.rows
    more = {"state": CourseState.PUBLISHED, "is_demo": True, "version": 1}
    writing.add_numbered("course", Course, rows(data.courses, **more))
    writing.add(CourseSkill, rows(data.course_skills))
    writing.add_numbered("session", CourseSession, rows(data.sessions))
    writing.add_numbered("enrolment", Enrolment, rows(data.enrolments))


def openings(writing: Writing) -> None:
    data, rows = writing.data, writing.rows
    writing.add_numbered("opening", Opening, rows(data.openings, is_demo=True, version=1))
    writing.add(OpeningRequirement, rows(data.requirements))


def between(writing: Writing) -> None:
    """What was saved, applied for, introduced, shortlisted and shown."""
    data, rows = writing.data, writing.rows
    saved = rows(data.saved)
    for row in saved:
        row["item_id"] = writing.ids[row["kind"]][row.pop("item")]
    writing.add(SavedItem, saved)
    writing.add_numbered(
        "application", Application, [_case(row) for row in rows(data.applications)]
    )
    writing.add(ApplicationEvent, rows(data.steps))
    writing.add(Introduction, rows(data.introductions))
    writing.add(ShortlistEntry, rows(data.shortlistings))
    writing.add(Exposure, [_exposure(writing, showing) for showing in data.showings])


def _case(row: Row) -> Row:
    """With the clock while an answer is owed, and the cause of what nobody closed."""
    is_owed = row["state"] in ("sent", "under_review")
    answer_by = day_of(row["created_at"]) + ANSWER_TIME if is_owed else None
    return row | {"answer_by": answer_by, "cause": CAUSES.get(row["state"])}


def progress(writing: Writing) -> None:
    data, rows = writing.data, writing.rows
    writing.add(StudyEntry, rows(data.studied))
    writing.add(PracticeScore, rows(data.practised))
    writing.add(Voucher, rows(data.vouchers, is_demo=True, version=1))


def _exposure(writing: Writing, showing: Showing) -> Row:
    ids = writing.ids
    subject = "youth" if showing.subject == "candidate" else showing.subject
    context = "opening" if showing.subject == "candidate" else "youth"
    return {
        "at": showing.at,
        "account_id": ids["account"][showing.account],
        "kind": showing.kind,
        "subject": showing.subject,
        "context_id": ids[context][showing.context],
        "model_version": showing.model_version,
        "items": [[ids[subject][number], rank, score] for number, rank, score in showing.items],
    }
