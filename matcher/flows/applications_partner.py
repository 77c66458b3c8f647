"""A partner reads and decides applications made to its own openings. A person decides, always."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

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
from matcher.policy import forbidden_topics, refusals, reply_clock
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
from models.account import Role
from models.application import (
    Application,
    ApplicationState,
    ClosingCause,
    LateReason,
    RefusalReason,
)
from models.opening import Opening

MOST_AT_ONCE = 20
STALE_NOTE = "stale_note"
UNREAD_OR_READ = (ApplicationState.SENT, ApplicationState.UNDER_REVIEW)


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
    row, opening = _own(unit, actor, application_id)
    name, email, message = _identity(unit, operation, opening, row)
    unit.access("application:read", row.youth_id, application=row.id)
    shown = _explained(unit, opening, row) if operation.may_rank_people else None
    return ApplicationView(
        id=row.id or 0,
        opening_id=row.opening_id,
        opening_title=in_language(opening.title_ko, opening.title_en),
        titles=_titles(unit, opening),
        language=candidates.account_of(unit.session, row.youth_id).language,
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
        actions=_actions(opening, row, actor),
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
    if action is ApplicationAction.REFUSE or action not in _actions(opening, row, actor):
        raise _not_now()
    if action not in (ApplicationAction.REVIEW, ApplicationAction.HIRE):
        review_rules.refuse_decision(unit, opening, [row.youth_id])
    application_steps.take(unit, row, opening, after, application_steps.by_actor(unit))
    if after is ApplicationState.HIRED:
        outcome_checks.propose_hire(unit, row, opening)


def invite(unit: Unit, actor: Actor, application_id: int, version: int) -> int:
    """Yes from the list: to the interview, through the reading when that was not noted yet. Only
    for an application that whoever decides has opened. Gives the opening's number."""
    row, opening = _own(unit, actor, application_id, lock=True)
    if row.version != version or row.state not in UNREAD_OR_READ:
        raise _not_now()
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
    row, opening = _own(unit, actor, application_id, lock=True)
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
    row, _opening = _own(unit, actor, application_id, lock=True)
    if row.note != before:
        words = _("다른 분이 먼저 메모를 고쳤습니다. 지금 메모를 보고 다시 저장해 주십시오.")
        raise Conflict(words, STALE_NOTE)
    errors = _unfit_note(note)
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
    hits = forbidden_topics.hits([("words", words)])
    if hits:
        errors["words"] = _("물을 수 없는 내용이 있습니다: %(words)s") % {
            "words": ", ".join(hit.words for hit in hits)
        }
    errors |= _unfit_note(note or "")
    if errors:
        raise Invalid(errors)
    return Answer(reason, share, words, note)


def _unfit_note(note: str) -> dict[str, str]:
    """What must not be asked must not be kept about a person either."""
    found = forbidden_topics.hits([("note", note)])
    words = _("사람에 대해 적을 수 없는 내용이 있습니다: %(words)s")
    return {"note": words % {"words": ", ".join(hit.words for hit in found)}} if found else {}


def _own(
    unit: Unit, actor: Actor, application_id: int, *, lock: bool = False
) -> tuple[Application, Opening]:
    found = applications.get(unit.session, actor, unit.today, application_id, lock=lock)
    if found is not None:
        return found
    if lock and applications.was_withdrawn(unit.session, actor, application_id):
        raise Conflict(_("그 사이에 지원자가 지원을 거두었습니다."))
    raise NotFound


def _actions(opening: Opening, row: Application, actor: Actor) -> tuple[ApplicationAction, ...]:
    """A closed or filled opening takes nobody back in."""
    found = actions_from(APPLICATION_STEPS, row.state, actor.role)
    if reply_clock.may_reopen(row.state, row.cause, opening.state):
        return found
    return tuple(each for each in found if each is not ApplicationAction.REOPEN)


def _titles(unit: Unit, opening: Opening) -> dict[str, str]:
    firm = openings.organisation_of(unit.session, opening)
    return {
        "title_ko": opening.title_ko,
        "title_en": opening.title_en,
        "organisation_ko": firm.name_ko,
        "organisation_en": firm.name_en,
    }


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
        raise _not_now()
    return after


def _not_now() -> Conflict:
    return Conflict(_("그 사이에 지원의 상태가 바뀌었습니다. 지금 상태를 다시 확인해 주십시오."))


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
