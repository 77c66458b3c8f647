"""Rules about a posting that need no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from matcher.policy.states import OpeningAction
from models.opening import OpeningState, RequirementKind
from models.organisation import OrganisationState

MOST_REQUIREMENTS = 30


@dataclass(frozen=True)
class MinimumWage:
    """Won an hour in a year; `source` None until somebody has looked up the official notice."""

    year: int
    krw_per_hour: int
    hours_per_month: int
    source: str | None


MINIMUM_WAGES = (MinimumWage(2026, 10_320, 209, None),)
"""Seen in a posting sample, not in the official notice. 209 paid hours a month is the
usual 40-hour week with its paid weekly rest day."""

LOCKED_FIELDS = ("employment_type", "region", "pay_min_krw", "pay_max_krw", "starts_on")
"""Pay and conditions: fixed from the first application on, or people applied to another job."""


def step_on_submit(
    state: OpeningState, is_trusted: bool, is_partner_active: bool, has_hits: bool
) -> OpeningAction:
    """A trusted partner's clean draft goes out at once; everything else goes to a human."""
    if state is OpeningState.DRAFT and is_trusted and is_partner_active and not has_hits:
        return OpeningAction.PUBLISH
    return OpeningAction.SUBMIT


def lowest_yearly_pay(year: int) -> MinimumWage | None:
    """The rate of that year, else of the last year known before it."""
    known = [rate for rate in MINIMUM_WAGES if rate.year <= year]
    return max(known, key=lambda rate: rate.year, default=None)


def is_below_minimum_wage(yearly_pay_krw: int | None, year: int, employment_type: str) -> bool:
    """Whether a full-time yearly pay is under the minimum; part-time hours are not known here."""
    rate = lowest_yearly_pay(year)
    if yearly_pay_krw is None or rate is None or employment_type == "part_time":
        return False
    return yearly_pay_krw < rate.krw_per_hour * rate.hours_per_month * 12


def can_be_matched(kinds: Iterable[RequirementKind]) -> bool:
    """Without one must, nice or licence there is nothing to match against (row A41)."""
    return any(kind is not RequirementKind.EXCLUDE for kind in kinds)


def is_taking_people(state: OpeningState, closes_on: date, today: date) -> bool:
    """Whether candidates are ranked for it: published and not past its last day."""
    return state is OpeningState.PUBLISHED and closes_on >= today


def may_work(state: OrganisationState) -> bool:
    """A closed organisation sees nothing, not even its own old postings."""
    return state is not OrganisationState.CLOSED
