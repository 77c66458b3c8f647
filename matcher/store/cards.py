"""What lists and trackers of openings show: one query, only columns, scoped by the caller."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.opening import Opening, OpeningState
from models.organisation import Organisation


class OpeningCard(NamedTuple):
    id: int
    title_ko: str
    title_en: str
    sector: str
    region: str
    employment_type: str
    state: OpeningState
    opens_on: date
    closes_on: date
    starts_on: date | None
    headcount: int
    pay_min_krw: int | None
    pay_max_krw: int | None
    is_demo: bool
    organisation_id: int
    organisation_ko: str
    organisation_en: str
    description: str
    answer_days: int
    paused_on: date | None


_CARD = (
    Opening.id,
    Opening.title_ko,
    Opening.title_en,
    Opening.sector,
    Opening.region,
    Opening.employment_type,
    Opening.state,
    Opening.opens_on,
    Opening.closes_on,
    Opening.starts_on,
    Opening.headcount,
    Opening.pay_min_krw,
    Opening.pay_max_krw,
    Opening.is_demo,
    Opening.organisation_id,
    Organisation.name_ko,
    Organisation.name_en,
    Opening.description,
    Opening.answer_days,
    Opening.paused_on,
)


def cards(session: Session, scope: SelectOfScalar[Any]) -> dict[int, OpeningCard]:
    """By id; `scope` selects opening ids the actor may see."""
    found = session.execute(
        select(*_CARD)  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Organisation, col(Organisation.id) == Opening.organisation_id)
        .where(col(Opening.id).in_(scope))
        .order_by(col(Opening.closes_on), col(Opening.id))
    )
    return {row[0]: OpeningCard(*row) for row in found}


def cards_of(session: Session, ids: Sequence[int]) -> dict[int, OpeningCard]:
    """For openings the actor is tied to (applied, asked): in every state, closed ones too."""
    return cards(session, select(Opening.id).where(col(Opening.id).in_(ids)))


def count_by_sector(session: Session, scope: SelectOfScalar[Any]) -> dict[str, int]:
    found = session.execute(
        select(Opening.sector, func.count())
        .where(col(Opening.id).in_(scope))
        .group_by(col(Opening.sector))
    )
    return {row[0]: row[1] for row in found}
