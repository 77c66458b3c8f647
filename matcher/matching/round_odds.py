"""Seat-aware chances of one round, counted on its stored wishes and bands."""

from datetime import date, datetime

from sqlmodel import Session

from matcher.matching.round_problem import RANKED, Built, built
from matcher.planning.assignment.chance import chances
from matcher.policy.rounds import proposed_bands
from matcher.store import round_people
from models.assignment import AssignmentChance, AssignmentRound

CLEARINGS = 100
USUAL_NOISE = 0.6
"""Standard deviation in bands where too few partners have answered to measure it; an assumption."""
LEAST_ANSWERS = 30


def count_chances(session: Session, row: AssignmentRound, now: datetime, today: date) -> int:
    """Replaces what is kept for a round; gives how many people have a chance."""
    assert row.id is not None
    found = built(session, row, today)
    wishing = {each.id for each in found.problem.people if each.tiers}
    told = chances(found.problem, noise_of(found), CLEARINGS, seed=row.id)
    rows = [
        AssignmentChance(
            round_id=row.id,
            youth_id=found.youth_of[code],
            placed=each.placed,
            cleared=each.clearings,
            low=each.low,
            high=each.high,
            driver=each.driver or "",
            computed_at=now,
        )
        for code, each in sorted(told.items())
        if code in wishing
    ]
    round_people.replace_chances(session, row.id, rows)
    return len(rows)


def noise_of(found: Built) -> float:
    """How far partners' bands lie from the model's, where enough of them have answered."""
    gaps = []
    for side in found.sides.values():
        usual = proposed_bands(side.scores)
        for youth, band in side.bands.items():
            if youth not in side.proposed and band in RANKED:
                gaps.append(RANKED.index(band) - RANKED.index(usual[youth]))
    if len(gaps) < LEAST_ANSWERS:
        return USUAL_NOISE
    mean = sum(gaps) / len(gaps)
    return float((sum((each - mean) ** 2 for each in gaps) / len(gaps)) ** 0.5)
