"""Reviewing as pure rules: what a phase allows, what a total is, who sees whose scores."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.review import OthersScores, ReviewCriterion, ReviewPhase, ReviewState

MOST_CRITERIA, MOST_PHASES, FULL = 8, 12, 100
LEAST_SCORE, MOST_SCORE = 1, 5
DISAGREEMENT = 150
"""Hundredths between the highest and the lowest total of one person: one and a half points."""


@dataclass(frozen=True)
class Switches:
    """What holds for an opening on a day. The values here hold outside every phase."""

    can_review: bool = True
    can_decide: bool = True
    shows_names: bool = True
    only_assigned: bool = False
    others: OthersScores = OthersScores.AFTER_OWN


def phase_on(phases: Iterable[ReviewPhase], day: date) -> ReviewPhase | None:
    return next((each for each in phases if each.starts_on <= day <= each.ends_on), None)


def switches_on(phases: Iterable[ReviewPhase], day: date) -> Switches:
    row = phase_on(phases, day)
    if row is None:
        return Switches()
    return Switches(row.can_review, row.can_decide, row.shows_names, row.only_assigned, row.others)


def overlapping(
    phases: Iterable[ReviewPhase], first: date, last: date, besides: int | None = None
) -> ReviewPhase | None:
    """One of the phases that shares a day with first..last."""
    others = (each for each in phases if each.id != besides)
    return next((each for each in others if each.starts_on <= last and first <= each.ends_on), None)


def even_weights(count: int) -> tuple[int, ...]:
    """Whole percents that add up to 100; what does not divide goes to the first ones."""
    share, rest = divmod(FULL, count)
    return tuple(share + (place < rest) for place in range(count))


def fingerprint(criteria: Iterable[ReviewCriterion]) -> str:
    """Another one when anything of the rubric is: what somebody had in sight when writing."""
    text = repr([(each.place, each.name, each.hint, each.weight) for each in criteria])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def total(criteria: Iterable[ReviewCriterion], scores: Mapping[int, int]) -> int:
    """Hundredths of a point, exactly: percents times whole scores. Every criterion has a score."""
    return sum(each.weight * scores[each.id or 0] for each in criteria)


def mean(totals: Sequence[int]) -> int:
    """Hundredths, half up, without a float on the way."""
    return (2 * sum(totals) + len(totals)) // (2 * len(totals))


def spread(totals: Sequence[int]) -> int:
    return max(totals) - min(totals)


def disagree(totals: Sequence[int]) -> bool:
    return spread(totals) >= DISAGREEMENT


def sees_others(own: ReviewState | None, others: OthersScores) -> bool:
    """Abstaining opens nothing, or whoever abstains could read first and score afterwards."""
    return own is ReviewState.SUBMITTED and others is OthersScores.AFTER_OWN


def can_change(own: ReviewState | None, others_submitted: int) -> bool:
    """A submitted score stands as soon as another one could have been read beside it."""
    return own is not ReviewState.SUBMITTED or others_submitted == 0


def spread_out(
    people: Sequence[int],
    loads: Mapping[int, int],
    barred: Collection[tuple[int, int]] = (),
) -> dict[int, int]:
    """Person -> reviewer. The people come in the order given; each goes to whoever has the fewest
    by then, of equals to the first one, and never to a barred (reviewer, person). Whom everybody
    is barred from is left out."""
    left, found = dict(loads), {}
    for person in people:
        free = [each for each in left if (each, person) not in barred]
        if free:
            found[person] = min(free, key=lambda each: left[each])
            left[found[person]] += 1
    return found
