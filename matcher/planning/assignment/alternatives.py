"""The single changes with which somebody unplaced would have been placed, each one tried."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from time import monotonic

from matcher.planning.assignment.changing import listed, raised, tier_of, wishing, with_seats
from matcher.planning.assignment.methods import place
from matcher.planning.assignment.problem import Method, Opening, Person, Placed, Problem

MOST_NEW_WISHES = 5


class Kind(StrEnum):
    SEATS = "seats"
    """More seats at an opening wished for."""
    TIERS = "tiers"
    """A higher tier at an opening wished for."""
    LISTED = "listed"
    """Being accepted by an opening wished for, as the last of all."""
    WISH = "wish"
    """One more wish, as the last of all."""


@dataclass(frozen=True, slots=True)
class Change:
    """`by`: seats more, or tiers higher, at `opening`; `lands`: where the person then is."""

    kind: Kind
    opening: str
    by: int
    lands: str


class _TimeUp(Exception):
    pass


@dataclass(frozen=True, slots=True)
class _Again:
    """The method run again on a changed problem."""

    problem: Problem
    placed: Placed
    person: Person
    seed: str
    until: float

    def lands(self, changed: Problem) -> str | None:
        left = self.until - monotonic()
        if left <= 0:
            raise _TimeUp
        placed = place(changed, self.placed.method, self.seed, left)
        return placed.assignment.get(self.person.id)


def changes_for(
    problem: Problem, placed: Placed, person: Person, seed: str, seconds: float
) -> tuple[tuple[Change, ...], bool]:
    """What was found, and whether everything was tried before the time was up."""
    again = _Again(problem, placed, person, seed, monotonic() + seconds)
    found: list[Change] = []
    try:
        for each in _tried(again):
            found.append(each)
    except _TimeUp:
        return tuple(found), False
    return tuple(found), True


def _tried(again: _Again) -> Iterator[Change]:
    """A seat, a further wish, being accepted, a higher tier; the last asks for most runs."""
    openings = {each.id: each for each in again.problem.openings}
    wished = [openings[o] for tier in again.person.tiers for o in tier if o in openings]
    ranks = {each.id: tier_of(each.tiers, again.person.id) for each in openings.values()}
    person = again.person.id
    for each in wished:
        if ranks[each.id] is None:
            changed = listed(again.problem, each.id, person)
            yield from _if_lands(again, changed, Kind.LISTED, each.id)
        else:
            changed = with_seats(again.problem, each.id, 1)
            yield from _if_lands(again, changed, Kind.SEATS, each.id)
    yield from islice(_new_wishes(again, {each.id for each in wished}, ranks), MOST_NEW_WISHES)
    for each in wished:
        if ranks[each.id]:
            yield from _higher(again, each.id, ranks[each.id] or 0)


def _if_lands(
    again: _Again, changed: Problem, kind: Kind, opening: str, by: int = 1
) -> Iterator[Change]:
    lands = again.lands(changed)
    if lands is not None:
        yield Change(kind, opening, by, lands)


def _new_wishes(again: _Again, wished: set[str], ranks: dict[str, int | None]) -> Iterator[Change]:
    for each in sorted(again.problem.openings, key=lambda opening: opening.id):
        rank = ranks[each.id]
        if rank is None or each.id in wished or not _might_take(again, each, rank):
            continue
        changed = wishing(again.problem, again.person.id, each.id)
        yield from _if_lands(again, changed, Kind.WISH, each.id)


def _might_take(again: _Again, opening: Opening, rank: int) -> bool:
    """A free seat, or somebody there whom the opening does not prefer."""
    there = [p for p, o in again.placed.assignment.items() if o == opening.id]
    if len(there) < opening.capacity:
        return True
    better = {each for tier in opening.tiers[:rank] for each in tier}
    return any(each not in better and each not in again.problem.fixed for each in there)


def _higher(again: _Again, opening: str, rank: int) -> Iterator[Change]:
    """The fewest tiers. With deferred acceptance a higher tier never harms, so halving finds them;
    with the other methods they are tried one by one."""

    def lands(up: int) -> str | None:
        return again.lands(raised(again.problem, opening, again.person.id, up))

    if again.placed.method != Method.DEFERRED_ACCEPTANCE:
        tries = ((up, lands(up)) for up in range(1, rank + 1))
        yield from islice(
            (Change(Kind.TIERS, opening, up, at) for up, at in tries if at is not None), 1
        )
        return
    low, high, at = 1, rank, lands(rank)
    if at is None:
        return
    while low < high:
        middle = (low + high) // 2
        found = lands(middle)
        if found is None:
            low = middle + 1
        else:
            high, at = middle, found
    yield Change(Kind.TIERS, opening, low, at)
