"""Path templates of a desk: the cohort one is meant for, and the suggestions that were made."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, false, func, insert, update
from sqlmodel import Session, col, select

from matcher.actor import Actor
from matcher.store import cohort, course_desk
from matcher.store.candidates import live_consent
from models.account import Account, Role
from models.certification import CertificationRecord
from models.consent import Consent, ConsentPurpose
from models.course import (
    Course,
    CourseSession,
    CourseSkill,
    CourseSkillKind,
    CourseState,
    Enrolment,
    EnrolmentState,
)
from models.organisation import Organisation
from models.plan import Plan, PlanState, PlanTarget
from models.plan_template import PlanSuggestion, PlanTemplate, SuggestionState
from models.youth import AffiliationState, WishKind, YouthProfile, YouthStatus, YouthWish

SITTING = (EnrolmentState.ENROLLED, EnrolmentState.COMPLETED)


@dataclass(frozen=True)
class CohortFilter:
    """Everything that is None does not narrow."""

    status: YouthStatus | None = None
    sector: str | None = None
    session_id: int | None = None
    graduation_year: int | None = None


class Member(NamedTuple):
    youth_id: int
    account: Account


class SessionOption(NamedTuple):
    id: int
    title_ko: str
    title_en: str
    starts_on: date


class SuggestedLine(NamedTuple):
    youth_id: int
    name: str
    is_demo: bool
    state: SuggestionState
    suggested_at: datetime


class OwnSuggestion(NamedTuple):
    suggestion: PlanSuggestion
    template: PlanTemplate
    desk_ko: str
    desk_en: str


def managed(actor: Actor) -> ColumnElement[bool]:
    """A desk's own organisation's."""
    if actor.role not in (Role.COORDINATOR, Role.CENTRE) or actor.organisation_id is None:
        return false()
    return col(PlanTemplate.organisation_id) == actor.organisation_id


def listed(session: Session, actor: Actor) -> Sequence[PlanTemplate]:
    """Those in use first, the newest on top."""
    return session.exec(
        select(PlanTemplate)
        .where(managed(actor))
        .order_by(col(PlanTemplate.is_active).desc(), col(PlanTemplate.id).desc())
    ).all()


def get(
    session: Session, actor: Actor, template_id: int, *, lock: bool = False
) -> PlanTemplate | None:
    statement = select(PlanTemplate).where(managed(actor), PlanTemplate.id == template_id)
    if lock:
        statement = statement.with_for_update()
    return session.exec(statement.execution_options(populate_existing=lock)).first()


def counts(session: Session, actor: Actor) -> dict[int, dict[SuggestionState, int]]:
    """By template, how many suggestions stand in each state."""
    found = session.execute(
        select(PlanSuggestion.template_id, PlanSuggestion.state, func.count())
        .join(PlanTemplate, col(PlanTemplate.id) == PlanSuggestion.template_id)
        .where(managed(actor))
        .group_by(col(PlanSuggestion.template_id), col(PlanSuggestion.state))
    )
    counted: dict[int, dict[SuggestionState, int]] = {}
    for template_id, state, number in found:
        counted.setdefault(template_id, {})[state] = number
    return counted


def members(session: Session, actor: Actor, wanted: CohortFilter, today: date) -> Sequence[Member]:
    """People this desk answers for, confirmed and with a live agreement to the service."""
    served = select(Consent.youth_id).where(live_consent(ConsentPurpose.SERVICE, today))
    found = session.execute(
        select(YouthProfile.id, Account)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(
            cohort.people(actor),
            cohort.duty(actor),
            col(YouthProfile.affiliation_state) == AffiliationState.CONFIRMED,
            col(YouthProfile.id).in_(served),
            *_narrowed(wanted),
        )
        .order_by(col(YouthProfile.id))
    )
    return [Member(*row) for row in found]


def _narrowed(wanted: CohortFilter) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    if wanted.status is not None:
        tests.append(col(YouthProfile.status) == wanted.status)
    if wanted.graduation_year is not None:
        first = date(wanted.graduation_year, 1, 1)
        last = date(wanted.graduation_year, 12, 31)
        tests.append(col(YouthProfile.graduation_on).between(first, last))
    if wanted.sector is not None:
        tests.append(_has(YouthWish, kind=WishKind.SECTOR, value=wanted.sector))
    if wanted.session_id is not None:
        is_sitting = col(Enrolment.state).in_(SITTING)
        tests.append(_has(Enrolment, is_sitting, session_id=wanted.session_id))
    return tests


def _has(table: Any, *tests: ColumnElement[bool], **values: Any) -> ColumnElement[bool]:
    named = [col(getattr(table, name)) == value for name, value in values.items()]
    return exists().where(col(table.youth_id) == col(YouthProfile.id), *tests, *named)


def suggested_to(session: Session, template_id: int) -> frozenset[int]:
    found = session.exec(
        select(PlanSuggestion.youth_id).where(PlanSuggestion.template_id == template_id)
    )
    return frozenset(found)


def under_way(
    session: Session,
    target: PlanTarget,
    refs: Sequence[str],
    states: Collection[PlanState],
    youth_ids: Collection[int],
) -> frozenset[int]:
    """Who of them has a plan to exactly this target in one of the states."""
    found = session.execute(
        select(Plan.youth_id, Plan.target_refs).where(
            Plan.target == target,
            col(Plan.state).in_(states),
            col(Plan.youth_id).in_(youth_ids),
        )
    )
    return frozenset(youth_id for youth_id, held in found if list(held) == list(refs))


def holders(
    session: Session, certification: str, youth_ids: Collection[int], today: date
) -> frozenset[int]:
    """Who of them holds the certificate today."""
    found = session.exec(
        select(CertificationRecord.youth_id).where(
            cohort.is_valid(today),
            CertificationRecord.certification == certification,
            col(CertificationRecord.youth_id).in_(youth_ids),
        )
    )
    return frozenset(found)


def suggest(session: Session, template_id: int, youth_ids: Sequence[int], now: datetime) -> None:
    rows = [
        {
            "template_id": template_id,
            "youth_id": youth_id,
            "state": SuggestionState.SUGGESTED,
            "suggested_at": now,
        }
        for youth_id in youth_ids
    ]
    if rows:
        session.execute(insert(PlanSuggestion), rows)


def lines(session: Session, actor: Actor, template_id: int) -> Sequence[SuggestedLine]:
    """To whom it was suggested, as far as the desk may still see them, by name."""
    found = session.execute(
        select(
            col(YouthProfile.id),
            col(Account.name),
            col(Account.is_demo),
            col(PlanSuggestion.state),
            col(PlanSuggestion.suggested_at),
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(YouthProfile, col(YouthProfile.id) == PlanSuggestion.youth_id)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(cohort.people(actor), PlanSuggestion.template_id == template_id)
        .order_by(col(Account.name), col(YouthProfile.id))
    )
    return [SuggestedLine(*row) for row in found]


def sessions(session: Session, actor: Actor, since: date) -> Sequence[SessionOption]:
    """Sessions of the desk's courses that ended no earlier than `since`, the latest first."""
    found = session.execute(
        select(
            col(CourseSession.id),
            col(Course.title_ko),
            col(Course.title_en),
            col(CourseSession.starts_on),
        )
        .join(Course, col(Course.id) == CourseSession.course_id)
        .where(
            course_desk.managed(actor),
            col(CourseSession.ends_on) >= since,
            Course.state != CourseState.DRAFT,
        )
        .order_by(col(CourseSession.starts_on).desc(), col(CourseSession.id).desc())
    )
    return [SessionOption(*row) for row in found]


