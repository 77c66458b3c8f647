"""A desk offers hours for job and start-up counselling, and writes down what came of them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import candidates, organisations, outbox
from matcher.store import counselling as store
from models.people_desk import Counselling, CounsellingState, CounsellingTopic

MOST_LINES = 200
MOST_SLOTS = 24
FURTHEST = timedelta(days=200)
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Offer:
    """Hours of one day from `starts` to `ends`, cut into pieces of `minutes`."""

    topic: CounsellingTopic
    held_on: date
    starts: time
    ends: time
    minutes: int
    place: str


@dataclass(frozen=True)
class Note:
    """`shared_note` the person reads too, `desk_note` stays at the desk."""

    was_there: bool
    shared_note: str
    desk_note: str
    outcome_id: int | None
    version: int


@dataclass(frozen=True)
class Line:
    id: int
    topic: CounsellingTopic
    held_on: date
    starts: str
    ends: str
    place: str
    state: CounsellingState
    youth_id: int | None
    name: str | None
    question: str
    shared_note: str
    desk_note: str
    needs_note: bool
    outcomes: tuple[tuple[int, str, date], ...]
    """(number, kind, start) of what the hour may have led to."""
    is_demo: bool
    version: int


@dataclass(frozen=True)
class CounsellingView:
    lines: tuple[Line, ...]
    to_note: int


def listing(unit: Unit, actor: Actor) -> CounsellingView:
    found = store.listed(unit.session, actor, unit.today - KEPT, unit.today, MOST_LINES)
    seen = sorted({each.row.youth_id for each in found if each.row.youth_id is not None})
    if seen:
        unit.access("counselling:listed", None, youths=seen)
    return CounsellingView(
        tuple(_line(unit, each) for each in found),
        store.count_to_note(unit.session, actor, unit.today),
    )


def offer(unit: Unit, actor: Actor, wanted: Offer) -> int:
    """All hours or none; gives how many. Raises Invalid by field."""
    if actor.organisation_id is None:
        raise NotFound
    slots = _slots(unit, wanted)
    store.hold_account(unit.session, actor.account_id)
    taken = store.on_day(unit.session, actor.account_id, wanted.held_on)
    if any(start < row.ends and row.starts < end for start, end in slots for row in taken):
        raise Invalid({"starts": _("이미 연 시간과 겹칩니다.")})
    unit.session.add_all(
        Counselling(
            organisation_id=actor.organisation_id, counsellor_account_id=actor.account_id,
            topic=wanted.topic, held_on=wanted.held_on, starts=start, ends=end,
            place=wanted.place, created_at=unit.now, updated_at=unit.now,
        )
        for start, end in slots
    )  # fmt: skip
    unit.audit(
        "counselling:offered", "organisation", actor.organisation_id, count=len(slots),
        on=wanted.held_on.isoformat(), topic=wanted.topic.value,
    )  # fmt: skip
    return len(slots)


def withdraw(unit: Unit, actor: Actor, number: int, version: int) -> None:
    """Take an hour back; whoever had it is told."""
    row = _own(unit, actor, number)
    is_live = row.state in (CounsellingState.OPEN, CounsellingState.BOOKED)
    if not is_live or row.version != version:
        raise Conflict(_stale())
    youth_id = row.youth_id
    _moved(unit, row, state=CounsellingState.WITHDRAWN)
    unit.audit("counselling:withdrawn", "counselling", number, youth=youth_id)
    if youth_id is not None:
        unit.access("counselling:withdrawn", youth_id, counselling=number)
        desk = organisations.get(unit.session, row.organisation_id)
        outbox.put(
            unit.session, candidates.account_of(unit.session, youth_id), "counselling_withdrawn",
            unit.now, f"counselling:{number}:{row.version + 1}", on=row.held_on.isoformat(),
            starts=row.starts, desk_ko=desk.name_ko if desk else "",
            desk_en=desk.name_en if desk else "",
        )  # fmt: skip


def write(unit: Unit, actor: Actor, number: int, note: Note) -> None:
    """What was said, or that nobody came; an outcome the hour led to may be named."""
    row = _own(unit, actor, number)
    if row.state is not CounsellingState.BOOKED or row.version != note.version:
        raise Conflict(_stale())
    if row.held_on > unit.today or row.youth_id is None:
        raise Conflict(_("상담한 날부터 적을 수 있습니다."))
    known = {each.id for each in store.outcomes_of(unit.session, row.youth_id)}
    if note.outcome_id is not None and note.outcome_id not in known:
        raise Invalid({"outcome_id": _("이 사람의 성과를 골라 주십시오.")})
    state = CounsellingState.HELD if note.was_there else CounsellingState.MISSED
    _moved(
        unit, row, state=state, shared_note=note.shared_note, desk_note=note.desk_note,
        outcome_id=note.outcome_id,
    )  # fmt: skip
    unit.audit(f"counselling:{state.value}", "counselling", number)
    unit.access(f"counselling:{state.value}", row.youth_id, counselling=number)


def _slots(unit: Unit, wanted: Offer) -> list[tuple[str, str]]:
    if not unit.today < wanted.held_on <= unit.today + FURTHEST:
        raise Invalid({"held_on": _("내일부터 200일 안의 날을 적어 주십시오.")})
    at = datetime.combine(wanted.held_on, wanted.starts)
    last, step = datetime.combine(wanted.held_on, wanted.ends), timedelta(minutes=wanted.minutes)
    slots = []
    while at + step <= last:
        slots.append((f"{at:%H:%M}", f"{at + step:%H:%M}"))
        at += step
    if not slots or len(slots) > MOST_SLOTS:
        raise Invalid(
            {"ends": _("한 번에 1개에서 24개까지 열 수 있습니다. 시간을 확인해 주십시오.")}
        )
    return slots


def _own(unit: Unit, actor: Actor, number: int) -> Counselling:
    row = store.get(unit.session, actor, number)
    if row is None:
        raise NotFound
    return row


def _moved(unit: Unit, row: Counselling, **values: object) -> None:
    if not store.move(unit.session, row, updated_at=unit.now, **values):
        raise Conflict(_stale())


def _stale() -> str:
    return _("그 사이에 이 상담이 바뀌었습니다. 새로 열어 다시 확인해 주십시오.")


def _line(unit: Unit, found: store.DeskRow) -> Line:
    row = found.row
    needs = row.state is CounsellingState.BOOKED and row.held_on <= unit.today
    known = store.outcomes_of(unit.session, row.youth_id) if needs and row.youth_id else ()
    return Line(
        id=row.id or 0,
        topic=row.topic,
        held_on=row.held_on,
        starts=row.starts,
        ends=row.ends,
        place=row.place,
        state=row.state,
        youth_id=row.youth_id,
        name=found.name,
        question=row.question,
        shared_note=row.shared_note,
        desk_note=row.desk_note,
        needs_note=needs,
        outcomes=tuple((each.id or 0, each.kind.value, each.started_on) for each in known),
        is_demo=row.is_demo,
        version=row.version,
    )
