"""A young person reads who asks to be introduced, and says yes or no.

A yes is for one employer: a consent row of its own, shown before, to be withdrawn any day.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import application_steps
from matcher.matching.cards import CardView, card_view
from matcher.matching.employer_consents import grant
from matcher.matching.partner_letters import tell_of_opening
from matcher.matching.readiness import served_youth
from matcher.policy import employer_consent
from matcher.policy.states import (
    INTRODUCTION_STEPS,
    IntroductionAction,
    introduction_standing,
    next_state,
)
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import cards, own_ties, youths
from models.account import Role
from models.application import Application, ApplicationState, Introduction, IntroductionState
from models.opening import Opening


@dataclass(frozen=True)
class IntroductionView:
    """`fields` = what the partner sees after a yes; `consent_until` the last day of it."""

    id: int
    card: CardView
    state: str
    message: str
    asked_at: datetime
    answer_by: date
    version: int
    can_answer: bool
    fields: tuple[str, ...]
    consent_from: date
    consent_until: date
    """The first and the last day the person may choose as the end of the consent."""
    contact: tuple[str, str] | None = None
    """Name and e-mail of whoever asked: only after the yes, as the person's own go to them."""


def introductions(unit: Unit, actor: Actor) -> tuple[IntroductionView, ...]:
    rows = own_ties.introductions(unit.session, actor)
    found = cards.cards_of(unit.session, [row.opening_id for row in rows])
    return tuple(_introduction(row, found[row.opening_id], unit.today) for row in rows)


def introduction(unit: Unit, actor: Actor, introduction_id: int) -> IntroductionView:
    row = own_ties.introduction(unit.session, actor, introduction_id)
    if row is None:
        raise NotFound
    found = cards.cards_of(unit.session, [row.opening_id])
    view = _introduction(row, found[row.opening_id], unit.today)
    if row.state is not IntroductionState.ACCEPTED:
        return view
    return replace(view, contact=own_ties.contact_of(unit.session, row))


def accept(
    unit: Unit, actor: Actor, introduction_id: int, version: int, until: date | None = None
) -> None:
    """The partner gets name, contact and profile, by a consent for it alone, until the day the
    person chose."""
    _answer(unit, actor, introduction_id, IntroductionAction.ACCEPT, version, until)


def refuse(unit: Unit, actor: Actor, introduction_id: int, version: int) -> None:
    """The partner learns that the answer is no, and nothing about the person."""
    _answer(unit, actor, introduction_id, IntroductionAction.REFUSE, version)


def _answer(
    unit: Unit,
    actor: Actor,
    introduction_id: int,
    action: IntroductionAction,
    version: int,
    until: date | None = None,
) -> None:
    youths.hold(unit.session, [actor.youth_id])
    row = own_ties.introduction(unit.session, actor, introduction_id)
    if row is None:
        raise NotFound
    if row.version != version:
        raise Conflict(_("그 사이에 제안이 바뀌었어요. 새로 열어 확인해 주세요."))
    state = introduction_standing(row.state, row.answer_by, unit.today)
    to = next_state(INTRODUCTION_STEPS, state, action, Role.YOUTH)
    if to is None:
        raise Conflict(_("이제는 답할 수 없는 제안이에요."))
    opening = unit.session.get_one(Opening, row.opening_id)
    if action is IntroductionAction.ACCEPT:
        youth_id = served_youth(unit.session, actor, unit.today)
        grant(unit, youth_id, opening, _chosen_day(until, opening, unit.today))
        _become_applicant(unit, row, opening)
    row.state, row.version, row.updated_at = to, row.version + 1, unit.now
    unit.session.add(row)
    key = f"introduction:{row.id}:{to.value}"
    tell_of_opening(unit, opening, f"introduction_{to.value}", key)
    unit.audit(f"introduction:{to.value}", "introduction", row.id, opening=row.opening_id)


def _chosen_day(until: date | None, opening: Opening, today: date) -> date:
    """The usual last day, or an earlier one that leaves time to meet."""
    first = employer_consent.earliest(today)
    last = employer_consent.until(opening.closes_on, today)
    if until is None:
        return last
    if not first <= until <= last:
        words = _("%(first)s부터 %(last)s 사이에서 골라 주세요.")
        raise Invalid({"until": words % {"first": first.isoformat(), "last": last.isoformat()}})
    return until


def _become_applicant(unit: Unit, asked: Introduction, opening: Opening) -> None:
    """From the yes on the person is one of the opening's applicants, with the same clock, steps
    and right to an answer as everybody who applied."""
    if own_ties.application_of(unit.session, asked.youth_id, asked.opening_id) is not None:
        return
    row = Application(
        opening_id=asked.opening_id,
        youth_id=asked.youth_id,
        state=ApplicationState.UNDER_REVIEW,
        answer_by=application_steps.owed_by(opening, unit.today),
        introduction_id=asked.id,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()  # the line below needs its number
    application_steps.note_start(unit, row, "introduction")
    unit.audit("application:introduced", "application", row.id, introduction=asked.id)


def _introduction(row: Introduction, card: cards.OpeningCard, today: date) -> IntroductionView:
    state = introduction_standing(row.state, row.answer_by, today)
    return IntroductionView(
        id=row.id or 0,
        card=card_view(card, today),
        state=state.value,
        message=row.message,
        asked_at=row.created_at,
        answer_by=row.answer_by,
        version=row.version,
        can_answer=state is IntroductionState.REQUESTED,
        fields=employer_consent.FIELDS,
        consent_from=employer_consent.earliest(today),
        consent_until=employer_consent.until(card.closes_on, today),
    )
