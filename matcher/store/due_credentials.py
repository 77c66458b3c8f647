"""Whose signed credentials do not say what their records say.

Found by comparing rows, not by a queue: every way of completing a course, undoing it or judging a
skill is followed without knowing of credentials.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, exists, or_, select, union
from sqlmodel import Session, col

from models.attendance import Credential
from models.credential import IssuedCredential, IssuedKind, IssuedState, IssuerKey, KeyState
from models.skill import Rater, SkillRecord

LIVE = (IssuedState.IN_FORCE, IssuedState.SUSPENDED)
GOOD = (*LIVE, IssuedState.REPLACED)
ASSESSORS = (Rater.TEST, Rater.COORDINATOR)
"""Whose judgement of a skill is signed; a partner's or the person's own word is not."""


def due(session: Session, since: datetime, since_day: date, most: int) -> Sequence[int]:
    """Numbers of people, in order. What was completed or judged before `since` (the moment and its
    day) is signed only when the person asks for it."""
    every = union(
        _unsigned_courses(since), _unsigned_skills(since, since_day), _course_gone(), _skill_gone(),
        _key_lost(), _to_say_anew(),
    ).subquery()  # fmt: skip
    statement = select(every.c.youth_id).order_by(every.c.youth_id).limit(most)
    return session.execute(statement).scalars().all()


def _unsigned_courses(since: datetime) -> Select[Any]:
    """Completed since, or completed again after it was taken back."""
    same = and_(
        col(IssuedCredential.credential_id) == col(Credential.id),
        # What was signed while two records were one stays with the one it was signed for.
        col(IssuedCredential.youth_id) == col(Credential.youth_id),
    )
    return select(col(Credential.youth_id).label("youth_id")).where(
        col(Credential.revoked_on).is_(None),
        or_(col(Credential.created_at) >= since, exists().where(same)),
        ~exists().where(
            same,
            or_(col(IssuedCredential.state).in_(LIVE), col(IssuedCredential.is_withheld).is_(True)),
        ),
    )


def _unsigned_skills(since: datetime, since_day: date) -> Select[Any]:
    """A suspended one holds at any level: a new one would get round it."""
    reaches = and_(
        col(IssuedCredential.level) >= col(SkillRecord.level),
        or_(
            col(IssuedCredential.state) == IssuedState.IN_FORCE,
            col(IssuedCredential.is_withheld).is_(True),
        ),
    )
    is_suspended = col(IssuedCredential.state) == IssuedState.SUSPENDED
    return select(col(SkillRecord.youth_id).label("youth_id")).where(
        is_assessed(),
        or_(col(SkillRecord.rated_on) >= since_day, col(SkillRecord.created_at) >= since),
        ~exists().where(*_same_skill(), or_(is_suspended, reaches)),
    )


def is_assessed() -> Any:
    """Records that are signed: assessed, and of our own taxonomy."""
    return and_(
        col(SkillRecord.rater).in_(ASSESSORS),
        ~col(SkillRecord.skill).contains(":", autoescape=True),
    )


def _course_gone() -> Select[Any]:
    return (
        select(col(IssuedCredential.youth_id).label("youth_id"))
        .join(Credential, col(Credential.id) == col(IssuedCredential.credential_id))
        .where(
            col(IssuedCredential.state).in_(GOOD),
            col(IssuedCredential.youth_id).is_not(None),
            or_(
                col(Credential.revoked_on).is_not(None),
                col(Credential.youth_id) != col(IssuedCredential.youth_id),
            ),
        )
    )


def _skill_gone() -> Select[Any]:
    return select(col(IssuedCredential.youth_id).label("youth_id")).where(
        col(IssuedCredential.kind) == IssuedKind.SKILL,
        col(IssuedCredential.state).in_(GOOD),
        col(IssuedCredential.youth_id).is_not(None),
        ~exists().where(
            *_same_skill(),
            is_assessed(),
            col(SkillRecord.level) >= col(IssuedCredential.level),
        ),
    )  # fmt: skip


def _key_lost() -> Select[Any]:
    return (
        select(col(IssuedCredential.youth_id).label("youth_id"))
        .join(IssuerKey, col(IssuerKey.id) == col(IssuedCredential.key_id))
        .where(
            col(IssuerKey.state) == KeyState.REVOKED,
            col(IssuedCredential.state).in_(GOOD),
            col(IssuedCredential.youth_id).is_not(None),
        )
    )


def _to_say_anew() -> Select[Any]:
    """Marked as not saying what is to be said; see `store.merging.OUTDATED`."""
    return select(col(IssuedCredential.youth_id).label("youth_id")).where(
        col(IssuedCredential.content_sha256) == "",
        col(IssuedCredential.state) == IssuedState.IN_FORCE,
        col(IssuedCredential.youth_id).is_not(None),
    )


def _same_skill() -> tuple[Any, ...]:
    return (
        col(IssuedCredential.youth_id) == col(SkillRecord.youth_id),
        col(IssuedCredential.skill) == col(SkillRecord.skill),
    )
