"""The problem of a dry run as if one person stood in the bands of openings they did not wish for.

With it a further wish can be tried: the band is the one the ranking model proposes for the person
among those who wished, the others' bands stay as the run had them. Nobody is placed differently by
it, because the person does not list those openings.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from matcher.matching.round_pairs import parted, places
from matcher.matching.round_problem import RANKED, Side, opening_code, sides_of
from matcher.planning.assignment.problem import Opening, Problem, Tiers
from matcher.store import round_people, rounds
from models.assignment import AssignmentEntry, AssignmentRound, Band

LAST = 20
"""The rank the wish would have; which one is nothing to the opening."""


def with_more_wishes(
    session: Session,
    row: AssignmentRound,
    entry: AssignmentEntry,
    problem: Problem,
    today: date,
    may_rank: bool,
) -> Problem:
    """Openings where a licence, a rule, a missing consent or an ended opening keeps the person
    apart stay without them."""
    round_id, youth_id = row.id or 0, entry.youth_id
    wishes = {k: dict(v) for k, v in round_people.wishes(session, round_id).items()}
    own = wishes.setdefault(youth_id, {})
    more = [e.opening_id for e in rounds.openings_of(session, round_id) if e.opening_id not in own]
    own |= dict.fromkeys(more, LAST)
    _stand, fallen = parted(rounds.pairs(session, round_id, youth_id), today)
    sides = sides_of(session, row, wishes, today, may_rank, places(fallen), only=more)
    possible = {
        opening_code(key): side
        for key, side in sides.items()
        if youth_id in side.bands and youth_id not in side.apart
    }
    youth_of = {each.code: each.youth_id for each in round_people.entries(session, round_id)}
    openings = tuple(
        _joined(each, possible[each.id], entry, youth_of) if each.id in possible else each
        for each in problem.openings
    )
    fit = {code: round(side.scores[youth_id], 4) for code, side in possible.items()}
    fits = {**problem.fit, entry.code: {**fit, **problem.fit.get(entry.code, {})}}
    return replace(problem, openings=openings, fit=fits)


def _joined(
    opening: Opening, side: Side, entry: AssignmentEntry, youth_of: Mapping[str, int]
) -> Opening:
    if any(entry.code in tier for tier in opening.tiers):
        return opening
    mine = RANKED.index(side.bands[entry.youth_id])
    levels = [_level(tier, side.bands, youth_of) for tier in opening.tiers]
    tiers: Tiers = opening.tiers
    if mine in levels:
        at = levels.index(mine)
        joined = tuple(sorted((*tiers[at], entry.code)))
        return replace(opening, tiers=(*tiers[:at], joined, *tiers[at + 1 :]))
    at = sum(each < mine for each in levels)
    return replace(opening, tiers=(*tiers[:at], (entry.code,), *tiers[at:]))


def _level(tier: tuple[str, ...], bands: Mapping[int, Band], youth_of: Mapping[str, int]) -> int:
    """The band a tier of the list was: that of most who stand in it."""
    found = [bands.get(youth_of.get(code, 0), Band.A) for code in tier]
    known = [RANKED.index(each) for each in found if each in RANKED]
    return max(set(known), key=lambda each: (known.count(each), -each)) if known else 0
