"""A young person's applications with every step that was taken."""

from dataclasses import dataclass
from datetime import date, datetime

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching.cards import CardView, card_view
from matcher.policy import reply_clock
from matcher.policy.states import APPLICATION_STEPS, ApplicationAction, next_state
from matcher.store import applications, cards, own_ties
from models.account import Role
from models.application import Application, ApplicationEvent, ApplicationState
from models.opening import OpeningState


@dataclass(frozen=True)
class Step:
    """`role` who took it: youth or partner; empty in old rows."""

    state: str
    at: datetime
    role: str = ""


@dataclass(frozen=True)
class ApplicationView:
    """`reason` only when the partner chose to share it; `looked_at` the partner's first look;
    `answer_by` the promised day, and `ends_on` the one after which it ends by itself."""

    id: int
    card: CardView
    state: str
    reason: str | None
    message: str
    version: int
    sent_at: datetime
    looked_at: datetime | None
    steps: tuple[Step, ...]
    can_withdraw: bool
    is_listed: bool
    words: str = ""
    answer_by: date | None = None
    ends_on: date | None = None
    late_reason: str | None = None
    cause: str | None = None
    can_accept: bool = False
    introduction_id: int | None = None


def tracker(unit: Unit, actor: Actor) -> tuple[ApplicationView, ...]:
    """Own applications, the newest first, with every step."""
    youth_id = actor.own_youth_id
    rows = applications.of_youth(unit.session, youth_id)
    steps = own_ties.events(unit.session, [row.id for row in rows if row.id is not None])
    found = cards.cards_of(unit.session, [row.opening_id for row in rows])
    looks = own_ties.partner_looks(unit.session, youth_id)
    return tuple(
        _application(row, found[row.opening_id], steps.get(row.id or 0, []), looks, unit.today)
        for row in rows
    )


def _application(
    row: Application,
    card: cards.OpeningCard,
    steps: list[ApplicationEvent],
    looks: dict[int, list[datetime]],
    today: date,
) -> ApplicationView:
    may = next_state(APPLICATION_STEPS, row.state, ApplicationAction.WITHDRAW, Role.YOUTH)
    later = [at for at in looks.get(card.organisation_id, []) if at >= row.created_at]
    return ApplicationView(
        id=row.id or 0,
        card=card_view(card, today),
        state=row.state.value,
        reason=row.reason.value if row.reason is not None and row.is_reason_shared else None,
        message=row.message,
        version=row.version,
        sent_at=row.created_at,
        looked_at=later[0] if later else None,
        steps=tuple(Step(each.to_state, each.at, each.actor_role) for each in steps),
        can_withdraw=may is not None,
        is_listed=card.state is OpeningState.PUBLISHED,
        words=row.words,
        answer_by=row.answer_by,
        ends_on=None if row.answer_by is None else reply_clock.ends_on(row.answer_by),
        late_reason=None if row.late_reason is None else row.late_reason.value,
        cause=None if row.cause is None else row.cause.value,
        can_accept=row.state is ApplicationState.OFFERED,
        introduction_id=row.introduction_id,
    )
