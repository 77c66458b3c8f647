"""A partner reads one application made to it: who, what was said, every step, and how it fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import review_rules
from matcher.matching.explained import Explained
from matcher.matching.one_pair import explained_pair
from matcher.matching.own_application import own_actions, own_application
from matcher.policy import reply_clock
from matcher.policy.masking import candidate_number, label
from matcher.policy.operation import Operation
from matcher.policy.states import ApplicationAction
from matcher.store import applications, candidates, openings
from models.account import Role
from models.application import (
    Application,
    ApplicationState,
    ClosingCause,
    LateReason,
    RefusalReason,
)
from models.opening import Opening


@dataclass(frozen=True)
class Happened:
    """`who` is empty for what came about elsewhere: another partner's people stay unnamed.
    `reason` is the code noted with the step: of a refusal, or what brought a closing about."""

    at: datetime
    state: ApplicationState
    who: str
    role: Role | None = None
    reason: str = ""


@dataclass(frozen=True)
class ApplicationView:
    """The person applied here, so the name is there; it goes when the consent goes."""

    id: int
    opening_id: int
    opening_title: str
    titles: Mapping[str, str]
    """Of opening and firm in both languages, as the mail to the person names them."""
    language: str
    """The person's."""
    number: str
    """As the lists call the person, who have no names."""
    name: str
    email: str
    message: str
    state: ApplicationState
    reason: RefusalReason | None
    is_reason_shared: bool
    words: str
    note: str
    answer_by: date | None
    days_left: int | None
    late_reason: LateReason | None
    may_ask_more: bool
    cause: ClosingCause | None
    is_introduced: bool
    version: int
    sent_at: datetime
    steps: tuple[Happened, ...]
    actions: tuple[ApplicationAction, ...]
    explained: Explained | None
    """None when the hard rules keep the person out, or the operator ranks nobody."""


def view(unit: Unit, actor: Actor, operation: Operation, application_id: int) -> ApplicationView:
    """One application; the look is recorded."""
    row, opening = own_application(unit, actor, application_id)
    number = label(candidate_number(operation.mask_key, row.opening_id, row.youth_id))
    name, email, message = _identity(unit, opening, row, number)
    unit.access("application:read", row.youth_id, application=row.id)
    return ApplicationView(
        id=row.id or 0,
        opening_id=row.opening_id,
        opening_title=in_language(opening.title_ko, opening.title_en),
        titles=_titles(unit, opening),
        language=candidates.account_of(unit.session, row.youth_id).language,
        number=number,
        name=name,
        email=email,
        message=message,
        state=row.state,
        reason=row.reason,
        is_reason_shared=row.is_reason_shared,
        words=row.words,
        note=row.note,
        answer_by=row.answer_by,
        days_left=(row.answer_by - unit.today).days if row.answer_by else None,
        late_reason=row.late_reason,
        may_ask_more=reply_clock.may_ask_more(row.answer_by, row.late_reason, unit.today),
        cause=row.cause,
        is_introduced=row.introduction_id is not None,
        version=row.version,
        sent_at=row.created_at,
        steps=_steps(unit, opening, row),
        actions=own_actions(opening, row, actor),
        explained=explained_pair(unit.session, row.opening_id, row.youth_id, unit.today)
        if operation.may_rank_people
        else None,
    )


def _identity(unit: Unit, opening: Opening, row: Application, number: str) -> tuple[str, str, str]:
    """Name, e-mail and the person's own words; only the number while a review phase hides names."""
    if not review_rules.shows_names(unit.session, row.opening_id, unit.today):
        return _("지원자 %(number)s") % {"number": number}, "", ""
    name, email = candidates.contacts(unit.session, [row.youth_id])[row.youth_id]
    return name, email, row.message


def _titles(unit: Unit, opening: Opening) -> dict[str, str]:
    firm = openings.organisation_of(unit.session, opening)
    return {
        "title_ko": opening.title_ko,
        "title_en": opening.title_en,
        "organisation_ko": firm.name_ko,
        "organisation_en": firm.name_en,
    }


def _steps(unit: Unit, opening: Opening, row: Application) -> tuple[Happened, ...]:
    own = {each.id for each in openings.partner_accounts(unit.session, opening.organisation_id)}
    events = applications.events(unit.session, row.id or 0)
    seen = {number for each in events if (number := each.actor_account_id) and number in own}
    names = applications.actor_names(unit.session, sorted(seen))
    return tuple(
        Happened(
            each.at,
            ApplicationState(each.to_state),
            names.get(each.actor_account_id or 0, ""),
            Role(each.actor_role) if each.actor_role in set(Role) else None,
            each.reason,
        )
        for each in events
    )
