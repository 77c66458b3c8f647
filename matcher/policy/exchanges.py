"""Which changes after a published round are possible: two people swap, or one takes a free seat.

Pure: requests, who is acceptable where, and seats in; possible changes out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from models.assignment_exchange import ExchangeKind


@dataclass(frozen=True)
class Ask:
    """A person at `held` who would rather have `wanted`; numbers grow with the time of asking."""

    id: int
    youth_id: int
    held: int
    wanted: int


@dataclass(frozen=True)
class Exchange:
    asks: tuple[Ask, ...]
    """Two for a swap, one for a move."""

    @property
    def kind(self) -> ExchangeKind:
        return ExchangeKind.SWAP if len(self.asks) > 1 else ExchangeKind.MOVE

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(each.id for each in self.asks)


@dataclass(frozen=True)
class Seats:
    """By opening. `spare`: how many may leave before its minimum is broken; `waiting`: unplaced
    people it accepts and who wished for it, who come before anybody who has a place."""

    free: Mapping[int, int]
    spare: Mapping[int, int]
    waiting: Mapping[int, int]


def possible(
    asks: Sequence[Ask], allowed: Collection[tuple[int, int]], seats: Seats
) -> tuple[Exchange, ...]:
    """Swaps first, because they serve two; who asked earlier comes first; nobody stands in two.

    `allowed` holds (person, opening) pairs that both sides and every rule accept."""
    willing = [e for e in sorted(asks, key=lambda e: e.id) if (e.youth_id, e.wanted) in allowed]
    found = _swaps(willing)
    taken = {ask.id for each in found for ask in each.asks}
    return (*found, *_moves([each for each in willing if each.id not in taken], seats))


def _swaps(asks: Sequence[Ask]) -> list[Exchange]:
    found: list[Exchange] = []
    left = list(asks)
    while left:
        one = left.pop(0)
        other = next((e for e in left if (e.held, e.wanted) == (one.wanted, one.held)), None)
        if other is not None:
            left.remove(other)
            found.append(Exchange((one, other)))
    return found


def _moves(asks: Sequence[Ask], seats: Seats) -> list[Exchange]:
    free, spare, found = dict(seats.free), dict(seats.spare), []
    for each in asks:
        is_first = not seats.waiting.get(each.wanted, 0)
        if is_first and free.get(each.wanted, 0) > 0 and spare.get(each.held, 0) > 0:
            free[each.wanted] -= 1
            spare[each.held] -= 1
            found.append(Exchange((each,)))
    return found


def passed_over(seats: Seats) -> dict[int, int]:
    """Openings with a free seat that unplaced people would get: opening -> how many wait."""
    return {
        key: waiting
        for key, waiting in sorted(seats.waiting.items())
        if waiting and seats.free.get(key, 0) > 0
    }
