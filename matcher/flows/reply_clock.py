"""The clock of promised answers: a few days more, asked for once, and the end when they passed."""

from dataclasses import dataclass

from matcher.actor import Actor
from matcher.db import Unit, Units
from matcher.i18n import gettext as _
from matcher.matching import application_steps
from matcher.matching.application_steps import By
from matcher.matching.own_application import not_now, own_application
from matcher.policy import reply_clock
from matcher.policy.states import APPLICATION_STEPS, ApplicationAction, derived_state
from matcher.refusal import Conflict
from matcher.store import reply_clock as store
from models.account import Role
from models.application import LateReason

NOBODY = By(Role.PARTNER, None)
"""The partner let the time pass; no account of it did anything at that moment."""


@dataclass(frozen=True)
class Ended:
    """`left` = looked at and left, because an answer came meanwhile."""

    ended: int
    left: int


def ask_more(
    unit: Unit, actor: Actor, application_id: int, version: int, reason: LateReason, days: int
) -> None:
    """The partner says why it is late and names a new day; the person is told both."""
    row, opening = own_application(unit, actor, application_id, lock=True)
    if row.version != version:
        raise not_now()
    if row.answer_by is None or not reply_clock.may_ask_more(
        row.answer_by, row.late_reason, unit.today
    ):
        raise Conflict(_("답변 기한은 한 번만, 기한이 끝나기 전에 미룰 수 있습니다."))
    before = row.answer_by
    row.answer_by = reply_clock.more_time(before, unit.today, days)
    row.late_reason = reason
    unit.session.add(row)
    application_steps.tell_person(
        unit, row, opening, "application_later",
        reason=reason.value, answer_by=row.answer_by.isoformat(),
    )  # fmt: skip
    unit.audit(
        "application:later", "application", row.id,
        before=before.isoformat(), after=row.answer_by.isoformat(), reason=reason.value,
    )  # fmt: skip
    unit.access("application:later", row.youth_id, application=row.id)


def end_overdue(units: Units) -> Ended:
    """End what has no answer seven days after the promised day, each in a transaction of its own.
    Running it again finds nothing more to do."""
    with units.reading() as unit:
        late = store.owed_before(unit.session, unit.today - reply_clock.GRACE)
    done = [_end(units, number) for number in late]
    return Ended(sum(done), len(done) - sum(done))


def _end(units: Units, application_id: int) -> bool:
    """False when an answer, a withdrawal or another run came first."""
    with units.writing() as unit:
        found = store.held(unit.session, application_id)
        if found is None:
            return False
        row, opening = found
        if row.answer_by is None or not reply_clock.is_over(row.answer_by, unit.today):
            return False
        lapse = ApplicationAction.LAPSE
        if derived_state(APPLICATION_STEPS, row.state, lapse) is None:
            return False
        application_steps.derive(unit, row, opening, lapse, NOBODY)
    return True
