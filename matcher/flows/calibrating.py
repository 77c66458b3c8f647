"""A partner marks two or three masked people as ideal for an opening, and takes that back."""

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import review_rules
from matcher.matching.candidates import resolve_number
from matcher.matching.own_opening import ranked_opening
from matcher.matching.serving import serving_model
from matcher.policy.masking import is_number
from matcher.policy.operation import Operation
from matcher.ranking.calibrating import MOST_EXAMPLES, mark_of
from matcher.refusal import Conflict, NotFound
from matcher.store import candidate_marks, candidates, youths
from models.opening import Opening
from models.review import CalibrationExample


def add(unit: Unit, actor: Actor, operation: Operation, opening_id: int, number: str) -> None:
    """Marking somebody twice changes nothing. Raises Conflict for one more than three."""
    _refuse_neutral(unit)
    opening, youth_id = _held(unit, actor, operation, opening_id, number)
    if not candidates.is_visible(unit.session, actor, opening, unit.today, youth_id):
        raise NotFound
    rows = candidate_marks.example_rows(unit.session, opening_id)
    gone = _gone(unit, actor, opening, rows)
    if youth_id in rows:
        return
    if len(rows) - len(gone) >= MOST_EXAMPLES:
        raise Conflict(_("예는 셋까지 둘 수 있습니다. 하나를 빼고 다시 해 주십시오."))
    for each in gone:  # nobody the partner may not see any more takes a place
        unit.session.delete(rows.pop(each))
    unit.session.add(
        CalibrationExample(
            opening_id=opening_id, youth_id=youth_id, account_id=actor.account_id, at=unit.now
        )
    )
    _note(unit, opening, [*rows, youth_id])
    unit.access("candidate:example", youth_id, opening=opening_id)


def remove(unit: Unit, actor: Actor, operation: Operation, opening_id: int, number: str) -> None:
    opening, youth_id = _held(unit, actor, operation, opening_id, number)
    rows = candidate_marks.example_rows(unit.session, opening_id)
    row = rows.pop(youth_id, None)
    if row is None:
        return
    unit.session.delete(row)
    _note(unit, opening, list(rows))
    unit.access("candidate:example", youth_id, opening=opening_id)


def clear(unit: Unit, actor: Actor, operation: Operation, opening_id: int) -> None:
    """The list is again exactly what the model makes of it."""
    opening = ranked_opening(unit, actor, operation, opening_id, lock=True)
    rows = candidate_marks.example_rows(unit.session, opening_id)
    for row in rows.values():
        unit.session.delete(row)
    if rows:
        _note(unit, opening, [])


def _held(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, number: str
) -> tuple[Opening, int]:
    """The person first, then the opening: two colleagues who mark at once come one after the
    other, and together never have four."""
    opening = ranked_opening(unit, actor, operation, opening_id)
    if not is_number(number):
        raise NotFound
    youth_id = resolve_number(unit.session, actor, opening, unit.today, operation.mask_key, number)
    if youth_id is None:
        raise NotFound
    youths.hold(unit.session, [youth_id])
    opening = ranked_opening(unit, actor, operation, opening_id, lock=True)
    review_rules.refuse_conflicted(unit, opening, youth_id)
    return opening, youth_id


def _gone(
    unit: Unit, actor: Actor, opening: Opening, rows: dict[int, CalibrationExample]
) -> list[int]:
    visible = candidates.visible_among(unit.session, actor, opening, unit.today, list(rows))
    return [each for each in rows if each not in visible]


def _refuse_neutral(unit: Unit) -> None:
    if serving_model(unit.session).is_neutral:
        raise Conflict(_("지금은 순위를 매기지 않아 예를 둘 수 없습니다."))


def _note(unit: Unit, opening: Opening, examples: list[int]) -> None:
    """With `mark`, a list shown later names the examples that adjusted it."""
    unit.audit(
        "calibration:changed", "opening", opening.id,
        youths=sorted(examples), mark=mark_of(examples),
    )  # fmt: skip
