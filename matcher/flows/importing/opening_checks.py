"""What is wrong with a file of openings beside what is stored: terms people applied under, other
firms' postings, postings that are over, pay under the minimum."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.db import Unit
from matcher.exchange.errors import CellError
from matcher.exchange.openings import OpeningRow
from matcher.flows.importing.known import Known
from matcher.i18n import current_language
from matcher.i18n import gettext as _
from matcher.matching.posting_versions import FIELDS
from matcher.policy import openings as rules
from matcher.refusal import Conflict
from matcher.store import import_rows, openings
from models.account import Role
from models.batch import BatchChange
from models.opening import Opening, OpeningState
from models.organisation import Organisation

MAY_BE_LEFT_OUT = frozenset({"starts_on", "answer_days"})
"""Columns that stay as they are where a file does not tell them."""
TOLD = tuple(name for name in FIELDS if name not in MAY_BE_LEFT_OUT)
OVER = (OpeningState.CLOSED, OpeningState.FILLED)


@dataclass(frozen=True)
class _Wanted:
    employment_type: str
    region: str
    pay_min_krw: int | None
    pay_max_krw: int | None
    starts_on: Any
    answer_days: int


def own_organisation(unit: Unit) -> Organisation | None:
    """Of a partner who sends a file; None for everybody else."""
    actor = unit.actor
    if actor is None or actor.role is not Role.PARTNER:
        return None
    return openings.partner_organisation(unit.session, actor.organisation_id or 0)


def check(unit: Unit, known: Known, rows: Sequence[OpeningRow]) -> list[CellError]:
    own = own_organisation(unit)
    return [error for row in rows for error in _faults(unit, known, row, own)]


def refuse_locked(unit: Unit, row: OpeningRow, held: Opening) -> None:
    """Once more on the row that is held: somebody may have applied since the file was checked."""
    for error in _locked(unit, row, held):
        raise Conflict(error.sentence(current_language()))


def refuse_to_unlock(unit: Unit, notes: Sequence[BatchChange]) -> None:
    """Taking a file back must not change terms under which somebody has applied since."""
    terms = {*rules.LOCKED_FIELDS, "answer_days"}
    touched = [
        each.row_id
        for each in notes
        if each.table_name == "opening" and terms & set(each.before or ())
    ]
    # Held first: whoever applies at this moment comes before the check or after the undoing.
    for opening_id in import_rows.hold_openings(unit.session, touched):
        if openings.has_applications(unit.session, opening_id):
            raise Conflict(_("그 뒤에 지원한 사람이 있어 급여와 조건을 되돌릴 수 없습니다."))


def _faults(
    unit: Unit, known: Known, row: OpeningRow, own: Organisation | None
) -> Iterator[CellError]:
    organisation_id = known.organisations.get(row.organisation.casefold())
    if own is not None and organisation_id != own.id:
        yield _fault(row, "organisation", "not_own", "우리 기업의 공고만 넣을 수 있습니다",
                     "only postings of your own firm")  # fmt: skip
        return
    held = None
    if organisation_id is not None:
        held = import_rows.opening(unit.session, organisation_id, row.external_id, lock=False)
    if own is not None:
        yield from _as_on_the_page(unit, row, held)
    if held is not None:
        yield from _locked(unit, row, held)


def _as_on_the_page(unit: Unit, row: OpeningRow, held: Opening | None) -> Iterator[CellError]:
    """Rules the form has too. The operator's files bring postings of other systems as they are."""
    if held is not None and held.state in OVER and _differs(row, held):
        yield _fault(row, "external_id", "over", "끝난 공고는 바꿀 수 없습니다",
                     "the posting is over and cannot change")  # fmt: skip
    if held is None and row.closes_on < unit.today:
        yield _fault(row, "closes_on", "past", "마감일이 지났습니다", "the last day has passed")
    elif rules.closing_problem(row.closes_on, unit.today) == "far" and (
        held is None or held.closes_on != row.closes_on
    ):
        yield _fault(row, "closes_on", "far", "마감일이 한 해보다 멉니다",
                     "the last day is more than a year ahead")  # fmt: skip
    pay = row.pay_min_krw if row.pay_min_krw is not None else row.pay_max_krw
    year = rules.pay_year(row.starts_on, row.closes_on)
    if rules.is_below_minimum_wage(pay, year, row.employment_type):
        yield _fault(row, "pay_min_krw", "minimum_wage", "최저임금보다 적습니다",
                     "it is under the minimum wage")  # fmt: skip
    if not row.sector:
        yield _fault(row, "sector", "required", "꼭 있어야 합니다", "it must not be blank")
    if not row.description:
        yield _fault(row, "description", "required", "꼭 있어야 합니다", "it must not be blank")


def _locked(unit: Unit, row: OpeningRow, held: Opening) -> Iterator[CellError]:
    wanted = _Wanted(
        row.employment_type,
        row.region,
        row.pay_min_krw,
        row.pay_max_krw,
        row.starts_on if row.tells_start else held.starts_on,
        held.answer_days if row.answer_days is None else row.answer_days,
    )
    changed = rules.locked_changes(held, wanted)
    if changed and openings.has_applications(unit.session, held.id or 0):
        for name in changed:
            yield _fault(row, name, "locked", "지원한 사람이 있어 바꿀 수 없습니다",
                         "somebody has applied, so it cannot change")  # fmt: skip


def _differs(row: OpeningRow, held: Opening) -> bool:
    told = {name: getattr(row, name) for name in TOLD}
    told |= {"title_en": row.title_en or row.title_ko, "role": row.role or None}
    return any(getattr(held, name) != value for name, value in told.items())


def _fault(row: OpeningRow, column: str, code: str, korean: str, english: str) -> CellError:
    return CellError(row.line, column, code, korean, english)
