"""What could change in a published round by agreement, from what is stored now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.db import Unit
from matcher.matching.round_pairs import Answer, answer_of, parted, places
from matcher.matching.round_problem import sides_of
from matcher.policy.exchanges import Ask, Exchange, Seats, passed_over, possible
from matcher.store import round_exchanges, round_people, rounds
from matcher.store.rounds import PairLine, RoundOpening
from models.assignment import AssignmentRound, PairState, RoundState

Wishes = Mapping[int, Mapping[int, int]]


@dataclass(frozen=True)
class Standing:
    """`asks` that still count; `held` the pair each of those people has; `passed_over`: openings
    with a free seat that unplaced people would get first."""

    asks: tuple[Ask, ...]
    held: Mapping[int, PairLine]
    openings: Mapping[int, RoundOpening]
    exchanges: tuple[Exchange, ...]
    passed_over: Mapping[int, int]


def is_out(row: AssignmentRound) -> bool:
    """Whether places may change hands: not while the desk tries the round again."""
    return row.state is RoundState.PUBLISHED


def movable(line: PairLine, begun: set[tuple[int, int]], today: date) -> bool:
    """A pair that stands and that neither the partner nor the work itself has settled."""
    pair = line.pair
    is_settled = pair.state is not PairState.WAITING or (pair.youth_id, pair.opening_id) in begun
    return not is_settled and answer_of(line, today) is Answer.WAITING


def standing(unit: Unit, row: AssignmentRound, may_rank: bool) -> Standing:
    """One pass over the people who asked or have no place."""
    assert row.id is not None
    found = {each.opening_id: each for each in rounds.openings_of(unit.session, row.id)}
    inside = {each.youth_id for each in round_people.joined(unit.session, row.id, unit.today)}
    stand, fallen = parted(rounds.pairs(unit.session, row.id), unit.today)
    held = _held(unit, stand, inside)
    asks = _living(round_exchanges.requests(unit.session, row.id), held)
    waiting = inside - {each.pair.youth_id for each in stand}
    wishes = round_people.wishes(unit.session, row.id)
    free, spare = _free(found, stand)
    shown = _wanted(asks, waiting, free, wishes)
    people = waiting | {each.youth_id for each in asks}
    kept = {youth: wishes[youth] for youth in sorted(people) if youth in wishes}
    allowed = _allowed(unit, row, kept, may_rank, places(fallen), shown)
    queues = {key: sum(1 for y, o in allowed if o == key and y in waiting) for key in shown}
    seats = Seats(free, spare, queues)
    return Standing(asks, held, found, possible(asks, allowed, seats), passed_over(seats))


def _allowed(
    unit: Unit,
    row: AssignmentRound,
    wishes: Wishes,
    may_rank: bool,
    gone: Iterable[tuple[int, int]],
    only: Sequence[int],
) -> set[tuple[int, int]]:
    """(person, opening) that the partner's bands and every rule of a dry run accept."""
    if not only:
        return set()
    sides = sides_of(unit.session, row, wishes, unit.today, may_rank, gone, only)
    return {
        (youth, key)
        for key, side in sides.items()
        for youth in side.bands
        if youth not in side.apart
    }


def _held(unit: Unit, stand: Iterable[PairLine], inside: set[int]) -> dict[int, PairLine]:
    lines = [each for each in stand if each.pair.youth_id in inside]
    begun = round_exchanges.begun(unit.session, [each.pair.youth_id for each in lines])
    return {each.pair.youth_id: each for each in lines if movable(each, begun, unit.today)}


def _living(
    lines: Iterable[round_exchanges.RequestLine], held: Mapping[int, PairLine]
) -> tuple[Ask, ...]:
    return tuple(
        Ask(*line)
        for line in lines
        if line.youth_id in held and held[line.youth_id].pair.opening_id == line.held
    )


def _free(
    found: Mapping[int, RoundOpening], stand: Iterable[PairLine]
) -> tuple[dict[int, int], dict[int, int]]:
    """(seats nobody has, people above the minimum), by opening."""
    counts = dict.fromkeys(found, 0)
    for each in stand:
        counts[each.pair.opening_id] = counts.get(each.pair.opening_id, 0) + 1
    free = {key: row.capacity - counts[key] for key, row in found.items()}
    return free, {key: counts[key] - row.minimum for key, row in found.items()}


def _wanted(
    asks: Iterable[Ask], waiting: set[int], free: Mapping[int, int], wishes: Wishes
) -> list[int]:
    """Openings somebody asks for, and those with a seat the unplaced wish for."""
    wished = {key for youth in waiting for key in wishes.get(youth, {})}
    seats = {key for key in wished if free.get(key, 0) > 0}
    return sorted({each.wanted for each in asks} | seats)
