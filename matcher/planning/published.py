"""What frozen packs of a year already told, and which of today's counts moved too little since.

A cell (a measure of a group and project) has a state: the rows it counts. Equal states are one
unknown to a reader, in whichever pack they stand, so that what a later pack tells about an earlier
one is part of the attack that is answered. A move of fewer than five people between two states is
as much to be kept as a count of fewer than five.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from matcher.planning.suppression import ANYTHING, LARGEST, LEAST, Clues, Relation

Key = tuple[str, int, str]
"""Measure, group, project (or "" for all courses)."""
State = frozenset[tuple[int, int | None]]
"""Row and person."""
Token = tuple[Key, int]
"""A cell in one of its states; today's is 0."""
TODAY = 0


class Kept(NamedTuple):
    """A number told before, and the day it was counted."""

    value: int
    on: str


class Told(NamedTuple):
    """A cell of a frozen pack. `kept`: the number told before, which was printed again; with
    `is_shown` it is the count too."""

    state: State
    is_shown: bool
    kept: Kept | None = None


class Pack(NamedTuple):
    on: str
    cells: tuple[tuple[Key, Told], ...]


@dataclass
class Book:
    """Every state of every cell, and what was told of each."""

    states: dict[Token, State] = field(default_factory=dict)
    given: set[Hashable] = field(default_factory=set)
    limits: dict[Hashable, tuple[float, float]] = field(default_factory=dict)
    places: list[dict[Key, Hashable]] = field(default_factory=list)
    """By pack, the token of each cell in it."""

    @property
    def counts(self) -> dict[Hashable, int]:
        return {token: len(state) for token, state in self.states.items()}


def opened(now: Mapping[Key, State], packs: Sequence[Pack]) -> Book:
    """`packs`: the oldest first."""
    book = Book({(key, TODAY): state for key, state in now.items()})
    known: dict[Key, list[State]] = {key: [state] for key, state in now.items()}
    for pack in packs:
        place: dict[Key, Hashable] = {}
        for key, told in pack.cells:
            token = _token(key, told.state, known)
            book.states[token], place[key] = told.state, token
            _note(book, token, told)
        book.places.append(place)
    for key, kept in last_kept(packs).items():
        if standing(len(now.get(key, ())), False, kept):
            _narrow(book, (key, TODAY), _around(kept))
    return book


def standing(count: int, is_shown: bool, kept: Kept | None) -> Kept | None:
    """The number told before, where it is to be printed again: for the same number, so that one
    which moved a little and is not shown looks alike."""
    if kept is None or abs(count - kept.value) >= (1 if is_shown else LEAST):
        return None
    return kept


def last_kept(packs: Iterable[Pack]) -> dict[Key, Kept]:
    """By cell, the number told last."""
    return {
        key: told.kept or Kept(len(told.state), pack.on)
        for pack in packs
        for key, told in pack.cells
        if told.is_shown
    }


def people(state: Iterable[tuple[int, int | None]]) -> int:
    return len({person for _row, person in state})


def is_few(state: State) -> bool:
    return 0 < people(state) < LEAST


def moves(book: Book) -> Iterator[tuple[Token, Token]]:
    """Two states of one cell between which stand one to four people, or a number of one to four."""
    by_key: dict[Key, list[Token]] = {}
    for token in book.states:
        by_key.setdefault(token[0], []).append(token)
    for tokens in by_key.values():
        for one, other in combinations(tokens, 2):
            before, after = book.states[one], book.states[other]
            is_told = one in book.given and other in book.given
            if not is_told and _is_small_move(before, after):
                yield one, other


def _is_small_move(before: State, after: State) -> bool:
    by = abs(len(before) - len(after))
    return by > 0 and (by < LEAST or is_few(before ^ after))


def as_unknowns(
    book: Book, pairs: Iterable[tuple[Token, Token]]
) -> tuple[dict[Hashable, int], list[Relation]]:
    """Moves as counts of their own, each tied to its two states."""
    found: dict[Hashable, int] = {}
    ties = []
    for one, other in pairs:
        found[one, other] = len(book.states[one]) - len(book.states[other])
        ties.append(Relation(((one, 1), (other, -1), ((one, other), -1)), 0, 0))
    return found, ties


def clues(book: Book, moved: Iterable[Hashable], apart: set[Token]) -> Clues:
    """`apart`: not shown, whoever works it out; it may be 0."""
    free: dict[Hashable, tuple[float, float]] = dict.fromkeys(apart, (0.0, float(LARGEST)))
    anything = {each: (-float(LARGEST), float(LARGEST)) for each in moved}
    past = {token for token in book.states if token[1] != TODAY}
    return Clues(
        given=frozenset(book.given),
        unknown=frozenset((past | apart) - book.given),
        limits={**free, **book.limits, **anything},
    )


def _token(key: Key, state: State, known: dict[Key, list[State]]) -> Token:
    # What today's table does not know is empty today.
    states = known.setdefault(key, [frozenset()])
    if state not in states:
        states.append(state)
    return key, states.index(state)


def _note(book: Book, token: Token, told: Told) -> None:
    if told.is_shown:
        book.given.add(token)
    elif told.kept is not None:
        _narrow(book, token, _around(told.kept))
    else:
        _narrow(book, token, ANYTHING if told.state else (0.0, float(LARGEST)))


def _narrow(book: Book, token: Token, limits: tuple[float, float]) -> None:
    low, high = book.limits.get(token, (0.0, float(LARGEST)))
    book.limits[token] = max(low, limits[0]), min(high, limits[1])


def _around(kept: Kept) -> tuple[float, float]:
    return max(0.0, kept.value - LEAST + 1.0), kept.value + LEAST - 1.0
