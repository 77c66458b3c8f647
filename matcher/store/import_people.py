"""What is known about people a roster names again."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from matcher.store.bulk_rows import chunks
from models.account import Account
from models.consent import Consent, ConsentPurpose
from models.skill import SkillRecord
from models.youth import WishKind, YouthProfile, YouthWish


def profiles(session: Session, youth_ids: Sequence[int]) -> dict[int, Any]:
    """Columns of the profile with the account's name and language, by youth."""
    found: dict[int, Any] = {}
    for chunk in chunks(youth_ids):
        rows = session.execute(
            select(
                *YouthProfile.__table__.c,  # type: ignore[attr-defined]  # SQLModel hides it
                col(Account.name),
                col(Account.language),
            )
            .join(Account, col(Account.id) == col(YouthProfile.account_id))
            .where(col(YouthProfile.id).in_(chunk))
        )
        found |= {row.id: row for row in rows}
    return found


def wishes(session: Session, youth_ids: Sequence[int]) -> frozenset[tuple[int, WishKind, str]]:
    found: list[tuple[int, WishKind, str]] = []
    for chunk in chunks(youth_ids):
        rows = session.execute(
            select(col(YouthWish.youth_id), col(YouthWish.kind), col(YouthWish.value)).where(
                col(YouthWish.youth_id).in_(chunk)
            )
        )
        found += [(row[0], row[1], row[2]) for row in rows]
    return frozenset(found)


def decided(session: Session, youth_ids: Sequence[int], purpose: ConsentPurpose) -> frozenset[int]:
    """Who ever gave or withdrew a consent of this purpose."""
    found: set[int] = set()
    for chunk in chunks(youth_ids):
        found |= set(
            session.scalars(
                select(col(Consent.youth_id)).where(
                    col(Consent.youth_id).in_(chunk), col(Consent.purpose) == purpose
                )
            )
        )
    return frozenset(found)


def skill_records(session: Session, youth_ids: Sequence[int]) -> list[SkillRecord]:
    found: list[SkillRecord] = []
    for chunk in chunks(youth_ids):
        found += session.scalars(
            select(SkillRecord)
            .where(col(SkillRecord.youth_id).in_(chunk))
            .order_by(col(SkillRecord.id))
        )
    return found
