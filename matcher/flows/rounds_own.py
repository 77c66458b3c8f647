"""A young person in an assignment round: wishes, ranked or in bands, the chance, the result.

Nothing about a person reaches a partner in a round before the person wishes for its opening.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from secrets import token_hex

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.readiness import served_youth
from matcher.matching.round_cards import RoundCard, round_cards, seen_state
from matcher.matching.round_pairs import Answer, answer_of, parted
from matcher.matching.round_redraws import Redraw, redraws
from matcher.policy import rounds as rules
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import candidates, round_people, rounds, youths
from matcher.store.rounds import RoundOpening
from models.assignment import (
    AssignmentChance,
    AssignmentEntry,
    AssignmentRound,
    EntryState,
    HardRule,
    RoundState,
)

__all__ = ["Answer", "EntryState", "RoundState"]

TENTHS = 10


@dataclass(frozen=True)
class WishLine:
    """`tier` None: not wished. `is_open` False: the sector's partners may not see the person, so
    the opening cannot be wished for until the person agrees."""

    id: int
    title: str
    organisation: str
    sector: str
    seats: int
    closes_on: date
    tier: int | None
    is_open: bool
    is_live: bool
    is_demo: bool


@dataclass(frozen=True)
class Chance:
    """About `tenths` of ten times, between `low` and `high`; `driver` competition or gap."""

    tenths: int
    low: int
    high: int
    driver: str
    computed_on: date


@dataclass(frozen=True)
class Result:
    opening_id: int
    title: str
    organisation: str
    answer: Answer
    introduction_id: int | None


@dataclass(frozen=True)
class OwnRound:
    id: int
    name: str
    owner_id: int
    state: RoundState
    wishes_until: date
    most_wishes: int
    can_wish: bool
    can_leave: bool
    entry: EntryState | None
    lines: tuple[WishLine, ...]
    chance: Chance | None
    result: Result | None
    is_told: bool
    is_cancelled: bool
    cancel_reason: str
    hard_rules: tuple[HardRule, ...]
    redraws: tuple[Redraw, ...]
    commitment: str
    seed: str
    is_demo: bool
    version: int
    """0 before the person has joined."""

    @property
    def wished(self) -> tuple[WishLine, ...]:
        return tuple(each for each in self.lines if each.tier is not None)


def listed(unit: Unit, actor: Actor) -> tuple[RoundCard, ...]:
    """Rounds the person is in or may still join."""
    youth_id = served_youth(unit.session, actor, unit.today)
    return round_cards(unit.session, youth_id, unit.today)


def view(unit: Unit, actor: Actor, round_id: int) -> OwnRound:
    youth_id = served_youth(unit.session, actor, unit.today)
    row, entry = _round(unit, youth_id, round_id, or_cancelled=True)
    is_cancelled = row.state is RoundState.CANCELLED
    tiers = round_people.wishes(unit.session, round_id, youth_id).get(youth_id, {})
    can_wish = rules.can_wish(row.state, row.wishes_until, unit.today)
    is_in = entry is not None and entry.state is EntryState.JOINED
    is_told = row.published_at is not None
    result = _result(unit, row, youth_id) if is_told and is_in else None
    return OwnRound(
        id=round_id,
        name=in_language(row.name_ko, row.name_en),
        owner_id=row.organisation_id,
        state=seen_state(row, unit.today),
        wishes_until=row.wishes_until,
        most_wishes=row.most_wishes,
        can_wish=can_wish,
        can_leave=is_in and not is_told and not is_cancelled,
        entry=None if entry is None else entry.state,
        lines=_lines(unit, row, youth_id, tiers if is_in else {}),
        chance=(
            _chance(unit, round_id, youth_id)
            if is_in and not is_told and not is_cancelled
            else None
        ),
        result=result,
        is_told=is_told and is_in,
        is_cancelled=is_cancelled,
        cancel_reason=row.cancel_reason,
        hard_rules=tuple(HardRule(each) for each in row.hard_rules),
        redraws=redraws(unit.session, row),
        commitment=row.commitment,
        seed=row.seed if is_told else "",
        is_demo=row.is_demo,
        version=0 if entry is None else entry.version,
    )


def wish(unit: Unit, actor: Actor, round_id: int, tiers: Mapping[int, int], version: int) -> None:
    """Join with these wishes, or replace them; an empty wish leaves the person in with none.

    Raises Invalid for what cannot be wished for, Conflict once the wishes are locked."""
    youth_id = served_youth(unit.session, actor, unit.today)
    youths.hold(unit.session, [youth_id])
    row, entry = _round(unit, youth_id, round_id, lock=True)
    if not rules.can_wish(row.state, row.wishes_until, unit.today):
        raise Conflict(_("희망을 받는 날이 끝났어요. 이제는 바꿀 수 없어요."))
    if version != (0 if entry is None else entry.version):
        raise Conflict(_("다른 화면에서 먼저 바꿨어요. 새로 열어 확인해 주세요."))
    _refuse_unfit(unit, row, youth_id, tiers)
    entry = entry or AssignmentEntry(
        round_id=round_id,
        youth_id=youth_id,
        code=f"p{token_hex(6)}",
        version=0,
        created_at=unit.now,
        updated_at=unit.now,
    )
    entry.state, entry.version, entry.updated_at = EntryState.JOINED, entry.version + 1, unit.now
    unit.session.add(entry)
    round_people.replace_wishes(unit.session, round_id, youth_id, tiers)
    round_people.forget_chance(unit.session, round_id, youth_id)
    unit.audit("round:wished", "assignment_round", round_id, wishes=len(tiers))


def move(tiers: Mapping[int, int], opening_id: int, up: bool) -> dict[int, int]:
    """The wishes with one a place further up or down; ties are told apart by number first."""
    order = rules.moved(sorted(tiers, key=lambda each: (tiers[each], each)), opening_id, up)
    return {each: place for place, each in enumerate(order, start=1)}


def leave(unit: Unit, actor: Actor, round_id: int, version: int) -> None:
    """Out of the round, at any time before the result; nobody is told but the desk's count."""
    youth_id = served_youth(unit.session, actor, unit.today)
    youths.hold(unit.session, [youth_id])
    row, entry = _round(unit, youth_id, round_id, lock=True)
    if entry is None or entry.state is EntryState.WITHDRAWN:
        raise NotFound
    if row.published_at is not None or entry.version != version:
        raise Conflict(_("결과가 나왔거나 다른 화면에서 먼저 바꿨어요. 새로 열어 확인해 주세요."))
    entry.state, entry.version, entry.updated_at = (
        EntryState.WITHDRAWN,
        entry.version + 1,
        unit.now,
    )
    unit.session.add(entry)
    round_people.replace_wishes(unit.session, round_id, youth_id, {})
    round_people.forget_chance(unit.session, round_id, youth_id)
    unit.audit("round:left", "assignment_round", round_id)


