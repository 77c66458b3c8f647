"""Facts of one reporting year for the indicators: everybody's, in a constant number of statements.

Not scoped by actor: which counts must be hidden depends on the other desks' counts too. Flows
hand rows out only after `matching/evaluation.py` kept those of the actor's own desk.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlmodel import Session, col

from matcher.clock import day_of, start_of
from matcher.planning.facts import OTHER, Event, Facts, Job, Pass, Post, Run, Seat
from models.account import Account, AccountState
from models.application import Application, ApplicationEvent, ApplicationState
from models.certification import AttemptState, CertificationRecord
from models.course import Course, CourseSession, Enrolment
from models.opening import Opening
from models.outcome import Outcome, OutcomeCheck, OutcomeKind, OutcomeState
from models.youth import Affiliation, AffiliationState, YouthProfile

INTERN = "intern"
"""Slug of the internship kind in catalogue/data/employment.json."""


@dataclass(frozen=True)
class Window:
    """From the first day up to the day after the last, as known at `as_of`."""

    first: date
    after: date
    as_of: datetime


def facts(
    session: Session,
    window: Window,
    universities: Collection[int],
    levels: Mapping[str, str],
) -> Facts:
    """`levels` maps a certification to its level."""
    return Facts(
        first=window.first,
        runs=_runs(session, window, universities),
        seats=_seats(session, window, universities),
        passes=_passes(session, window, levels),
        jobs=_jobs(session, window),
        founded=_founded(session, window),
        interns=_interns(session, window),
        otherwise=_otherwise(session, window),
        earlier=_earlier(session, window),
        posts=_posts(session, window),
        homes=_homes(session, universities),
    )


def _begins_in(window: Window) -> Any:
    starts = col(CourseSession.starts_on)
    return and_(starts >= window.first, starts < window.after)


def _runs(session: Session, window: Window, known: Collection[int]) -> tuple[Run, ...]:
    found = session.execute(
        select(
            col(CourseSession.id),
            col(Course.organisation_id),
            col(Course.rise_project),
            col(CourseSession.seats),
        )
        .join(Course, col(Course.id) == col(CourseSession.course_id))
        .where(_begins_in(window))
    )
    return tuple(Run(n, _group(by, known), project, seats) for n, by, project, seats in found)


def _seats(session: Session, window: Window, known: Collection[int]) -> tuple[Seat, ...]:
    found = session.execute(
        select(
            col(Enrolment.id),
            col(Enrolment.youth_id),
            col(Enrolment.state),
            col(Course.organisation_id),
            col(Course.rise_project),
            col(Course.is_shared),
            col(YouthProfile.affiliation),
        )
        .join(CourseSession, col(CourseSession.id) == col(Enrolment.session_id))
        .join(Course, col(Course.id) == col(CourseSession.course_id))
        .join(YouthProfile, col(YouthProfile.id) == col(Enrolment.youth_id))
        .where(_begins_in(window), col(Enrolment.created_at) <= window.as_of)
    )
    return tuple(
        Seat(
            number, youth_id, state.value, _group(by, known), project, is_shared,
            affiliation is Affiliation.IN_WORK,
        )
        for number, youth_id, state, by, project, is_shared, affiliation in found
    )  # fmt: skip


def _passes(session: Session, window: Window, levels: Mapping[str, str]) -> tuple[Pass, ...]:
    record = CertificationRecord
    passed_on = func.coalesce(col(record.exam_on), col(record.result_on))
    found = session.execute(
        select(col(record.id), col(record.youth_id), col(record.certification)).where(
            col(record.state) == AttemptState.PASSED,
            passed_on >= window.first,
            passed_on < window.after,
            col(record.created_at) <= window.as_of,
        )
    )
    return tuple(
        Pass(number, youth, levels[code]) for number, youth, code in found if code in levels
    )


def _confirmed(kind: OutcomeKind, window: Window) -> tuple[Any, ...]:
    return (
        col(Outcome.kind) == kind,
        col(Outcome.state) == OutcomeState.CONFIRMED,
        col(Outcome.created_at) <= window.as_of,
        col(Outcome.started_on) >= window.first,
    )


def _jobs(session: Session, window: Window) -> tuple[Job, ...]:
    """Begun in the year or later: a completer may find work after its end."""
    held: dict[int, set[int]] = defaultdict(set)
    asked: dict[int, set[int]] = defaultdict(set)
    checks = session.execute(
        select(
            col(OutcomeCheck.outcome_id), col(OutcomeCheck.months), col(OutcomeCheck.still_holds)
        )
        .join(Outcome, col(Outcome.id) == col(OutcomeCheck.outcome_id))
        .where(
            *_confirmed(OutcomeKind.EMPLOYED, window),
            col(OutcomeCheck.checked_on) <= day_of(window.as_of),
        )
    )
    for outcome_id, months, holds in checks:
        asked[outcome_id].add(months)
        if holds:
            held[outcome_id].add(months)
    found = session.execute(
        select(
            col(Outcome.id),
            col(Outcome.youth_id),
            col(Outcome.started_on),
            col(Outcome.is_in_jeju),
            col(Outcome.ended_on),
        ).where(*_confirmed(OutcomeKind.EMPLOYED, window))
    )
    return tuple(
        Job(number, youth, on, is_here, frozenset(held[number]), frozenset(asked[number]), ended)
        for number, youth, on, is_here, ended in found
    )


def _otherwise(session: Session, window: Window) -> frozenset[int]:
    return _confirmed_people(session, window, col(Outcome.kind) != OutcomeKind.EMPLOYED)


def _earlier(session: Session, window: Window) -> frozenset[int]:
    is_before = col(Outcome.started_on) < window.first
    return _confirmed_people(
        session, window, and_(col(Outcome.kind) == OutcomeKind.EMPLOYED, is_before)
    )


def _confirmed_people(session: Session, window: Window, test: Any) -> frozenset[int]:
    """Whose outcome was not over before the year."""
    found = session.scalars(
        select(col(Outcome.youth_id)).where(
            test,
            col(Outcome.state) == OutcomeState.CONFIRMED,
            col(Outcome.created_at) <= window.as_of,
            or_(col(Outcome.ended_on).is_(None), col(Outcome.ended_on) >= window.first),
        )
    )
    return frozenset(found)


def _founded(session: Session, window: Window) -> tuple[Event, ...]:
    found = session.execute(
        select(col(Outcome.id), col(Outcome.youth_id)).where(
            *_confirmed(OutcomeKind.FOUNDED, window), col(Outcome.started_on) < window.after
        )
    )
    return tuple(Event(*row) for row in found)


def _interns(session: Session, window: Window) -> tuple[Event, ...]:
    found = session.execute(
        select(col(Application.id), col(Application.youth_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(ApplicationEvent, col(ApplicationEvent.application_id) == col(Application.id))
        .where(
            col(Opening.employment_type) == INTERN,
            col(Application.state) == ApplicationState.HIRED,
            col(ApplicationEvent.to_state) == ApplicationState.HIRED.value,
            col(ApplicationEvent.at) >= start_of(window.first),
            col(ApplicationEvent.at) < start_of(window.after),
            col(ApplicationEvent.at) <= window.as_of,
        )
        .distinct()
    )
    return tuple(Event(*row) for row in found)


def _posts(session: Session, window: Window) -> tuple[Post, ...]:
    published = col(Opening.published_at)
    found = session.execute(
        select(col(Opening.id), col(Opening.organisation_id)).where(
            published >= start_of(window.first),
            published < start_of(window.after),
            published <= window.as_of,
        )
    )
    return tuple(Post(*row) for row in found)


def _homes(session: Session, known: Collection[int]) -> dict[int, int]:
    """Whose record a university may open; the same test as `youths.visible_to`."""
    found = session.execute(
        select(col(YouthProfile.id), col(YouthProfile.organisation_id)).where(
            col(YouthProfile.affiliation) == Affiliation.RISE_UNIVERSITY,
            col(YouthProfile.affiliation_state) != AffiliationState.ENDED,
            col(YouthProfile.organisation_id).in_(list(known)),
        )
    )
    return {row[0]: row[1] for row in found}


def names_of(session: Session, youth_ids: Sequence[int]) -> dict[int, str]:
    """For people whose number stands in the actor's own pack; erased ones are left out."""
    found = session.execute(
        select(col(YouthProfile.id), col(Account.name))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(col(YouthProfile.id).in_(youth_ids), col(Account.state) != AccountState.ERASED)
    )
    return {row[0]: row[1] for row in found}


def _group(organisation_id: int, known: Collection[int]) -> int:
    return organisation_id if organisation_id in known else OTHER