def courses_teaching(session: Session, today: date) -> dict[str, int]:
    """By skill, how many published courses with a session to come teach it."""
    to_come = exists().where(
        col(CourseSession.course_id) == col(Course.id), col(CourseSession.ends_on) >= today
    )
    found = session.execute(
        select(CourseSkill.skill, func.count(col(Course.id).distinct()))
        .join(Course, col(Course.id) == CourseSkill.course_id)
        .where(
            CourseSkill.kind == CourseSkillKind.GAINED,
            Course.state == CourseState.PUBLISHED,
            to_come,
        )
        .group_by(col(CourseSkill.skill))
    )
    return dict(found.tuples().all())


def courses_towards(session: Session, certification: str, today: date) -> int:
    """Published courses linked to the certificate that have a session to come."""
    to_come = exists().where(
        col(CourseSession.course_id) == col(Course.id), col(CourseSession.ends_on) >= today
    )
    statement = select(func.count(col(Course.id))).where(
        Course.linked_certification == certification,
        Course.state == CourseState.PUBLISHED,
        to_come,
    )
    return session.exec(statement).one()


def own(session: Session, youth_id: int) -> Sequence[OwnSuggestion]:
    """What waits for the person's answer, the newest first."""
    found = session.execute(
        select(PlanSuggestion, PlanTemplate, Organisation.name_ko, Organisation.name_en)
        .join(PlanTemplate, col(PlanTemplate.id) == PlanSuggestion.template_id)
        .join(Organisation, col(Organisation.id) == PlanTemplate.organisation_id)
        .where(
            PlanSuggestion.youth_id == youth_id,
            PlanSuggestion.state == SuggestionState.SUGGESTED,
            col(PlanTemplate.is_active),
        )
        .order_by(col(PlanSuggestion.id).desc())
    )
    return [OwnSuggestion(*row) for row in found]


def own_one(session: Session, youth_id: int, suggestion_id: int) -> PlanSuggestion | None:
    return session.exec(
        select(PlanSuggestion)
        .where(PlanSuggestion.id == suggestion_id, PlanSuggestion.youth_id == youth_id)
        .with_for_update()
    ).first()


def settle(
    session: Session,
    youth_id: int,
    target: PlanTarget,
    refs: Sequence[str],
    plan_id: int,
    now: datetime,
) -> None:
    """A chosen path answers every suggestion to the same target, a declined one too."""
    found = session.execute(
        select(PlanSuggestion.id, PlanTemplate.target_refs)
        .join(PlanTemplate, col(PlanTemplate.id) == PlanSuggestion.template_id)
        .where(
            PlanSuggestion.youth_id == youth_id,
            PlanSuggestion.state != SuggestionState.ACCEPTED,
            PlanTemplate.target == target,
        )
    )
    answered = [number for number, held in found if list(held) == list(refs)]
    session.execute(
        update(PlanSuggestion)
        .where(col(PlanSuggestion.id).in_(answered))
        .values(state=SuggestionState.ACCEPTED, plan_id=plan_id, answered_at=now)
    )