def _round(
    unit: Unit, youth_id: int, round_id: int, *, lock: bool = False, or_cancelled: bool = False
) -> tuple[AssignmentRound, AssignmentEntry | None]:
    """Raises NotFound for a round the person is neither in nor invited to; a cancelled one is
    there `or_cancelled`, for whoever was in it."""
    row = rounds.for_youth(unit.session, round_id, lock=lock, or_cancelled=or_cancelled)
    if row is None:
        raise NotFound
    entry = round_people.entry(unit.session, round_id, youth_id)
    if entry is None:
        can_wish = rules.can_wish(row.state, row.wishes_until, unit.today)
        if not can_wish or not round_people.is_invited(unit.session, row, youth_id, unit.today):
            raise NotFound
    return row, entry


def _refuse_unfit(
    unit: Unit, row: AssignmentRound, youth_id: int, tiers: Mapping[int, int]
) -> None:
    lines = {each.id: each for each in _lines(unit, row, youth_id, {})}
    if len(tiers) > row.most_wishes:
        words = _("%(most)s곳까지 고를 수 있어요. 지금은 %(n)s곳이에요.")
        raise Invalid({"wish": words % {"most": row.most_wishes, "n": len(tiers)}})
    if set(tiers) - set(lines) or any(not 1 <= each <= row.most_wishes for each in tiers.values()):
        raise Invalid({"wish": _("이 배정에 있는 공고와 순위에서 골라 주세요.")})
    shut = [lines[each].title for each in tiers if not lines[each].is_open]
    if shut:
        words = _("이 분야의 기업에 보이는 데 먼저 동의해야 고를 수 있어요: %(titles)s")
        raise Invalid({"wish": words % {"titles": ", ".join(shut)}})


def _lines(
    unit: Unit, row: AssignmentRound, youth_id: int, tiers: Mapping[int, int]
) -> tuple[WishLine, ...]:
    """The wished ones first, the best on top."""
    assert row.id is not None
    found = rounds.openings_of(unit.session, row.id)
    seen = _sectors_seen(unit, found, youth_id)
    lines = [_line(each, tiers, each.sector in seen) for each in found]
    return tuple(sorted(lines, key=lambda each: (each.tier is None, each.tier or 0, each.id)))


def _sectors_seen(unit: Unit, found: Sequence[RoundOpening], youth_id: int) -> set[str]:
    return {
        sector
        for sector in sorted({each.sector for each in found})
        if candidates.is_in_pool(unit.session, sector, unit.today, youth_id)
    }


def _line(row: RoundOpening, tiers: Mapping[int, int], is_open: bool) -> WishLine:
    return WishLine(
        id=row.opening_id,
        title=in_language(row.title_ko, row.title_en),
        organisation=in_language(row.organisation_ko, row.organisation_en),
        sector=row.sector,
        seats=row.capacity,
        closes_on=row.closes_on,
        tier=tiers.get(row.opening_id),
        is_open=is_open,
        is_live=row.is_live,
        is_demo=row.is_demo,
    )


def _chance(unit: Unit, round_id: int, youth_id: int) -> Chance | None:
    row = round_people.chance(unit.session, round_id, youth_id)
    return None if row is None or row.cleared == 0 else _rounded(row)


def _rounded(row: AssignmentChance) -> Chance:
    """In tenths, the ends outwards: never finer than the counting allows."""
    low, high = int(row.low * TENTHS), -int(-row.high * TENTHS // 1)
    tenths = round(row.placed / row.cleared * TENTHS)
    return Chance(tenths, min(low, tenths), max(high, tenths), row.driver, row.computed_at.date())


def _result(unit: Unit, row: AssignmentRound, youth_id: int) -> Result | None:
    """The pair that still stands, else the last that fell through."""
    assert row.id is not None
    lines = rounds.pairs(unit.session, row.id, youth_id)
    if not lines:
        return None
    stand, fallen = parted(lines, unit.today)
    line = (stand or fallen)[-1]
    found = {each.opening_id: each for each in rounds.openings_of(unit.session, row.id)}
    opening = found[line.pair.opening_id]
    asked = rounds.introduction(unit.session, opening.opening_id, youth_id)
    return Result(
        opening.opening_id,
        in_language(opening.title_ko, opening.title_en),
        in_language(opening.organisation_ko, opening.organisation_en),
        answer_of(line, unit.today),
        None if asked is None else asked.id,
    )
