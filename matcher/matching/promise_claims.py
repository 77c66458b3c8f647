"""The application of a person who earned what was promised and asks for the interview."""

from datetime import date

from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import application_steps
from matcher.matching.employer_consents import grant
from matcher.policy.states import APPLICATION_STEPS, ApplicationAction, next_state
from matcher.refusal import Conflict
from matcher.store import own_ties
from models.account import Role
from models.application import Application, ApplicationState
from models.opening import Opening

REASON = "promise"
"""Of the line an application begins with."""


def to_interview(unit: Unit, youth_id: int, opening: Opening, interview_by: date) -> Application:
    """The application at the interview, by the person's own act; the person is held by the caller.

    The partner owes an answer within its usual days after the last day of the interview.
    """
    row = own_ties.application_of(unit.session, youth_id, opening.id or 0)
    grant(unit, youth_id, opening)
    if row is None:
        row = _begin(unit, youth_id, opening)
        application_steps.tell_partner(unit, row, opening, "application_interview")
    elif row.state is not ApplicationState.INTERVIEW:
        _move(unit, row, opening)
    row.answer_by = application_steps.owed_by(opening, interview_by)
    unit.session.add(row)
    return row


def _begin(unit: Unit, youth_id: int, opening: Opening) -> Application:
    row = Application(
        opening_id=opening.id or 0,
        youth_id=youth_id,
        state=ApplicationState.INTERVIEW,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()  # the line below needs its number
    application_steps.note_start(unit, row, REASON)
    unit.audit("application:interview", "application", row.id, opening=opening.id, promise=True)
    return row


def _move(unit: Unit, row: Application, opening: Opening) -> None:
    to = next_state(APPLICATION_STEPS, row.state, ApplicationAction.CLAIM, Role.YOUTH)
    if to is None:
        raise Conflict(_("이 공고의 지원은 이미 면접을 지났어요. 지원 화면에서 확인해 주세요."))
    application_steps.take(unit, row, opening, to, application_steps.by_actor(unit))
