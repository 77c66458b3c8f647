"""A young person sends and withdraws applications, and says yes to an offer.

Each yes is for one employer: a consent row of its own, shown before, to be withdrawn any day.
"""

from datetime import date

from sqlalchemy.exc import IntegrityError

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import application_steps
from matcher.matching.employer_consents import end_if_loose, grant
from matcher.matching.job_offers import places_left
from matcher.matching.partner_letters import tell_of_opening
from matcher.matching.readiness import served_youth
from matcher.policy import employer_consent
from matcher.policy.states import (
    APPLICATION_STEPS,
    ApplicationAction,
    next_state,
)
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import applications, job_offers, openings, own_ties, youths
from models.account import Role
from models.application import (
    Application,
    ApplicationState,
)
from models.opening import OpeningState


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
    tell_of_opening(unit, opening, "application_received", f"application:{row.id}:sent")
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
