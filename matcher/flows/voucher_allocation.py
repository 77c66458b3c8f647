"""Who gets a desk's vouchers, so that most of its people reach an opening.

The machine proposes and says why; a person at the desk may leave names out and confirms.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.voucher_gifts import give
from matcher.matching.voucher_needs import Needs, needs_of
from matcher.planning.allocation import Allocation, Award, Problem, allocate
from matcher.planning.allocation import Voucher as Lot
from matcher.policy.small_cells import Cell, protect
from matcher.policy.vouchers import masked
from matcher.refusal import Conflict, Invalid
from matcher.store import voucher_people
from matcher.store import vouchers as store
from matcher.store.voucher_people import Recipient
from models.account import Role
from models.voucher import Voucher

MOST = 500


@dataclass(frozen=True)
class AwardLine:
    """`pair` is what the form sends back: voucher and person."""

    pair: str
    youth_id: int
    name: str
    organisation: str
    is_demo: bool
    tail: str
    expires_on: date
    certification: str
    earliest: date
    is_planned: bool
    """The person has that exam planned or booked already."""
    opening_id: int
    opening: str


@dataclass(frozen=True)
class AllocationView:
    """`matched` people with the vouchers, `without` people with none of them; `people` looked at.
    `spread` by university, only for the centre, small cells hidden."""

    most: int
    free: int
    people: int
    openings: int
    matched: int
    without: int
    bound: int
    timed_out: bool
    awards: tuple[AwardLine, ...]
    spread: tuple[tuple[str, Cell], ...]


def propose(unit: Unit, actor: Actor, most: int | None = None) -> AllocationView:
    """Nothing is stored but the access record. `most` None: all that can be given."""
    free = store.givable(unit.session, actor, unit.today)
    wanted = min(len(free), MOST) if most is None else most
    needs = needs_of(unit.session, actor, unit.today)
    if needs.people:
        unit.access("vouchers:weighed", None, youths=sorted(needs.people))
    found = allocate(_problem(free, needs, wanted))
    names = _recipients(unit, actor, found.awards)
    lines = _lines(found.awards, free, needs, names)
    return AllocationView(
        most=wanted,
        free=len(free),
        people=len(needs.people),
        openings=len(needs.places),
        matched=found.matched,
        without=found.without,
        bound=found.bound,
        timed_out=found.timed_out,
        awards=lines,
        spread=_spread(actor, found, names),
    )


def confirm(unit: Unit, actor: Actor, pairs: Sequence[tuple[int, int]]) -> int:
    """Give every (voucher, person) or, when one cannot be given any more, none."""
    if not pairs:
        raise Invalid({"pair": _("받을 사람을 한 명 이상 골라 주십시오.")})
    vouchers, people = {each for each, _ in pairs}, {each for _, each in pairs}
    if len(vouchers) < len(pairs) or len(people) < len(pairs):
        raise Invalid({"pair": _("한 사람에게 하나씩만 줄 수 있습니다.")})
    for voucher_id, youth_id in sorted(pairs):
        row = store.get(unit.session, actor, voucher_id)
        found = voucher_people.found(unit.session, actor, youth_id=youth_id)
        if row is None or not found:
            raise Conflict(
                _("그 사이에 바뀐 것이 있어 아무것도 주지 않았습니다. 다시 셈해 주십시오.")
            )
        give(unit, actor, row, found[0])
    unit.audit("vouchers:allocated", "organisation", actor.organisation_id, count=len(pairs))
    return len(pairs)


def _problem(free: Sequence[Voucher], needs: Needs, most: int) -> Problem:
    return Problem(
        places=needs.places,
        free=needs.free,
        missing=needs.missing,
        vouchers=tuple(Lot(row.id or 0, row.level, row.expires_on) for row in free),
        most=most,
    )


def _recipients(unit: Unit, actor: Actor, awards: Sequence[Award]) -> dict[int, Recipient]:
    wanted = [award.person for award in awards]
    return {row.youth_id: row for row in voucher_people.found_all(unit.session, actor, wanted)}


def _lines(
    awards: Sequence[Award],
    free: Sequence[Voucher],
    needs: Needs,
    names: Mapping[int, Recipient],
) -> tuple[AwardLine, ...]:
    vouchers = {row.id: row for row in free}
    lines = [_award(award, vouchers[award.voucher], needs, names[award.person]) for award in awards]
    return tuple(sorted(lines, key=lambda line: (line.name, line.youth_id)))


def _award(award: Award, voucher: Voucher, needs: Needs, person: Recipient) -> AwardLine:
    exam = needs.missing[award.person][award.opening]
    return AwardLine(
        pair=f"{award.voucher}-{award.person}",
        youth_id=award.person,
        name=person.name,
        organisation=_university(person),
        is_demo=person.is_demo,
        tail=masked(voucher.code),
        expires_on=voucher.expires_on,
        certification=award.certification,
        earliest=exam.earliest,
        is_planned=(award.person, award.certification) in needs.planned,
        opening_id=award.opening,
        opening=in_language(*needs.titles[award.opening]),
    )


def _spread(
    actor: Actor, found: Allocation, names: Mapping[int, Recipient]
) -> tuple[tuple[str, Cell], ...]:
    if actor.role is not Role.CENTRE or not found.awards:
        return ()
    people: dict[int, list[Recipient]] = {}
    for award in found.awards:
        row = names[award.person]
        people.setdefault(row.organisation_id or 0, []).append(row)
    column = protect({number: len(rows) for number, rows in people.items()})
    named = [(_university(rows[0]), column.groups[number]) for number, rows in people.items()]
    return tuple(sorted(named, key=lambda pair: pair[0]))


def _university(row: Recipient) -> str:
    return in_language(row.organisation_ko or "", row.organisation_en or "") or _("대학 밖")
