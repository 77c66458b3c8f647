"""One booking of a room or equipment, whoever asks: inside the hours, never more than there is."""

from dataclasses import dataclass
from datetime import date

from matcher.clock import JEJU
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.policy.bookings import FURTHEST, Taken, left
from matcher.refusal import Conflict, Invalid
from matcher.store import venues as store
from models.venue import Venue, VenueBooking, VenueItem


@dataclass(frozen=True)
class Wanted:
    day: date
    starts: str
    ends: str
    quantity: int = 1
    purpose: str = ""
    youth_id: int | None = None
    meeting_id: int | None = None


def book(unit: Unit, item: VenueItem, venue: Venue, wanted: Wanted) -> VenueBooking:
    """Raises Invalid by field, Conflict naming the times that are taken."""
    refuse_hours(unit, venue, wanted)
    if item.is_out:
        raise Conflict(_("지금은 빌려 주지 않는 것입니다."))
    assert item.id is not None
    store.hold(unit.session, item.id)
    there = store.booked(unit.session, [item.id], wanted.day)
    taken = [Taken(each.starts, each.ends, each.quantity) for each in there]
    free = left(item.quantity, taken, wanted.starts, wanted.ends)
    if free < wanted.quantity:
        near = [x for x in taken if x.starts < wanted.ends and wanted.starts < x.ends]
        times = ", ".join(sorted({f"{each.starts}–{each.ends}" for each in near}))
        words = _("그 시간에는 %(free)s개 남았습니다. 이미 빌린 시간: %(times)s")
        raise Conflict(words % {"free": free, "times": times or "–"})
    row = VenueBooking(
        item_id=item.id,
        held_on=wanted.day,
        starts=wanted.starts,
        ends=wanted.ends,
        quantity=wanted.quantity,
        youth_id=wanted.youth_id,
        meeting_id=wanted.meeting_id,
        purpose=wanted.purpose,
        booked_by_account_id=unit.actor.account_id if unit.actor else None,
        created_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()  # the audit line names it
    unit.audit("booking:made", "booking", row.id, item=item.id, day=wanted.day.isoformat())
    return row


def refuse_hours(unit: Unit, venue: Venue, wanted: Wanted) -> None:
    errors: dict[str, str] = {}
    if not unit.today <= wanted.day <= unit.today + FURTHEST:
        errors["day"] = _("오늘부터 60일 안의 날을 골라 주십시오.")
    if wanted.ends <= wanted.starts:
        errors["ends"] = _("끝나는 시각은 시작하는 시각보다 뒤여야 합니다.")
    elif wanted.starts < venue.opens or wanted.ends > venue.closes:
        words = _("여는 시간은 %(opens)s부터 %(closes)s까지입니다.")
        errors["starts"] = words % {"opens": venue.opens, "closes": venue.closes}
    elif wanted.day == unit.today and wanted.ends <= f"{unit.now.astimezone(JEJU):%H:%M}":
        errors["starts"] = _("이미 지난 시간입니다.")
    if errors:
        raise Invalid(errors)
