"""How actions stack to bring one skill to a level: every way without a step too many.

A level asked before some day is reached along a chain: sessions one after the other in time, and
tasks between them. A session lifts from the level held before it starts; a task counts for it only
when finished before. So a chain is a set of sessions and a set of (task, last day) pairs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.planning.path.problem import Problem, Session, Task

MOST_WAYS = 400
MOST_WALKS = 2_000
MOST_LIFTS = 60
"""Ways kept, ways looked at and sessions tried for one skill; beyond them the search says that it
is not complete. The soonest to end are kept."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`level` of `skill` before the morning of `before`; None = by the end of the plan."""

    skill: str
    level: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """`tasks`: (task id, last day of work); None = the end of the plan."""

    sessions: frozenset[int]
    tasks: frozenset[tuple[str, int | None]]

    def is_within(self, other: "Chain") -> bool:
        """Whether it asks nothing that the other does not ask as well."""
        if not self.sessions <= other.sessions:
            return False
        theirs = dict(other.tasks)
        return all(task in theirs and _no_earlier(due, theirs[task]) for task, due in self.tasks)


@dataclass(frozen=True, slots=True)
class Chains:
    """`is_complete` False: there were more than are kept or looked at."""

    wanted: Wanted
    ways: tuple[Chain, ...]
    is_complete: bool = True


def chains(problem: Problem, wanted: Wanted) -> Chains:
    """Shortest first. One empty chain when the level is held already, none when out of reach."""
    ends_before = problem.last + 1 if wanted.before is None else wanted.before
    able = [each for each in problem.sessions if _lifts(each, wanted.skill)]
    lifts = sorted(
        (each for each in able if each.ends < ends_before),
        key=lambda each: (each.ends, each.starts, each.id),
    )
    found, is_complete = _walks(problem, wanted, lifts[:MOST_LIFTS])
    kept: list[Chain] = []
    for chain in found:
        if not any(other.is_within(chain) for other in kept):
            kept = [other for other in kept if not chain.is_within(other)]
            kept.append(chain)
    cut = len(lifts) > MOST_LIFTS or len(kept) > MOST_WAYS
    return Chains(wanted, tuple(kept[:MOST_WAYS]), is_complete and not cut)


_Walk = tuple[int, tuple[Session, ...], tuple[tuple[str, int], ...]]
"""(level reached, sessions in order, (task, how many sessions came before it))."""


def _walks(problem: Problem, wanted: Wanted, lifts: Sequence[Session]) -> tuple[list[Chain], bool]:
    """Breadth first, so that short chains come before the longer ones they make needless."""
    skill = wanted.skill
    tasks = [each for each in problem.tasks if any(name == skill for name, _ in each.covers)]
    found: list[Chain] = []
    front: list[_Walk] = [(problem.level(wanted.skill), (), ())]
    seen = 0
    while front:
        following: list[_Walk] = []
        for walk in front:
            if walk[0] >= wanted.level:
                found.append(_chain(walk, wanted.before))
            else:
                following += _onward(walk, wanted.skill, lifts, tasks)
            if (seen := seen + 1) >= MOST_WALKS:
                return found, False
        front = following
    return found, True


def _onward(
    walk: _Walk, skill: str, lifts: Sequence[Session], tasks: Sequence[Task]
) -> Iterator[_Walk]:
    level, sessions, done = walk
    for task in tasks:
        if (skill, level + 1) in task.covers and all(task.id != each for each, _ in done):
            yield level + 1, sessions, (*done, (task.id, len(sessions)))
    earliest = sessions[-1].ends + 1 if sessions else 0
    for session in lifts:
        then = _after(session, skill, level)
        if session.starts >= earliest and then > level:
            yield then, (*sessions, session), done


def _chain(walk: _Walk, before: int | None) -> Chain:
    """A task is due before the session that follows it starts."""
    _, sessions, done = walk
    last = None if before is None else before - 1
    due = [each.starts - 1 for each in sessions]
    return Chain(
        frozenset(each.id for each in sessions),
        frozenset((task, due[place] if place < len(due) else last) for task, place in done),
    )


def _lifts(session: Session, skill: str) -> bool:
    return any(each.skill == skill for each in session.gains)


def _after(session: Session, skill: str, level: int) -> int:
    return max(each.after(level) for each in session.gains if each.skill == skill)


def _no_earlier(due: int | None, other: int | None) -> bool:
    return due is None or (other is not None and due >= other)
