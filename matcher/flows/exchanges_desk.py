"""A desk sees which placed people could change places by agreement, and confirms a change.

The published run stays as it is: what changed afterwards is counted beside it and written to the
audit log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import application_steps, two_hats
from matcher.matching.employer_consents import end_if_loose
from matcher.matching.partner_letters import tell_partner
from matcher.matching.round_asking import ask as ask_person
from matcher.matching.round_exchanges import Standing, is_out, standing
from matcher.matching.round_letters import named
from matcher.matching.round_steps import own, stale
from matcher.policy.exchanges import Ask, Exchange
from matcher.policy.operation import Operation
from matcher.policy.rounds import ANSWER_DAYS
from matcher.policy.states import APPLICATION_STEPS, ApplicationAction, next_state
from matcher.refusal import Conflict, NotFound
from matcher.store import (
    candidates,
    outbox,
    own_ties,
    round_exchanges,
    round_people,
    rounds,
    youths,
)
from matcher.store.rounds import RoundOpening
from models.account import Account, Role
from models.application import Introduction, IntroductionState
from models.assignment import AssignmentPair, AssignmentRound
from models.assignment_exchange import AssignmentExchange, ExchangeKind
from models.opening import Opening

REASONS = {
    ExchangeKind.SWAP: "two placed people asked for each other's opening",
    ExchangeKind.MOVE: "a placed person asked for a free seat nobody unplaced would get",
}
"""Words of the audit log."""


@dataclass(frozen=True)
class Made:
    """How many changes were made after the result came out, and when the last was."""

    swaps: int
    moves: int
    last_on: date | None

    @property
    def count(self) -> int:
        return self.swaps + self.moves


@dataclass(frozen=True)
class Side:
    request_id: int
    youth_id: int
    name: str
    held: str
    wanted: str


@dataclass(frozen=True)
class DeskExchanges:
    """`asked` requests wait in all; `passed_over`: (opening, unplaced people who would get its
    free seat first)."""

    possible: tuple[tuple[Side, ...], ...]
    asked: int
    passed_over: tuple[tuple[str, int], ...]
    made: Made


def view(unit: Unit, actor: Actor, operation: Operation, round_id: int) -> DeskExchanges | None:
    """None before a result is out. Looking at names is recorded."""
    row = own(unit, actor, round_id)
    if row.published_at is None:
        return None
    done = _made(unit, round_id)
    if not is_out(row) or not (done.count or round_exchanges.requests(unit.session, round_id)):
        return DeskExchanges((), 0, (), done)
    found = standing(unit, row, operation.may_rank_people)
    shown = _shown(unit, actor, found)
    if shown:
        people = sorted(side.youth_id for sides in shown for side in sides)
        unit.access("round:exchanges", None, round=round_id, youths=people)
    waiting = tuple((_title(found.openings[key]), n) for key, n in found.passed_over.items())
    return DeskExchanges(shown, len(found.asks), waiting, done)


def made(unit: Unit, actor: Actor, round_id: int) -> Made | None:
    """None before a result is out."""
    row = own(unit, actor, round_id)
    return None if row.published_at is None else _made(unit, round_id)


def confirm(
    unit: Unit,
    actor: Actor,
    operation: Operation,
    round_id: int,
    request_ids: Sequence[int],
    version: int,
) -> None:
    """Makes one change: two requests for a swap, one for a move. All rules are asked again with
    the people and the round held, and who asked earlier still comes first. Raises Conflict when
    it is no longer possible."""
    own(unit, actor, round_id)
    asked = round_exchanges.requests(unit.session, round_id, request_ids)
    youths.hold(unit.session, [each.youth_id for each in asked])
    row = own(unit, actor, round_id, lock=True)
    if not is_out(row) or row.version != version:
        raise Conflict(stale())
    found = standing(unit, row, operation.may_rank_people)
    exchange = next((e for e in found.exchanges if set(e.ids) == set(request_ids)), None)
    if exchange is None:
        raise Conflict(
            _("그 사이에 거두었거나 바꿀 수 없게 되었습니다. 새로 열어 확인해 주십시오.")
        )
    if not any(sides[0].request_id in exchange.ids for sides in _shown(unit, actor, found)):
        raise NotFound
    two_hats.refuse_placing(unit, actor, [each.wanted for each in exchange.asks])
    _make(unit, actor, operation, row, found, exchange)


def _make(
    unit: Unit,
    actor: Actor,
    operation: Operation,
    row: AssignmentRound,
    found: Standing,
    exchange: Exchange,
) -> None:
    assert row.id is not None
    done = AssignmentExchange(
        round_id=row.id, kind=exchange.kind, confirmed_by_account_id=actor.account_id, at=unit.now
    )
    unit.session.add(done)
    row.version, row.updated_at = row.version + 1, unit.now  # a dry run computed meanwhile is void
    unit.session.add(row)
    people = [each.youth_id for each in exchange.asks]
    round_exchanges.forget(unit.session, row.id, people)
    unit.session.flush()  # the number of the change goes into what is written about it
    accounts = dict(round_people.accounts(unit.session, people))
    key = f"round:{row.id}:exchange:{done.id}"
    for each in exchange.asks:
        _settle(unit, actor, row, found, each, exchange.kind)
        if operation.may_rank_people:
            ask_person(unit, actor, row, each.wanted, each.youth_id, accounts[each.youth_id])
        unit.session.flush()  # whether an answer is asked for is told in the letter
        _tell_person(unit, row, found.openings[each.wanted], each, accounts[each.youth_id], key)
    if operation.may_rank_people:
        _tell_partners(unit, row, found.openings, exchange, key)


def _settle(
    unit: Unit,
    actor: Actor,
    row: AssignmentRound,
    found: Standing,
    ask: Ask,
    kind: ExchangeKind,
) -> None:
    pair = found.held[ask.youth_id].pair
    _end_asking(unit, pair, found.openings[ask.held])
    pair.opening_id, pair.version, pair.updated_at = ask.wanted, pair.version + 1, unit.now
    unit.session.add(pair)
    unit.audit(
        f"round:exchanged_{kind.value}", "assignment_pair", pair.id, round=row.id,
        before=ask.held, after=ask.wanted, request=ask.id, reason=REASONS[kind],
    )  # fmt: skip
    unit.access("round:exchanged", ask.youth_id, round=row.id, opening=ask.wanted)


def _end_asking(unit: Unit, pair: AssignmentPair, held: RoundOpening) -> None:
    """What the place left behind opened to its employer, or would have, ends with it; an
    introduction the person had agreed to before the round stays."""
    asked = rounds.introduction(unit.session, pair.opening_id, pair.youth_id)
    if asked is None or asked.updated_at < pair.updated_at:
        return
    if asked.state not in (IntroductionState.REQUESTED, IntroductionState.ACCEPTED):
        return
    asked.state, asked.version = IntroductionState.WITHDRAWN, asked.version + 1
    asked.updated_at = unit.now
    unit.session.add(asked)
    _withdraw_what_it_made(unit, asked)
    unit.session.flush()  # the tie below must not count this introduction any more
    end_if_loose(unit, pair.youth_id, held.organisation_id)
    unit.audit("introduction:withdrawn", "introduction", asked.id, opening=pair.opening_id)


def _withdraw_what_it_made(unit: Unit, asked: Introduction) -> None:
    """The application its yes had made goes with it: the person asked to have another place."""
    row = own_ties.application_of(unit.session, asked.youth_id, asked.opening_id)
    if row is None or row.introduction_id != asked.id:
        return
    to = next_state(APPLICATION_STEPS, row.state, ApplicationAction.WITHDRAW, Role.YOUTH)
    if to is None:
        return
    opening = unit.session.get_one(Opening, row.opening_id)
    person = candidates.account_of(unit.session, row.youth_id)
    by = application_steps.By(Role.YOUTH, person.id)
    application_steps.take(unit, row, opening, to, by, is_told=False)


def _tell_person(
    unit: Unit, row: AssignmentRound, opening: RoundOpening, ask: Ask, account: Account, key: str
) -> None:
    asked = rounds.introduction(unit.session, ask.wanted, ask.youth_id)
    is_asked = asked is not None and asked.state is IntroductionState.REQUESTED
    outbox.put(
        unit.session, account, "round_exchanged", unit.now, f"{key}:{ask.youth_id}", **named(row),
        title_ko=opening.title_ko, title_en=opening.title_en,
        organisation_ko=opening.organisation_ko, organisation_en=opening.organisation_en,
        answer_by=(unit.today + timedelta(days=ANSWER_DAYS)).isoformat() if is_asked else "",
    )  # fmt: skip


def _tell_partners(
    unit: Unit,
    row: AssignmentRound,
    found: Mapping[int, RoundOpening],
    exchange: Exchange,
    key: str,
) -> None:
    """Which of their openings, never who."""
    touched = {opening for each in exchange.asks for opening in (each.held, each.wanted)}
    for organisation_id in sorted({found[each].organisation_id for each in touched}):
        mine = [found[e] for e in sorted(touched) if found[e].organisation_id == organisation_id]
        tell_partner(
            unit, organisation_id, "round_partner_exchanged", f"{key}:partner", **named(row),
            titles_ko=[each.title_ko for each in mine], titles_en=[each.title_en for each in mine],
        )  # fmt: skip


def _shown(unit: Unit, actor: Actor, found: Standing) -> tuple[tuple[Side, ...], ...]:
    """Only changes all of whose people the desk may see."""
    people = [ask.youth_id for each in found.exchanges for ask in each.asks]
    names = round_people.lines(unit.session, people, actor)
    return tuple(
        tuple(
            Side(
                ask.id,
                ask.youth_id,
                names[ask.youth_id].name,
                _title(found.openings[ask.held]),
                _title(found.openings[ask.wanted]),
            )
            for ask in each.asks
        )
        for each in found.exchanges
        if all(ask.youth_id in names for ask in each.asks)
    )


def _title(row: RoundOpening) -> str:
    return in_language(row.title_ko, row.title_en)


def _made(unit: Unit, round_id: int) -> Made:
    found = round_exchanges.made(unit.session, round_id)
    days = [day_of(at) for _count, at in found.values()]
    counts = {kind: count for kind, (count, _at) in found.items()}
    return Made(
        counts.get(ExchangeKind.SWAP, 0), counts.get(ExchangeKind.MOVE, 0), max(days, default=None)
    )
