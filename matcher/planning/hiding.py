"""Which numbers of all evaluation packs of a year may leave the house.

The answer is found for the whole table at once (every measure, university and project), so that
it does not depend on which pack somebody asks for: whoever collects them all learns no more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache

from matcher.planning.measures import LEVELS, MEASURES, OTHER, PROVINCE, WITHIN, Facts, rows
from matcher.planning.suppression import LEAST, Relation, adds_up, protect, within

ALL = -1
"""In place of a group: the whole province."""
Key = tuple[str, int, str]
"""Measure, group (or ALL), project (or "" for all courses)."""
ABOUT_PEOPLE = tuple(
    name for name, measure in MEASURES.items() if measure.table != "course_session"
    and name not in PROVINCE
)  # fmt: skip
ROWS_APART = frozenset({"applied", "selected", "completed", "dropped", "shared", "adult"})
"""A row of these belongs to one project; a person or a certificate may count in several."""


def hidden(facts: Facts, groups: Iterable[int], projects: Collection[str]) -> frozenset[Key]:
    """`groups`: the universities. Everything else about people may be shown."""
    every = (*groups, OTHER)
    counts, small = _counts(facts, every, ("", *projects))
    return _hidden(tuple(counts.items()), small, every, tuple(projects))


@lru_cache(maxsize=8)
def _hidden(
    items: tuple[tuple[Key, int], ...],
    small: frozenset[Key],
    every: tuple[int, ...],
    projects: tuple[str, ...],
) -> frozenset[Key]:
    """Remembered by the counts: who looks at a preview freezes the same numbers next."""
    counts = dict(items)
    rank = {key: 2 * (key[1] == ALL) + (key[2] == "") for key in counts}
    relations = [
        relation
        for relation in _relations(every, projects)
        if any(counts[key] for key, _weight in relation.terms)  # type: ignore[index]
    ]
    return protect(counts, small, relations, rank)  # type: ignore[arg-type,return-value]


def _counts(
    facts: Facts, groups: Collection[int], projects: Iterable[str]
) -> tuple[dict[Key, int], frozenset[Key]]:
    """Rows by key, and the keys behind which stand one to four people."""
    counts: dict[Key, int] = {}
    people: dict[Key, set[int | None]] = defaultdict(set)
    for project in projects:
        for name in ABOUT_PEOPLE:
            counts |= {(name, group, project): 0 for group in (*groups, ALL)}
            for row in rows(facts, name, project):
                for group in (row.group if row.group in groups else OTHER, ALL):
                    assert group is not None
                    counts[name, group, project] += 1
                    people[name, group, project].add(row.youth_id)
    small = frozenset(key for key, inside in people.items() if 0 < len(inside) < LEAST)
    return counts, small


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
    passes = tuple(((level, group, project), -1) for level in LEVELS)
    certified = (("certified", group, project), 1)
    # Nobody is certified without a pass of the year.
    yield Relation((certified, *passes), float("-inf"), 0)
