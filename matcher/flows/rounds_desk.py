"""A desk opens an assignment round for wishes, watches who has answered, reminds.

The lottery's seed is drawn the moment wishes open and only its hash is written to the audit log;
nobody is shown the seed before the result is published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.round_duties import may_confirm, to_confirm
from matcher.matching.round_pairs import Answer, answer_of
from matcher.planning.assignment.seed import commitment, new_seed
from matcher.policy import rounds as rules
from matcher.policy.rounds import ROUND_STEPS, RoundAction
from matcher.policy.states import actions_from, next_state
from matcher.refusal import Conflict, NotFound
from matcher.store import openings, organisations, outbox, round_people, rounds
from matcher.store.rounds import RoundOpening
from models.account import Role
from models.assignment import (
    AssignmentEntry,
    AssignmentRound,
    EntryState,
    HardRule,
    RoundState,
)
from models.youth import YouthStatus

PAGE = 50
__all__ = ["Answer", "HardRule", "RoundAction", "RoundState"]


@dataclass(frozen=True)
class RoundLine:
    id: int
    name: str
    owner: str
    state: RoundState
    wishes_until: date
    openings: int
    seats: int
    answered: int
    is_demo: bool


@dataclass(frozen=True)
class OpeningLine:
    id: int
    title: str
    organisation: str
    sector: str
    capacity: int
    minimum: int
    wishes: int
    first: int
    """People who wish for it most."""
    is_banded: bool
    is_live: bool


@dataclass(frozen=True)
class EntryLine:
    id: int
    youth_id: int
    name: str
    university: str
    wishes: int
    is_in: bool
    answer: Answer | None = None
    opening: str = ""


@dataclass(frozen=True)
class RoundView:
    """`entries` one page of them; `said` all who ever answered, `placed` those with a pair that
    stands; `invited` may join, `answered` are in; `banded` openings have confirmed bands.

    `may_confirm`: the actor is a second pair of eyes for the proposal that waits."""

    id: int
    name: str
    owner: str
    state: RoundState
    wishes_until: date
    most_wishes: int
    hard_rules: tuple[HardRule, ...]
    cohort_status: YouthStatus | None
    commitment: str
    committed_at: datetime | None
    seed: str
    published_at: datetime | None
    openings: tuple[OpeningLine, ...]
    entries: tuple[EntryLine, ...]
    page: int
    pages: int
    said: int
    placed: int
    invited: int
    answered: int
    actions: tuple[RoundAction, ...]
    may_confirm: bool
    is_proposer: bool
    dropped: int
    is_demo: bool
    version: int

    @property
    def seats(self) -> int:
        return sum(each.capacity for each in self.openings)

    @property
    def banded(self) -> int:
        return sum(1 for each in self.openings if each.is_banded)


def listed(unit: Unit, actor: Actor, is_to_confirm: bool = False) -> tuple[RoundLine, ...]:
    """`is_to_confirm`: only those that wait for this account's confirmation."""
    seats, answered = rounds.seats(unit.session), round_people.answered(unit.session)
    found = []
    rows = to_confirm if is_to_confirm else rounds.listed
    for row, owner in rows(unit.session, actor):
        count, places = seats.get(row.id or 0, (0, 0))
        found.append(
            RoundLine(
                id=row.id or 0,
                name=in_language(row.name_ko, row.name_en),
                owner=in_language(owner.name_ko, owner.name_en),
                state=rules.round_standing(row.state, row.wishes_until, unit.today),
                wishes_until=row.wishes_until,
                openings=count,
                seats=places,
                answered=answered.get(row.id or 0, 0),
                is_demo=row.is_demo,
            )
        )
    return tuple(found)


