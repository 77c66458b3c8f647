"""What a ranking reads, in a fixed number of queries, as plain columns.

`scope` is a query for ids that the caller already narrowed to what the actor may see; it goes in
as a subquery, so that ten thousand people need no ten thousand parameters.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.certification import AttemptState, CertificationRecord, LicenceRecord
from models.opening import Opening, OpeningRequirement, RequirementKind, RequirementSubject
from models.skill import FrameworkSkill, Rater, SkillFramework, SkillRecord
from models.youth import WishKind, YouthProfile, YouthWish

IdScope = SelectOfScalar[Any]


class YouthRow(NamedTuple):
    id: int
    weekly_hours: int | None
    available_from: date | None
    budget_krw: int | None
    about: str


class SkillRow(NamedTuple):
    youth_id: int
    skill: str
    level: int
    rater: Rater
    verification: int


class PassRow(NamedTuple):
    youth_id: int
    certification: str
    expires_on: date | None
    verification: int


class WishRow(NamedTuple):
    youth_id: int
    kind: WishKind
    value: str
    place: int


class OpeningStamp(NamedTuple):
    """Equal stamps mean equal content: `updated_at` tells versions of undone writes apart."""

    id: int
    version: int
    updated_at: datetime


class OpeningRow(NamedTuple):
    id: int
    sector: str
    title_ko: str
    title_en: str
    description: str
    region: str
    employment_type: str
    closes_on: date
    starts_on: date | None
    published_at: datetime | None


class RequirementRow(NamedTuple):
    opening_id: int
    kind: RequirementKind
    subject: RequirementSubject
    ref: str
    level: int | None


def youths(session: Session, scope: IdScope) -> Sequence[YouthRow]:
    rows = session.execute(
        select(
            YouthProfile.id,
            YouthProfile.weekly_hours,
            YouthProfile.available_from,
            YouthProfile.budget_krw,
            YouthProfile.about,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .where(col(YouthProfile.id).in_(scope))
        .order_by(col(YouthProfile.id))
    )
    return [YouthRow(*row) for row in rows]


def skills(
    session: Session, scope: IdScope, only: Sequence[str] | None = None
) -> Sequence[SkillRow]:
    """`only`: no other skills than these."""
    asked = true() if only is None else col(SkillRecord.skill).in_(only)
    rows = session.execute(
        select(
            SkillRecord.youth_id,
            SkillRecord.skill,
            SkillRecord.level,
            SkillRecord.rater,
            SkillRecord.verification,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .where(col(SkillRecord.youth_id).in_(scope), asked)
        .order_by(col(SkillRecord.youth_id), col(SkillRecord.skill), col(SkillRecord.rater))
    )
    return [SkillRow(*row) for row in rows]


def passes(session: Session, scope: IdScope) -> Sequence[PassRow]:
    """Certificates once passed, expired ones too; the day decides later which are active."""
    rows = session.execute(
        select(
            CertificationRecord.youth_id,
            CertificationRecord.certification,
            CertificationRecord.expires_on,
            CertificationRecord.verification,
        )  # type: ignore[type-var]
        .where(
            CertificationRecord.state == AttemptState.PASSED,
            col(CertificationRecord.youth_id).in_(scope),
        )
        .order_by(col(CertificationRecord.youth_id), col(CertificationRecord.id))
    )
    return [PassRow(*row) for row in rows]


def licences(session: Session, scope: IdScope) -> Sequence[tuple[int, str]]:
    rows = session.execute(
        select(LicenceRecord.youth_id, LicenceRecord.licence)
        .where(col(LicenceRecord.youth_id).in_(scope))
        .order_by(col(LicenceRecord.youth_id), col(LicenceRecord.licence))
    )
    return [(row[0], row[1]) for row in rows]


def wishes(session: Session, scope: IdScope) -> Sequence[WishRow]:
    """All but wished roles, which no ranking looks at."""
    rows = session.execute(
        select(YouthWish.youth_id, YouthWish.kind, YouthWish.value, YouthWish.place)
        .where(col(YouthWish.youth_id).in_(scope), col(YouthWish.kind) != WishKind.ROLE)
        .order_by(col(YouthWish.youth_id), col(YouthWish.kind), col(YouthWish.value))
    )
    return [WishRow(*row) for row in rows]


def opening_stamps(session: Session, scope: IdScope) -> tuple[OpeningStamp, ...]:
    rows = session.execute(
        select(Opening.id, Opening.version, Opening.updated_at)
        .where(col(Opening.id).in_(scope))
        .order_by(col(Opening.id))
    )
    return tuple(OpeningStamp(*row) for row in rows)


def openings(session: Session, scope: IdScope) -> Sequence[OpeningRow]:
    rows = session.execute(
        select(
            Opening.id,
            Opening.sector,
            Opening.title_ko,
            Opening.title_en,
            Opening.description,
            Opening.region,
            Opening.employment_type,
            Opening.closes_on,
            Opening.starts_on,
            Opening.published_at,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .where(col(Opening.id).in_(scope))
        .order_by(col(Opening.id))
    )
    return [OpeningRow(*row) for row in rows]


def requirements(session: Session, scope: IdScope) -> Sequence[RequirementRow]:
    rows = session.execute(
        select(
            OpeningRequirement.opening_id,
            OpeningRequirement.kind,
            OpeningRequirement.subject,
            OpeningRequirement.ref,
            OpeningRequirement.level,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .where(col(OpeningRequirement.opening_id).in_(scope))
        .order_by(col(OpeningRequirement.opening_id), col(OpeningRequirement.id))
    )
    return [RequirementRow(*row) for row in rows]


def framework_names(session: Session, refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    """`framework:slug` -> (Korean, English), for the refs that exist."""
    wanted = {tuple(ref.split(":", 1)) for ref in refs if ":" in ref}
    if not wanted:
        return {}
    rows = session.execute(
        select(
            SkillFramework.slug, FrameworkSkill.slug, FrameworkSkill.name_ko, FrameworkSkill.name_en
        )
        .join(SkillFramework, col(SkillFramework.id) == FrameworkSkill.framework_id)
        .where(col(FrameworkSkill.slug).in_(sorted({slug for _, slug in wanted})))
    )
    found = {f"{frame}:{slug}": (ko, en) for frame, slug, ko, en in rows}
    return {ref: found[ref] for ref in refs if ref in found}
