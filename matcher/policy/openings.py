"""Rules about a posting that need no database."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, Protocol

from matcher.catalogue.minimum_wage import MinimumWage, load_minimum_wages
from matcher.policy.states import OpeningAction
from models.opening import OpeningState, RequirementKind
from models.organisation import OrganisationState

MOST_REQUIREMENTS = 30
PART_TIME = "part_time"


LONGEST_OPEN_DAYS = 366
"""A posting that closes later than a year from now says nothing about when."""

LOCKED_FIELDS = ("employment_type", "region", "pay_min_krw", "pay_max_krw", "starts_on")
"""Pay and conditions: fixed from the first application on, or people applied to another job. The
answer promise may then be shortened, never lengthened."""
ANSWER_DAYS = (1, 60)


class Terms(Protocol):
    """A posting, stored or as somebody wants it."""

    @property
    def answer_days(self) -> int: ...


def locked_changes(held: Terms, wanted: Terms) -> tuple[str, ...]:
    """Names of what may not change like this once somebody has applied."""
    changed = [name for name in LOCKED_FIELDS if getattr(held, name) != getattr(wanted, name)]
    if wanted.answer_days > held.answer_days:
        changed.append("answer_days")
    return tuple(changed)


def step_on_submit(
    state: OpeningState, is_trusted: bool, is_partner_active: bool, has_hits: bool
) -> OpeningAction:
    """A trusted partner's clean draft goes out at once; everything else goes to a human."""
    if state is OpeningState.DRAFT and is_trusted and is_partner_active and not has_hits:
        return OpeningAction.PUBLISH
    return OpeningAction.SUBMIT


def minimum_wage(year: int) -> MinimumWage | None:
    """The rate of that year, else of the last year known before it."""
    known = [rate for rate in load_minimum_wages() if rate.year <= year]
    return known[-1] if known else None


def pay_year(starts_on: date | None, closes_on: date) -> int:
    """The year the pay is for: of the first day of work, else of the last day to apply."""
    return (starts_on or closes_on).year


def is_below_minimum_wage(yearly_pay_krw: int | None, year: int, employment_type: str) -> bool:
    """Whether a full-time yearly pay is under the minimum; part-time hours are not known here."""
    rate = minimum_wage(year)
    if yearly_pay_krw is None or rate is None or employment_type == PART_TIME:
        return False
    return yearly_pay_krw < rate.krw_per_year


def closing_problem(closes_on: date, today: date) -> Literal["past", "far"] | None:
    """Why a posting cannot be handed in with this last day."""
    if closes_on < today:
        return "past"
    return "far" if (closes_on - today).days > LONGEST_OPEN_DAYS else None


def can_be_matched(kinds: Iterable[RequirementKind]) -> bool:
    """Without one must, nice or licence there is nothing to match against (row A41)."""
    return any(kind is not RequirementKind.EXCLUDE for kind in kinds)


def is_taking_people(state: OpeningState, closes_on: date, today: date) -> bool:
    """Whether candidates are ranked for it: published and not past its last day."""
    return state is OpeningState.PUBLISHED and closes_on >= today


def may_work(state: OrganisationState) -> bool:
    """A closed organisation sees nothing, not even its own old postings."""
    return state is not OrganisationState.CLOSED
