"""A desk watches its assignment rounds: who has answered, which openings, what waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import in_language
from matcher.matching.paging import pages_of
from matcher.matching.round_duties import may_confirm, to_confirm
from matcher.matching.round_pairs import Answer, answer_of
from matcher.matching.round_redraws import Redraw, redraws
from matcher.matching.round_steps import own
from matcher.policy import rounds as rules
from matcher.policy.rounds import ROUND_STEPS, RoundAction
from matcher.policy.states import actions_from
from matcher.store import organisations, round_people, rounds
from matcher.store.rounds import RoundOpening
from models.assignment import AssignmentEntry, EntryState, HardRule, RoundState
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
    closes_on: date
    ends_first: bool
    """Applications end before the wishes lock: people wish for what may be taken by then."""


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
    redraws: tuple[Redraw, ...]
    is_tried: bool
    cancelled_at: datetime | None
    cancel_reason: str
    is_demo: bool
    version: int

    @property
    def seats(self) -> int:
        return sum(each.capacity for each in self.openings)

    @property
    def ends_first(self) -> tuple[OpeningLine, ...]:
        """Openings that close before the wishes lock, while that can still be mended."""
        is_early = self.state in (RoundState.DRAFT, RoundState.WISHES_OPEN)
        return tuple(each for each in self.openings if each.ends_first) if is_early else ()

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
    row = own(unit, actor, round_id)
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
            _opening_line(each, {y: w for y, w in wishes.items() if y in live}, row.wishes_until)
            for each in rounds.openings_of(unit.session, round_id)
        ),
        entries=shown,
        page=page,
        pages=pages_of(len(lines), PAGE),
        said=len(entries),
        placed=sum(1 for each in lines if each.answer not in (None, Answer.DROPPED)),
        invited=round_people.invited(unit.session, row, unit.today),
        answered=len(inside),
        actions=actions_from(ROUND_STEPS, state, actor.role),
        may_confirm=state is RoundState.PROPOSED and may_confirm(actor, row),
        is_proposer=row.proposed_by_account_id == actor.account_id,
        dropped=sum(1 for each in lines if each.answer is Answer.DROPPED),
        redraws=redraws(unit.session, row),
        is_tried=bool(rounds.runs(unit.session, round_id)),
        cancelled_at=row.cancelled_at,
        cancel_reason=row.cancel_reason,
        is_demo=row.is_demo,
        version=row.version,
    )


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


def _opening_line(
    row: RoundOpening, wishes: Mapping[int, Mapping[int, int]], until: date
) -> OpeningLine:
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
        closes_on=row.closes_on,
        ends_first=row.is_live and row.closes_on < until,
    )
