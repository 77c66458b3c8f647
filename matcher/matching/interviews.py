"""Taking, moving and giving back an interview time, with the mails to both sides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from matcher.clock import JEJU, day_of, start_of
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.policy.interviews import Span
from matcher.policy.timetable import slots_of
from matcher.refusal import Conflict
from matcher.store import answer_links, candidates, coming_up, openings, outbox
from matcher.store import interviews as store
from models.application import Application
from models.interview import Interview, InterviewMode, InterviewSlot, InterviewState
from models.opening import Opening


@dataclass(frozen=True)
class Time:
    """A time as a page shows it; `place` only where the reader may know it."""

    id: int
    starts_at: datetime
    ends_at: datetime
    mode: InterviewMode
    place: str


@dataclass(frozen=True)
class Clash:
    """Something of the person's own at the same hour."""

    span: Span
    title: str


def time_of(slot: InterviewSlot) -> Time:
    ends_at = span_of(slot).ends_at
    return Time(slot.id or 0, slot.starts_at, ends_at, slot.mode, slot.place)


def span_of(slot: InterviewSlot) -> Span:
    return Span(slot.starts_at, slot.minutes)


def take(unit: Unit, row: Application, opening: Opening, slot: InterviewSlot) -> Interview:
    """The free time becomes the person's; one held before is given back. Raises Conflict when
    somebody else was faster. The caller holds the person and the slot."""
    if (
        slot.is_cancelled
        or slot.starts_at <= unit.now
        or store.booked_at(unit.session, slot.id or 0)
    ):
        raise Conflict(_("방금 다른 분이 잡았거나 닫힌 시간이에요. 남은 시간에서 골라 주세요."))
    before = store.booked(unit.session, row.id or 0)
    left = None if before is None else before[1]
    try:
        with unit.session.begin_nested():
            booked = _booked(unit, row, slot, None if before is None else before[0])
    except IntegrityError:
        raise Conflict(_("방금 다른 분이 잡은 시간이에요. 남은 시간에서 골라 주세요.")) from None
    store.stop_waiting(unit.session, row.id or 0)
    what = "booked" if left is None else "moved"
    unit.audit(f"interview:{what}", "interview", booked.id, slot=slot.id)
    _tell_both(unit, row, opening, booked, slot, what)
    if left is not None:
        tell_waiting(unit, opening, f"{booked.id}:{booked.sequence}")
    return booked


def give_back(
    unit: Unit,
    row: Application,
    opening: Opening,
    booked: Interview,
    slot: InterviewSlot,
    what: str,
) -> None:
    """`what`: cancelled (by the person), withdrawn (by the partner) or ended (with the
    application). The time itself stays open unless its slot is cancelled."""
    booked.state = InterviewState.CANCELLED
    booked.sequence, booked.version = booked.sequence + 1, booked.version + 1
    booked.updated_at = unit.now
    unit.session.add(booked)
    unit.session.flush()  # who waits is told of a time that is free by then
    unit.audit(f"interview:{what}", "interview", booked.id, slot=slot.id)
    _tell_both(unit, row, opening, booked, slot, what)
    if not slot.is_cancelled:
        tell_waiting(unit, opening, f"{booked.id}:{booked.sequence}")


def let_go(unit: Unit, row: Application, opening: Opening) -> None:
    """An application that is over holds no time that is still to come, and waits for none."""
    found = store.booked(unit.session, row.id or 0)
    if found is not None and found[1].starts_at > unit.now:
        give_back(unit, row, opening, *found, "ended")
    store.stop_waiting(unit.session, row.id or 0)


def tell_waiting(unit: Unit, opening: Opening, cause: str) -> None:
    """Everybody who waits hears of it; whoever presses first has the time."""
    organisation = openings.organisation_of(unit.session, opening)
    for wait, row in store.waiting(unit.session, opening.id or 0):
        outbox.put(
            unit.session, candidates.account_of(unit.session, row.youth_id), "interview_free",
            unit.now, f"interview-free:{cause}:{wait.application_id}",
            title_ko=opening.title_ko, title_en=opening.title_en,
            organisation_ko=organisation.name_ko, organisation_en=organisation.name_en,
            application_id=row.id,
        )  # fmt: skip


