"""A partner decides about applications made to its own openings. A person decides, always."""

from collections.abc import Sequence

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import application_steps, outcome_checks, review_rules
from matcher.matching.application_steps import Answer
from matcher.matching.own_application import not_now, own_actions, own_application
from matcher.matching.unfit_words import unfit_words
from matcher.policy import refusals
from matcher.policy.states import (
    APPLICATION_STEPS,
    ApplicationAction,
    next_state,
)
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import applications
from models.application import (
    Application,
    ApplicationState,
    RefusalReason,
)

MOST_AT_ONCE = 20
STALE_NOTE = "stale_note"
UNREAD_OR_READ = (ApplicationState.SENT, ApplicationState.UNDER_REVIEW)


def move(
    unit: Unit, actor: Actor, application_id: int, version: int, action: ApplicationAction
) -> None:
    """One step forward, or a refused one opened again. Refusing has its own function, and an offer
    is written with its terms (`job_offers.write`)."""
    row, opening = own_application(unit, actor, application_id, lock=True)
    if action is ApplicationAction.OFFER:
        raise Conflict(_("채용 제안은 조건과 함께 보냅니다. 채용 제안 화면에서 적어 주십시오."))
    after = _after(row, version, action, actor)
    if action is ApplicationAction.REFUSE or action not in own_actions(opening, row, actor):
        raise not_now()
    if action not in (ApplicationAction.REVIEW, ApplicationAction.HIRE):
        review_rules.refuse_decision(unit, opening, [row.youth_id])
    application_steps.take(unit, row, opening, after, application_steps.by_actor(unit))
    if after is ApplicationState.HIRED:
        outcome_checks.propose_hire(unit, row, opening)


def invite(unit: Unit, actor: Actor, application_id: int, version: int) -> int:
    """Yes from the list: to the interview, through the reading when that was not noted yet. Only
    for an application that whoever decides has opened. Gives the opening's number."""
    row, opening = own_application(unit, actor, application_id, lock=True)
    if row.version != version or row.state not in UNREAD_OR_READ:
        raise not_now()
    review_rules.refuse_decision(unit, opening, [row.youth_id])
    _refuse_unread(unit, actor, [row])
    by = application_steps.by_actor(unit)
    if row.state is ApplicationState.SENT:
        reading = ApplicationState.UNDER_REVIEW
        application_steps.take(unit, row, opening, reading, by, is_told=False)
    application_steps.take(unit, row, opening, ApplicationState.INTERVIEW, by)
    return row.opening_id


def refuse(
    unit: Unit,
    actor: Actor,
    application_id: int,
    version: int,
    reason: RefusalReason | None,
    share: bool,
    words: str = "",
    note: str | None = None,
) -> int:
    """Say no, with a coded reason; `share` tells it to the person, `words` are for the person,
    and `note` for nobody outside the firm. Gives the opening's number."""
    row, opening = own_application(unit, actor, application_id, lock=True)
    after = _after(row, version, ApplicationAction.REFUSE, actor)
    review_rules.refuse_decision(unit, opening, [row.youth_id])
    answer = checked(reason, share, words, note)
    application_steps.take(unit, row, opening, after, application_steps.by_actor(unit), answer)
    return row.opening_id


def refuse_many(
    unit: Unit,
    actor: Actor,
    opening_id: int,
    application_ids: Sequence[int],
    reason: RefusalReason | None,
    share: bool,
    words: str = "",
) -> int:
    """All or none: at most 20, each of this opening, each opened before by the one who decides."""
    wanted = sorted(set(application_ids))
    if not wanted or len(wanted) > MOST_AT_ONCE:
        raise Invalid({"applications": _("한 번에 1명에서 20명까지 고를 수 있습니다.")})
    found = applications.many(unit.session, actor, unit.today, wanted)
    if len(found) != len(wanted) or any(row.opening_id != opening_id for row, _o in found):
        raise NotFound
    answer = checked(reason, share, words)
    _refuse_unread(unit, actor, [row for row, _o in found])
    review_rules.refuse_decision(unit, found[0][1], [row.youth_id for row, _o in found])
    for row, opening in found:
        after = _after(row, row.version, ApplicationAction.REFUSE, actor)
        application_steps.take(unit, row, opening, after, application_steps.by_actor(unit), answer)
    return len(found)


def keep_note(unit: Unit, actor: Actor, application_id: int, before: str, note: str) -> None:
    """The firm's own note. The version stays, so that the person's page does not go stale by what
    it cannot see; `before` is the note this one replaces."""
    row, _opening = own_application(unit, actor, application_id, lock=True)
    if row.note != before:
        words = _("다른 분이 먼저 메모를 고쳤습니다. 지금 메모를 보고 다시 저장해 주십시오.")
        raise Conflict(words, STALE_NOTE)
    errors = unfit_words({"note": note})
    if errors:
        raise Invalid(errors)
    row.note = note
    unit.session.add(row)
    unit.audit("application:noted", "application", row.id)
    unit.access("application:noted", row.youth_id, application=row.id)


def checked(
    reason: RefusalReason | None, share: bool, words: str = "", note: str | None = None
) -> Answer:
    """A no that may go out. Raises Invalid by field."""
    errors: dict[str, str] = {}
    if reason is None or not refusals.is_offered(reason):
        errors["reason"] = _("거절 이유 하나를 골라 주십시오.")
    errors |= unfit_words({"words": words, "note": note or ""})
    if errors:
        raise Invalid(errors)
    return Answer(reason, share, words, note)


def _refuse_unread(unit: Unit, actor: Actor, rows: Sequence[Application]) -> None:
    people = [row.youth_id for row in rows]
    read = applications.read_by(unit.session, actor.account_id, people)
    if any(row.id not in read for row in rows):
        raise Conflict(_("지원서를 하나하나 열어 본 뒤에 함께 답할 수 있습니다."))


def _after(
    row: Application, version: int, action: ApplicationAction, actor: Actor
) -> ApplicationState:
    after: ApplicationState | None = next_state(APPLICATION_STEPS, row.state, action, actor.role)
    if after is None or row.version != version:
        raise not_now()
    return after
