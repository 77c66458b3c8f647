"""Openings and people turned into arrays once, for callers that rank against them again and again.

Prepared data belong to one context: the same adjacency, the same text space.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from matcher.ranking.context import RankingContext
from matcher.ranking.credits import Asks, Floats, HeldTable, Ints, ask_key
from matcher.ranking.requirements import canonical, hard
from matcher.ranking.types import LICENCE, Opening, Requirement, Seeker

if TYPE_CHECKING:
    from scipy import sparse

NICE_SHARE = 0.5
"""A certificate or proof that is only nice to have weighs half a required one."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The graded requirements of a list of openings, flat: opening `row` wants `ask`.

    `must`, `nice`, `certificate` and `proof` are each entry's share in that feature's mean.
    """

    row: Ints
    ask: Ints
    must: Floats
    nice: Floats
    certificate: Floats
    proof: Floats


@dataclass(frozen=True)
class PreparedOpenings:
    openings: tuple[Opening, ...]
    requirements: tuple[tuple[Requirement, ...], ...]
    rules: tuple[tuple[Requirement, ...], ...]
    asks: Asks
    entries: Entries
    context: RankingContext

    @classmethod
    def from_openings(
        cls, openings: Iterable[Opening], context: RankingContext
    ) -> "PreparedOpenings":
        held = tuple(openings)
        only_once((each.id for each in held), "opening")
        lists = tuple(canonical(each.requirements) for each in held)
        graded = [[each for each in some if is_graded(each)] for some in lists]
        asks = Asks.from_requirements((each for some in graded for each in some), context.adjacency)
        rules = tuple(hard(some) for some in lists)
        return cls(held, lists, rules, asks, _entries(graded, asks), context)

    @cached_property
    def text(self) -> "sparse.csr_array | None":
        space = self.context.text
        return None if space is None else space.rows([each.text for each in self.openings])

    def __len__(self) -> int:
        return len(self.openings)


@dataclass(frozen=True)
class PreparedSeekers:
    seekers: tuple[Seeker, ...]
    held: HeldTable
    context: RankingContext

    @classmethod
    def from_seekers(cls, seekers: Iterable[Seeker], context: RankingContext) -> "PreparedSeekers":
        held = tuple(seekers)
        only_once((each.id for each in held), "seeker")
        return cls(held, HeldTable.of(held, context.today), context)

    @cached_property
    def text(self) -> "sparse.csr_array | None":
        space = self.context.text
        return None if space is None else space.rows([each.text for each in self.seekers])

    def __len__(self) -> int:
        return len(self.seekers)


def openings_of(
    openings: Sequence[Opening] | PreparedOpenings, context: RankingContext
) -> PreparedOpenings:
    """Prepared data pass through, unless they were made for another context."""
    if not isinstance(openings, PreparedOpenings):
        return PreparedOpenings.from_openings(openings, context)
    _same(openings.context, context)  # the day may pass: openings hold nothing that ages
    return openings


def seekers_of(
    seekers: Sequence[Seeker] | PreparedSeekers, context: RankingContext
) -> PreparedSeekers:
    if not isinstance(seekers, PreparedSeekers):
        return PreparedSeekers.from_seekers(seekers, context)
    _same(seekers.context, context)
    if seekers.context.today != context.today:
        raise ValueError("people were prepared for another day: certificates expire")
    return seekers


def _same(one: RankingContext, other: RankingContext) -> None:
    if not (one.adjacency is other.adjacency and one.text is other.text):
        raise ValueError("prepared for another context: adjacency or text space differ")


def only_once(ids: Iterable[int], what: str) -> None:
    seen: set[int] = set()
    for each in ids:
        if each in seen:
            raise ValueError(f"{what} {each} is listed twice")
        seen.add(each)


def is_graded(requirement: Requirement) -> bool:
    """Musts and nices move the score; licences and exclusions only let in or keep out."""
    return requirement.kind in ("must", "nice") and not requirement.key.startswith(LICENCE)


def _entries(lists: Sequence[Sequence[Requirement]], asks: Asks) -> Entries:
    flat = [(row, each) for row, some in enumerate(lists) for each in some]
    must = np.array([each.kind == "must" for _, each in flat], dtype=bool)
    skill = np.array([each.key.startswith("skill:") for _, each in flat], dtype=bool)
    importance = np.where(must, 1.0, NICE_SHARE)
    return Entries(
        np.array([row for row, _ in flat], dtype=np.int64),
        np.array([asks.number[ask_key(each)] for _, each in flat], dtype=np.int64),
        (must & skill).astype(np.float64),
        (~must & skill).astype(np.float64),
        np.where(skill, 0.0, importance),
        importance,
    )
