"""A placed person asks to change to another opening of the round they had wished for.

Nobody is named, and the person is never told whether an opening would take them: only that a
change has become possible."""

from dataclasses import dataclass

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.readiness import served_youth
from matcher.matching.round_exchanges import is_out, movable, standing
from matcher.matching.round_pairs import parted
from matcher.policy.operation import Operation
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import round_exchanges, round_people, rounds, youths
from matcher.store.rounds import RoundOpening
from models.assignment import AssignmentPair, AssignmentRound, EntryState
from models.assignment_exchange import AssignmentRequest, ExchangeKind


@dataclass(frozen=True)
class Choice:
    id: int
    title: str
    organisation: str


@dataclass(frozen=True)
class OwnExchange:
    """`asked` what the person asked for; `possible` how it could be had, once it could.
    `version` is that of the person's own place."""

    choices: tuple[Choice, ...]
    asked: Choice | None
    possible: ExchangeKind | None
    version: int


def view(unit: Unit, actor: Actor, operation: Operation, round_id: int) -> OwnExchange | None:
    """None for who has no place that could change."""
    youth_id = served_youth(unit.session, actor, unit.today)
    row = rounds.for_youth(unit.session, round_id)
    pair = None if row is None else _own_pair(unit, row, youth_id)
    if row is None or pair is None:
        return None
    choices = _choices(unit, row, pair)
    asked = round_exchanges.of_person(unit.session, round_id, youth_id)
    if asked is None or asked.held_opening_id != pair.opening_id:
        return OwnExchange(tuple(choices.values()), None, None, pair.version)
    found = standing(unit, row, operation.may_rank_people).exchanges
    mine = next((e.kind for e in found if asked.id in e.ids), None)
    return OwnExchange((), choices.get(asked.wanted_opening_id), mine, pair.version)


def ask(unit: Unit, actor: Actor, round_id: int, wanted: int, version: int) -> None:
    """Another request of the same person is replaced, and waits behind those asked before.

    Raises Invalid for an opening the person did not wish for, Conflict once the place is settled
    or has changed."""
    youth_id, row, pair = _held(unit, actor, round_id, version)
    if wanted not in _choices(unit, row, pair):
        raise Invalid({"wanted": _("희망했던 다른 공고 가운데에서 골라 주세요.")})
    round_exchanges.forget(unit.session, round_id, [youth_id])
    unit.session.add(
        AssignmentRequest(
            round_id=round_id,
            youth_id=youth_id,
            held_opening_id=pair.opening_id,
            wanted_opening_id=wanted,
            created_at=unit.now,
        )
    )
    unit.audit("round:exchange_asked", "assignment_pair", pair.id, round=round_id, wanted=wanted)


def withdraw(unit: Unit, actor: Actor, round_id: int, version: int) -> None:
    """At any time before the desk confirms. Raises Conflict when that was faster."""
    youth_id, _row, pair = _held(unit, actor, round_id, version)
    if not round_exchanges.forget(unit.session, round_id, [youth_id]):
        raise Conflict(_already())
    unit.audit("round:exchange_withdrawn", "assignment_pair", pair.id, round=round_id)


def _held(
    unit: Unit, actor: Actor, round_id: int, version: int
) -> tuple[int, AssignmentRound, AssignmentPair]:
    """(person, round, place), the person and the round held until the transaction ends."""
    youth_id = served_youth(unit.session, actor, unit.today)
    youths.hold(unit.session, [youth_id])
    row = rounds.for_youth(unit.session, round_id, lock=True)
    entry = round_people.entry(unit.session, round_id, youth_id)
    if row is None or entry is None or entry.state is not EntryState.JOINED:
        raise NotFound
    pair = _own_pair(unit, row, youth_id)
    if pair is None or pair.version != version:
        raise Conflict(_already())
    return youth_id, row, pair


def _already() -> str:
    return _("그 사이에 배정이 바뀌었거나 이미 확정된 자리예요. 새로 열어 확인해 주세요.")


def _own_pair(unit: Unit, row: AssignmentRound, youth_id: int) -> AssignmentPair | None:
    """The place the person has and may give away."""
    if not is_out(row) or row.id is None:
        return None
    stand, _fallen = parted(rounds.pairs(unit.session, row.id, youth_id), unit.today)
    begun = round_exchanges.begun(unit.session, [youth_id])
    return stand[0].pair if stand and movable(stand[0], begun, unit.today) else None


def _choices(unit: Unit, row: AssignmentRound, pair: AssignmentPair) -> dict[int, Choice]:
    """Openings wished for, but for the one held, the most wished first."""
    assert row.id is not None
    wishes = round_people.wishes(unit.session, row.id, pair.youth_id).get(pair.youth_id, {})
    found = {each.opening_id: each for each in rounds.openings_of(unit.session, row.id)}
    others = [
        key for key in wishes if key in found and key != pair.opening_id and found[key].is_live
    ]
    return {key: _choice(found[key]) for key in sorted(others, key=lambda k: (wishes[k], k))}


def _choice(row: RoundOpening) -> Choice:
    title = in_language(row.title_ko, row.title_en)
    return Choice(row.opening_id, title, in_language(row.organisation_ko, row.organisation_en))
