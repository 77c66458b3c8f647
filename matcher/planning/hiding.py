"""Which numbers of all evaluation packs of a year may leave the house.

The answer is found for the whole table at once (every measure, university and project) and for all
packs frozen before, so that it does not depend on which pack somebody asks for: whoever collects
them all, old and new, learns no more.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import permutations

from matcher.planning.facts import OTHER, Facts
from matcher.planning.measures import LEVELS, MEASURES, PROVINCE, WITHIN, rows
from matcher.planning.published import (
    TODAY,
    Book,
    Key,
    Pack,
    State,
    Token,
    as_unknowns,
    clues,
    is_few,
    moves,
    opened,
)
from matcher.planning.suppression import Relation, adds_up, protect, within

ALL = -1
"""In place of a group: the whole province."""
ABOUT_PEOPLE = tuple(
    name for name, measure in MEASURES.items() if measure.table != "course_session"
    and name not in PROVINCE
)  # fmt: skip
READ_FIRST = frozenset({"selected", "completed", "participants", "completers", "told", "unknown"})
"""Hidden for another's sake only when nothing else will do."""
OF_RECORDS = frozenset({"told", "unknown", "unknown_3", "unknown_6", "unknown_place"})
"""What our own records know or lack. Few are not shown either, but nobody is hurt by a count of
missing answers, and other counts are not hidden for it."""
ROWS_APART = frozenset({"applied", "selected", "completed", "dropped", "shared", "adult"})
"""A row of these belongs to one project; a person or a certificate may count in several."""


def hidden(
    facts: Facts, groups: Iterable[int], projects: Collection[str], packs: Sequence[Pack] = ()
) -> frozenset[Key]:
    """`groups`: the universities; `packs`: what was frozen of the year by anybody, the oldest
    first. Everything else about people may be shown."""
    every = (*groups, OTHER)
    now = _states(facts, every, ("", *projects))
    return _hidden(tuple(now.items()), tuple(packs), every, tuple(projects))


@lru_cache(maxsize=8)
def _hidden(
    items: tuple[tuple[Key, State], ...],
    packs: tuple[Pack, ...],
    every: tuple[int, ...],
    projects: tuple[str, ...],
) -> frozenset[Key]:
    """Remembered by the rows: who looks at a preview freezes the same numbers next."""
    book = opened(dict(items), packs)
    pairs = tuple(moves(book))
    few = {token for token, state in book.states.items() if is_few(state)} - book.given
    apart = few | _beside_a_told(book, pairs) | _beside_a_few(few)
    moved, ties = as_unknowns(book, (pair for pair in pairs if not _is_of_records(pair[0])))
    small = frozenset(moved) | {token for token in apart if not _is_of_records(token)}
    counts = book.counts | moved
    rank: dict[Hashable, int] = {
        (key, TODAY): 4 * (key[0] in READ_FIRST) + 2 * (key[1] == ALL) + (key[2] == "")
        for key, _state in items
    }
    relations = [*_held(book, counts, list(_relations(every, projects))), *ties]
    found = protect(counts, small, relations, rank, clues(book, moved, apart - small))
    return frozenset(key for key, _state in items if (key, TODAY) in found)


def _is_of_records(token: Token) -> bool:
    return token[0][0] in OF_RECORDS


def _beside_a_few(few: Iterable[Token]) -> set[Token]:
    """What is known and unknown where few work: one known person is the one who works."""
    return {
        ((name, *key[1:]), TODAY)
        for key, at in few
        if at == TODAY and key[0].startswith("employed")
        for name in OF_RECORDS
    }


def _beside_a_told(book: Book, pairs: Iterable[tuple[Token, Token]]) -> set[Token]:
    """Today's states that would tell a move of few together with what was told before."""
    return {
        one
        for pair in pairs
        for one, other in permutations(pair)
        if one[1] == TODAY and other in book.given
    }


def _held(
    book: Book, counts: Mapping[Hashable, int], known: Sequence[Relation]
) -> Iterable[Relation]:
    """The relations between the states that stood beside each other: today, and in each pack."""
    today: dict[Key, Hashable] = {key: (key, at) for key, at in book.states if at == TODAY}
    for place in (today, *book.places):
        for relation in known:
            if all(key in place for key, _weight in relation.terms):
                terms = tuple((place[key], weight) for key, weight in relation.terms)  # type: ignore[index]
                if any(counts[token] for token, _weight in terms):
                    yield replace(relation, terms=terms)


def _states(facts: Facts, groups: Collection[int], projects: Iterable[str]) -> dict[Key, State]:
    """The rows of every cell and the people they are about."""
    found: dict[Key, set[tuple[int, int | None]]] = {}
    for project in projects:
        for name in ABOUT_PEOPLE:
            found |= {(name, group, project): set() for group in (*groups, ALL)}
            for row in rows(facts, name, project):
                for group in (row.group if row.group in groups else OTHER, ALL):
                    assert group is not None
                    found[name, group, project].add((row.row_id, row.youth_id))
    return {key: frozenset(inside) for key, inside in found.items()}


def _relations(groups: Collection[int], projects: Collection[str]) -> Iterable[Relation]:
    for name in ABOUT_PEOPLE:
        for project in ("", *projects):
            yield adds_up((name, ALL, project), [(name, group, project) for group in groups])
        for group in (*groups, ALL):
            whole = (name, group, "")
            parts = [(name, group, project) for project in projects]
            if name in ROWS_APART:
                yield within(whole, parts)
            else:
                yield from (within(whole, [part]) for part in parts)
    for project in ("", *projects):
        for group in (*groups, ALL):
            yield from _across(group, project)
        yield within(("selected", ALL, project), [("participants", ALL, project)])
        yield within(("completed", ALL, project), [("completers", ALL, project)])


def _across(group: int, project: str) -> Iterable[Relation]:
    for whole, parts in WITHIN:
        yield within((whole, group, project), [(part, group, project) for part in parts])
    yield adds_up(
        ("completers", group, project), [("told", group, project), ("unknown", group, project)]
    )
    passes = tuple(((level, group, project), -1) for level in LEVELS)
    certified = (("certified", group, project), 1)
    # Nobody is certified without a pass of the year.
    yield Relation((certified, *passes), float("-inf"), 0)
