"""From the exact score to what a screen shows: half points, and rows that add up to the cent."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from matcher.ranking.recommend import RankedItem

BASE, ROUND = "base", "round"


@dataclass(frozen=True, slots=True)
class DisplayRow:
    """`value` has exactly two decimals; `start` is the running total before this row."""

    code: str
    value: Decimal
    start: Decimal


@dataclass(frozen=True, slots=True)
class Display:
    """`rows` begin with the base and end with the rounding line; they add up to `total`."""

    rows: tuple[DisplayRow, ...]
    total: Decimal


def half_points(score: float) -> float:
    """Nearest half point; a quarter goes up."""
    return math.floor(score * 2.0 + 0.5) / 2.0


def display(item: RankedItem) -> Display:
    """Base, every contribution (clip included), the rounding line."""
    parts = [(each.code, each.value) for each in item.contributions]
    return display_rows(item.base, parts, item.score)


def display_rows(base: float, parts: Sequence[tuple[str, float]], score: float) -> Display:
    """`base` and `parts` must add up to `score`. Largest remainder: no cent appears or is lost."""
    if not math.isclose(base + math.fsum(value for _, value in parts), score, abs_tol=1e-6):
        raise ValueError("base and parts do not add up to the score")
    total = half_points(score)
    rows = [(BASE, base), *parts, (ROUND, total - score)]
    cents = largest_remainder([value for _, value in rows], round(total * 100))
    start, out = 0, []
    for (code, _), value in zip(rows, cents, strict=True):
        out.append(DisplayRow(code, _decimal(value), _decimal(start)))
        start += value
    return Display(tuple(out), _decimal(start))


def largest_remainder(values: Sequence[float], total_cents: int) -> list[int]:
    """Whole cents near each value that sum to `total_cents`; equal remainders go in list order.

    Each is the cent below or above its value as long as the values really sum to the total.
    """
    exact = [value * 100.0 for value in values]
    cents = [math.floor(value + 1e-9) for value in exact]
    order = sorted(range(len(values)), key=lambda each: (cents[each] - exact[each], each))
    for step in range(total_cents - sum(cents)):
        cents[order[step % len(order)]] += 1
    for step in range(sum(cents) - total_cents):
        cents[order[-1 - step % len(order)]] -= 1
    return cents


def _decimal(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
