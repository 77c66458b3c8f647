"""A young person books equipment by the hour at the own university or the centre."""

from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.booking import Wanted, book
from matcher.matching.readiness import served_youth
from matcher.policy.bookings import MOST_AHEAD, Taken, left
from matcher.refusal import Conflict, NotFound
from matcher.store import venues as store
from matcher.store import youths
from models.venue import BookingState, VenueItemKind


@dataclass(frozen=True)
class HourLine:
    starts: str
    ends: str
    left: int


@dataclass(frozen=True)
class ThingLine:
    id: int
    kind: VenueItemKind
    name: str
    venue: str
    host: str
    place: str
    quantity: int
    is_out: bool
    is_demo: bool
    hours: tuple[HourLine, ...]


@dataclass(frozen=True)
class OwnBooking:
    id: int
    name: str
    venue: str
    day: date
    starts: str
    ends: str


@dataclass(frozen=True)
class OwnVenuesView:
    day: date
    things: tuple[ThingLine, ...]
    own: tuple[OwnBooking, ...]
    may_book: bool


def show(unit: Unit, actor: Actor, day: date | None) -> OwnVenuesView:
    on = day or unit.today
    found = store.for_youth(unit.session, actor)
    booked: dict[int, list[Taken]] = {}
    for row in store.booked(unit.session, [item.id or 0 for item, _venue, _host in found], on):
        booked.setdefault(row.item_id, []).append(Taken(row.starts, row.ends, row.quantity))
    ahead = store.own_ahead(unit.session, actor, unit.today)
    return OwnVenuesView(
        day=on,
        things=tuple(
            ThingLine(
                id=item.id or 0,
                kind=item.kind,
                name=in_language(item.name_ko, item.name_en),
                venue=in_language(venue.name_ko, venue.name_en),
                host=in_language(host.name_ko, host.name_en),
                place=venue.place,
                quantity=item.quantity,
                is_out=item.is_out,
                is_demo=venue.is_demo,
                hours=tuple(
                    HourLine(
                        starts,
                        ends,
                        left(item.quantity, booked.get(item.id or 0, []), starts, ends),
                    )
                    for starts, ends in _hours(venue.opens, venue.closes)
                ),
            )
            for item, venue, host in found
        ),
        own=tuple(
            OwnBooking(
                row.id or 0,
                in_language(item.name_ko, item.name_en),
                in_language(venue.name_ko, venue.name_en),
                row.held_on,
                row.starts,
                row.ends,
            )
            for row, item, venue in ahead
        ),
        may_book=len(ahead) < MOST_AHEAD,
    )


def reserve(unit: Unit, actor: Actor, item_id: int, wanted: Wanted) -> None:
    """One of it for the person. Raises Conflict at MOST_AHEAD bookings or when none is left."""
    found = store.item(unit.session, actor, item_id)
    if found is None:
        raise NotFound
    youths.hold(unit.session, [actor.youth_id])
    youth_id = served_youth(unit.session, actor, unit.today)
    if store.count_ahead(unit.session, youth_id, unit.today) >= MOST_AHEAD:
        raise Conflict(_("앞으로의 예약은 세 개까지예요. 쓰지 않을 것을 거두고 다시 해 주세요."))
    mine = Wanted(wanted.day, wanted.starts, wanted.ends, youth_id=youth_id)
    book(unit, found[0], found[1], mine)


def cancel(unit: Unit, actor: Actor, booking_id: int) -> None:
    found = store.booking(unit.session, actor, booking_id)
    if found is None:
        raise NotFound
    row = found[0]
    store.hold(unit.session, row.item_id)
    if row.state is not BookingState.BOOKED or row.held_on < unit.today:
        raise Conflict(_("지금은 거둘 수 없는 예약이에요."))
    row.state = BookingState.CANCELLED
    unit.session.add(row)
    unit.audit("booking:cancelled", "booking", booking_id, item=row.item_id)


def _hours(opens: str, closes: str) -> list[tuple[str, str]]:
    """Whole hours inside the opening hours."""
    first = int(opens[:2]) + (opens[3:] > "00")
    return [(f"{hour:02}:00", f"{hour + 1:02}:00") for hour in range(first, int(closes[:2]))]
