"""Community events as everybody sees them, and a young person's sign-up."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.event_seats import promote
from matcher.matching.readiness import served_youth
from matcher.refusal import Conflict, NotFound
from matcher.store import events as store
from matcher.store import youths
from matcher.store.events import Counts
from models.community import CommunityEvent, EventSignUp, EventState, SignUpState
from models.organisation import Organisation


@dataclass(frozen=True)
class EventView:
    """`own` going, waiting or empty; `join_link` only for who has a seat."""

    id: int
    title: str
    host: str
    content: str
    mode: str
    place: str
    join_link: str
    held_on: date
    starts: str
    ends: str
    sign_up_until: date
    seats: int
    left: int
    waiting: int
    is_cancelled: bool
    is_over: bool
    takes_people: bool
    own: str
    ahead: int | None
    """People before this one in the queue."""
    is_demo: bool


def upcoming(unit: Unit, actor: Actor | None = None) -> tuple[EventView, ...]:
    rows = store.upcoming(unit.session, unit.today)
    counts = store.counts(unit.session, [event.id or 0 for event, _host in rows])
    youth_id = actor.youth_id if actor else None
    own = store.own(unit.session, youth_id) if youth_id is not None else {}
    return tuple(
        _view(event, host, counts[event.id or 0], own.get(event.id or 0), unit.today)
        for event, host in rows
    )


def event(unit: Unit, event_id: int, actor: Actor | None = None) -> EventView:
    """One that is over or cancelled too: people follow old links. Raises NotFound."""
    found = store.get(unit.session, event_id)
    if found is None:
        raise NotFound
    counts = store.counts(unit.session, [event_id])[event_id]
    mine, ahead = None, None
    if actor is not None and actor.youth_id is not None:
        mine = store.sign_up_of(unit.session, event_id, actor.youth_id)
        if mine is not None and mine.state is SignUpState.WAITING:
            ahead = [each.id for each in store.queue(unit.session, event_id)].index(mine.id)
    state = mine.state if mine is not None and mine.state is not SignUpState.LEFT else None
    return _view(*found, counts, state, unit.today, ahead)


def sign_up(unit: Unit, actor: Actor, event_id: int) -> SignUpState:
    """A seat while one is free and nobody waits, else a place in the queue. Raises Conflict when
    it takes nobody any more and on a second try."""
    found = store.get(unit.session, event_id)
    if found is None:
        raise NotFound
    youths.hold(unit.session, [actor.own_youth_id])
    youth_id = served_youth(unit.session, actor, unit.today)
    store.hold(unit.session, event_id)
    row = found[0]
    unit.session.refresh(row)
    if not _takes_people(row, unit.today):
        raise Conflict(_("지금은 신청을 받지 않는 행사예요."))
    mine = store.sign_up_of(unit.session, event_id, youth_id)
    if mine is not None and mine.state is not SignUpState.LEFT:
        raise Conflict(_("이미 신청한 행사예요."))
    counts = store.counts(unit.session, [event_id])[event_id]
    is_free = counts.going < row.seats and not counts.waiting
    state = SignUpState.GOING if is_free else SignUpState.WAITING
    _place(unit, mine, event_id, youth_id, state)
    if state is SignUpState.WAITING:
        promote(unit, row)  # a seat nobody gave away, as of a record switched off by a merge
        stored = store.own(unit.session, youth_id)
        state = stored.get(event_id, state)
    unit.audit("event:signed_up", "community_event", event_id, state=state.value)
    return state


def leave(unit: Unit, actor: Actor, event_id: int) -> None:
    """Give the seat or the place in the queue back; the next one moves up and is told."""
    found = store.get(unit.session, event_id)
    if found is None:
        raise NotFound
    store.hold(unit.session, event_id)
    row = store.sign_up_of(unit.session, event_id, actor.own_youth_id)
    if row is None:
        raise NotFound
    event = found[0]
    if row.state is SignUpState.LEFT or event.held_on < unit.today:
        raise Conflict(_("지금은 거둘 수 없는 신청이에요."))
    if not store.move(unit.session, row, SignUpState.LEFT, unit.now):
        raise Conflict(_("그 사이에 신청이 바뀌었어요. 새로 열어 확인해 주세요."))
    if event.state is EventState.PUBLISHED:
        promote(unit, event)
    unit.audit("event:left", "community_event", event_id)


def _place(
    unit: Unit, mine: EventSignUp | None, event_id: int, youth_id: int, state: SignUpState
) -> None:
    """Who comes back stands at the end of the queue."""
    if mine is not None:
        if not store.move(unit.session, mine, state, unit.now, created_at=unit.now):
            raise Conflict(_("그 사이에 신청이 바뀌었어요. 새로 열어 확인해 주세요."))
        return
    row = EventSignUp(
        event_id=event_id, youth_id=youth_id, state=state, created_at=unit.now, updated_at=unit.now
    )
    try:
        with unit.session.begin_nested():
            unit.session.add(row)
    except IntegrityError:
        raise Conflict(_("이미 신청한 행사예요.")) from None


def _takes_people(row: CommunityEvent, today: date) -> bool:
    return row.state is EventState.PUBLISHED and today <= row.sign_up_until


def _view(
    row: CommunityEvent,
    host: Organisation,
    counts: Counts,
    own: SignUpState | None,
    today: date,
    ahead: int | None = None,
) -> EventView:
    return EventView(
        id=row.id or 0,
        title=in_language(row.title_ko, row.title_en),
        host=in_language(host.name_ko, host.name_en),
        content=row.content,
        mode=row.mode.value,
        place=row.place,
        join_link=row.join_link if own is SignUpState.GOING else "",
        held_on=row.held_on,
        starts=row.starts,
        ends=row.ends,
        sign_up_until=row.sign_up_until,
        seats=row.seats,
        left=max(0, row.seats - counts.going),
        waiting=counts.waiting,
        is_cancelled=row.state is EventState.CANCELLED,
        is_over=row.held_on < today,
        takes_people=_takes_people(row, today),
        own=own.value if own else "",
        ahead=ahead,
        is_demo=row.is_demo,
    )
