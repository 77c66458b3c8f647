"""Openings and people turned into arrays once, for callers that rank against them again and again.

Prepared data belong to one context: the same adjacency, the same text space.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from matcher.ranking.context import RankingContext
from matcher.ranking.credits import Asks, Floats, HeldTable, Ints, Mean, ask_key
from matcher.ranking.requirements import canonical, hard
from matcher.ranking.types import CERTIFICATION, LICENCE, SKILL, Opening, Requirement, Seeker

if TYPE_CHECKING:
    from scipy import sparse

NICE_SHARE = 0.5
"""A certificate or proof that is only nice to have weighs half a required one."""


@dataclass(frozen=True, slots=True)
class Entries:
    """What a list of openings weighs, flat and in row order: opening `row` weighs `ask`.

    `must`, `nice`, `certificate`, `skill` and `proof` are each entry's share in a mean over the
    required skills, the nice-to-have ones, certificates, skills of both kinds and everything;
    `required` is 1 for a must of either sort, `mentioned` for a skill only the text names.
    """

    row: Ints
    ask: Ints
    must: Floats
    nice: Floats
    certificate: Floats
    proof: Floats
    required: Floats
    skill: Floats
    mentioned: Floats


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
        weighed = [
            [(each, False) for each in some if is_graded(each)]
            + [(each, True) for each in _mentioned(opening, some)]
            for opening, some in zip(held, lists, strict=True)
        ]
        asks = Asks.from_requirements(
            (each for some in weighed for each, _ in some), context.adjacency
        )
        rules = tuple(hard(some) for some in lists)
        return cls(held, lists, rules, asks, _entries(weighed, asks), context)

    @cached_property
    def means(self) -> Mapping[str, Mean]:
        """By proof feature: what it averages over."""
        entries = self.entries
        shares = {
            "must_skill": entries.must,
            "nice_skill": entries.nice,
            "certificate": entries.certificate,
            "proof": entries.proof,
            "must_missing": entries.required,
            "must_exact": entries.required,
            "level_surplus": entries.skill,
            "certificate_verified": entries.certificate,
            "mentioned_skill": entries.mentioned,
        }
        return {
            name: Mean.of(entries.row, entries.ask, share, len(self))
            for name, share in shares.items()
        }

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


def _mentioned(opening: Opening, listed: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Skills the text names and the list does not, at any level."""
    said = {each.key for each in listed}
    keys = sorted({SKILL + slug for slug in opening.mentioned} - said)
    return tuple(Requirement(key, "nice") for key in keys)


def _entries(lists: Sequence[Sequence[tuple[Requirement, bool]]], asks: Asks) -> Entries:
    flat = [(row, each, said) for row, some in enumerate(lists) for each, said in some]
    said = np.array([only_said for _, _, only_said in flat], dtype=bool)
    must = np.array([each.kind == "must" for _, each, _ in flat], dtype=bool)
    certificate = np.array([each.key.startswith(CERTIFICATION) for _, each, _ in flat], dtype=bool)
    importance = np.where(said, 0.0, np.where(must, 1.0, NICE_SHARE))
    skill = ~certificate & ~said
    return Entries(
        row=np.array([row for row, _, _ in flat], dtype=np.int64),
        ask=np.array([asks.number[ask_key(each)] for _, each, _ in flat], dtype=np.int64),
        must=(must & skill).astype(np.float64),
        nice=(~must & skill).astype(np.float64),
        certificate=np.where(certificate, importance, 0.0),
        proof=importance,
        required=must.astype(np.float64),
        skill=np.where(skill, importance, 0.0),
        mentioned=said.astype(np.float64),
    )
