"""A partner in an assignment round: masked people who wish for its openings, put into bands.

The model proposes, a person at the partner confirms; declining to rank somebody is not told to
them. After the result each pair is confirmed or given up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.context import names_for
from matcher.matching.explained import Explained, explained
from matcher.matching.round_pairs import Answer, answer_of, person_said
from matcher.matching.round_problem import Apart, Side, sides_of
from matcher.matching.round_redraws import Redraw, redraws
from matcher.policy import rounds as rules
from matcher.policy.masking import candidate_number, label
from matcher.policy.operation import Operation
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import round_people, rounds
from models.account import Role
from models.application import IntroductionState
from models.assignment import (
    AssignmentBand,
    AssignmentRound,
    Band,
    EntryState,
    PairState,
    RoundState,
)

__all__ = ["Answer", "Band", "IntroductionState", "PairState", "RoundState"]


@dataclass(frozen=True)
class PartnerCard:
    id: int
    name: str
    state: RoundState
    wishes_until: date
    openings: int
    is_demo: bool


@dataclass(frozen=True)
class Masked:
    """One masked person. There is no field for a name, a school, an age or a free text."""

    number: str
    label: str
    explained: Explained
    band: Band
    is_proposed: bool


@dataclass(frozen=True)
class PairView:
    id: int
    number: str
    label: str
    answer: Answer
    mine: PairState
    theirs: IntroductionState
    version: int
    opening: str


@dataclass(frozen=True)
class OpeningBands:
    id: int
    title: str
    sector: str
    capacity: int
    is_banded: bool
    people: tuple[Masked, ...]


@dataclass(frozen=True)
class PartnerRound:
    id: int
    name: str
    state: RoundState
    wishes_until: date
    openings: tuple[OpeningBands, ...]
    pairs: tuple[PairView, ...]
    can_band: bool
    may_rank: bool
    is_neutral: bool
    redraws: tuple[Redraw, ...]
    is_demo: bool


def listed(unit: Unit, actor: Actor) -> tuple[PartnerCard, ...]:
    return tuple(
        PartnerCard(
            row.id or 0,
            in_language(row.name_ko, row.name_en),
            _seen_state(row, unit.today),
            row.wishes_until,
            len(rounds.openings_of(unit.session, row.id or 0, actor.organisation_id)),
            row.is_demo,
        )
        for row in rounds.of_partner(unit.session, actor)
    )


def view(unit: Unit, actor: Actor, operation: Operation, round_id: int) -> PartnerRound:
    row = _own(unit, actor, round_id)
    may_rank = operation.may_rank_people
    can_band = may_rank and rules.can_band(row.state, row.wishes_until, unit.today)
    sides = _sides(unit, actor, row) if can_band else {}
    openings = tuple(_bands(unit, side, operation) for side in sides.values())
    shown = sorted({youth for side in sides.values() for youth in _visible(side)})
    if shown:
        unit.access("round:candidates", None, round=round_id, youths=shown)
    is_neutral = any(s.ranking is not None and s.ranking.is_neutral for s in sides.values())
    return PartnerRound(
        id=round_id,
        name=in_language(row.name_ko, row.name_en),
        state=_seen_state(row, unit.today),
        wishes_until=row.wishes_until,
        openings=openings,
        pairs=_pairs(unit, actor, operation, row) if row.published_at is not None else (),
        can_band=can_band,
        may_rank=may_rank,
        is_neutral=is_neutral,
        redraws=redraws(unit.session, row),
        is_demo=row.is_demo,
    )


def set_bands(
    unit: Unit,
    actor: Actor,
    operation: Operation,
    round_id: int,
    opening_id: int,
    said: Mapping[str, Band],
) -> None:
    """Confirms the bands of one opening; `said` by masked number. Numbers that are not, or no
    longer, somebody this partner may see are refused."""
    row = _own(unit, actor, round_id, lock=True)
    if not operation.may_rank_people:
        raise NotFound
    if not rules.can_band(row.state, row.wishes_until, unit.today):
        raise Conflict(_("배정을 시험하기 시작해서 이제는 바꿀 수 없습니다."))
    sides = _sides(unit, actor, row, [opening_id])
    if opening_id not in sides:
        raise NotFound
    youth_of = {
        candidate_number(operation.mask_key, opening_id, youth): youth
        for youth in _visible(sides[opening_id])
    }
    if set(said) - set(youth_of):
        raise Invalid({"band": _("그 사이에 빠진 후보가 있습니다. 새로 열어 다시 골라 주십시오.")})
    round_people.replace_bands(
        unit.session,
        round_id,
        opening_id,
        [
            AssignmentBand(
                round_id=round_id,
                opening_id=opening_id,
                youth_id=youth_of[number],
                band=band,
                set_by_account_id=actor.account_id,
                at=unit.now,
            )
            for number, band in sorted(said.items())
        ],
    )
    own = rounds.opening_row(unit.session, round_id, opening_id)
    assert own is not None
    own.banded_at = unit.now
    # a dry run that is being computed meanwhile is void
    row.version, row.updated_at = row.version + 1, unit.now
    unit.session.add_all((own, row))
    unit.audit("round:banded", "assignment_round", round_id, opening=opening_id, people=len(said))
    for youth in sorted(youth_of[number] for number in said):
        unit.access("round:banded", youth, opening=opening_id)


def answer(
    unit: Unit, actor: Actor, round_id: int, pair_id: int, to: PairState, version: int
) -> None:
    """Confirm a published pair or give it up."""
    row = _own(unit, actor, round_id)
    pair = rounds.partner_pair(unit.session, actor, round_id, pair_id)
    if pair is None or row.published_at is None:
        raise NotFound
    if pair.version != version or pair.state is not PairState.WAITING:
        raise Conflict(_("이미 답하신 결과입니다."))
    if to is PairState.WAITING:
        raise Invalid({"to": _("확정이나 포기 가운데 하나를 골라 주십시오.")})
    pair.state, pair.version, pair.updated_at = to, pair.version + 1, unit.now
    unit.session.add(pair)
    unit.audit(f"round:pair_{to.value}", "assignment_pair", pair_id, round=round_id)
    unit.access(f"round:pair_{to.value}", pair.youth_id, opening=pair.opening_id)


def _sides(
    unit: Unit, actor: Actor, row: AssignmentRound, only: Sequence[int] | None = None
) -> dict[int, Side]:
    """Of the partner's own openings alone."""
    assert row.id is not None
    mine = [
        each.opening_id
        for each in rounds.openings_of(unit.session, row.id, actor.organisation_id)
        if only is None or each.opening_id in only
    ]
    inside = {
        each.youth_id
        for each in round_people.joined(unit.session, row.id, unit.today)
        if each.state is EntryState.JOINED
    }
    wishes = {
        youth: own
        for youth, own in round_people.wishes(unit.session, row.id).items()
        if youth in inside
    }
    return sides_of(unit.session, row, wishes, unit.today, only=mine)


