"""How much of the way to the openings aimed at a course covers, tried on the one credit table."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from matcher.ranking.context import RankingContext
from matcher.ranking.credits import Floats, HeldTable, credit_table
from matcher.ranking.prepared import PreparedOpenings
from matcher.ranking.requirements import check
from matcher.ranking.types import (
    Adjacency,
    CertificationProof,
    Course,
    Opening,
    Seeker,
    SkillProof,
    Target,
    level_after,
    verified_share,
)

NO_TARGET = 0.2
SEEN = verified_share(2)
"""How well a finished course proves its skills: the university saw it."""


def finished(seeker: Seeker, course: Course) -> dict[str, SkillProof]:
    """The skills a finished course changes, as they count afterwards; nothing goes down.

    The university writes what it saw itself, and nothing for who is past the course's end. Who
    judged before is not known here: a test's word outranks the university's and would stay.
    """
    after: dict[str, SkillProof] = {}
    for slug in sorted(course.gained):
        held, step = seeker.skills.get(slug), course.gained[slug]
        level, verified = (held.level, held.verified) if held is not None else (0, 0.0)
        if level <= step[1]:
            after[slug] = SkillProof(slug, level_after(level, step), max(SEEN, verified))
    return after


def gaps_closed(
    seeker: Seeker, then: Seeker, opening: Opening, adjacency: Adjacency, today: date
) -> tuple[int, int]:
    """(requirements "met" once a course is finished, requirements open now): "closes 2 of 5 gaps".

    `then` is the person with the course; preparing for a certificate is not passing it.
    """
    now = check(seeker, opening.requirements, adjacency, today=today)
    after = check(then, opening.requirements, adjacency, today=today)
    asked = [
        (old.met, new.met)
        for old, new in zip(now.lines, after.lines, strict=True)
        if old.kind != "exclude"
    ]
    open_now = [new for old, new in asked if old != "met"]
    return sum(new == "met" for new in open_now), len(open_now)


def closed(
    seeker: Seeker,
    courses: Sequence[Course],
    targets: Sequence[Target],
    context: RankingContext,
) -> tuple[Floats, Floats]:
    """Per course: (root of the share of skill gaps closed, share of certificate gaps served)."""
    ordered = sorted(targets, key=lambda each: each.opening.id)
    goal = PreparedOpenings.from_openings([each.opening for each in ordered], context)
    weight = np.array([each.weight for each in ordered], dtype=np.float64)
    now = credit_table(HeldTable.of([seeker], context.today), goal.asks).credit
    trial = [_trial(seeker, each) for each in courses]
    then = credit_table(HeldTable.of(trial, context.today), goal.asks).credit
    gain = np.maximum(then - now, 0.0)
    entries = goal.entries
    skill = _share(
        goal, now[0], gain, np.where(entries.certificate > 0, 0.0, entries.proof), weight
    )
    served = _share(goal, now[0], gain, entries.certificate, weight)
    nothing_left = 0.0 if len(ordered) else NO_TARGET
    return (
        np.full(len(courses), nothing_left) if skill is None else np.sqrt(skill),
        np.full(len(courses), NO_TARGET) if served is None else served,
    )


def _share(
    goal: PreparedOpenings, now: Floats, gain: Floats, importance: Floats, weight: Floats
) -> Floats | None:
    """(courses,) weighted mean over targets of closed/open; None if no target has a gap."""
    row, ask, size = goal.entries.row, goal.entries.ask, len(goal)
    missing = np.bincount(row, weights=importance * (1.0 - now[ask]), minlength=size)
    worth = np.where(missing > 1e-12, weight, 0.0)
    if not worth.sum() > 0.0:
        return None
    scale = worth / worth.sum() / np.where(missing > 1e-12, missing, 1.0)
    per_entry = importance * scale[row]
    # one sum per ask first: courses x asks stays small however many targets there are
    per_ask = np.bincount(ask, weights=per_entry, minlength=len(now))
    total = np.zeros(len(gain))
    for column in np.flatnonzero(per_ask):
        total += gain[:, column] * per_ask[column]
    return np.clip(total, 0.0, 1.0)


def _trial(seeker: Seeker, course: Course) -> Seeker:
    """Only what the course brings; what is held already is in the other table."""
    linked = {each: CertificationProof(each) for each in course.certifications}
    return Seeker(course.id, finished(seeker, course), linked)
