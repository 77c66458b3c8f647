"""The courses of one bundle together as an integer program, where bounds alone do not decide."""

from collections.abc import Sequence

import numpy as np

from matcher.planning.impact.ground import Bools, Ground, whole


def most_matched(
    ground: Ground,
    made: Sequence[Bools],
    seats: int,
    known: tuple[int, int],
    time_limit: float,
) -> tuple[int, int]:
    """(matched, what cannot be exceeded) by HiGHS, within what is known already."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    blocks = [np.argwhere(pairs) for pairs in (ground.free, *made)]
    pairs = np.concatenate(blocks)
    number = np.arange(len(pairs))
    course = np.repeat(np.arange(len(blocks)), [len(each) for each in blocks])
    people, openings = ground.free.shape
    in_course = course > 0
    rows = np.concatenate(
        [pairs[:, 0], people + pairs[:, 1], people + openings - 1 + course[in_course]]
    )
    columns = np.concatenate([number, number, number[in_course]])
    table = coo_array(
        (np.ones(len(rows)), (rows, columns)), shape=(people + openings + len(made), len(pairs))
    )
    limits = np.concatenate([np.ones(people), ground.capacity, np.full(len(made), seats)])
    answer = milp(
        -np.ones(len(pairs)),
        integrality=np.ones(len(pairs)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(table.tocsr(), -np.inf, limits),
        options={"time_limit": time_limit},
    )
    least, most = known
    if answer.x is not None:
        least = max(least, round(-answer.fun))
    if answer.mip_dual_bound is not None:
        most = min(most, whole(-float(answer.mip_dual_bound) + 1e-6))
    return least, max(least, most)
