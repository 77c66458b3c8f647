"""What a model may learn from: lists shown, what people did with them, and records with their days.

Only people whose consent to learning is alive when training begins are in it; whoever withdrew or
was erased is not. Every function reads up to a fixed moment, in one query.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from matcher.store.candidates import live_consent
from matcher.store.match_rows import IdScope
from models.account import Account, AccountState
from models.application import (
    Application,
    ApplicationEvent,
    ApplicationState,
    Introduction,
    RefusalReason,
    ShortlistEntry,
    ShortlistState,
)
from models.audit_trait import AuditTrait
from models.certification import AttemptState, CertificationRecord
from models.consent import Consent, ConsentPurpose
from models.course import Course, CourseSession, Enrolment, EnrolmentState
from models.opening import Opening
from models.organisation import Organisation
from models.skill import Rater, SkillRecord
from models.trail import Exposure, ExposureKind
from models.youth import SavedItem, SavedKind, YouthProfile

CANDIDATE = "candidate"
ADVANCED = (
    ApplicationState.INTERVIEW,
    ApplicationState.OFFERED,
    ApplicationState.ACCEPTED,
    ApplicationState.HIRED,
)

ABOUT_FIT = frozenset(
    {
        RefusalReason.LACKS_SKILL,
        RefusalReason.LACKS_CERTIFICATE,
        RefusalReason.LACKS_LICENCE,
        RefusalReason.NOT_ELIGIBLE,
    }
)
SET_ASIDE = ShortlistState.SET_ASIDE


class ShownRow(NamedTuple):
    """`items`: [[id, rank, score]] or [[id, rank, score, propensity]]."""

    at: datetime
    account_id: int | None
    kind: ExposureKind
    subject: str
    context_id: int
    items: list[Any]


class ActRow(NamedTuple):
    """`item_id` = the opening's or the course's; `act` such as saved, applied or interview."""

    youth_id: int
    item_id: int
    act: str
    at: datetime


class SkillFact(NamedTuple):
    youth_id: int
    skill: str
    level: int
    rater: Rater
    verification: int
    rated_on: date
    created_at: datetime


class PassFact(NamedTuple):
    """`passed_on` None: the day was never written down."""

    youth_id: int
    certification: str
    expires_on: date | None
    verification: int
    passed_on: date | None
    created_at: datetime
    updated_at: datetime


class SeatRow(NamedTuple):
    session_id: int
    state: EnrolmentState
    created_at: datetime
    updated_at: datetime


def learners(today: date) -> IdScope:
    """Ids of people whose records may be learned from today; a scope for every query below."""
    asked = (ConsentPurpose.SERVICE, ConsentPurpose.LEARNING)
    given = [select(Consent.youth_id).where(live_consent(each, today)) for each in asked]
    return (
        select(YouthProfile.id)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(
            Account.state == AccountState.ACTIVE,
            *(col(YouthProfile.id).in_(each) for each in given),
        )
    )


def learner_ids(session: Session, today: date) -> frozenset[int]:
    return frozenset(session.exec(learners(today)).all())


def shown(session: Session, scope: IdScope, until: datetime) -> Sequence[ShownRow]:
    """Own lists of the people in scope, and all lists of candidates, the oldest first."""
    own = and_(col(Exposure.subject) != CANDIDATE, col(Exposure.context_id).in_(scope))
    rows = session.execute(
        select(
            Exposure.at,
            Exposure.account_id,
            Exposure.kind,
            Exposure.subject,
            Exposure.context_id,
            Exposure.items,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .where(col(Exposure.at) < until, or_(own, col(Exposure.subject) == CANDIDATE))
        .order_by(col(Exposure.at), col(Exposure.id))
    )
    return [ShownRow(*row) for row in rows]


def saved(session: Session, scope: IdScope, kind: SavedKind, until: datetime) -> Sequence[ActRow]:
    rows = session.execute(
        select(SavedItem.youth_id, SavedItem.item_id, SavedItem.saved_at).where(
            SavedItem.kind == kind,
            col(SavedItem.youth_id).in_(scope),
            col(SavedItem.saved_at) < until,
        )
    )
    return [ActRow(youth, item, "saved", at) for youth, item, at in rows]


def applied(session: Session, scope: IdScope, until: datetime) -> Sequence[ActRow]:
    rows = session.execute(
        select(Application.youth_id, Application.opening_id, Application.created_at).where(
            col(Application.youth_id).in_(scope), col(Application.created_at) < until
        )
    )
    return [ActRow(youth, opening, "applied", at) for youth, opening, at in rows]


def advanced(session: Session, scope: IdScope, until: datetime) -> Sequence[ActRow]:
    """Interviews, offers and hires; `act` is the state stepped into."""
    rows = session.execute(
        select(
            Application.youth_id,
            Application.opening_id,
            ApplicationEvent.to_state,
            ApplicationEvent.at,
        )
        .join(Application, col(Application.id) == ApplicationEvent.application_id)
        .where(
            col(Application.youth_id).in_(scope),
            col(ApplicationEvent.to_state).in_([each.value for each in ADVANCED]),
            col(ApplicationEvent.at) < until,
        )
    )
    return [ActRow(*row) for row in rows]


def marked(session: Session, scope: IdScope, until: datetime) -> Sequence[ActRow]:
    """Partners' own marks; `act` is shortlisted, or set_aside and passed_over by the reason."""
    rows = session.execute(
        select(
            ShortlistEntry.youth_id,
            ShortlistEntry.opening_id,
            ShortlistEntry.state,
            ShortlistEntry.reason,
            ShortlistEntry.at,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .where(col(ShortlistEntry.youth_id).in_(scope))
        .where(col(ShortlistEntry.at) < until)
    )
    return [
        ActRow(youth, opening, _passed(reason) if state is SET_ASIDE else state.value, at)
        for youth, opening, state, reason, at in rows
    ]


def refused(session: Session, scope: IdScope, until: datetime) -> Sequence[ActRow]:
    """Applications a partner refused; `act` by the coded reason, as for marks."""
    rows = session.execute(
        select(
            Application.youth_id,
            Application.opening_id,
            ApplicationEvent.reason,
            ApplicationEvent.at,
        )
        .join(Application, col(Application.id) == ApplicationEvent.application_id)
        .where(
            col(Application.youth_id).in_(scope),
            ApplicationEvent.to_state == ApplicationState.REFUSED.value,
            col(ApplicationEvent.at) < until,
        )
    )
    return [ActRow(youth, opening, _passed(reason), at) for youth, opening, reason, at in rows]


def _passed(reason: str | None) -> str:
    """`set_aside` only for what says something about the fit; nobody is a worse match because a
    place was filled or a telephone not answered. Before reasons were asked for, all were."""
    return "set_aside" if not reason or reason in ABOUT_FIT else "passed_over"


def firms(session: Session) -> dict[int, int]:
    """Opening -> the organisation whose people decide about it."""
    rows = session.execute(select(Opening.id, Opening.organisation_id))
    return {row[0]: row[1] for row in rows}


def introduced(session: Session, scope: IdScope, until: datetime) -> Sequence[ActRow]:
    rows = session.execute(
        select(Introduction.youth_id, Introduction.opening_id, Introduction.created_at).where(
            col(Introduction.youth_id).in_(scope), col(Introduction.created_at) < until
        )
    )
    return [ActRow(youth, opening, "introduced", at) for youth, opening, at in rows]


_SEATLESS = (EnrolmentState.WAITLISTED, EnrolmentState.APPLIED, EnrolmentState.NOT_SELECTED)


def enrolled(session: Session, scope: IdScope, until: datetime) -> Sequence[ActRow]:
    """A place taken, applied or queued for, and the completion of it where there was one."""
    rows = session.execute(
        select(
            Enrolment.youth_id,
            CourseSession.course_id,
            Enrolment.state,
            Enrolment.created_at,
            Enrolment.updated_at,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(CourseSession, col(CourseSession.id) == Enrolment.session_id)
        .where(col(Enrolment.youth_id).in_(scope), col(Enrolment.created_at) < until)
    )
    acts: list[ActRow] = []
    for youth, course, state, created_at, updated_at in rows:
        acts.append(ActRow(youth, course, "enrolled", created_at))
        if state is EnrolmentState.COMPLETED and updated_at < until:
            acts.append(ActRow(youth, course, "completed", updated_at))
    return acts


def seats(session: Session, until: datetime) -> Sequence[SeatRow]:
    """Every place ever taken, without who took it: how full a run was on a day."""
    rows = session.execute(
        select(
            Enrolment.session_id, Enrolment.state, Enrolment.created_at, Enrolment.updated_at
        ).where(col(Enrolment.created_at) < until, col(Enrolment.state).not_in(_SEATLESS))
    )
    return [SeatRow(*row) for row in rows]


def skills(session: Session, scope: IdScope, until: datetime) -> Sequence[SkillFact]:
    rows = session.execute(
        select(
            SkillRecord.youth_id,
            SkillRecord.skill,
            SkillRecord.level,
            SkillRecord.rater,
            SkillRecord.verification,
            SkillRecord.rated_on,
            SkillRecord.created_at,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .where(col(SkillRecord.youth_id).in_(scope), col(SkillRecord.created_at) < until)
        .order_by(col(SkillRecord.youth_id), col(SkillRecord.skill), col(SkillRecord.rater))
    )
    return [SkillFact(*row) for row in rows]


def passes(session: Session, scope: IdScope, until: datetime) -> Sequence[PassFact]:
    rows = session.execute(
        select(
            CertificationRecord.youth_id,
            CertificationRecord.certification,
            CertificationRecord.expires_on,
            CertificationRecord.verification,
            CertificationRecord.result_on,
            CertificationRecord.exam_on,
            CertificationRecord.created_at,
            CertificationRecord.updated_at,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .where(
            CertificationRecord.state == AttemptState.PASSED,
            col(CertificationRecord.youth_id).in_(scope),
            col(CertificationRecord.created_at) < until,
        )
        .order_by(col(CertificationRecord.youth_id), col(CertificationRecord.id))
    )
    return [
        PassFact(youth, name, expires_on, verification, result_on or exam_on, *moments)
        for youth, name, expires_on, verification, result_on, exam_on, *moments in rows
    ]


def every_opening() -> IdScope:
    """Also those that closed: they were shown once."""
    return select(Opening.id)


def every_course() -> IdScope:
    return select(Course.id)


def universities(session: Session) -> dict[int, str]:
    """Youth -> the university's slug; for the fairness figures of a report, never for a score."""
    rows = session.execute(
        select(YouthProfile.id, Organisation.slug).join(
            Organisation, col(Organisation.id) == YouthProfile.organisation_id
        )
    )
    return {row[0]: row[1] for row in rows}


def traits(session: Session) -> dict[str, dict[int, str]]:
    """Kind -> youth -> value, as given by the people themselves for this purpose alone."""
    rows = session.execute(select(AuditTrait.kind, AuditTrait.youth_id, AuditTrait.value))
    found: dict[str, dict[int, str]] = {}
    for kind, youth, value in rows:
        found.setdefault(str(kind), {})[youth] = str(value)
    return found
