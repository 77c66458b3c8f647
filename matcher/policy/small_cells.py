"""Counts of people that are too small to show, and what else must go so nobody works them out.

For pages counted live: one row of disjoint groups, answered without an integer program. Whoever
sees them may open the people behind them, so that two days set side by side tell nothing new. What
leaves the house is decided in `matcher/planning/hiding.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.planning.suppression import LEAST as LEAST


@dataclass(frozen=True)
class Cell:
    """`n` is None when hidden; `is_small` tells a cell hidden for its own size from one hidden
    to protect another."""

    n: int | None
    is_small: bool = False


@dataclass(frozen=True)
class Column:
    """One count for everybody and for disjoint groups, by the group's number."""

    total: Cell
    groups: dict[int, Cell]


def is_small(n: int) -> bool:
    return 1 <= n < LEAST


def alone(n: int) -> Cell:
    """A count nobody can set against a total."""
    return Cell(None, is_small=True) if is_small(n) else Cell(n)


def protect(groups: Mapping[int, int]) -> Column:
    """Hide small counts, then further ones until no hidden count follows from what is left.

    A reader knows the total, the shown groups and that a small cell holds 1 to 4. As long as one
    hidden cell can then have a single value only, the smallest shown group goes too, and the
    total last.
    """
    total = alone(sum(groups.values()))
    covered: set[int] = set()
    while total.n is not None and _gives_away(groups, covered):
        shown = [(n, group) for group, n in groups.items() if n >= LEAST and group not in covered]
        if shown:
            covered.add(min(shown)[1])
        else:
            total = Cell(None)
    return Column(
        total, {group: Cell(None) if group in covered else alone(n) for group, n in groups.items()}
    )


def protect_way(stages: Sequence[Mapping[int, int]]) -> list[Column]:
    """The same for stages of which each counts part of the people of the one before.

    A hidden count there lies between its neighbours, so hiding one group in one stage is not
    enough: from the first stage that would give something away, only the totals are shown.
    """
    columns: list[Column] = []
    is_open = True
    for groups in stages:
        total = alone(sum(groups.values()))
        is_open = is_open and (total.n is None or not _gives_away(groups, set()))
        cells = {group: alone(n) if is_open else Cell(None) for group, n in groups.items()}
        columns.append(Column(total, cells))
    return columns


def _gives_away(groups: Mapping[int, int], covered: set[int]) -> bool:
    """Whether the sum of the hidden cells leaves one of the small ones a single possible value."""
    small = [n for n in groups.values() if is_small(n)]
    if not small:
        return False
    rest = sum(small) + sum(groups[group] for group in covered)
    others = len(small) - 1
    highest = min(LEAST - 1, rest - others - LEAST * len(covered))
    lowest = 1 if covered else max(1, rest - (LEAST - 1) * others)
    return lowest >= highest
