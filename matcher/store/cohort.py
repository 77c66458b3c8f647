"""The people of a desk as a list: filters, sorting, and how many need attention.

Every statement starts from `people(actor)`; the number of statements does not grow with people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, false, func, or_, select
from sqlmodel import Session, col

from matcher.actor import Actor
from matcher.clock import start_of
from matcher.store import youths
from models.account import Account, AccountState, Role
from models.application import Application, ApplicationState
from models.certification import AttemptState, CertificationRecord
from models.course import Enrolment, EnrolmentState
from models.organisation import Organisation
from models.skill import SkillRecord, UnmappedSkill
from models.youth import (
    Affiliation,
    AffiliationState,
    WishKind,
    YouthProfile,
    YouthStatus,
    YouthWish,
)

EXPIRING_DAYS = 90
EXAM_DAYS = 14
ANSWER_DAYS = 14
SESSION_DAYS = 14
UNANSWERED = (ApplicationState.SENT, ApplicationState.UNDER_REVIEW)
OPEN = (
    *UNANSWERED,
    ApplicationState.INTERVIEW,
    ApplicationState.OFFERED,
    ApplicationState.ACCEPTED,
)


class Attention(StrEnum):
    """Why a person needs a look; the first four are the desk's to settle."""

    CLAIM = "claim"
    PROOF = "proof"
    ANSWER = "answer"
    UNMAPPED = "unmapped"
    EXPIRING = "expiring"
    EXAM = "exam"


class Sort(StrEnum):
    NAME = "name"
    SKILLS = "skills"
    CERTIFICATES = "certificates"
    EXAM = "exam"
    APPLICATIONS = "applications"


@dataclass(frozen=True)
class Filter:
    """`organisation_id` is a university; `is_without_university` asks for everybody else."""

    search: str = ""
    organisation_id: int | None = None
    is_without_university: bool = False
    status: YouthStatus | None = None
    sector: str | None = None
    certificate: str | None = None
    attention: Attention | None = None


class RosterRow(NamedTuple):
    youth_id: int
    name: str
    status: YouthStatus
    affiliation: Affiliation
    affiliation_state: AffiliationState
    organisation_ko: str | None
    organisation_en: str | None
    is_demo: bool
    skills: int
    verified: int
    """Skills somebody else confirmed."""
    certificates: int
    """Valid today."""
    exam_on: date | None
    enrolments: int
    applications: int
    """Waiting for a decision."""


def people(actor: Actor) -> ColumnElement[bool]:
    """For statements that join Account: those this desk looks after; ended ties are gone."""
    if actor.role not in (Role.COORDINATOR, Role.CENTRE):
        return false()
    return and_(
        youths.visible_to(actor),
        col(Account.state) != AccountState.ERASED,
        col(YouthProfile.affiliation_state) != AffiliationState.ENDED,
    )


def duty(actor: Actor) -> ColumnElement[bool]:
    """Whose claims and proofs this desk settles: the centre's are those without a university."""
    is_university = col(YouthProfile.affiliation) == Affiliation.RISE_UNIVERSITY
    return is_university if actor.role is Role.COORDINATOR else ~is_university


def roster(
    session: Session, actor: Actor, wanted: Filter, sort: Sort, today: date, page: int, size: int
) -> list[RosterRow]:
    """One page, counted from 1; past the end it is empty."""
    name = (col(Account.name), col(YouthProfile.id))
    exam_on = _exam_on(today)
    orders: dict[Sort, tuple[Any, ...]] = {
        Sort.NAME: name,
        Sort.SKILLS: (_skills().desc(), *name),
        Sort.CERTIFICATES: (_certificates(today).desc(), *name),
        Sort.EXAM: (exam_on.is_(None), exam_on, *name),
        Sort.APPLICATIONS: (_applications().desc(), *name),
    }
    statement = (
        select(
            col(YouthProfile.id),
            col(Account.name),
            col(YouthProfile.status),
            col(YouthProfile.affiliation),
            col(YouthProfile.affiliation_state),
            col(Organisation.name_ko),
            col(Organisation.name_en),
            col(Account.is_demo),
            _skills(),
            _skills(col(SkillRecord.verification) > 1),
            _certificates(today),
            exam_on,
            _enrolments(),
            _applications(),
        )
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .outerjoin(Organisation, col(Organisation.id) == col(YouthProfile.organisation_id))
        .where(_matching(actor, wanted, today))
        .order_by(*orders[sort])
        .limit(size)
        .offset((page - 1) * size)
    )
    return [RosterRow(*row) for row in session.execute(statement)]


def count(session: Session, actor: Actor, wanted: Filter, today: date) -> int:
    return int(session.scalar(_counting(_matching(actor, wanted, today))) or 0)


def attention_counts(
    session: Session, actor: Actor, wanted: Filter, today: date
) -> dict[Attention, int]:
    """People by what they need, in one statement; each is the length of the filtered roster."""
    inside = _matching(actor, wanted, today)
    counts = [
        _counting(and_(inside, needs(actor, kind, today))).scalar_subquery() for kind in Attention
    ]
    return dict(zip(Attention, session.execute(select(*counts)).one(), strict=True))


