"""A partner reads and decides applications made to its own openings. A person decides, always."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import application_steps, outcome_checks, review_rules
from matcher.matching.application_steps import Answer
from matcher.matching.context import names_for, ranking_context
from matcher.matching.explained import Explained, explained
from matcher.matching.openings import opening_of
from matcher.matching.seekers import seeker_of
from matcher.policy.masking import candidate_number, label
from matcher.policy.operation import Operation
from matcher.policy.states import (
    APPLICATION_STEPS,
    ApplicationAction,
    actions_from,
    next_state,
)
from matcher.ranking.recommend import rank_candidates
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import applications, candidates, openings
from models.application import Application, ApplicationState, RefusalReason
from models.opening import Opening, OpeningState

MOST_AT_ONCE = 20


@dataclass(frozen=True)
class Happened:
    """`who` is empty for what came about elsewhere: another partner's people stay unnamed."""

    at: datetime
    state: ApplicationState
    who: str


@dataclass(frozen=True)
class ApplicationView:
    """The person applied here, so the name is there; it goes when the consent goes."""

    id: int
    opening_id: int
    opening_title: str
    name: str
    email: str
    message: str
    state: ApplicationState
    reason: RefusalReason | None
    is_reason_shared: bool
    version: int
    sent_at: datetime
    steps: tuple[Happened, ...]
    actions: tuple[ApplicationAction, ...]
    explained: Explained | None
    """None when the hard rules keep the person out, or the operator ranks nobody."""


def view(unit: Unit, actor: Actor, operation: Operation, application_id: int) -> ApplicationView:
    """One application; the look is recorded."""
    row, opening = _own(unit, actor, application_id)
    name, email, message = _identity(unit, operation, opening, row)
    unit.access("application:read", row.youth_id, application=row.id)
    shown = _explained(unit, opening, row) if operation.may_rank_people else None
    return ApplicationView(
        id=row.id or 0,
        opening_id=row.opening_id,
        opening_title=in_language(opening.title_ko, opening.title_en),
        name=name,
        email=email,
        message=message,
        state=row.state,
        reason=row.reason,
        is_reason_shared=row.is_reason_shared,
        version=row.version,
        sent_at=row.created_at,
        steps=_steps(unit, opening, row),
        actions=_actions(opening, row.state, actor),
        explained=shown,
    )


def _identity(
    unit: Unit, operation: Operation, opening: Opening, row: Application
) -> tuple[str, str, str]:
    """Name, e-mail and the person's own words; only the number while a review phase hides names."""
    if not review_rules.shows_names(unit.session, row.opening_id, unit.today):
        number = candidate_number(operation.mask_key, row.opening_id, row.youth_id)
        return _("지원자 %(number)s") % {"number": label(number)}, "", ""
    name, email = candidates.contacts(unit.session, [row.youth_id])[row.youth_id]
    return name, email, row.message


def move(
    unit: Unit, actor: Actor, application_id: int, version: int, action: ApplicationAction
) -> None:
    """One step forward, or a refused one opened again. Refusing has its own function."""
    row, opening = _own(unit, actor, application_id, lock=True)
    after = _after(row, version, action, actor)
    if action is ApplicationAction.REFUSE or action not in _actions(opening, row.state, actor):
        raise _not_now()
    if action not in (ApplicationAction.REVIEW, ApplicationAction.HIRE):
        review_rules.refuse_decision(unit, opening, [row.youth_id])
    application_steps.take(unit, row, opening, after, application_steps.by_actor(unit))
    if after is ApplicationState.HIRED:
        outcome_checks.propose_hire(unit, row, opening)


def refuse(
    unit: Unit,
    actor: Actor,
    application_id: int,
    version: int,
    reason: RefusalReason | None,
    share: bool,
) -> None:
    """Say no, with a coded reason; `share` tells it to the person."""
    row, opening = _own(unit, actor, application_id, lock=True)
    after = _after(row, version, ApplicationAction.REFUSE, actor)
    review_rules.refuse_decision(unit, opening, [row.youth_id])
    answer = Answer(_needed(reason), share)
    application_steps.take(unit, row, opening, after, application_steps.by_actor(unit), answer)


