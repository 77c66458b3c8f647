"""A person takes an hour of counselling, gives it back, and reads what was shared."""

from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.refusal import Conflict, NotFound
from matcher.store import counselling as store
from matcher.store import outbox, youths
from models.account import Account
from models.people_desk import Counselling, CounsellingState, CounsellingTopic

MOST_BOOKED = 2
"""Hours a person may have ahead, so that everybody finds one."""


@dataclass(frozen=True)
class OwnLine:
    id: int
    topic: CounsellingTopic
    organisation: str
    held_on: date
    starts: str
    ends: str
    place: str
    state: CounsellingState
    question: str
    shared_note: str
    can_cancel: bool
    is_demo: bool
    version: int


@dataclass(frozen=True)
class OwnView:
    mine: tuple[OwnLine, ...]
    open: tuple[OwnLine, ...]
    booked: int


def view(unit: Unit, actor: Actor) -> OwnView:
    youth_id = actor.own_youth_id
    mine = tuple(_line(each, unit.today) for each in store.own(unit.session, youth_id))
    return OwnView(
        mine,
        tuple(
            _line(each, unit.today) for each in store.open_to(unit.session, youth_id, unit.today)
        ),
        sum(line.state is CounsellingState.BOOKED for line in mine),
    )


def book(unit: Unit, actor: Actor, number: int, question: str, version: int) -> None:
    """One hour for one person: whoever is second gets Conflict."""
    youth_id = actor.own_youth_id
    youths.hold(unit.session, [youth_id])  # two clicks at once are counted one after the other
    row = _seen(unit, youth_id, number)
    ahead = [each.row for each in store.own(unit.session, youth_id)]
    booked = [each for each in ahead if each.state is CounsellingState.BOOKED]
    if len(booked) >= MOST_BOOKED:
        raise Conflict(_("상담은 두 번까지 미리 잡을 수 있어요."))
    clash = any(
        each.held_on == row.held_on and each.starts < row.ends and row.starts < each.ends
        for each in booked
    )
    if clash:
        raise Conflict(_("같은 때에 잡은 상담이 있어요."))
    is_free = row.state is CounsellingState.OPEN and row.held_on > unit.today
    if not is_free or row.version != version or not store.move(
        unit.session, row, state=CounsellingState.BOOKED, youth_id=youth_id, question=question,
        updated_at=unit.now,
    ):  # fmt: skip
        raise Conflict(_("그 사이에 다른 사람이 잡았어요. 다른 시간을 골라 주세요."))
    unit.audit("counselling:booked", "counselling", number)
    _tell(unit, row, "booked")


def cancel(unit: Unit, actor: Actor, number: int, version: int) -> None:
    """Give it back while its day has not come; somebody else may take it then."""
    row = _seen(unit, actor.own_youth_id, number)
    is_mine = row.youth_id == actor.own_youth_id and row.state is CounsellingState.BOOKED
    if not is_mine or row.held_on <= unit.today or row.version != version:
        raise Conflict(_("그 사이에 바뀌었어요. 지금 상태를 다시 확인해 주세요."))
    moved = store.move(
        unit.session, row, state=CounsellingState.OPEN, youth_id=None, question="",
        updated_at=unit.now,
    )  # fmt: skip
    if not moved:
        raise Conflict(_("그 사이에 바뀌었어요. 지금 상태를 다시 확인해 주세요."))
    unit.audit("counselling:cancelled", "counselling", number)
    _tell(unit, row, "cancelled")


def _seen(unit: Unit, youth_id: int, number: int) -> Counselling:
    row = store.open_one(unit.session, youth_id, number)
    if row is None:
        raise NotFound
    return row


def _tell(unit: Unit, row: Counselling, what: str) -> None:
    outbox.put(
        unit.session, unit.session.get_one(Account, row.counsellor_account_id),
        "counselling_taken", unit.now, f"counselling:{row.id}:{row.version + 1}", what=what,
        on=row.held_on.isoformat(), starts=row.starts,
    )  # fmt: skip


def _line(found: store.OwnRow, today: date) -> OwnLine:
    row = found.row
    return OwnLine(
        id=row.id or 0,
        topic=row.topic,
        organisation=in_language(found.organisation_ko, found.organisation_en),
        held_on=row.held_on,
        starts=row.starts,
        ends=row.ends,
        place=row.place,
        state=row.state,
        question=row.question,
        shared_note=row.shared_note,
        can_cancel=row.state is CounsellingState.BOOKED and row.held_on > today,
        is_demo=row.is_demo,
        version=row.version,
    )
