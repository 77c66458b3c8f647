"""Lists that were shown and what people did with them, as arrays, and their split by time.

Moments are days (float, day numbers of Jeju). A label counts what happened within `HORIZON_DAYS`
after the list and before the part of the data it belongs to ended, so nothing of a later part
leaks into an earlier one. There is no random split.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matcher.ranking.tables import Floats

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Side = Literal["youth", "partner", "course"]

HORIZON_DAYS = 30.0
VALIDATION_FROM, TEST_FROM = 0.65, 0.8
"""Shares of the lists, the oldest first, at which the validation and the test part begin."""
OUTCOME: dict[Side, int] = {"youth": 3, "partner": 3, "course": 3}
"""Grade from which a row is a success for calibration: applied, met, enrolled."""


@dataclass(frozen=True, eq=False)
class Lists:
    """n rows in q lists of one side, the lists by rising `at`.

    `X` (n, d) features strictly before the list; `reached` (n, grades) when a row first came to
    grade 1, 2 ... after it was shown (inf: never); `dismissed` (n,) when it was set aside;
    `group` (q,) list sizes in row order; `at` (q,); `account` (q,) who looked, for partners the
    organisation; `person` and `item` (n,) keys without a name behind them; `rank` (n,) place shown;
    `propensity` (n,) chance of being shown there (NaN: not recorded).
    """

    side: Side
    names: tuple[str, ...]
    X: Floats
    reached: Floats
    dismissed: Floats
    group: Ints
    at: Floats
    account: Ints
    person: Ints
    item: Ints
    rank: Floats
    propensity: Floats

    def __post_init__(self) -> None:
        if int(self.group.sum()) != len(self.X):
            raise ValueError("list sizes do not add up to the rows")
        if (np.diff(self.at) < 0).any():
            raise ValueError("lists must come in the order of time")

    def __len__(self) -> int:
        return len(self.group)

    @property
    def of(self) -> Ints:
        """(n,) the list each row belongs to."""
        return np.repeat(np.arange(len(self.group)), self.group)

    def labels(self, until: float) -> Ints:
        """(n,) the best grade reached in time; a row set aside in time falls back to nought unless
        it went on to an outcome."""
        end = np.minimum(self.at + HORIZON_DAYS, until)[self.of]
        grades = np.arange(1, self.reached.shape[1] + 1)
        best = np.where(self.reached < end[:, None], grades, 0).max(axis=1, initial=0)
        is_out = (self.dismissed < end) & (best < OUTCOME[self.side])
        return np.where(is_out, 0, best).astype(np.int64)

    def rows(self, keep: Bools) -> "Lists":
        """Only some rows; lists left with fewer than two are gone."""
        left = np.bincount(self.of[keep], minlength=len(self))
        lists = left >= 2
        return self._cut(keep & lists[self.of], lists, left[lists])

    def take(self, lists: Bools) -> "Lists":
        """Only some lists."""
        return self._cut(lists[self.of], lists, self.group[lists])

    def _cut(self, keep: Bools, lists: Bools, group: Ints) -> "Lists":
        return replace(
            self,
            X=self.X[keep],
            reached=self.reached[keep],
            dismissed=self.dismissed[keep],
            group=group,
            at=self.at[lists],
            account=self.account[lists],
            person=self.person[keep],
            item=self.item[keep],
            rank=self.rank[keep],
            propensity=self.propensity[keep],
        )


@dataclass(frozen=True, eq=False)
class Part:
    """Lists of one stretch of time with the labels (n,) known when it ended."""

    lists: Lists
    y: Ints

    @property
    def labelled(self) -> int:
        """Lists in which something was preferred to something else."""
        return int(_is_mixed(self.lists, self.y).sum())

    @property
    def outcome(self) -> Bools:
        """(n,) whether the row was a success."""
        return self.y >= OUTCOME[self.lists.side]


@dataclass(frozen=True, eq=False)
class Parts:
    train: Part
    validation: Part
    test: Part

    def all(self) -> tuple[Part, Part, Part]:
        return self.train, self.validation, self.test


@dataclass(frozen=True, slots=True)
class Cuts:
    """Days on which the validation and the test part begin, and the moment reading stopped."""

    validation: float
    test: float
    until: float


def cuts(sides: Sequence[Lists], until: float) -> Cuts:
    """The same days for every side, at whole days, by the share of all lists before them."""
    at = np.sort(np.concatenate([each.at for each in sides] or [np.empty(0)]))
    if not len(at):
        return Cuts(until, until, until)
    places = [min(len(at) - 1, int(share * len(at))) for share in (VALIDATION_FROM, TEST_FROM)]
    first, second = (float(np.floor(at[place])) for place in places)
    return Cuts(first, second, until)


def split(lists: Lists, days: Cuts) -> Parts:
    """By the day of the list; each part's labels end where the next part begins."""
    starts = (-np.inf, days.validation, days.test)
    ends = (days.validation, days.test, days.until)
    parts = []
    for start, end in zip(starts, ends, strict=True):
        some = lists.take((lists.at >= start) & (lists.at < end))
        parts.append(Part(some, some.labels(end)))
    return Parts(*parts)


def _is_mixed(lists: Lists, y: Ints) -> Bools:
    low, high = _ends(lists, y)
    return high > low


def _ends(lists: Lists, y: Ints) -> tuple[Ints, Ints]:
    if not len(lists):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    starts = np.cumsum(lists.group) - lists.group
    return np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)
