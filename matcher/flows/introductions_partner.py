"""A partner's requests for an introduction: how they stand, and taking one back."""

from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import review_rules
from matcher.policy.masking import candidate_number, label
from matcher.policy.operation import Operation
from matcher.policy.states import (
    INTRODUCTION_STEPS,
    IntroductionAction,
    introduction_standing,
    next_state,
)
from matcher.refusal import Conflict, NotFound
from matcher.store import candidates, openings, outbox
from models.application import IntroductionState
from models.opening import Opening


@dataclass(frozen=True)
class RequestRow:
    """`name` and `email` are empty until the person said yes, and again once consent is gone."""

    id: int
    opening_id: int
    title: str
    number: str
    label: str
    state: IntroductionState
    answer_by: date
    days_left: int
    version: int
    name: str = ""
    email: str = ""


def requests(unit: Unit, actor: Actor, operation: Operation) -> tuple[RequestRow, ...]:
    """Newest first. A look at a name is recorded."""
    lines = candidates.introduction_lines(unit.session, actor)
    accepted = [each.youth_id for each in lines if each.state is IntroductionState.ACCEPTED]
    consented = candidates.employer_consented(
        unit.session, actor.organisation_id or 0, accepted, unit.today
    )
    masked = review_rules.without_names(
        unit.session, [each.opening_id for each in lines], unit.today
    )
    contacts = candidates.contacts(unit.session, sorted(consented))
    rows = []
    for each in lines:
        is_accepted = each.state is IntroductionState.ACCEPTED and each.youth_id in consented
        is_open = is_accepted and each.opening_id not in masked
        name, email = contacts[each.youth_id] if is_open else ("", "")
        if is_open:
            unit.access("introduction:read", each.youth_id, introduction=each.id)
        number = candidate_number(operation.mask_key, each.opening_id, each.youth_id)
        rows.append(
            RequestRow(
                id=each.id,
                opening_id=each.opening_id,
                title=in_language(each.title_ko, each.title_en),
                number=number,
                label=label(number),
                state=introduction_standing(each.state, each.answer_by, unit.today),
                answer_by=each.answer_by,
                days_left=(each.answer_by - unit.today).days,
                version=each.version,
                name=name,
                email=email,
            )
        )
    return tuple(rows)


def withdraw(unit: Unit, actor: Actor, introduction_id: int, version: int) -> None:
    """Take an unanswered request back; the person is told."""
    row = candidates.introduction(unit.session, actor, introduction_id)
    if row is None:
        raise NotFound
    standing = introduction_standing(row.state, row.answer_by, unit.today)
    after = next_state(INTRODUCTION_STEPS, standing, IntroductionAction.WITHDRAW, actor.role)
    if after is None or row.version != version:
        raise Conflict(_("이미 답을 받았거나 끝난 요청입니다."))
    row.state, row.version, row.updated_at = after, row.version + 1, unit.now
    unit.session.add(row)
    opening = unit.session.get_one(Opening, row.opening_id)
    organisation = openings.organisation_of(unit.session, opening)
    outbox.put(
        unit.session, candidates.account_of(unit.session, row.youth_id), "introduction_withdrawn",
        unit.now, f"introduction:{row.id}:withdrawn",
        title_ko=opening.title_ko, title_en=opening.title_en,
        organisation_ko=organisation.name_ko, organisation_en=organisation.name_en,
    )  # fmt: skip
    unit.audit(
        "introduction:withdrawn", "introduction", row.id, before=standing.value, after=after.value
    )
    unit.access("introduction:withdrawn", row.youth_id, introduction=row.id)
