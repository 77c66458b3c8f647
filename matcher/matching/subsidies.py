"""Schemes that pay part of a cost, as pages show them and a path may count them."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from matcher.i18n import in_language
from matcher.store import subsidies
from models.plan import Subsidy, SubsidyCovers


@dataclass(frozen=True)
class SubsidyView:
    """`covers_aws_exams` False: never counted for an AWS exam, whatever `covers` says.

    `remaining_krw` None: what is left of the budget is not told.
    """

    id: int
    name: str
    covers: SubsidyCovers
    covers_aws_exams: bool
    percent: int
    cap_krw: int
    remaining_krw: int | None
    opens_on: date
    closes_on: date
    statuses: tuple[str, ...]
    source: str
    is_demo: bool
    is_open: bool
    """Takes applications today, as far as is known."""


def subsidies_in_force(session: Session, today: date) -> tuple[SubsidyView, ...]:
    """Public facts: whoever may see a path may see these."""
    return tuple(subsidy_view(row, today) for row in subsidies.in_force(session, today))


def subsidy_view(row: Subsidy, today: date) -> SubsidyView:
    is_open = row.is_active and row.opens_on <= today <= row.closes_on and row.remaining_krw != 0
    return SubsidyView(
        id=row.id or 0,
        name=in_language(row.name_ko, row.name_en),
        covers=row.covers,
        covers_aws_exams=row.vendor_exams and row.covers is not SubsidyCovers.COURSE,
        percent=row.percent,
        cap_krw=row.cap_krw,
        remaining_krw=row.remaining_krw,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        statuses=tuple(row.statuses),
        source=row.source,
        is_demo=row.is_demo,
        is_open=is_open,
    )
