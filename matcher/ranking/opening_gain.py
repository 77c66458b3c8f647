"""What finishing a course would do for the openings that suit a person best, tried on the model
that serves: the numbers are those of ranking the openings again once the course is finished."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matcher.ranking.context import RankingContext
from matcher.ranking.credits import Floats
from matcher.ranking.gaps import finished
from matcher.ranking.prepared import PreparedOpenings
from matcher.ranking.scenarios import scenario_scores
from matcher.ranking.types import Course, Seeker

BEST = 10
HIGHEST = 5.0


def opening_gain(
    seeker: Seeker, courses: Sequence[Course], openings: PreparedOpenings, context: RankingContext
) -> Floats | None:
    """(courses,) in 0..1: by what part of the scale the mean score of the ten best openings rises.

    None when nothing is within reach. An opening kept out by a hard rule counts as nothing.
    """
    trials = [
        replace(seeker, skills={**seeker.skills, **finished(seeker, each)}) for each in courses
    ]
    found = scenario_scores(seeker, trials, openings, context)
    best = min(BEST, int(found.reachable[0].sum()))
    if best == 0:
        return None
    scores = np.where(found.reachable, np.clip(found.additive, 0.0, HIGHEST), 0.0)
    ten = np.sort(scores, axis=1)[:, -best:]
    total = np.zeros(len(ten))
    for column in ten.T:
        total += column
    gain: Floats = np.clip((total[1:] - total[0]) / (best * HIGHEST), 0.0, 1.0)
    return gain
