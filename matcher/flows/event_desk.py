"""A desk opens events, changes and cancels them; everybody who signed up is told."""

from dataclasses import dataclass, fields
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.event_seats import everyone_told, promote, tell
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import events as store
from matcher.store.events import Counts
from models.community import CommunityEvent, EventState, SignUpState
from models.course import CourseMode

TOLD = frozenset({"held_on", "starts", "ends", "mode", "place", "join_link"})
"""A change of these is told to everybody."""


@dataclass(frozen=True)
class Written:
    """What the desk writes; an online event needs its link, another one its place."""

    title_ko: str
    title_en: str
    content: str
    mode: CourseMode
    place: str
    join_link: str
    held_on: date
    starts: str
    ends: str
    sign_up_until: date
    seats: int


@dataclass(frozen=True)
class EventLine:
    id: int
    title: str
    host: str
    held_on: date
    starts: str
    seats: int
    going: int
    waiting: int
    is_cancelled: bool
    is_over: bool
    is_demo: bool


@dataclass(frozen=True)
class Guest:
    youth_id: int
    name: str
    is_waiting: bool
    is_demo: bool


@dataclass(frozen=True)
class EventSheet:
    line: EventLine
    written: Written
    version: int
    guests: tuple[Guest, ...]


def listing(unit: Unit, actor: Actor) -> tuple[EventLine, ...]:
    rows = store.for_desk(unit.session, actor)
    counts = store.counts(unit.session, [row.id or 0 for row, _host in rows])
    return tuple(
        _line(row, in_language(host.name_ko, host.name_en), counts[row.id or 0], unit.today)
        for row, host in rows
    )


def sheet(unit: Unit, actor: Actor, event_id: int) -> EventSheet:
    row = _own(unit, actor, event_id)
    found = store.people(unit.session, event_id)
    if found:
        youths = sorted(each.youth_id for each, _account in found)
        unit.access("event:opened", None, event=event_id, youths=youths)
    guests = tuple(
        Guest(each.youth_id, account.name, each.state is SignUpState.WAITING, account.is_demo)
        for each, account in found
    )
    line = _line(row, "", store.counts(unit.session, [event_id])[event_id], unit.today)
    written = Written(**{each.name: getattr(row, each.name) for each in fields(Written)})
    return EventSheet(line, written, row.version, guests)


def create(unit: Unit, actor: Actor, written: Written) -> int:
    if actor.organisation_id is None:
        raise NotFound
    _check(written, unit.today)
    row = CommunityEvent(
        organisation_id=actor.organisation_id,
        created_at=unit.now,
        updated_at=unit.now,
        **vars(written),
    )
    unit.session.add(row)
    unit.session.flush()  # the audit line and the address need its id
    unit.audit("event:created", "community_event", row.id, seats=row.seats)
    return row.id or 0


def change(unit: Unit, actor: Actor, event_id: int, written: Written, version: int) -> None:
    """Raises Conflict for one that was changed meanwhile, cancelled or is over, and Invalid for
    fewer seats than people."""
    row = _open(unit, actor, event_id, version)
    _check(written, unit.today)
    going = store.counts(unit.session, [event_id])[event_id].going
    if written.seats < going:
        words = _("이미 %(n)s명이 자리를 잡았습니다. 그보다 적게 줄일 수 없습니다.")
        raise Invalid({"seats": words % {"n": going}})
    changed = [name for name, value in vars(written).items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, getattr(written, name))
    row.version += 1
    row.updated_at = unit.now
    unit.session.add(row)
    unit.session.flush()  # whoever moves up is told of the event as it is now
    if TOLD & set(changed):
        tell(unit, row, _guests(unit, event_id), "event_changed")
    promote(unit, row)
    unit.audit("event:changed", "community_event", event_id, fields=sorted(changed))


def cancel(unit: Unit, actor: Actor, event_id: int, version: int) -> None:
    row = _open(unit, actor, event_id, version)
    row.state = EventState.CANCELLED
    row.version += 1
    row.updated_at = unit.now
    unit.session.add(row)
    guests = _guests(unit, event_id)
    tell(unit, row, guests, "event_cancelled")
    unit.audit("event:cancelled", "community_event", event_id, told=len(guests))


def _guests(unit: Unit, event_id: int) -> list[int]:
    return everyone_told(row for row, _account in store.people(unit.session, event_id))


def _own(unit: Unit, actor: Actor, event_id: int) -> CommunityEvent:
    row = store.one_for_desk(unit.session, actor, event_id)
    if row is None:
        raise NotFound
    return row


def _open(unit: Unit, actor: Actor, event_id: int, version: int) -> CommunityEvent:
    """Held until the transaction ends, so that nobody takes a seat meanwhile."""
    row = _own(unit, actor, event_id)
    store.hold(unit.session, event_id)
    unit.session.refresh(row)
    if row.version != version:
        raise Conflict(_("그 사이에 행사가 바뀌었습니다. 새로 열어 다시 확인해 주십시오."))
    if row.state is EventState.CANCELLED or row.held_on < unit.today:
        raise Conflict(_("취소했거나 이미 지난 행사입니다."))
    return row


def _check(written: Written, today: date) -> None:
    wrong = {}
    if written.held_on < today:
        wrong["held_on"] = _("이미 지난 날입니다.")
    if written.sign_up_until > written.held_on:
        wrong["sign_up_until"] = _("행사 날이나 그보다 앞선 날이어야 합니다.")
    if written.ends <= written.starts:
        wrong["ends"] = _("시작보다 늦은 시각이어야 합니다.")
    if written.mode is not CourseMode.ONLINE and not written.place:
        wrong["place"] = _("만나는 곳을 적어 주십시오.")
    if written.mode is not CourseMode.OFFLINE and not written.join_link:
        wrong["join_link"] = _("온라인으로 들어올 주소를 적어 주십시오.")
    if wrong:
        raise Invalid(wrong)


def _line(row: CommunityEvent, host: str, counts: Counts, today: date) -> EventLine:
    return EventLine(
        id=row.id or 0,
        title=in_language(row.title_ko, row.title_en),
        host=host,
        held_on=row.held_on,
        starts=row.starts,
        seats=row.seats,
        going=counts.going,
        waiting=counts.waiting,
        is_cancelled=row.state is EventState.CANCELLED,
        is_over=row.held_on < today,
        is_demo=row.is_demo,
    )
