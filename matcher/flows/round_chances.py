"""How often each person of a round would come to a place, counted every night and kept.

The round is cleared many times with the openings' bands drawn anew within their measured noise and
another lottery each time. A page shows the count in tenths with its interval, never a percentage.
"""

from dataclasses import dataclass

from matcher.db import Unit
from matcher.matching.round_odds import count_chances
from matcher.store import rounds


@dataclass(frozen=True)
class Counted:
    rounds: int
    people: int


def count_all(unit: Unit) -> Counted:
    """For every round whose wishes stand or can still change; can run twice without harm."""
    found = rounds.undecided(unit.session)
    people = sum(count_chances(unit.session, each, unit.now, unit.today) for each in found)
    return Counted(len(found), people)
