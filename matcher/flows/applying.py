"""A young person sends and withdraws applications and answers introductions.

Each yes is for one employer: a consent row of its own, shown before, to be withdrawn any day.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import application_steps
from matcher.matching.cards import CardView, card_view
from matcher.matching.employer_consents import end_if_loose, grant
from matcher.matching.job_offers import places_left
from matcher.matching.readiness import served_youth
from matcher.policy import employer_consent, reply_clock
from matcher.policy.states import (
    APPLICATION_STEPS,
    INTRODUCTION_STEPS,
    ApplicationAction,
    IntroductionAction,
    introduction_standing,
    next_state,
)
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import applications, cards, job_offers, openings, outbox, own_ties, youths
from models.account import Role
from models.application import (
    Application,
    ApplicationEvent,
    ApplicationState,
    Introduction,
    IntroductionState,
)
from models.opening import Opening, OpeningState


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


def consent_terms(closes_on: date, today: date) -> tuple[tuple[str, ...], date]:
    """(fields, last day) of the consent an application to this opening asks for."""
    return employer_consent.FIELDS, employer_consent.until(closes_on, today)


def apply(unit: Unit, actor: Actor, opening_id: int, message: str, is_agreed: bool) -> int:
    """Send an application; gives its id. Raises Invalid, Conflict, NotFound or ConsentNeeded."""
    youths.hold(unit.session, [actor.youth_id])
    # Locked, because closing ends the applications there are: none may slip in behind it.
    opening = openings.get(unit.session, actor, opening_id, lock=True)
    if opening is None and openings.is_over(unit.session, opening_id):
        raise Conflict(_("이미 끝난 공고예요. 다른 공고를 살펴봐 주세요."))
    if opening is None or opening.state is not OpeningState.PUBLISHED:
        raise NotFound
    youth_id = served_youth(unit.session, actor, unit.today)
    if own_ties.application_of(unit.session, youth_id, opening_id) is not None:
        raise Conflict(_("이 공고에는 이미 지원했어요."))
    if opening.paused_on is not None:
        raise Conflict(_("아직 사람을 찾는지 기업이 답하지 않아 지원을 받지 않는 공고예요."))
    if not opening.opens_on <= unit.today <= opening.closes_on:
        raise Conflict(_("지금은 지원을 받지 않는 공고예요."))
    if not is_agreed:
        raise Invalid({"consent": _("이 기업에 보이는 것에 동의해야 보낼 수 있어요.")})
    row = Application(
        opening_id=opening_id,
        youth_id=youth_id,
        state=ApplicationState.SENT,
        message=message,
        answer_by=application_steps.owed_by(opening, unit.today),
        created_at=unit.now,
        updated_at=unit.now,
    )
    try:
        with unit.session.begin_nested():
            unit.session.add(row)
    except IntegrityError:
        raise Conflict(_("이 공고에는 이미 지원했어요.")) from None
    assert row.id is not None
    application_steps.note_start(unit, row)
    grant(unit, youth_id, opening)
    _tell_partner(unit, opening, "application_received", f"application:{row.id}:sent")
    unit.audit("application:sent", "application", row.id, opening=opening_id)
    return row.id


def withdraw(unit: Unit, actor: Actor, application_id: int, version: int) -> None:
    """The partner sees it no more; the consent ends too when nothing else needs it."""
    found = applications.get(unit.session, actor, unit.today, application_id, lock=True)
    if found is None or actor.youth_id is None:
        raise NotFound
    row, opening = found
    if row.version != version:
        raise Conflict(_("그 사이에 지원 상태가 바뀌었어요. 새로 열어 확인해 주세요."))
    to = next_state(APPLICATION_STEPS, row.state, ApplicationAction.WITHDRAW, Role.YOUTH)
    if to is None:
        raise Conflict(_("이미 끝난 지원은 거둘 수 없어요."))
    application_steps.take(unit, row, opening, to, application_steps.by_actor(unit))
    unit.session.flush()  # the tie below must not count this application any more
    end_if_loose(unit, actor.youth_id, opening.organisation_id)


def accept_offer(unit: Unit, actor: Actor, application_id: int, version: int) -> None:
    """Yes to an offer. Every other open application of the person ends with it, by this act."""
    seen = applications.get(unit.session, actor, unit.today, application_id)
    if seen is None or actor.youth_id is None:
        raise NotFound
    youths.hold(unit.session, [actor.youth_id])
    opening = job_offers.hold_opening(unit.session, seen[0].opening_id)
    found = applications.get(unit.session, actor, unit.today, application_id, lock=True)
    if found is None:
        raise NotFound
    row = found[0]
    to = next_state(APPLICATION_STEPS, row.state, ApplicationAction.ACCEPT, Role.YOUTH)
    if to is None or row.version != version:
        raise Conflict(_("그 사이에 지원 상태가 바뀌었어요. 새로 열어 확인해 주세요."))
    if places_left(unit.session, opening) < 1:
        raise Conflict(_("그 사이에 다른 분이 먼저 받아들여 남은 자리가 없어요."))
    by = application_steps.by_actor(unit)
    application_steps.take(unit, row, opening, to, by)
    application_steps.end_others(unit, row, by)


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
    _tell_partner(unit, opening, f"introduction_{to.value}", key)
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


def _tell_partner(unit: Unit, opening: Opening, template: str, key: str) -> None:
    """The mail names the opening, never the person."""
    for account in openings.partner_accounts(unit.session, opening.organisation_id):
        title = opening.title_ko if account.language == "ko" else opening.title_en
        outbox.put(
            unit.session,
            account,
            template,
            unit.now,
            f"{key}:{account.id}",
            opening=title,
            opening_id=opening.id,
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
