"""A desk's rooms and equipment: what there is, who has it on a day, booking and giving it free."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.booking import Wanted, book
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import enrolments, outbox
from matcher.store import venues as store
from models.venue import BookingState, Venue, VenueItem, VenueItemKind


@dataclass(frozen=True)
class VenueDraft:
    name_ko: str
    name_en: str
    place: str
    opens: str
    closes: str


@dataclass(frozen=True)
class ItemDraft:
    kind: VenueItemKind
    name_ko: str
    name_en: str
    quantity: int
    is_for_youth: bool


@dataclass(frozen=True)
class VenueLine:
    id: int
    name: str
    place: str
    opens: str
    closes: str
    is_demo: bool
    items: int
    today: int
    """Bookings in force today."""


@dataclass(frozen=True)
class BookingLine:
    id: int
    starts: str
    ends: str
    quantity: int
    who: str
    is_person: bool


@dataclass(frozen=True)
class ItemLine:
    id: int
    kind: VenueItemKind
    name: str
    quantity: int
    is_for_youth: bool
    is_out: bool
    bookings: tuple[BookingLine, ...]


@dataclass(frozen=True)
class MeetingChoice:
    id: int
    text: str


@dataclass(frozen=True)
class VenueView:
    line: VenueLine
    day: date
    items: tuple[ItemLine, ...]
    meetings: tuple[MeetingChoice, ...]


def listing(unit: Unit, actor: Actor) -> tuple[VenueLine, ...]:
    rows = store.listing(unit.session, actor)
    items = store.items(unit.session, [row.id or 0 for row in rows])
    booked = store.booked(unit.session, [each.id or 0 for each in items], unit.today)
    home = {each.id: each.venue_id for each in items}
    return tuple(
        _line(
            row,
            sum(each.venue_id == row.id for each in items),
            sum(home[each.item_id] == row.id for each in booked),
        )
        for row in rows
    )


def day_of(unit: Unit, actor: Actor, venue_id: int, day: date | None) -> VenueView:
    row, on = _own(unit, actor, venue_id), day or unit.today
    items = store.items(unit.session, [venue_id])
    named = store.named(unit.session, [each.id or 0 for each in items], on)
    people = sorted({each.booking.youth_id for each in named if each.booking.youth_id})
    if people:
        unit.access("bookings:listed", None, venue=venue_id, youths=people)
    lines: dict[int, list[BookingLine]] = {}
    for each in named:
        mine, course = each.booking, in_language(each.course_ko or "", each.course_en or "")
        who = each.person or course or mine.purpose
        lines.setdefault(mine.item_id, []).append(
            BookingLine(
                mine.id or 0, mine.starts, mine.ends, mine.quantity, who, each.person is not None
            )
        )
    return VenueView(
        line=_line(row, len(items), len(named)),
        day=on,
        items=tuple(_item(each, tuple(lines.get(each.id or 0, ()))) for each in items),
        meetings=tuple(
            MeetingChoice(
                each.id,
                f"{in_language(each.title_ko, each.title_en)} {each.starts}–{each.ends}",
            )
            for each in store.meetings_on(unit.session, actor, on)
        ),
    )


def add(unit: Unit, actor: Actor, draft: VenueDraft) -> int:
    if actor.organisation_id is None:
        raise NotFound
    if draft.closes <= draft.opens:
        raise Invalid({"closes": _("닫는 시각은 여는 시각보다 뒤여야 합니다.")})
    row = Venue(
        organisation_id=actor.organisation_id,
        name_ko=draft.name_ko,
        name_en=draft.name_en or draft.name_ko,
        place=draft.place,
        opens=draft.opens,
        closes=draft.closes,
        created_at=unit.now,
    )
    _insert(unit, row, "name_ko")
    unit.audit("venue:added", "venue", row.id)
    return row.id or 0


def add_item(unit: Unit, actor: Actor, venue_id: int, draft: ItemDraft) -> None:
    _own(unit, actor, venue_id)
    row = VenueItem(
        venue_id=venue_id,
        kind=draft.kind,
        name_ko=draft.name_ko,
        name_en=draft.name_en or draft.name_ko,
        quantity=draft.quantity,
        is_for_youth=draft.is_for_youth,
    )
    _insert(unit, row, "item_ko")
    unit.audit("venue:item-added", "venue", venue_id, item=row.id, quantity=draft.quantity)


def set_out(unit: Unit, actor: Actor, venue_id: int, item_id: int, is_out: bool) -> None:
    """Out of use, or back; what is booked already stays."""
    found = store.item(unit.session, actor, item_id, venue_id)
    if found is None:
        raise NotFound
    found[0].is_out = is_out
    unit.session.add(found[0])
    unit.audit("venue:item-out", "venue", venue_id, item=item_id, is_out=is_out)


def reserve(
    unit: Unit,
    actor: Actor,
    venue_id: int,
    item_id: int,
    meeting_id: int | None,
    wanted: Wanted,
) -> None:
    """For a class of the desk's own courses that day, whose hours stand in for times left
    blank, or for a stated purpose."""
    found = store.item(unit.session, actor, item_id, venue_id)
    if found is None:
        raise NotFound
    if meeting_id is not None:
        held = store.meetings_on(unit.session, actor, wanted.day)
        meeting = next((each for each in held if each.id == meeting_id), None)
        if meeting is None:
            raise Invalid({"meeting_id": _("그날 있는 우리 수업을 골라 주십시오.")})
        wanted = Wanted(
            wanted.day,
            wanted.starts or meeting.starts,
            wanted.ends or meeting.ends,
            wanted.quantity,
            wanted.purpose,
            meeting_id=meeting_id,
        )
    elif not wanted.purpose:
        raise Invalid({"purpose": _("수업을 고르거나 쓸 곳을 적어 주십시오.")})
    if not wanted.starts or not wanted.ends:
        raise Invalid({"starts": _("시작과 끝 시각을 적어 주십시오.")})
    book(unit, found[0], found[1], wanted)


def cancel(unit: Unit, actor: Actor, venue_id: int, booking_id: int) -> date:
    """Give it free again; a young person whose booking it was is told. Gives its day."""
    found = store.booking(unit.session, actor, booking_id, venue_id)
    if found is None:
        raise NotFound
    row, item, venue = found
    store.hold(unit.session, item.id or 0)
    if row.state is not BookingState.BOOKED:
        raise Conflict(_("이미 거둔 예약입니다."))
    row.state = BookingState.CANCELLED
    unit.session.add(row)
    unit.audit("booking:cancelled", "booking", booking_id, item=item.id)
    if row.youth_id is not None:
        unit.access("booking:cancelled", row.youth_id, booking=booking_id)
        outbox.put(
            unit.session, enrolments.account_of(unit.session, row.youth_id), "booking_cancelled",
            unit.now, f"booking:{booking_id}:cancelled", item_ko=item.name_ko,
            item_en=item.name_en, venue_ko=venue.name_ko, venue_en=venue.name_en,
            day=row.held_on.isoformat(), starts=row.starts, ends=row.ends,
        )  # fmt: skip
    return row.held_on


def _own(unit: Unit, actor: Actor, venue_id: int) -> Venue:
    row = store.get(unit.session, actor, venue_id)
    if row is None:
        raise NotFound
    return row


def _insert(unit: Unit, row: Venue | VenueItem, field: str) -> None:
    try:
        with unit.session.begin_nested():
            unit.session.add(row)
    except IntegrityError:
        raise Invalid({field: _("같은 이름이 이미 있습니다.")}) from None


def _line(row: Venue, items: int, booked: int) -> VenueLine:
    return VenueLine(
        id=row.id or 0,
        name=in_language(row.name_ko, row.name_en),
        place=row.place,
        opens=row.opens,
        closes=row.closes,
        is_demo=row.is_demo,
        items=items,
        today=booked,
    )


def _item(row: VenueItem, bookings: tuple[BookingLine, ...]) -> ItemLine:
    return ItemLine(
        id=row.id or 0,
        kind=row.kind,
        name=in_language(row.name_ko, row.name_en),
        quantity=row.quantity,
        is_for_youth=row.is_for_youth,
        is_out=row.is_out,
        bookings=bookings,
    )
