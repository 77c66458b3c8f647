"""What hiring asks of a young person now: an offer to answer, an interview to choose a time for or
to go to, a promised one that is earned."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matcher.clock import day_of
from matcher.db import Unit
from matcher.i18n import in_language
from matcher.matching.interviews import Time, time_of
from matcher.matching.promises import Records
from matcher.policy import promises as rules
from matcher.policy.interviews import CAN_CHOOSE
from matcher.store import applications, cards, interviews, job_offers, promises
from matcher.store.cards import OpeningCard
from matcher.store.interviews import OwnMeeting
from models.application import Application, ApplicationState
from models.interview import InterviewState
from models.promise import TakingState

CHOOSES_AGAIN = (InterviewState.CANCELLED, InterviewState.NOT_HELD)


class Kind(StrEnum):
    OFFER = "offer"
    CLAIM = "claim"
    CHOOSE = "choose"
    MEETING = "meeting"


@dataclass(frozen=True)
class Waiting:
    """`id` is the application's, of a claim the promise's. `until` the day an answer is waited
    for, of a meeting its day; None where nobody named one."""

    kind: Kind
    id: int
    title: str
    organisation: str
    is_demo: bool
    until: date | None
    time: Time | None = None


def listing(unit: Unit) -> tuple[Waiting, ...]:
    """The soonest first; what has no day comes last."""
    youth_id = unit.signed_in.own_youth_id
    rows = applications.of_youth(unit.session, youth_id)
    found = [*_offers(unit, rows), *_meetings(unit, youth_id, rows), *_claims(unit, youth_id)]
    return tuple(sorted(found, key=lambda each: (each.until or date.max, each.kind, each.id)))


def _offers(unit: Unit, rows: Sequence[Application]) -> list[Waiting]:
    offered = [row for row in rows if row.state is ApplicationState.OFFERED]
    if not offered:
        return []
    days = job_offers.answer_days(unit.session, [row.id or 0 for row in offered])
    shown = cards.cards_of(unit.session, [row.opening_id for row in offered])
    return [
        _waiting(Kind.OFFER, row, shown[row.opening_id], days.get(row.id or 0)) for row in offered
    ]


def _meetings(unit: Unit, youth_id: int, rows: Sequence[Application]) -> list[Waiting]:
    """Times to choose while there are any, or the one that was chosen."""
    invited = [row for row in rows if row.state in CAN_CHOOSE]
    if not invited:
        return []
    last = _last(unit, youth_id, min(row.created_at for row in invited))
    ids = [row.opening_id for row in invited]
    free = interviews.with_free_times(unit.session, ids, unit.now)
    shown = cards.cards_of(unit.session, ids)
    found = [
        _meeting(row, shown[row.opening_id], last.get(row.id or 0), free, unit.now)
        for row in invited
    ]
    return [each for each in found if each is not None]


def _last(unit: Unit, youth_id: int, since: datetime) -> Mapping[int, OwnMeeting]:
    """The newest interview of each application."""
    rows = interviews.of_youths(unit.session, [youth_id], since)
    newest_last = sorted(rows, key=lambda each: each.interview.id or 0)
    return {each.interview.application_id: each for each in newest_last}


def _meeting(
    row: Application,
    card: OpeningCard,
    last: OwnMeeting | None,
    free: Collection[int],
    now: datetime,
) -> Waiting | None:
    if last is None or last.interview.state in CHOOSES_AGAIN:
        return _waiting(Kind.CHOOSE, row, card, None) if row.opening_id in free else None
    time = time_of(last.slot)
    if last.interview.state is not InterviewState.BOOKED or time.ends_at <= now:
        return None
    return _waiting(Kind.MEETING, row, card, day_of(time.starts_at), time)


def _claims(unit: Unit, youth_id: int) -> list[Waiting]:
    """Promised interviews that may be asked for today."""
    rows = [
        row
        for row in promises.takings_of_youth(unit.session, youth_id)
        if row.taking.state is TakingState.TAKEN
    ]
    if not rows:
        return []
    records = Records.read(unit.session, youth_id)
    return [
        Waiting(
            Kind.CLAIM,
            row.promise.id or 0,
            in_language(row.opening.title_ko, row.opening.title_en),
            in_language(row.organisation.name_ko, row.organisation.name_en),
            row.promise.is_demo,
            rules.last_claim(row.promise.earn_by),
        )
        for row in rows
        if records.missing(row.promise, unit.today) is None
    ]


def _waiting(
    kind: Kind, row: Application, card: OpeningCard, until: date | None, time: Time | None = None
) -> Waiting:
    title = in_language(card.title_ko, card.title_en)
    organisation = in_language(card.organisation_ko, card.organisation_en)
    return Waiting(kind, row.id or 0, title, organisation, card.is_demo, until, time)
