"""Somebody without an account answers for one masked applicant, through a link by mail.

None stands for a link that does not work, whatever the reason: from outside they look alike.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import answer_links, application_steps, review_rules, throttling
from matcher.matching.application_steps import Answer, By
from matcher.matching.explained import Explained
from matcher.matching.interviews import span_of
from matcher.matching.one_pair import explained_pair
from matcher.policy import answer_tokens, limits
from matcher.policy import interviews as rules
from matcher.policy.interviews import Span
from matcher.policy.masking import candidate_number, label
from matcher.policy.operation import Operation
from matcher.policy.states import APPLICATION_STEPS, ApplicationAction, next_state
from matcher.refusal import Invalid, TooMany
from matcher.store import answer_links as store
from matcher.store import candidates, interviews, job_offers, links, youths
from models.account import Role
from models.answer_link import LinkUse
from models.application import Application, ApplicationState, RefusalReason
from models.interview import InterviewMode, InterviewSlot
from models.opening import Opening

MOST_LOOKS = 60
"""Openings of one link within an hour."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Asked:
    """What the page shows before the answer: nothing that names the person. `hidden_until`: a
    review phase hides names to that day, the person's own words with them."""

    label: str
    title: str
    organisation: str
    message: str
    is_demo: bool
    expires_at: datetime
    explained: Explained | None
    hidden_until: date | None


@dataclass(frozen=True)
class Proposed:
    """Times offered with a yes; `minutes`, `mode` and `place` hold for all of them."""

    begins: tuple[datetime, ...]
    minutes: int
    mode: InterviewMode
    place: str


@dataclass(frozen=True)
class Answered:
    """The contacts of this one person, shown once; empty after a no, and after a yes while a
    review phase hides names, as on every page of the partner."""

    label: str
    title: str
    is_yes: bool
    name: str = ""
    email: str = ""
    times: int = 0
    hidden_until: date | None = None


def look(unit: Unit, operation: Operation, token: str) -> Asked | None:
    """Changes nothing but the record that it was opened: mail scanners open links too."""
    found = _behind(unit, operation, token)
    if found is None:
        return None
    if store.count_uses(unit.session, found.link.id or 0, unit.now - HOUR) >= MOST_LOOKS:
        raise TooMany(_("너무 자주 열었습니다. 한 시간 뒤에 다시 열어 주십시오."), 3600)
    if not answer_links.is_live(unit, found):
        answer_links.note_use(unit, found.link, LinkUse.TURNED_AWAY)
        return None
    answer_links.note_use(unit, found.link, LinkUse.OPENED)
    return _asked(unit, operation, found)


def say_yes(unit: Unit, operation: Operation, token: str, proposed: Proposed) -> Answered | None:
    """To an interview. Raises Invalid by field for times that cannot be opened."""
    found = _held(unit, operation, token)
    if found is None:
        return None
    row, opening = found.application, found.opening
    review_rules.refuse_outside_phase(unit, opening)
    begins = _checked(unit, opening, proposed)
    if not store.spend(unit.session, found.link.id or 0, unit.now):
        _turned_away(unit, found)
        return None
    _step_to(unit, found, ApplicationState.INTERVIEW, Answer())
    unit.session.add_all(
        InterviewSlot(
            opening_id=opening.id or 0, starts_at=at, minutes=proposed.minutes,
            mode=proposed.mode, place=proposed.place, is_demo=opening.is_demo, created_at=unit.now,
        )
        for at in begins
    )  # fmt: skip
    _answered(unit, found, "yes")
    hidden = review_rules.hidden_until(unit.session, row.opening_id, unit.today)
    name, email = ("", "") if hidden else _contact(unit, row)
    number = _label(operation, opening, row.youth_id)
    return Answered(number, _title(opening), True, name, email, len(begins), hidden)


def say_no(
    unit: Unit, operation: Operation, token: str, reason: RefusalReason | None, share: bool
) -> Answered | None:
    """With a coded reason, as everybody else says it."""
    if reason is None:
        raise Invalid({"reason": _("거절 이유 하나를 골라 주십시오.")})
    found = _held(unit, operation, token)
    if found is None:
        return None
    review_rules.refuse_outside_phase(unit, found.opening)
    if not store.spend(unit.session, found.link.id or 0, unit.now):
        _turned_away(unit, found)
        return None
    _step_to(unit, found, ApplicationState.REFUSED, Answer(reason, share))
    _answered(unit, found, "no")
    label_ = _label(operation, found.opening, found.application.youth_id)
    return Answered(label_, _title(found.opening), False)


