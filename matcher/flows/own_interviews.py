"""Somebody invited chooses an interview time, moves it, gives it back, or waits for one."""

from dataclasses import dataclass

from matcher.actor import Actor
from matcher.db import Unit
from matcher.exchange.icalendar_feed import Invitation, invitation
from matcher.i18n import current_language, in_language
from matcher.i18n import gettext as _
from matcher.matching import interviews
from matcher.matching.calendar_entries import interview_entry
from matcher.matching.interviews import Time, time_of
from matcher.policy.interviews import CAN_CHOOSE
from matcher.refusal import Conflict, NotFound
from matcher.store import applications, openings
from matcher.store import interviews as store
from models.application import Application
from models.interview import Interview, InterviewSlot, InterviewState, SlotWait
from models.opening import Opening


@dataclass(frozen=True)
class FreeTime:
    """`clash` names what the person has at that hour; empty when nothing."""

    time: Time
    clash: str


@dataclass(frozen=True)
class OwnTime:
    id: int
    time: Time
    state: InterviewState
    version: int
    can_change: bool


@dataclass(frozen=True)
class OwnInterviewView:
    """`is_past`: the hour taken has begun, and nobody has noted yet what came of it. `was_held`:
    the last one was, so that choosing again is for a further one."""

    application_id: int
    opening_id: int
    title: str
    organisation: str
    is_demo: bool
    booked: OwnTime | None
    earlier: tuple[OwnTime, ...]
    times: tuple[FreeTime, ...]
    may_choose: bool
    is_waiting: bool
    is_past: bool
    was_held: bool


def view(unit: Unit, actor: Actor, application_id: int) -> OwnInterviewView:
    found = applications.get(unit.session, actor, unit.today, application_id)
    if found is None or actor.youth_id is None:
        raise NotFound
    row, opening = found
    had = [_own(unit, *each) for each in store.of_application(unit.session, application_id)]
    if row.state not in CAN_CHOOSE and not had:
        raise NotFound
    booked = next((each for each in had if each.state is InterviewState.BOOKED), None)
    is_past = booked is not None and not booked.can_change
    may_choose = row.state in CAN_CHOOSE and not is_past
    free = store.free(unit.session, opening.id or 0, unit.now) if may_choose else []
    clashes = interviews.clashes(unit.session, row.youth_id, free, application_id)
    organisation = openings.organisation_of(unit.session, opening)
    return OwnInterviewView(
        application_id=application_id,
        opening_id=opening.id or 0,
        title=in_language(opening.title_ko, opening.title_en),
        organisation=in_language(organisation.name_ko, organisation.name_en),
        is_demo=opening.is_demo,
        booked=booked,
        earlier=tuple(each for each in had if each.state is not InterviewState.BOOKED),
        times=tuple(FreeTime(time_of(each), clashes.get(each.id or 0, "")) for each in free),
        may_choose=may_choose,
        is_waiting=store.wait_of(unit.session, application_id) is not None,
        is_past=is_past,
        was_held=bool(had) and had[0].state is InterviewState.HELD,
    )


def take(unit: Unit, actor: Actor, application_id: int, slot_id: int) -> None:
    """A free time, or another one in place of the one held. Raises Conflict when it went."""
    row, opening = _invited(unit, actor, application_id)
    held = store.booked(unit.session, application_id)
    if held is not None and held[1].starts_at <= unit.now:
        raise Conflict(_("이미 시작한 면접은 옮길 수 없어요."))
    slot = store.slot_of(unit.session, opening.id or 0, slot_id)
    if slot is None:
        raise NotFound
    if held is not None and held[1].id == slot_id:
        return  # pressed twice: it is the person's already
    interviews.take(unit, row, opening, slot)


def cancel(unit: Unit, actor: Actor, application_id: int, version: int) -> None:
    row, opening = _invited(unit, actor, application_id)
    held = store.booked(unit.session, application_id)
    if held is None or held[0].version != version or held[1].starts_at <= unit.now:
        raise Conflict(_("그 사이에 면접이 바뀌었어요. 지금 상태를 다시 확인해 주세요."))
    interviews.give_back(unit, row, opening, *held, "cancelled")


def wait(unit: Unit, actor: Actor, application_id: int, is_on: bool) -> None:
    """Be told when a time comes free, or no more."""
    _invited(unit, actor, application_id)
    there = store.wait_of(unit.session, application_id)
    if is_on and there is None:
        unit.session.add(SlotWait(application_id=application_id, created_at=unit.now))
    elif not is_on:
        store.stop_waiting(unit.session, application_id)
    unit.audit("interview:waiting", "application", application_id, is_on=is_on)


def invitation_file(unit: Unit, actor: Actor, application_id: int, site: str) -> bytes:
    """The newest one, also when it was cancelled: that is how a calendar hears of it."""
    found = applications.get(unit.session, actor, unit.today, application_id)
    had = store.of_application(unit.session, application_id)
    if found is None or actor.youth_id is None or not had:
        raise NotFound
    organisation = openings.organisation_of(unit.session, found[1])
    entry: Invitation = interview_entry(store.OwnMeeting(*had[0], found[1], organisation), site)
    return invitation(current_language(), entry)


def _invited(unit: Unit, actor: Actor, application_id: int) -> tuple[Application, Opening]:
    found = applications.get(unit.session, actor, unit.today, application_id, lock=True)
    if found is None or actor.youth_id is None:
        raise NotFound
    if found[0].state not in CAN_CHOOSE:
        raise Conflict(_("지금은 면접 시간을 고르는 단계가 아니에요."))
    return found


def _own(unit: Unit, row: Interview, slot: InterviewSlot) -> OwnTime:
    can_change = row.state is InterviewState.BOOKED and slot.starts_at > unit.now
    return OwnTime(row.id or 0, time_of(slot), row.state, row.version, can_change)
