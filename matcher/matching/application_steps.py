"""The one way an application moves: its line, its clock, the audit, and who is told.

Whether a step is legal is asked of `policy.states` before; this only takes it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from matcher.db import Unit
from matcher.matching import interviews, partner_letters
from matcher.policy.states import (
    APPLICATION_STEPS,
    OPEN_APPLICATION,
    ApplicationAction,
    derived_state,
)
from matcher.store import applications, candidates, openings, outbox
from models.account import Role
from models.application import (
    Application,
    ApplicationEvent,
    ApplicationState,
    ClosingCause,
    LateReason,
    RefusalReason,
)
from models.opening import Opening

CAUSES = {
    ApplicationAction.LOSE_TO_OTHER: ClosingCause.ACCEPTED_ELSEWHERE,
    ApplicationAction.END_WITH_OPENING: ClosingCause.OPENING_ENDED,
    ApplicationAction.LAPSE: ClosingCause.ANSWER_TIME_PASSED,
}


@dataclass(frozen=True)
class Answer:
    """What the partner said with a step; `shared` tells the coded reason to the person, `note` is
    told to nobody (None leaves the one there is)."""

    reason: RefusalReason | None = None
    shared: bool = False
    words: str = ""
    note: str | None = None


@dataclass(frozen=True)
class By:
    """Whose act moves it. A partner without an account acts through a link."""

    role: Role
    account_id: int | None
    link_id: int | None = None


def by_actor(unit: Unit) -> By:
    actor = unit.signed_in
    return By(actor.role, actor.account_id)


def owed_by(opening: Opening, today: date) -> date:
    """The last day of the answer time that begins today."""
    return today + timedelta(days=opening.answer_days)


def note_start(unit: Unit, row: Application, reason: str = "") -> None:
    """The first line of an application the signed-in person made; the row has its number."""
    unit.session.add(
        ApplicationEvent(
            application_id=row.id or 0,
            from_state="",
            to_state=row.state.value,
            actor_account_id=unit.signed_in.account_id,
            actor_role=Role.YOUTH.value,
            reason=reason,
            at=unit.now,
        )
    )


def take(
    unit: Unit,
    row: Application,
    opening: Opening,
    to: ApplicationState,
    by: By,
    answer: Answer | None = None,
    *,
    is_told: bool = True,
) -> None:
    """A step a person took. The partner's are told to the person, the person's to the partner;
    `is_told` False for a step that another one follows at once."""
    before, said = row.state, answer or Answer()
    row.reason, row.is_reason_shared, row.words = said.reason, said.shared, said.words
    row.note = row.note if said.note is None else said.note
    row.answer_by, row.late_reason = _still_owed(row, opening, to, unit.today)
    row.cause = None
    reason = "" if said.reason is None else said.reason.value
    applications.move(
        unit.session, row, to, by.account_id, unit.now, reason, role=by.role, link_id=by.link_id
    )
    _note(unit, row, before, by, reason=reason, shared=said.shared)
    if to not in OPEN_APPLICATION:
        interviews.let_go(unit, row, opening)
    if not is_told:
        return
    if by.role is Role.YOUTH:
        tell_partner(unit, row, opening, f"application_{to.value}")
    elif to is ApplicationState.REFUSED:
        tell_person(unit, row, opening, "application_refused",
                    reason=reason if said.shared else "", said=said.words)  # fmt: skip
    else:
        tell_person(unit, row, opening, "application_moved", state=to.value, said=said.words)


def derive(
    unit: Unit, row: Application, opening: Opening, action: ApplicationAction, by: By
) -> None:
    """A closing nobody made at this moment; `by` did the human act behind it. The person is told,
    and the partner when the act was the person's; what its own time ended is in its digest."""
    before = row.state
    to = derived_state(APPLICATION_STEPS, before, action)
    assert to is not None
    row.cause, row.answer_by, row.late_reason = CAUSES[action], None, None
    row.reason, row.is_reason_shared, row.words = None, False, ""
    applications.move(
        unit.session, row, to, by.account_id, unit.now, row.cause.value,
        role=by.role, link_id=by.link_id,
    )  # fmt: skip
    _note(unit, row, before, by, derived=row.cause.value)
    interviews.let_go(unit, row, opening)
    tell_person(unit, row, opening, "application_ended", state=to.value, cause=row.cause.value)
    if action is ApplicationAction.LOSE_TO_OTHER:
        tell_partner(unit, row, opening, f"applicant_{row.cause.value}")


def end_others(unit: Unit, accepted: Application, by: By) -> None:
    """Whoever accepts an offer leaves every other open application; no partner refused anybody."""
    for row in applications.undecided_of_youth(unit.session, accepted.youth_id, accepted.id or 0):
        opening = unit.session.get_one(Opening, row.opening_id)
        derive(unit, row, opening, ApplicationAction.LOSE_TO_OTHER, by)


def tell_person(
    unit: Unit, row: Application, opening: Opening, template: str, **more: object
) -> None:
    organisation = openings.organisation_of(unit.session, opening)
    outbox.put(
        unit.session, candidates.account_of(unit.session, row.youth_id), template, unit.now,
        f"application:{row.id}:{row.version}:person",
        title_ko=opening.title_ko, title_en=opening.title_en,
        organisation_ko=organisation.name_ko, organisation_en=organisation.name_en, **more,
    )  # fmt: skip


def tell_partner(unit: Unit, row: Application, opening: Opening, template: str) -> None:
    """The mail names the opening, never the person."""
    partner_letters.tell_partner(
        unit, opening.organisation_id, template, f"application:{row.id}:{row.version}",
        title_ko=opening.title_ko, title_en=opening.title_en, opening_id=opening.id,
    )  # fmt: skip


def _still_owed(
    row: Application, opening: Opening, to: ApplicationState, today: date
) -> tuple[date | None, LateReason | None]:
    """Starting to read is no answer, so the clock runs on; opening a refused one starts it anew."""
    if to is not ApplicationState.UNDER_REVIEW:
        return None, None
    if row.answer_by is None:
        return owed_by(opening, today), None
    return row.answer_by, row.late_reason


def _note(unit: Unit, row: Application, before: ApplicationState, by: By, **more: object) -> None:
    unit.audit(
        f"application:{row.state.value}", "application", row.id,
        before=before.value, after=row.state.value, link=by.link_id, **more,
    )  # fmt: skip
    if unit.actor is not None and unit.actor.role is not Role.YOUTH:
        unit.access(f"application:{row.state.value}", row.youth_id, application=row.id)