def held(session: Session, youth_ids: Sequence[int], today: date) -> dict[int, tuple[str, ...]]:
    """Ids of the certificates each holds today."""
    rows = session.execute(
        select(col(CertificationRecord.youth_id), col(CertificationRecord.certification))
        .where(col(CertificationRecord.youth_id).in_(youth_ids), is_valid(today))
        .distinct()
        .order_by(col(CertificationRecord.certification))
    )
    found: dict[int, tuple[str, ...]] = {}
    for youth_id, certification in rows:
        found[youth_id] = (*found.get(youth_id, ()), certification)
    return found


def is_valid(today: date) -> ColumnElement[bool]:
    """A passed certificate that has not run out."""
    expires = col(CertificationRecord.expires_on)
    return and_(
        col(CertificationRecord.state) == AttemptState.PASSED,
        or_(expires.is_(None), expires >= today),
    )


def needs(actor: Actor, kind: Attention, today: date) -> ColumnElement[bool]:
    certificate, own = CertificationRecord, duty(actor)
    expires, exam_on = col(certificate.expires_on), col(certificate.exam_on)
    if kind is Attention.CLAIM:
        return and_(own, col(YouthProfile.affiliation_state) == AffiliationState.CLAIMED)
    if kind is Attention.PROOF:
        return and_(own, _has(certificate, is_valid(today), col(certificate.verification) == 1))
    if kind is Attention.UNMAPPED:
        return and_(own, _has(UnmappedSkill))
    if kind is Attention.ANSWER:
        long_ago = start_of(today - timedelta(days=ANSWER_DAYS))
        return _has(
            Application,
            col(Application.state).in_(UNANSWERED),
            col(Application.created_at) < long_ago,
        )
    if kind is Attention.EXPIRING:
        last = today + timedelta(days=EXPIRING_DAYS)
        return _has(certificate, is_valid(today), expires.between(today, last))
    return _has(
        certificate,
        col(certificate.state) == AttemptState.SCHEDULED,
        exam_on.between(today, today + timedelta(days=EXAM_DAYS)),
    )


def _matching(actor: Actor, wanted: Filter, today: date) -> ColumnElement[bool]:
    is_university = col(YouthProfile.affiliation) == Affiliation.RISE_UNIVERSITY
    tests = [people(actor)]
    if text := wanted.search.replace(" ", "").lower():
        name = func.replace(func.lower(col(Account.name)), " ", "")
        tests.append(name.contains(text, autoescape=True))
    if wanted.organisation_id is not None:
        tests += [is_university, col(YouthProfile.organisation_id) == wanted.organisation_id]
    if wanted.is_without_university:
        tests.append(~is_university)
    if wanted.status is not None:
        tests.append(col(YouthProfile.status) == wanted.status)
    if wanted.sector is not None:
        is_sector = col(YouthWish.kind) == WishKind.SECTOR
        tests.append(_has(YouthWish, is_sector, col(YouthWish.value) == wanted.sector))
    if wanted.certificate is not None:
        is_it = col(CertificationRecord.certification) == wanted.certificate
        tests.append(_has(CertificationRecord, is_it, is_valid(today)))
    if wanted.attention is not None:
        tests.append(needs(actor, wanted.attention, today))
    return and_(*tests)


def _counting(test: ColumnElement[bool]) -> Any:
    return (
        select(func.count(col(YouthProfile.id)))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(test)
    )


def _has(table: Any, *tests: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        exists().where(col(table.youth_id) == col(YouthProfile.id), *tests).correlate(YouthProfile)
    )


def _number(counted: Any, table: Any, *tests: ColumnElement[bool]) -> ScalarSelect[Any]:
    return (
        select(counted)
        .where(col(table.youth_id) == col(YouthProfile.id), *tests)
        .correlate(YouthProfile)
        .scalar_subquery()
    )


def _skills(*tests: ColumnElement[bool]) -> ScalarSelect[Any]:
    return _number(func.count(col(SkillRecord.skill).distinct()), SkillRecord, *tests)


def _certificates(today: date) -> ScalarSelect[Any]:
    held_ones = func.count(col(CertificationRecord.certification).distinct())
    return _number(held_ones, CertificationRecord, is_valid(today))


def _exam_on(today: date) -> ScalarSelect[Any]:
    day = col(CertificationRecord.exam_on)
    is_booked = col(CertificationRecord.state) == AttemptState.SCHEDULED
    return _number(func.min(day), CertificationRecord, is_booked, day >= today)


def _enrolments() -> ScalarSelect[Any]:
    held_states = (EnrolmentState.ENROLLED, EnrolmentState.WAITLISTED)
    return _number(func.count(col(Enrolment.id)), Enrolment, col(Enrolment.state).in_(held_states))


def _applications() -> ScalarSelect[Any]:
    return _number(func.count(col(Application.id)), Application, col(Application.state).in_(OPEN))