def clashes(
    session: Session, youth_id: int, times: Sequence[InterviewSlot], besides: int
) -> dict[int, str]:
    """Slot id -> what the person has at that hour: a class or another interview. `besides` is the
    application the times are for."""
    if not times:
        return {}
    first = min(each.starts_at for each in times) - timedelta(days=1)
    busy = [
        *_classes(session, youth_id, times),
        *_interviews(session, youth_id, first, besides),
    ]
    return {
        each.id or 0: hit.title for each in times for hit in busy if hit.span.meets(span_of(each))
    }


def _booked(
    unit: Unit, row: Application, slot: InterviewSlot, before: Interview | None
) -> Interview:
    if before is None:
        before = Interview(
            application_id=row.id or 0, slot_id=slot.id or 0, state=InterviewState.BOOKED,
            created_at=unit.now, updated_at=unit.now,
        )  # fmt: skip
    else:
        before.slot_id, before.updated_at = slot.id or 0, unit.now
        before.sequence, before.version = before.sequence + 1, before.version + 1
    unit.session.add(before)
    unit.session.flush()  # the partial index says here whether somebody else has it
    return before


def _tell_both(
    unit: Unit,
    row: Application,
    opening: Opening,
    booked: Interview,
    slot: InterviewSlot,
    what: str,
) -> None:
    organisation = openings.organisation_of(unit.session, opening)
    at = slot.starts_at.astimezone(JEJU)
    words: dict[str, Any] = {
        "what": what, "on": f"{at:%Y-%m-%d}", "starts": f"{at:%H:%M}", "mode": slot.mode.value,
        "title_ko": opening.title_ko, "title_en": opening.title_en,
        "organisation_ko": organisation.name_ko, "organisation_en": organisation.name_en,
        "application_id": row.id, "opening_id": opening.id,
    }  # fmt: skip
    key = f"interview:{booked.id}:{booked.sequence}"
    outbox.put(
        unit.session, candidates.account_of(unit.session, row.youth_id), "interview_own",
        unit.now, f"{key}:person", **words, place=slot.place,
    )  # fmt: skip
    tell_firm(unit, row, opening, "interview_partner", key, words)


def tell_firm(
    unit: Unit,
    row: Application,
    opening: Opening,
    template: str,
    key: str,
    words: Mapping[str, Any],
) -> None:
    """The partner's accounts; of a partner without one, the mailbox that answered. Nobody is
    named in it."""
    accounts = openings.partner_accounts(unit.session, opening.organisation_id)
    for account in accounts:
        outbox.put(unit.session, account, template, unit.now, f"{key}:{account.id}", **words)
    address = None if accounts else answer_links.answered_from(unit.session, row.id or 0)
    if address is not None:
        outbox.put_to(unit.session, address, template, unit.now, f"{key}:address", **words)


def _classes(session: Session, youth_id: int, times: Sequence[InterviewSlot]) -> Iterator[Clash]:
    """Planned classes; of a course without them its weekly hours."""
    taken = coming_up.lessons(session, [youth_id])
    planned = coming_up.meetings(session, [row.session_id for row in taken])
    days = sorted({day_of(each.starts_at) for each in times})
    for row in taken:
        title = in_language(row.title_ko, row.title_en)
        if row.session_id in planned:
            for each in planned[row.session_id]:
                if each.held_on in days:
                    yield from _clash(each.held_on, each.starts, each.ends, title)
            continue
        for day in days:
            for slot in slots_of(row.weekly_slots):
                if row.starts_on <= day <= row.ends_on and day.isoweekday() == slot.weekday:
                    yield from _clash(day, slot.start, slot.end, title)


def _clash(day: date, starts: str, ends: str, title: str) -> Iterator[Clash]:
    """None for stored hours that are no hours."""
    try:
        first, last = time.fromisoformat(starts), time.fromisoformat(ends)
    except ValueError:
        return
    minutes = (last.hour - first.hour) * 60 + last.minute - first.minute
    if minutes > 0 and first.tzinfo is None:
        at = start_of(day) + timedelta(hours=first.hour, minutes=first.minute)
        yield Clash(Span(at, minutes), title)


def _interviews(session: Session, youth_id: int, since: datetime, besides: int) -> Iterator[Clash]:
    for each in store.of_youths(session, [youth_id], since):
        is_other = each.interview.application_id != besides
        if is_other and each.interview.state is InterviewState.BOOKED:
            organisation = in_language(each.organisation.name_ko, each.organisation.name_en)
            title = _("%(organisation)s 면접") % {"organisation": organisation}
            yield Clash(span_of(each.slot), title)
