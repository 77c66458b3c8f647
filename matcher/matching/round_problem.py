"""A round's stored rows as the plain problem the methods solve, and why a pair is none of it.

People go by the codes drawn when they joined, openings by their public numbers: what leaves here
names nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlmodel import Session, col, select

from matcher.matching.context import ranking_context
from matcher.matching.openings import openings_of
from matcher.matching.round_pairs import parted, places
from matcher.matching.seekers import seekers_of
from matcher.planning.assignment.problem import Opening as Asked
from matcher.planning.assignment.problem import Person, Problem
from matcher.policy.rounds import proposed_bands, tiers_of
from matcher.ranking.context import RankingContext
from matcher.ranking.recommend import RankedItem, Ranking, rank_candidates
from matcher.ranking.types import CERTIFICATION, Opening, Seeker
from matcher.store import candidates, promises, round_people, rounds
from matcher.store.rounds import RoundOpening
from models.assignment import AssignmentRound, Band, HardRule
from models.opening import Opening as OpeningTable
from models.youth import YouthProfile

RANKED = (Band.A, Band.B, Band.C)


class Apart(StrEnum):
    """Why a wished pair cannot be: the rule, by name."""

    OPENING_ENDED = "opening_ended"
    NOT_IN_POOL = "not_in_pool"
    LICENCE = "licence"
    EXCLUDED = "excluded"
    CERTIFICATE = "certificate"
    MUST = "must"
    AVAILABLE = "available"
    DECLINED = "declined"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Side:
    """One opening's side: who wishes for it and may be ranked, with scores and bands.

    `proposed` names those whose band is the model's and not yet the partner's."""

    row: RoundOpening
    scores: Mapping[int, float]
    bands: Mapping[int, Band]
    proposed: frozenset[int]
    apart: Mapping[int, Apart]
    ranking: Ranking | None = None
    seekers: Mapping[int, Seeker] | None = None
    earned: frozenset[int] = frozenset()
    """Who earned what the partner promised an interview for: qualified, whatever else it asks."""


@dataclass(frozen=True)
class Built:
    problem: Problem
    youth_of: Mapping[str, int]
    sides: Mapping[int, Side]
    fixed: Mapping[int, int]
    """Youth -> opening of pairs published before that still stand."""

    @property
    def code_of(self) -> dict[int, str]:
        return {youth: code for code, youth in self.youth_of.items()}


def opening_code(opening_id: int) -> str:
    return f"o{opening_id}"


def opening_of_code(code: str) -> int:
    return int(code[1:])


def built(session: Session, row: AssignmentRound, today: date, may_rank: bool = True) -> Built:
    """Everybody who is in the round now. `may_rank`: a listing-only operator ranks nobody, so
    all who wish for an opening are equals there."""
    assert row.id is not None
    youth_of = {each.code: each.youth_id for each in round_people.joined(session, row.id, today)}
    inside = set(youth_of.values())
    pairs = [each for each in rounds.pairs(session, row.id) if each.pair.youth_id in inside]
    stand, fallen = parted(pairs, today)
    fixed = {each.pair.youth_id: each.pair.opening_id for each in stand}
    wishes = {k: v for k, v in round_people.wishes(session, row.id).items() if k in inside}
    sides = sides_of(session, row, wishes, today, may_rank, places(fallen))
    return Built(_problem(youth_of, wishes, sides, fixed), youth_of, sides, fixed)


def sides_of(
    session: Session,
    row: AssignmentRound,
    wishes: Mapping[int, Mapping[int, int]],
    today: date,
    may_rank: bool = True,
    gone: Iterable[tuple[int, int]] = (),
    only: Sequence[int] | None = None,
) -> dict[int, Side]:
    """By opening id; `only` these openings."""
    assert row.id is not None
    rows = [
        each
        for each in rounds.openings_of(session, row.id)
        if only is None or each.opening_id in only
    ]
    ids = select(OpeningTable.id).where(
        col(OpeningTable.id).in_([each.opening_id for each in rows])
    )
    asked = {each.id: replace(each, closes_on=None) for each in openings_of(session, ids)}
    people = select(YouthProfile.id).where(col(YouthProfile.id).in_(list(wishes)))
    seekers = {each.id: each for each in seekers_of(session, people, today)}
    pools = {
        sector: set(candidates.ids(session, candidates.pool(sector, today)))
        for sector in sorted({each.sector for each in rows})
    }
    stored = round_people.bands(session, row.id)
    context, dropped = ranking_context(session, today), set(gone)
    earned = promises.claimants(session, [each.opening_id for each in rows])
    found = {}
    for each in rows:
        wishing = [seekers[y] for y in sorted(wishes) if each.opening_id in wishes[y]]
        out = {
            s.id: Apart.DROPPED for s in wishing if (s.id, each.opening_id) in dropped
        } | _outside(each, wishing, pools[each.sector])
        said = {y: b.band for y, b in stored.get(each.opening_id, {}).items()}
        kept = [s for s in wishing if s.id not in out]
        rules = frozenset(HardRule(rule) for rule in row.hard_rules)
        found[each.opening_id] = _side(
            each, asked[each.opening_id], kept, out, said, rules, context, may_rank,
            frozenset(youth for opening, youth in earned if opening == each.opening_id),
        )  # fmt: skip
    return found


def _outside(row: RoundOpening, wishing: Sequence[Seeker], pool: set[int]) -> dict[int, Apart]:
    if not row.is_live:
        return {each.id: Apart.OPENING_ENDED for each in wishing}
    return {each.id: Apart.NOT_IN_POOL for each in wishing if each.id not in pool}


def _side(
    row: RoundOpening,
    asked: Opening,
    kept: Sequence[Seeker],
    out: dict[int, Apart],
    said: Mapping[int, Band],
    rules: frozenset[HardRule],
    context: RankingContext,
    may_rank: bool,
    earned: frozenset[int] = frozenset(),
) -> Side:
    ranking = rank_candidates(asked, kept, context)
    apart = dict(out)
    for each in ranking.excluded:
        is_licence = each.code == "licence_missing"
        apart[each.id] = Apart.LICENCE if is_licence else Apart.EXCLUDED
    by_id = {each.id: each for each in kept}
    for item in ranking.items:
        broken = _broken(item, by_id[item.id], asked, rules, item.id in earned)
        if broken is not None:
            apart[item.id] = broken
    scores = {item.id: item.score for item in ranking.items if item.id not in apart}
    usual = proposed_bands(scores) if may_rank else dict.fromkeys(scores, Band.A)
    bands = {each: said.get(each, usual[each]) for each in scores} if may_rank else usual
    apart |= {each: Apart.DECLINED for each, band in bands.items() if band is Band.DECLINED}
    proposed = frozenset(scores) - said.keys()
    return Side(row, scores, bands, proposed, apart, ranking, by_id, earned & scores.keys())


def _broken(
    item: RankedItem,
    seeker: Seeker,
    asked: Opening,
    rules: frozenset[HardRule],
    is_earned: bool = False,
) -> Apart | None:
    """The first of the round's own hard rules a pair breaks. Whoever earned a promised interview
    there is not kept out for what the posting asks besides."""
    musts = [line for line in item.checklist.lines if line.kind == "must"]
    lacking = [line for line in musts if line.met != "met"]
    if is_earned:
        lacking = []
    if HardRule.CERTIFICATE in rules and any(e.key.startswith(CERTIFICATION) for e in lacking):
        return Apart.CERTIFICATE
    if HardRule.MUST in rules and lacking:
        return Apart.MUST
    late = asked.starts_on is not None and (seeker.available_from or date.min) > asked.starts_on
    return Apart.AVAILABLE if HardRule.AVAILABLE in rules and late else None


def _problem(
    youth_of: Mapping[str, int],
    wishes: Mapping[int, Mapping[int, int]],
    sides: Mapping[int, Side],
    fixed: Mapping[int, int],
) -> Problem:
    code_of = {youth: code for code, youth in youth_of.items()}
    people = tuple(
        Person(code, _wishes(wishes.get(youth, {}), fixed.get(youth), sides))
        for code, youth in sorted(youth_of.items())
    )
    openings = tuple(
        Asked(
            opening_code(key),
            _capacity(side, fixed),
            _tiers(side, code_of, fixed),
            side.row.minimum,
        )
        for key, side in sorted(sides.items())
    )
    fit = {
        code_of[youth]: {
            opening_code(key): round(side.scores[youth], 4)
            for key, side in sorted(sides.items())
            if youth in side.scores and youth not in side.apart
        }
        for youth in sorted(code_of, key=lambda each: code_of[each])
    }
    kept = {code_of[y]: opening_code(o) for y, o in sorted(fixed.items()) if o in sides}
    return Problem(people, openings, kept, {k: v for k, v in fit.items() if v})


def _wishes(
    tiers: Mapping[int, int], kept: int | None, sides: Mapping[int, Side]
) -> tuple[tuple[str, ...], ...]:
    """Every wish for an opening of the round stays in the list, possible or not: it shows what the
    person wished. A pair that stands from before is a wish for good."""
    own = {k: v for k, v in tiers.items() if k in sides}
    if kept is not None and kept in sides:
        own.setdefault(kept, 1)
    return _codes(tiers_of(own))


def _capacity(side: Side, fixed: Mapping[int, int]) -> int:
    held = sum(1 for opening in fixed.values() if opening == side.row.opening_id)
    return max(side.row.capacity, held)


def _tiers(
    side: Side, code_of: Mapping[int, str], fixed: Mapping[int, int]
) -> tuple[tuple[str, ...], ...]:
    held = {youth for youth, opening in fixed.items() if opening == side.row.opening_id}
    listed = {y: b for y, b in side.bands.items() if y not in side.apart and y in code_of}
    listed |= {youth: listed.get(youth, Band.A) for youth in held}
    levels = (
        tuple(sorted(code_of[youth] for youth, band in listed.items() if band is level))
        for level in RANKED
    )
    return tuple(each for each in levels if each)


def _codes(tiers: Iterable[Iterable[int]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(opening_code(each) for each in tier) for tier in tiers)
