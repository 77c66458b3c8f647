"""One application as somebody works on it, and what to say when it is not theirs any more."""

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.policy import reply_clock
from matcher.policy.states import APPLICATION_STEPS, ApplicationAction, actions_from
from matcher.refusal import Conflict, NotFound
from matcher.store import applications
from models.application import Application
from models.opening import Opening


def own_application(
    unit: Unit, actor: Actor, application_id: int, *, lock: bool = False
) -> tuple[Application, Opening]:
    """Raises NotFound for what the actor may not see. Whoever is about to decide (`lock`) is told
    so when the person took it back."""
    found = applications.get(unit.session, actor, unit.today, application_id, lock=lock)
    if found is not None:
        return found
    if lock and applications.was_withdrawn(unit.session, actor, application_id):
        raise Conflict(_("그 사이에 지원자가 지원을 거두었습니다."))
    raise NotFound


def own_actions(opening: Opening, row: Application, actor: Actor) -> tuple[ApplicationAction, ...]:
    """A closed or filled opening takes nobody back in."""
    found = actions_from(APPLICATION_STEPS, row.state, actor.role)
    if reply_clock.may_reopen(row.state, row.cause, opening.state):
        return found
    return tuple(each for each in found if each is not ApplicationAction.REOPEN)


def not_now() -> Conflict:
    return Conflict(_("그 사이에 지원의 상태가 바뀌었습니다. 지금 상태를 다시 확인해 주십시오."))
