"""How an assignment round goes from a draft to a published result, and what each side may do."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise

from matcher.policy.states import Step, Table
from models.account import Role
from models.assignment import Band
from models.assignment import RoundState as R

ANSWER_DAYS = 7
"""How long the two sides of a published pair have to answer."""
LEAST_REASON = 10
"""Letters of the reason with which a round is cancelled once its lottery has been seen."""


class RoundAction(StrEnum):
    OPEN = "open"
    """Draws the seed and publishes its commitment: from here on nobody chooses the lottery."""
    EDIT = "edit"
    """Until the wishes lock; once they are open nothing told is taken back unseen."""
    CLOSE = "close"
    """Before the last day; only when everybody of the cohort has answered."""
    TRY = "try"
    PROPOSE = "propose"
    RETURN = "return"
    CONFIRM = "confirm"
    CANCEL = "cancel"


_DESK = frozenset({Role.COORDINATOR, Role.CENTRE})

ROUND_STEPS: Table = {
    (R.DRAFT, RoundAction.OPEN): Step(R.WISHES_OPEN, _DESK),
    (R.DRAFT, RoundAction.EDIT): Step(R.DRAFT, _DESK),
    (R.DRAFT, RoundAction.CANCEL): Step(R.CANCELLED, _DESK),
    (R.WISHES_OPEN, RoundAction.CLOSE): Step(R.WISHES_CLOSED, _DESK),
    (R.WISHES_OPEN, RoundAction.EDIT): Step(R.WISHES_OPEN, _DESK),
    (R.WISHES_OPEN, RoundAction.CANCEL): Step(R.CANCELLED, _DESK),
    (R.WISHES_CLOSED, RoundAction.TRY): Step(R.DRY_RUN, _DESK),
    (R.WISHES_CLOSED, RoundAction.CANCEL): Step(R.CANCELLED, _DESK),
    (R.DRY_RUN, RoundAction.TRY): Step(R.DRY_RUN, _DESK),
    (R.DRY_RUN, RoundAction.PROPOSE): Step(R.PROPOSED, _DESK),
    (R.DRY_RUN, RoundAction.CANCEL): Step(R.CANCELLED, _DESK),
    (R.PROPOSED, RoundAction.CONFIRM): Step(R.PUBLISHED, _DESK),
    (R.PROPOSED, RoundAction.RETURN): Step(R.DRY_RUN, _DESK),
    # after drop-outs; what is left of the published pairs stays fixed
    (R.PUBLISHED, RoundAction.TRY): Step(R.DRY_RUN, _DESK),
}


def round_standing(state: R, wishes_until: date, today: date) -> R:
    """Wishes lock when their last day is over, also before anybody has pressed a button."""
    if state is R.WISHES_OPEN and wishes_until < today:
        return R.WISHES_CLOSED
    return state


def seen_state(state: R, wishes_until: date, today: date, is_published: bool) -> R:
    """What people and partners are told: what the desk tries out is its own matter."""
    standing = round_standing(state, wishes_until, today)
    if is_published:
        return R.PUBLISHED
    return R.WISHES_CLOSED if standing in (R.DRY_RUN, R.PROPOSED) else standing


def can_wish(state: R, wishes_until: date, today: date) -> bool:
    return round_standing(state, wishes_until, today) is R.WISHES_OPEN


def can_band(state: R, wishes_until: date, today: date) -> bool:
    """A partner answers until the first dry run: afterwards everybody sees the same list."""
    return round_standing(state, wishes_until, today) in (R.WISHES_OPEN, R.WISHES_CLOSED)


def can_close_early(invited: int, answered: int) -> bool:
    """People were told a day; it moves forward only when nobody is left who could still answer."""
    return invited > 0 and answered >= invited


def can_confirm(
    account_id: int, role: Role, organisation_id: int | None, proposer_id: int | None, owner_id: int
) -> bool:
    """The second pair of eyes: another account of the same desk, or the centre's."""
    is_desk = organisation_id == owner_id or role is Role.CENTRE
    return role in _DESK and is_desk and proposer_id is not None and account_id != proposer_id


def tiers_of(wishes: Mapping[int, int]) -> tuple[tuple[int, ...], ...]:
    """Openings by tier, the best first; numbers left out in between mean nothing."""
    levels = sorted(set(wishes.values()))
    return tuple(tuple(sorted(k for k, v in wishes.items() if v == level)) for level in levels)


def proposed_bands(scores: Mapping[int, float]) -> dict[int, Band]:
    """Thirds of the ranking model's order; people with the same score share the better band."""
    order = sorted(scores, key=lambda each: (-scores[each], each))
    found: dict[int, Band] = {}
    for place, each in enumerate(order):
        found[each] = (Band.A, Band.B, Band.C)[place * 3 // len(order)]
    for better, worse in pairwise(order):
        if scores[better] == scores[worse]:
            found[worse] = found[better]
    return found


def moved(order: Sequence[int], item: int, up: bool) -> list[int]:
    """A ranked list with one item a place further up or down; at the end it stays."""
    found = list(order)
    if item not in found:
        return found
    place = found.index(item)
    other = place - 1 if up else place + 1
    if 0 <= other < len(found):
        found[place], found[other] = found[other], found[place]
    return found
