"""People a partner hired here, and the question whether they are still with it."""

from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import outcome_checks
from matcher.policy.masking import candidate_number, label
from matcher.policy.operation import Operation
from matcher.refusal import Conflict, NotFound
from matcher.store import job_offers as store
from matcher.store import outcomes
from models.outcome import OutcomeCheck, OutcomeSource


@dataclass(frozen=True)
class Answered:
    """`can_correct`: the partner's own answer, not long ago."""

    months: int
    still_holds: bool
    can_correct: bool


@dataclass(frozen=True)
class HireLine:
    """`due`: months after the start about which the partner may answer now."""

    outcome_id: int
    application_id: int
    label: str
    title: str
    started_on: date
    is_demo: bool
    due: tuple[int, ...]
    answered: tuple[Answered, ...]


def view(unit: Unit, actor: Actor, operation: Operation) -> tuple[HireLine, ...]:
    """Those with a question first, then the latest start first."""
    found = store.hires(unit.session, actor, unit.today)
    known = outcomes.checks(unit.session, [each.outcome.id or 0 for each in found])
    if found:
        people = sorted({each.application.youth_id for each in found})
        unit.access("outcomes:listed", None, youths=people)
    lines = [_line(unit, operation, each, known.get(each.outcome.id or 0, [])) for each in found]
    return tuple(sorted(lines, key=lambda line: not line.due))


def unconfirmed(unit: Unit, actor: Actor) -> int:
    """Hires that no university has confirmed yet; nothing is asked about them."""
    return store.unconfirmed_hires(unit.session, actor, unit.today)


def answer(unit: Unit, actor: Actor, outcome_id: int, months: int, still_holds: bool) -> None:
    """The first answer of either side, or of a desk, is the one that is kept."""
    found = store.hire(unit.session, actor, unit.today, outcome_id)
    if found is None:
        raise NotFound
    known = outcomes.checks(unit.session, [outcome_id]).get(outcome_id, [])
    if months not in outcome_checks.due_of(found.outcome, known, unit.today):
        raise Conflict(_("지금 답할 수 없는 물음입니다. 이미 답했거나 기한이 지났습니다."))
    unit.session.add(
        OutcomeCheck(
            outcome_id=outcome_id, months=months, still_holds=still_holds, is_in_jeju=None,
            source=OutcomeSource.HIRE, checked_on=unit.today,
        )
    )  # fmt: skip
    unit.audit("outcome:checked", "outcome", outcome_id, months=months, still_holds=still_holds)
    unit.access("outcome:checked", found.application.youth_id, application=found.application.id)


def correct(unit: Unit, actor: Actor, outcome_id: int, months: int, still_holds: bool) -> None:
    """The partner's own answer put right, within two weeks."""
    found = store.hire(unit.session, actor, unit.today, outcome_id)
    if found is None:
        raise NotFound
    source = OutcomeSource.HIRE
    if not outcome_checks.correct(unit, found.outcome, months, source, still_holds):
        raise Conflict(_("답은 우리 기업이 적은 지 14일 안에만 고칠 수 있습니다."))
    unit.access("outcome:corrected", found.application.youth_id, application=found.application.id)


def _line(
    unit: Unit, operation: Operation, found: store.Hire, known: list[OutcomeCheck]
) -> HireLine:
    opening, row = found.opening, found.application
    number = candidate_number(operation.mask_key, opening.id or 0, row.youth_id)
    return HireLine(
        outcome_id=found.outcome.id or 0,
        application_id=row.id or 0,
        label=label(number),
        title=in_language(opening.title_ko, opening.title_en),
        started_on=found.outcome.started_on,
        is_demo=opening.is_demo,
        due=outcome_checks.due_of(found.outcome, known, unit.today),
        answered=tuple(
            Answered(
                each.months,
                each.still_holds,
                outcome_checks.correctable(each, OutcomeSource.HIRE, unit.today),
            )
            for each in sorted(known, key=lambda check: check.months)
        ),
    )
