"""What finishing a course would do for the openings that suit a person best, tried on the model
that serves: the numbers are those of ranking the openings again once the course is finished."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.ranking.candidates import stopped
from matcher.ranking.context import RankingContext
from matcher.ranking.credits import Floats, HeldTable, credit_table
from matcher.ranking.features import NEUTRAL, OPENING_FEATURES, names, opening_matrix
from matcher.ranking.gaps import finished
from matcher.ranking.graded import graded
from matcher.ranking.prepared import PreparedOpenings
from matcher.ranking.types import SKILL, Course, Seeker

BEST = 10
HIGHEST = 5.0
Flags = NDArray[np.bool_]


def opening_gain(
    seeker: Seeker, courses: Sequence[Course], openings: PreparedOpenings, context: RankingContext
) -> Floats | None:
    """(courses,) in 0..1: by what part of the scale the mean score of the ten best openings rises.

    None when nothing is within reach. An opening kept out by a hard rule counts as nothing.
    """
    trials = [
        replace(seeker, skills={**seeker.skills, **finished(seeker, each)}) for each in courses
    ]
    reachable = _reachable(seeker, courses, trials, openings, context)
    best = min(BEST, int(reachable[0].sum()))
    if best == 0:
        return None
    scores = np.where(reachable, _scores(seeker, trials, openings, context), 0.0)
    ten = np.sort(scores, axis=1)[:, -best:]
    total = np.zeros(len(ten))
    for column in ten.T:
        total += column
    gain: Floats = np.clip((total[1:] - total[0]) / (best * HIGHEST), 0.0, 1.0)
    return gain


def _scores(
    seeker: Seeker, trials: Sequence[Seeker], openings: PreparedOpenings, context: RankingContext
) -> Floats:
    """(1 + trials, openings) on the 0-5 scale, the person as of now first."""
    now = opening_matrix(seeker, openings, context)
    held = HeldTable.of(trials, context.today)
    proofs = graded(openings, credit_table(held, openings.asks), NEUTRAL)
    shape = (1 + len(trials), *now.shape)
    matrix = np.broadcast_to(now, shape).copy()
    for column, name in enumerate(names(OPENING_FEATURES)):
        if name in proofs:
            matrix[1:, :, column] = proofs[name]
    additive = context.serving.opening.additive(matrix.reshape(-1, now.shape[1]))
    return np.clip(additive, 0.0, HIGHEST).reshape(shape[:2])


def _reachable(
    seeker: Seeker,
    courses: Sequence[Course],
    trials: Sequence[Seeker],
    openings: PreparedOpenings,
    context: RankingContext,
) -> Flags:
    """(1 + trials, openings). A course can only bring a person up against an exclusion."""

    def is_open(index: int, who: Seeker) -> bool:
        rules, closes_on = openings.rules[index], openings.openings[index].closes_on
        return stopped(index, rules, who, closes_on, context.today) is None

    now = [is_open(index, seeker) for index in range(len(openings))]
    found = np.tile(np.array(now, dtype=bool), (1 + len(courses), 1))
    barring = _barring(openings)
    for row, (course, trial) in enumerate(zip(courses, trials, strict=True), start=1):
        for index in {each for slug in course.gained for each in barring.get(SKILL + slug, ())}:
            found[row, index] = is_open(index, trial)
    return found


def _barring(openings: PreparedOpenings) -> dict[str, list[int]]:
    """Key -> the openings that exclude who has it."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, rules in enumerate(openings.rules):
        for rule in rules:
            if rule.kind == "exclude":
                found[rule.key].append(index)
    return found
