"""What a partner does with one masked candidate: shortlist, set aside, ask for an introduction."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import candidate_marking, review_rules
from matcher.matching.candidates import resolve_number, resolve_numbers
from matcher.matching.own_opening import ranked_opening
from matcher.matching.review_reading import barred_of
from matcher.matching.unfit_words import unfit_words
from matcher.policy.introductions import LEAST_DAYS, MOST_DAYS
from matcher.policy.masking import candidate_number, is_number, label
from matcher.policy.operation import Operation
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound
from matcher.store import candidate_marks, candidates, openings, outbox, youths
from models.application import (
    Introduction,
    IntroductionState,
    RefusalReason,
    ShortlistState,
)
from models.opening import Opening

MOST_PASSED = 20


def mark(
    unit: Unit,
    actor: Actor,
    operation: Operation,
    opening_id: int,
    number: str,
    state: ShortlistState | None,
    reason: RefusalReason | None = None,
    seen: str | None = None,
) -> None:
    """Shortlist, set aside with a reason, or (None) take the own mark back. `seen`: the list the
    person stood in for whoever pressed; raises Conflict when a colleague decided meanwhile."""
    opening, youth_id = _held_person(unit, actor, operation, opening_id, number)
    review_rules.refuse_conflicted(unit, opening, youth_id)
    if state is ShortlistState.SET_ASIDE and reason is None:
        raise Invalid({"reason": _("이유 하나를 골라 주십시오.")})
    before = candidate_marking.standing(unit, opening_id, youth_id)
    if seen is not None and seen != before:
        words = _("그 사이에 동료가 이 후보를 옮겼습니다. 지금 표시를 보고 다시 정해 주십시오.")
        raise Conflict(words)
    candidate_marking.put(unit, opening, [youth_id], state, reason)


def mark_many(
    unit: Unit,
    actor: Actor,
    operation: Operation,
    opening_id: int,
    numbers: Sequence[str],
    state: ShortlistState,
    reason: RefusalReason | None = None,
) -> int:
    """All or none. Setting aside together takes one reason, at most 20 people, and that whoever
    decides has opened each of them."""
    opening = ranked_opening(unit, actor, operation, opening_id)
    wanted = set(numbers)
    is_pass = state is ShortlistState.SET_ASIDE
    _refuse_unfit_many(len(wanted), is_pass, reason)
    youth_ids = _held_people(unit, actor, operation, opening, wanted)
    _refuse_barred(unit, actor, operation, opening_id, youth_ids)
    opened = candidate_marks.opened_by(unit.session, actor.account_id, opening_id)
    if is_pass and not opened.issuperset(youth_ids):
        raise Conflict(_("후보를 하나하나 열어 본 뒤에 함께 제쳐 둘 수 있습니다."))
    candidate_marking.put(unit, opening, youth_ids, state, reason)
    return len(youth_ids)


def undo(unit: Unit, actor: Actor, operation: Operation, opening_id: int) -> tuple[str, ...]:
    """Takes the own last decision back, all of it when it was made about several; the numbers of
    the people. Raises Conflict when there is none, or when something else happened since."""
    opening = ranked_opening(unit, actor, operation, opening_id)
    people = candidate_marking.last_people(unit, actor, opening_id)
    youths.hold(unit.session, people)
    _refuse_barred(unit, actor, operation, opening_id, people)
    if not people or not candidate_marking.take_back(unit, actor, opening):
        raise Conflict(_("되돌릴 결정이 없습니다. 그 뒤에 다른 일이 있었거나 하루가 지났습니다."))
    return tuple(candidate_number(operation.mask_key, opening_id, each) for each in people)


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
    review_rules.refuse_decision(unit, opening, [youth_id])
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
    """Looked for again once both are held, the person before the opening: a moment ago the consent
    may have been withdrawn, or a colleague have closed the opening."""
    opening = ranked_opening(unit, actor, operation, opening_id)
    if not is_number(number):
        raise NotFound
    youth_id = resolve_number(unit.session, actor, opening, unit.today, operation.mask_key, number)
    if youth_id is None:
        raise NotFound
    youths.hold(unit.session, [youth_id])
    opening = ranked_opening(unit, actor, operation, opening_id, lock=True)
    if not candidates.is_visible(unit.session, actor, opening, unit.today, youth_id):
        raise NotFound
    return opening, youth_id


def _held_people(
    unit: Unit, actor: Actor, operation: Operation, opening: Opening, numbers: Collection[str]
) -> list[int]:
    found = resolve_numbers(
        unit.session, actor, opening, unit.today, operation.mask_key, numbers
    ).values()
    youths.hold(unit.session, sorted(found))
    visible = candidates.visible_among(unit.session, actor, opening, unit.today, sorted(found))
    if len(visible) != len(numbers):
        words = _("고른 후보 가운데 더는 보이지 않는 사람이 있습니다. 남은 사람을 확인해 주십시오.")
        raise Conflict(words)
    return visible


def _refuse_barred(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, youth_ids: Sequence[int]
) -> None:
    """Raises Forbidden that names by number whom the actor must not speak about."""
    barred = barred_of(unit, actor, opening_id, youth_ids)
    if barred:
        numbers = [candidate_number(operation.mask_key, opening_id, each) for each in barred]
        words = _("후보 %(numbers)s: 이해 충돌이 있어 평가와 결정은 동료가 합니다.")
        told = {"numbers": ", ".join(label(each) for each in sorted(numbers))}
        raise Forbidden(words % told, review_rules.INTEREST)


def _refuse_unfit_many(people: int, is_pass: bool, reason: RefusalReason | None) -> None:
    most = MOST_PASSED if is_pass else candidate_marks.MOST_AT_ONCE
    errors = {}
    if not 1 <= people <= most:
        words = _("한 번에 1명에서 %(most)s명까지 고를 수 있습니다.")
        errors["numbers"] = words % {"most": most}
    if is_pass and reason is None:
        errors["reason"] = _("이유 하나를 골라 주십시오.")
    if errors:
        raise Invalid(errors)


def _refuse_unfit(unit: Unit, message: str, answer_by: date) -> None:
    errors: dict[str, str] = {}
    if not message:
        errors["message"] = _("후보에게 보일 말을 적어 주십시오.")
    errors |= unfit_words({"message": message})
    first, last = unit.today + timedelta(days=LEAST_DAYS), unit.today + timedelta(days=MOST_DAYS)
    if not first <= answer_by <= last:
        errors["answer_by"] = _("답변 기한은 오늘부터 3일 뒤와 30일 뒤 사이로 정해 주십시오.")
    if errors:
        raise Invalid(errors)
