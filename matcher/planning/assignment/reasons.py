"""Why somebody was not placed at what they wished, and what would have changed it.

Every change told was made and the method run again; nothing is guessed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from matcher.planning.assignment.alternatives import Change, Kind, changes_for
from matcher.planning.assignment.changing import tier_of
from matcher.planning.assignment.problem import Method, Opening, Person, Placed, Problem

__all__ = ["Change", "Explanation", "Kind", "Reason", "Why", "why_not"]


class Why(StrEnum):
    NOT_LISTED = "not_listed"
    """The opening does not accept the person."""
    NO_SEATS = "no_seats"
    """None, or all held by confirmed pairs."""
    PREFERS_OTHERS = "prefers_others"
    """Every seat is with somebody the opening prefers."""
    TIE = "tie"
    """Some seats are with people it holds equal: the lottery decided, or for a weakly stable
    assignment that more people are placed this way."""
    BELOW_MINIMUM = "below_minimum"
    """The opening cannot have its minimum and takes nobody (largest sum only)."""
    LARGER_SUM = "larger_sum"
    """The sum of fit is larger without this pair (largest sum only)."""
    HAS_BETTER = "has_better"
    """The person has what they wish as much or more."""


@dataclass(frozen=True, slots=True)
class Reason:
    """`wish`: the person's tier of the opening, 1 the first; `preferred`, `equal`: people placed
    there whom the opening puts above the person, and beside; `confirmed`: fixed pairs there."""

    opening: str
    wish: int
    why: Why
    preferred: int = 0
    equal: int = 0
    confirmed: int = 0
    capacity: int = 0


@dataclass(frozen=True, slots=True)
class Explanation:
    """`is_complete`: all single changes were tried before the time was up."""

    person: str
    placed_at: str | None
    reasons: tuple[Reason, ...]
    changes: tuple[Change, ...] = ()
    is_complete: bool = True


def why_not(
    problem: Problem, placed: Placed, person: str, seed: str = "", seconds: float = 5.0
) -> Explanation:
    """`seed`: the one the assignment was made with. Changes are sought for the unplaced alone."""
    asking = next(each for each in problem.people if each.id == person)
    got = placed.assignment.get(person)
    reasons = tuple(_reasons(problem, placed, asking))
    if got is not None:
        return Explanation(person, got, reasons)
    changes, is_complete = changes_for(problem, placed, asking, seed, seconds)
    return Explanation(person, None, reasons, changes, is_complete)


def _reasons(problem: Problem, placed: Placed, person: Person) -> Iterator[Reason]:
    openings = {each.id: each for each in problem.openings}
    got = tier_of(person.tiers, placed.assignment.get(person.id, ""))
    for wish, tier in enumerate(person.tiers):
        for each in tier:
            if each not in openings or each == placed.assignment.get(person.id):
                continue
            has_better = got is not None and got <= wish
            yield _reason(problem, placed, person.id, openings[each], wish, has_better)


def _reason(
    problem: Problem, placed: Placed, person: str, opening: Opening, wish: int, has_better: bool
) -> Reason:
    ranks = {each: n for n, tier in enumerate(opening.tiers) for each in tier}
    there = [p for p, o in placed.assignment.items() if o == opening.id]
    others = [p for p in there if p not in problem.fixed]
    confirmed = len(there) - len(others)
    mine = ranks.get(person)
    worse = len(ranks)
    preferred = 0 if mine is None else sum(ranks.get(p, worse) < mine for p in others)
    equal = 0 if mine is None else sum(ranks.get(p, worse) == mine for p in others)
    seats = opening.capacity - confirmed
    if has_better:
        why = Why.HAS_BETTER
    elif mine is None:
        why = Why.NOT_LISTED
    elif seats <= 0:
        why = Why.NO_SEATS
    elif preferred >= seats:
        why = Why.PREFERS_OTHERS
    elif placed.method != Method.MAX_FIT:
        why = Why.TIE
    else:
        is_closed = len(there) < opening.minimum and not others
        why = Why.BELOW_MINIMUM if is_closed else Why.LARGER_SUM
    return Reason(opening.id, wish + 1, why, preferred, equal, confirmed, opening.capacity)