def refuse_many(
    unit: Unit,
    actor: Actor,
    opening_id: int,
    application_ids: Sequence[int],
    reason: RefusalReason | None,
    share: bool,
) -> int:
    """All or none: at most 20, each of this opening, each opened before by the one who decides."""
    wanted = sorted(set(application_ids))
    if not wanted or len(wanted) > MOST_AT_ONCE:
        raise Invalid({"applications": _("한 번에 1명에서 20명까지 고를 수 있습니다.")})
    found = applications.many(unit.session, actor, unit.today, wanted)
    if len(found) != len(wanted) or any(row.opening_id != opening_id for row, _o in found):
        raise NotFound
    answer = Answer(_needed(reason), share)
    read = applications.read_by(unit.session, actor.account_id, [row.youth_id for row, _o in found])
    if any(row.id not in read for row, _o in found):
        raise Conflict(_("지원서를 하나하나 열어 본 뒤에 함께 답할 수 있습니다."))
    review_rules.refuse_decision(unit, found[0][1], [row.youth_id for row, _o in found])
    for row, opening in found:
        after = _after(row, row.version, ApplicationAction.REFUSE, actor)
        application_steps.take(unit, row, opening, after, application_steps.by_actor(unit), answer)
    return len(found)


def _own(
    unit: Unit, actor: Actor, application_id: int, *, lock: bool = False
) -> tuple[Application, Opening]:
    found = applications.get(unit.session, actor, unit.today, application_id, lock=lock)
    if found is None:
        raise NotFound
    return found


def _actions(
    opening: Opening, state: ApplicationState, actor: Actor
) -> tuple[ApplicationAction, ...]:
    """A closed or filled opening takes nobody back in."""
    found = actions_from(APPLICATION_STEPS, state, actor.role)
    if opening.state is OpeningState.PUBLISHED:
        return found
    return tuple(each for each in found if each is not ApplicationAction.REOPEN)


def _after(
    row: Application, version: int, action: ApplicationAction, actor: Actor
) -> ApplicationState:
    after: ApplicationState | None = next_state(APPLICATION_STEPS, row.state, action, actor.role)
    if after is None or row.version != version:
        raise _not_now()
    return after


def _not_now() -> Conflict:
    return Conflict(_("그 사이에 지원의 상태가 바뀌었습니다. 지금 상태를 다시 확인해 주십시오."))


def _needed(reason: RefusalReason | None) -> RefusalReason:
    if reason is None:
        raise Invalid({"reason": _("거절 이유 하나를 골라 주십시오.")})
    return reason


def _steps(unit: Unit, opening: Opening, row: Application) -> tuple[Happened, ...]:
    own = {each.id for each in openings.partner_accounts(unit.session, opening.organisation_id)}
    events = applications.events(unit.session, row.id or 0)
    seen = {number for each in events if (number := each.actor_account_id) and number in own}
    names = applications.actor_names(unit.session, sorted(seen))
    return tuple(
        Happened(
            each.at, ApplicationState(each.to_state), names.get(each.actor_account_id or 0, "")
        )
        for each in events
    )


def _explained(unit: Unit, opening: Opening, row: Application) -> Explained | None:
    """The pair's score as the ranked list has it; alone, because a score needs nobody else."""
    wanted = opening_of(unit.session, row.opening_id, unit.today)
    seeker = seeker_of(unit.session, row.youth_id)
    if wanted is None or seeker is None:
        return None
    # The day the posting closed is no reason to hide why somebody fitted it.
    ranking = rank_candidates(
        replace(wanted, closes_on=None), [seeker], ranking_context(unit.session, unit.today)
    )
    if not ranking.items:
        return None
    names = names_for(unit.session, {each.key for each in wanted.requirements})
    return explained(ranking.items[0], seeker, names, formal=True)
