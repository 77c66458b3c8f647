"""Whether people decide or only follow the order: figures over the decisions of a month."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

QUICK_SECONDS = 10
ALERT_SHARE = 95
"""Percent of decisions that followed the order, from which on a quick median is an alert."""
LEAST_JUDGED = 20
"""Ranked decisions below which a share says nothing about a partner."""


@dataclass(frozen=True)
class Decision:
    """The last one about a person for an opening. `opened_at`: when whoever decided last opened
    the person before; `rank`: where the person stood when opened."""

    opening_id: int
    youth_id: int
    at: datetime
    chosen: bool
    opened_at: datetime | None
    rank: int | None

    @property
    def seconds(self) -> int:
        """From the opening to the decision; 0 for somebody nobody opened."""
        return 0 if self.opened_at is None else int((self.at - self.opened_at).total_seconds())


@dataclass(frozen=True)
class Figures:
    """`judged` = decisions that could have gone against the order; `followed` of them did not."""

    decisions: int
    judged: int
    followed: int
    median_seconds: int
    quick: int
    unread: int

    @property
    def share(self) -> int | None:
        """Whole percents of `judged`, rounded down; None without any."""
        return self.followed * 100 // self.judged if self.judged else None

    @property
    def is_alert(self) -> bool:
        """At least 95 % along the order AND half of the decisions within ten seconds."""
        follows = self.followed * 100 >= ALERT_SHARE * self.judged
        return self.judged >= LEAST_JUDGED and follows and self.median_seconds < QUICK_SECONDS


def figures(decisions: Sequence[Decision]) -> Figures:
    seconds = [each.seconds for each in decisions]
    judged = [agrees for own in _by_opening(decisions) for agrees in _agreements(own)]
    return Figures(
        decisions=len(decisions),
        judged=len(judged),
        followed=sum(judged),
        median_seconds=int(median(seconds)) if seconds else 0,
        quick=sum(1 for each in seconds if each < QUICK_SECONDS),
        unread=sum(1 for each in decisions if each.opened_at is None),
    )


def _by_opening(decisions: Iterable[Decision]) -> Iterable[list[Decision]]:
    found: dict[int, list[Decision]] = defaultdict(list)
    for each in decisions:
        if each.rank is not None:
            found[each.opening_id].append(each)
    return found.values()


def _agreements(decisions: Sequence[Decision]) -> list[bool]:
    """With k people chosen, the order would have chosen the k best ranked. Where all were chosen
    or all set aside, nobody could have gone against it."""
    chosen = sum(1 for each in decisions if each.chosen)
    if chosen in (0, len(decisions)):
        return []
    ordered = sorted(decisions, key=lambda each: (each.rank or 0, each.youth_id))
    return [each.chosen == (place < chosen) for place, each in enumerate(ordered)]
