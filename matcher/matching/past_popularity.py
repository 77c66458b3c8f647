"""How popular an opening or a course was on an earlier day: the same count as today's, for then."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from matcher.matching.lessons import Acts, Look, Pair
from matcher.matching.moments import day_number
from matcher.matching.popularity import WINDOW, counts
from matcher.ranking.popularity import popularity

INTEREST = ("saved", "applied", "enrolled")
_WINDOW_DAYS = WINDOW / timedelta(days=1)


@dataclass(frozen=True)
class PastPopularity:
    """`shown` (moment, pair) by rising moment; `interest` = the moment a pair first cared."""

    shown: Sequence[tuple[float, Pair]]
    interest: Mapping[Pair, float]
    known: dict[float, Mapping[int, float]] = field(default_factory=dict)

    def on(self, day: float) -> Mapping[int, float]:
        """By item, from what happened before `day` (a whole day number) began."""
        if day not in self.known:
            first = bisect_left(self.shown, (day - _WINDOW_DAYS,))
            end = bisect_left(self.shown, (day,))
            pairs = [pair for _, pair in self.shown[first:end]]
            cared = frozenset(each for each in pairs if self.interest.get(each, day) < day)
            self.known[day] = popularity(*counts(pairs, cared))
        return self.known[day]


def past_popularity(looks: Sequence[Look], acts: Acts) -> PastPopularity:
    """From people's own lists."""
    shown = [(day_number(look.at), (look.context, item)) for look in looks for item in look.places]
    interest = {pair: acts.first_after(pair, INTEREST, float("-inf")) for _, pair in shown}
    return PastPopularity(sorted(shown), interest)
