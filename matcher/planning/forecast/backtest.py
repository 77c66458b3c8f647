"""A forecast made from what was known before a term, against what then happened."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.planning.forecast.history import History, key_of
from matcher.planning.forecast.simulating import Fan, forecast

HELD_OUT = 2
"""Quarters of a term."""
LEAST_KNOWN = 3
"""Quarters before it; from fewer nothing is forecast."""


@dataclass(frozen=True)
class Held:
    """One held-out quarter, of one industry or ("") of all."""

    quarter: str
    sector: str
    low: int
    middle: int
    high: int
    happened: int

    @property
    def is_inside(self) -> bool:
        return self.low <= self.happened <= self.high


@dataclass(frozen=True)
class Backtest:
    rows: tuple[Held, ...]
    known: int
    """Quarters the forecast was made from."""

    @property
    def inside(self) -> int:
        return sum(row.is_inside for row in self.rows)

    @property
    def coverage(self) -> float:
        return self.inside / len(self.rows)


def backtest(history: History, seed: Sequence[int]) -> Backtest | None:
    """On the last whole term; None when too little came before it."""
    start = history.after - HELD_OUT
    known = start - history.first
    if known < LEAST_KNOWN:
        return None
    made = forecast(history.until(start), HELD_OUT, seed)
    rows = []
    for place in range(HELD_OUT):
        number = start + place
        happened = {s: history.hired[s][known + place] for s in history.sectors}
        rows += [_held(number, s, made.sectors[s], place, happened[s]) for s in history.sectors]
        rows.append(_held(number, "", made.total, place, sum(happened.values())))
    return Backtest(tuple(rows), known)


def _held(number: int, sector: str, fan: Fan, place: int, happened: int) -> Held:
    return Held(
        key_of(number), sector, fan.low[place], fan.middle[place], fan.high[place], happened
    )
