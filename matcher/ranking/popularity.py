"""How much interest an opening or a course finds among those who saw it, 0..1.

Only openings and courses have a popularity; people never: what others did about a person is no
proof of what the person can do, and would make early luck grow.
"""

from collections.abc import Mapping

WEIGHT = 20.0
"""So many imagined viewers with the overall rate stand beside the real ones."""


def popularity(shown: Mapping[int, int], interested: Mapping[int, int]) -> dict[int, float]:
    """By id, for what was shown: 0.5 at the overall rate m, rate / (rate + m) beside it.

    `shown` = how many people saw it, `interested` = how many of these saved it or applied. Its
    rate is (interested + WEIGHT * m) / (shown + WEIGHT), so few viewers leave it near 0.5. Without
    any interest in anything the answer is empty. ValueError where more are interested than saw it.
    """
    for item, count in interested.items():
        if not 0 <= count <= shown.get(item, 0):
            raise ValueError(f"{count} interested in {item}, shown to {shown.get(item, 0)}")
    overall = sum(interested.values()) / max(1, sum(shown.values()))
    if overall == 0.0:
        return {}
    rates = {
        item: (interested.get(item, 0) + WEIGHT * overall) / (seen + WEIGHT)
        for item, seen in sorted(shown.items())
        if seen > 0
    }
    return {item: rate / (rate + overall) for item, rate in rates.items()}
