"""Assignment rounds as a young person sees them listed: those they are in or may still join."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from matcher.i18n import in_language
from matcher.policy import rounds as rules
from matcher.store import round_people, rounds
from models.assignment import AssignmentRound, EntryState, RoundState


@dataclass(frozen=True)
class RoundCard:
    id: int
    name: str
    state: RoundState
    wishes_until: date
    can_wish: bool
    entry: EntryState | None
    is_demo: bool


def round_cards(session: Session, youth_id: int, today: date) -> tuple[RoundCard, ...]:
    """The ones that lock last first."""
    mine = round_people.own_rounds(session, youth_id)
    return tuple(
        _card(row, mine.get(row.id or 0), today)
        for row in rounds.living(session)
        if row.id in mine or _may_join(session, row, youth_id, today)
    )


def seen_state(row: AssignmentRound, today: date) -> RoundState:
    """What a young person may know of it: nothing between the lock and the publication."""
    is_published = row.published_at is not None
    return rules.seen_state(row.state, row.wishes_until, today, is_published)


def _may_join(session: Session, row: AssignmentRound, youth_id: int, today: date) -> bool:
    can_wish = rules.can_wish(row.state, row.wishes_until, today)
    return can_wish and round_people.is_invited(session, row, youth_id, today)


def _card(row: AssignmentRound, entry: EntryState | None, today: date) -> RoundCard:
    return RoundCard(
        id=row.id or 0,
        name=in_language(row.name_ko, row.name_en),
        state=seen_state(row, today),
        wishes_until=row.wishes_until,
        can_wish=rules.can_wish(row.state, row.wishes_until, today),
        entry=entry,
        is_demo=row.is_demo,
    )
