"""What an assignment is made from: people, openings, the wishes of both, and what is fixed.

The same values are the anonymised list anyone verifies (`verifying`), so ids are texts. A tier
holds equals, the best tier first; who is absent from a side's tiers is unacceptable to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Tiers = tuple[tuple[str, ...], ...]


class Method(StrEnum):
    DEFERRED_ACCEPTANCE = "deferred_acceptance"
    """People propose; ties are broken by the order drawn from the committed seed."""
    WEAKLY_STABLE = "weakly_stable"
    """As many placed as weak stability allows; ties stay ties."""
    MAX_FIT = "max_fit"
    """The largest sum of fit; makes no claim of stability."""


@dataclass(frozen=True)
class Person:
    id: str
    tiers: Tiers


@dataclass(frozen=True)
class Opening:
    """`minimum`: fewer than this many and the opening would rather not run; 0 for none."""

    id: str
    capacity: int
    tiers: Tiers
    minimum: int = 0


@dataclass(frozen=True)
class Problem:
    """`fixed`: confirmed pairs, which count against capacity and stand outside the claim of
    stability. `fit` has a number for each acceptable pair; absent pairs count as 0."""

    people: tuple[Person, ...]
    openings: tuple[Opening, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)
    fit: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Placed:
    """`assignment`: person -> opening, the fixed pairs included.

    `bound` is the most people (or, for `max_fit`, the largest sum) that was not ruled out when the
    time was up; with `is_proved` it is what was reached. `unmet` names openings whose minimum the
    method's claim cannot meet.
    """

    method: Method
    assignment: Mapping[str, str]
    is_proved: bool = True
    bound: float | None = None
    unmet: tuple[str, ...] = ()