def _contact(unit: Unit, row: Application) -> tuple[str, str]:
    return candidates.contacts(unit.session, [row.youth_id])[row.youth_id]


def _behind(unit: Unit, operation: Operation, token: str) -> store.Behind | None:
    if not answer_tokens.is_signed(operation.mask_key, token):
        return None
    return store.behind(unit.session, links.hashed(token))


def _held(unit: Unit, operation: Operation, token: str) -> store.Behind | None:
    """The person, the opening, whose times another link may open at the same moment, and the
    application are held until the transaction ends."""
    _count_try(unit)
    found = _behind(unit, operation, token)
    if found is None:
        return None
    youths.hold(unit.session, [found.application.youth_id])
    job_offers.hold_opening(unit.session, found.application.opening_id)
    if not answer_links.is_live(unit, found, lock=True):
        _turned_away(unit, found)
        return None
    return found


def _turned_away(unit: Unit, found: store.Behind) -> None:
    answer_links.note_use(unit, found.link, LinkUse.TURNED_AWAY)


def _count_try(unit: Unit) -> None:
    tries = limits.answer_link(unit.source)
    throttling.refuse(unit, tries, _("너무 자주 눌렀습니다. 조금 뒤에 다시 해 주십시오."))
    throttling.count(unit, tries)


def _step_to(unit: Unit, found: store.Behind, goal: ApplicationState, answer: Answer) -> None:
    """Straight to the goal where the table has the step; else it is read first, silently."""
    row, opening = found.application, found.opening
    by = By(Role.PARTNER, None, found.link.id)
    action = (
        ApplicationAction.INVITE if goal is ApplicationState.INTERVIEW else ApplicationAction.REFUSE
    )
    if next_state(APPLICATION_STEPS, row.state, action, by.role) is None:
        read = next_state(APPLICATION_STEPS, row.state, ApplicationAction.REVIEW, by.role)
        assert read is not None
        application_steps.take(unit, row, opening, read, by, is_told=False)
    application_steps.take(unit, row, opening, goal, by, answer)


def _answered(unit: Unit, found: store.Behind, answer: str) -> None:
    answer_links.note_use(unit, found.link, LinkUse.ANSWERED)
    unit.audit(
        "answer_link:answered", "answer_link", found.link.id, application=found.application.id,
        answer=answer,
    )  # fmt: skip


def _checked(unit: Unit, opening: Opening, proposed: Proposed) -> tuple[datetime, ...]:
    """The times that are not open already. Raises Invalid by field."""
    begins = tuple(sorted(set(proposed.begins)))
    if not begins:
        return ()
    errors: dict[str, str] = {}
    if begins[0] <= unit.now or begins[-1] > unit.now + rules.FURTHEST:
        errors["times"] = _("지금부터 120일 안의 시각을 적어 주십시오.")
    there = [span_of(each) for each in interviews.slots(unit.session, opening.id or 0, unit.now)]
    wanted = [Span(at, proposed.minutes) for at in begins]
    new = [each for each in wanted if each not in there]
    if rules.overlaps(wanted) or any(each.meets(own) for own in there for each in new):
        errors["times"] = _("시간이 서로 겹치거나 이미 연 시간과 겹칩니다.")
    if not rules.is_place_good(proposed.mode, proposed.place):
        errors["place"] = _("만나는 곳을 적어 주십시오. 화상은 https://로 시작하는 주소입니다.")
    if errors:
        raise Invalid(errors)
    return tuple(each.starts_at for each in new)


def _asked(unit: Unit, operation: Operation, found: store.Behind) -> Asked:
    row, opening = found.application, found.opening
    organisation = found.organisation
    hidden = review_rules.hidden_until(unit.session, row.opening_id, unit.today)
    return Asked(
        label=_label(operation, opening, row.youth_id),
        title=_title(opening),
        organisation=in_language(organisation.name_ko, organisation.name_en),
        message="" if hidden else row.message,
        is_demo=opening.is_demo,
        expires_at=found.link.expires_at,
        explained=explained_pair(unit.session, row.opening_id, row.youth_id, unit.today)
        if operation.may_rank_people
        else None,
        hidden_until=hidden,
    )


def _label(operation: Operation, opening: Opening, youth_id: int) -> str:
    return label(candidate_number(operation.mask_key, opening.id or 0, youth_id))


def _title(opening: Opening) -> str:
    return in_language(opening.title_ko, opening.title_en)