def _visible(side: Side) -> list[int]:
    """Whom the partner may put into a band: everybody it may see and no rule keeps out."""
    return [
        youth
        for youth in side.bands
        if side.apart.get(youth) in (None, Apart.DECLINED)
    ]  # fmt: skip


def _bands(unit: Unit, side: Side, operation: Operation) -> OpeningBands:
    assert side.ranking is not None
    assert side.seekers is not None
    keys = {line.key for item in side.ranking.items for line in item.checklist.lines}
    names, shown = names_for(unit.session, keys), set(_visible(side))
    people = []
    for item in side.ranking.items:
        if item.id in shown:
            number = candidate_number(operation.mask_key, side.row.opening_id, item.id)
            words = explained(item, side.seekers[item.id], names, unit.today, formal=True)
            is_proposed = item.id in side.proposed
            people.append(Masked(number, label(number), words, side.bands[item.id], is_proposed))
    title = in_language(side.row.title_ko, side.row.title_en)
    return OpeningBands(
        side.row.opening_id,
        title,
        side.row.sector,
        side.row.capacity,
        side.row.banded_at is not None,
        tuple(people),
    )


def _pairs(
    unit: Unit, actor: Actor, operation: Operation, row: AssignmentRound
) -> tuple[PairView, ...]:
    """Masked, until the person's yes opens the name on the page of introductions."""
    assert row.id is not None
    titles = {
        each.opening_id: in_language(each.title_ko, each.title_en)
        for each in rounds.openings_of(unit.session, row.id, actor.organisation_id)
    }
    found = []
    for line in rounds.pairs(unit.session, row.id):
        pair = line.pair
        if pair.opening_id in titles:
            number = candidate_number(operation.mask_key, pair.opening_id, pair.youth_id)
            found.append(
                PairView(
                    id=pair.id or 0,
                    number=number,
                    label=label(number),
                    answer=answer_of(line, unit.today),
                    mine=pair.state,
                    theirs=person_said(line, unit.today),
                    version=pair.version,
                    opening=titles[pair.opening_id],
                )
            )
    return tuple(found)


def _own(unit: Unit, actor: Actor, round_id: int, *, lock: bool = False) -> AssignmentRound:
    row = rounds.for_partner(unit.session, actor, round_id, lock=lock)
    if row is None or actor.role is not Role.PARTNER:
        raise NotFound
    return row


def _seen_state(row: AssignmentRound, today: date) -> RoundState:
    is_published = row.published_at is not None
    return rules.seen_state(row.state, row.wishes_until, today, is_published)
