"""One feature's contribution shared out among the requirements it is a mean of, exactly.

A learned shape need not be a line. With points = f(1) - f(0), neutral n, credits c_i and shares w_i
that sum to 1, requirement i gets the line's part w_i * points * (c_i - n) and its part of what the
shape differs from the line, f(x) - points * (x - n): what it takes away goes to those with
something missing (by w_i * (1 - c_i)), what it adds to those with something there (by w_i * c_i);
where nobody qualifies, to all by w_i.

So the parts add up to f(x), and while f rises and f(n) = 0, a requirement met in full never takes
and one that is missing never adds.
"""

import math
from collections.abc import Sequence


def shared_out(
    value: float,
    points: float,
    neutral: float,
    credits: Sequence[float],
    weights: Sequence[float],
) -> list[float]:
    """One number a requirement, adding up to `value`. `weights` need not be normalised."""
    whole = math.fsum(weights)
    shares = [each / whole for each in weights]
    line = [
        share * points * (credit - neutral) for share, credit in zip(shares, credits, strict=True)
    ]
    rest = value - math.fsum(line)
    told = [
        share * (credit if rest > 0.0 else 1.0 - credit)
        for share, credit in zip(shares, credits, strict=True)
    ]
    all_told = math.fsum(told)
    if all_told <= 0.0:
        told, all_told = shares, 1.0
    return [part + rest * each / all_told for part, each in zip(line, told, strict=True)]
