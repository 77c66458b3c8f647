"""What a partner does with one masked candidate: shortlist, set aside, ask for an introduction."""

from datetime import date, timedelta

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching.candidates import resolve_number
from matcher.policy import forbidden_topics
from matcher.policy.introductions import LEAST_DAYS, MOST_DAYS
from matcher.policy.masking import is_number
from matcher.policy.operation import Operation
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import candidates, openings, outbox, youths
from models.account import Role
from models.application import (
    Introduction,
    IntroductionState,
    RefusalReason,
    ShortlistEntry,
    ShortlistState,
)
from models.opening import Opening


def mark(
    unit: Unit,
    actor: Actor,
    operation: Operation,
    opening_id: int,
    number: str,
    state: ShortlistState | None,
    reason: RefusalReason | None = None,
) -> None:
    """Shortlist, set aside with a reason, or (None) take the own mark back."""
    opening, youth_id = _held_person(unit, actor, operation, opening_id, number)
    if state is ShortlistState.SET_ASIDE and reason is None:
        raise Invalid({"reason": _("이유 하나를 골라 주십시오.")})
    row = candidates.marks(unit.session, opening_id).get(youth_id)
    before = None if row is None else row.state.value
    if state is None:
        if row is not None:
            unit.session.delete(row)
    else:
        row = row or ShortlistEntry(
            opening_id=opening_id, youth_id=youth_id, state=state,
            account_id=actor.account_id, at=unit.now,
        )  # fmt: skip
        row.state, row.account_id, row.at = state, actor.account_id, unit.now
        row.reason = reason if state is ShortlistState.SET_ASIDE else None
        unit.session.add(row)
    after = None if state is None else state.value
    unit.audit(
        "candidate:marked", "opening", opening.id, youth_id=youth_id, before=before, after=after,
        reason=None if reason is None else reason.value,
    )  # fmt: skip
    unit.access("candidate:marked", youth_id, opening=opening_id)


def ask(
    unit: Unit,
    actor: Actor,
    operation: Operation,
    opening_id: int,
    number: str,
    message: str,
    answer_by: date,
) -> None:
    """Ask a masked person for an introduction; only the person's yes opens the name."""
    opening, youth_id = _held_person(unit, actor, operation, opening_id, number)
    _refuse_unfit(unit, message, answer_by)
    if youth_id in candidates.introductions(unit.session, opening_id):
        raise Conflict(_("이 후보에게는 이미 소개를 청하셨습니다."))
    if youth_id in candidates.applicants(unit.session, opening_id):
        raise Conflict(_("이 후보는 이미 지원했습니다. 지원을 보고 답해 주십시오."))
    row = Introduction(
        opening_id=opening_id,
        youth_id=youth_id,
        state=IntroductionState.REQUESTED,
        message=message,
        asked_by_account_id=actor.account_id,
        answer_by=answer_by,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()  # the mail and the audit line name it
    organisation = openings.organisation_of(unit.session, opening)
    outbox.put(
        unit.session, candidates.account_of(unit.session, youth_id), "introduction_asked",
        unit.now, f"introduction:{row.id}:asked",
        title_ko=opening.title_ko, title_en=opening.title_en,
        organisation_ko=organisation.name_ko, organisation_en=organisation.name_en,
        answer_by=answer_by.isoformat(), introduction_id=row.id,
    )  # fmt: skip
    unit.audit("introduction:asked", "introduction", row.id, opening=opening_id)
    unit.access("introduction:asked", youth_id, opening=opening_id)


def _held_person(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, number: str
) -> tuple[Opening, int]:
    """Looked for again once held: the consent may have been withdrawn a moment ago."""
    opening, youth_id = _person(unit, actor, operation, opening_id, number)
    youths.hold(unit.session, [youth_id])
    if not candidates.is_visible(unit.session, actor, opening, unit.today, youth_id):
        raise NotFound
    return opening, youth_id


def _person(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, number: str
) -> tuple[Opening, int]:
    opening = openings.get(unit.session, actor, opening_id)
    if opening is None or actor.role is not Role.PARTNER:
        raise NotFound
    if not operation.may_rank_people or not is_number(number):
        raise NotFound
    youth_id = resolve_number(unit.session, actor, opening, unit.today, operation.mask_key, number)
    if youth_id is None:
        raise NotFound
    return opening, youth_id


def _refuse_unfit(unit: Unit, message: str, answer_by: date) -> None:
    errors: dict[str, str] = {}
    if not message:
        errors["message"] = _("후보에게 보일 말을 적어 주십시오.")
    found = forbidden_topics.hits([("message", message)])
    if found:
        errors["message"] = _("물을 수 없는 내용이 있습니다: %(words)s") % {
            "words": ", ".join(hit.words for hit in found)
        }
    first, last = unit.today + timedelta(days=LEAST_DAYS), unit.today + timedelta(days=MOST_DAYS)
    if not first <= answer_by <= last:
        errors["answer_by"] = _("답변 기한은 오늘부터 3일 뒤와 30일 뒤 사이로 정해 주십시오.")
    if errors:
        raise Invalid(errors)