def sheet(unit: Unit, actor: Actor, round_id: int, page: int = 1) -> RoundView:
    """`page` of the people counts from 1."""
    row = _own(unit, actor, round_id)
    owner = organisations.get(unit.session, row.organisation_id)
    assert owner is not None
    state = rules.round_standing(row.state, row.wishes_until, unit.today)
    entries = round_people.entries(unit.session, round_id)
    inside = [each for each in entries if each.state is EntryState.JOINED]
    wishes = round_people.wishes(unit.session, round_id)
    lines = _entry_lines(unit, actor, round_id, entries, wishes)
    shown = lines[(page - 1) * PAGE : page * PAGE]
    if shown:
        youths = sorted(each.youth_id for each in shown)
        unit.access("round:read", None, round=round_id, youths=youths)
    live = {each.youth_id for each in inside}
    return RoundView(
        id=round_id,
        name=in_language(row.name_ko, row.name_en),
        owner=in_language(owner.name_ko, owner.name_en),
        state=state,
        wishes_until=row.wishes_until,
        most_wishes=row.most_wishes,
        hard_rules=tuple(HardRule(each) for each in row.hard_rules),
        cohort_status=row.cohort_status,
        commitment=row.commitment,
        committed_at=row.committed_at,
        seed=row.seed if row.published_at is not None else "",
        published_at=row.published_at,
        openings=tuple(
            _opening_line(each, {y: w for y, w in wishes.items() if y in live})
            for each in rounds.openings_of(unit.session, round_id)
        ),
        entries=shown,
        page=page,
        pages=max(1, -(-len(lines) // PAGE)),
        said=len(entries),
        placed=sum(1 for each in lines if each.answer not in (None, Answer.DROPPED)),
        invited=round_people.invited(unit.session, row, unit.today),
        answered=len(inside),
        actions=actions_from(ROUND_STEPS, state, actor.role),
        may_confirm=state is RoundState.PROPOSED and may_confirm(actor, row),
        is_proposer=row.proposed_by_account_id == actor.account_id,
        dropped=sum(1 for each in lines if each.answer is Answer.DROPPED),
        is_demo=row.is_demo,
        version=row.version,
    )


def open_wishes(unit: Unit, actor: Actor, round_id: int, version: int) -> None:
    """Draws the seed, publishes its hash in the audit log, and invites the cohort."""
    row = _moving(unit, actor, round_id, version, RoundAction.OPEN)
    if row.wishes_until < unit.today:
        raise Conflict(_("희망을 받는 마지막 날이 이미 지났습니다."))
    if any(not each.is_live for each in rounds.openings_of(unit.session, round_id)):
        raise Conflict(_("그 사이에 끝난 공고가 있습니다. 새 배정을 만들어 주십시오."))
    row.seed = new_seed()
    row.commitment, row.committed_at = commitment(row.seed), unit.now
    _move(unit, row, RoundState.WISHES_OPEN, "round:opened", commitment=row.commitment)
    _invite(unit, row, "round_opened", f"round:{round_id}:opened")
    _tell_partners(unit, row)


def close_early(unit: Unit, actor: Actor, round_id: int, version: int) -> None:
    row = _moving(unit, actor, round_id, version, RoundAction.CLOSE)
    entries = round_people.entries(unit.session, round_id)
    invited = round_people.invited(unit.session, row, unit.today)
    if not rules.can_close_early(invited, len(entries)):
        words = _("아직 답하지 않은 사람이 있어서 알린 날까지 기다립니다: %(day)s")
        raise Conflict(words % {"day": row.wishes_until.isoformat()})
    _move(unit, row, RoundState.WISHES_CLOSED, "round:closed")


def cancel(unit: Unit, actor: Actor, round_id: int, version: int) -> None:
    """Everybody who is in is told; nothing of it goes on."""
    row = _moving(unit, actor, round_id, version, RoundAction.CANCEL)
    inside = [
        each.youth_id
        for each in round_people.entries(unit.session, round_id)
        if each.state is EntryState.JOINED
    ]
    was_published = row.published_at is not None
    if was_published:
        raise Conflict(_("결과를 알린 배정은 없앨 수 없습니다."))
    _move(unit, row, RoundState.CANCELLED, "round:cancelled")
    for youth_id, account in round_people.accounts(unit.session, inside):
        key = f"round:{round_id}:cancelled:{youth_id}"
        outbox.put(
            unit.session, account, "round_cancelled", unit.now, key,
            round_ko=row.name_ko, round_en=row.name_en,
        )  # fmt: skip


def remind(unit: Unit, actor: Actor, round_id: int) -> int:
    """Once a day to everybody invited who has not answered; gives how many were told."""
    row = _locked(unit, actor, round_id)
    if not rules.can_wish(row.state, row.wishes_until, unit.today):
        raise Conflict(_("희망을 받는 동안에만 알릴 수 있습니다."))
    key = f"round:{round_id}:reminded:{unit.today.isoformat()}"
    if outbox.has_key(unit.session, f"{key}:"):
        raise Conflict(_("오늘은 이미 알렸습니다."))
    count = _invite(unit, row, "round_reminder", key)
    unit.audit("round:reminded", "assignment_round", round_id, people=count)
    return count


def _invite(unit: Unit, row: AssignmentRound, template: str, key: str) -> int:
    people = round_people.accounts(
        unit.session, round_people.unanswered(unit.session, row, unit.today)
    )
    for youth_id, account in people:
        outbox.put(
            unit.session, account, template, unit.now, f"{key}:{youth_id}",
            round_ko=row.name_ko, round_en=row.name_en, round_id=row.id,
            wishes_until=row.wishes_until.isoformat(), most=row.most_wishes,
        )  # fmt: skip
    return len(people)


def _tell_partners(unit: Unit, row: AssignmentRound) -> None:
    owners = {each.organisation_id for each in rounds.openings_of(unit.session, row.id or 0)}
    for owner in sorted(owners):
        for account in openings.partner_accounts(unit.session, owner):
            outbox.put(
                unit.session, account, "round_partner_opened", unit.now,
                f"round:{row.id}:partner:{account.id}", round_ko=row.name_ko,
                round_en=row.name_en, round_id=row.id, wishes_until=row.wishes_until.isoformat(),
            )  # fmt: skip


def _entry_lines(
    unit: Unit,
    actor: Actor,
    round_id: int,
    entries: Sequence[AssignmentEntry],
    wishes: Mapping[int, Mapping[int, int]],
) -> tuple[EntryLine, ...]:
    named = round_people.lines(unit.session, [each.youth_id for each in entries], actor)
    titles = {
        each.opening_id: in_language(each.title_ko, each.title_en)
        for each in rounds.openings_of(unit.session, round_id)
    }
    results: dict[int, tuple[Answer | None, str]] = {}
    for line in rounds.pairs(unit.session, round_id):
        stands = answer_of(line, unit.today)
        if stands is not Answer.DROPPED or line.pair.youth_id not in results:
            results[line.pair.youth_id] = (stands, titles.get(line.pair.opening_id, ""))
    found = []
    for each in entries:
        person = named.get(each.youth_id)
        if person is None:
            continue  # gone from the desk's view since
        said = results.get(each.youth_id)
        answer, opening = said if said is not None else (None, "")
        university = in_language(person.organisation_ko or "", person.organisation_en or "")
        count = len(wishes.get(each.youth_id, {}))
        is_in = each.state is EntryState.JOINED
        found.append(
            EntryLine(
                each.id or 0, each.youth_id, person.name, university, count, is_in, answer, opening
            )
        )
    return tuple(sorted(found, key=lambda each: (each.name, each.id)))


def _opening_line(row: RoundOpening, wishes: Mapping[int, Mapping[int, int]]) -> OpeningLine:
    tiers = [own for own in wishes.values() if row.opening_id in own]
    first = sum(1 for own in tiers if own[row.opening_id] == min(own.values()))
    return OpeningLine(
        id=row.opening_id,
        title=in_language(row.title_ko, row.title_en),
        organisation=in_language(row.organisation_ko, row.organisation_en),
        sector=row.sector,
        capacity=row.capacity,
        minimum=row.minimum,
        wishes=len(tiers),
        first=first,
        is_banded=row.banded_at is not None,
        is_live=row.is_live,
    )


def _own(unit: Unit, actor: Actor, round_id: int) -> AssignmentRound:
    row = rounds.get(unit.session, actor, round_id)
    if row is None:
        raise NotFound
    return row


def _locked(unit: Unit, actor: Actor, round_id: int) -> AssignmentRound:
    row = rounds.get(unit.session, actor, round_id, lock=True)
    if row is None:
        raise NotFound
    if actor.role is not Role.CENTRE and row.organisation_id != actor.organisation_id:
        raise NotFound
    return row


def _moving(
    unit: Unit, actor: Actor, round_id: int, version: int, action: RoundAction
) -> AssignmentRound:
    row = _locked(unit, actor, round_id)
    state = rules.round_standing(row.state, row.wishes_until, unit.today)
    if next_state(ROUND_STEPS, state, action, actor.role) is None or row.version != version:
        raise Conflict(_("그 사이에 배정이 바뀌었습니다. 새로 열어 다시 확인해 주십시오."))
    return row


def _move(unit: Unit, row: AssignmentRound, to: RoundState, action: str, **change: str) -> None:
    before = row.state.value
    row.state, row.version, row.updated_at = to, row.version + 1, unit.now
    unit.session.add(row)
    unit.audit(action, "assignment_round", row.id, before=before, after=to.value, **change)
