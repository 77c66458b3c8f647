"""A desk writes down what became of people, confirms proposals, and asks again in time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import outcome_checks
from matcher.matching.paging import pages_of
from matcher.policy import outcomes as policy
from matcher.policy.outcomes import OutcomeStep
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import outcomes as store
from models.outcome import (
    Outcome,
    OutcomeCheck,
    OutcomeKind,
    OutcomeSource,
    OutcomeState,
)

__all__ = ["OutcomeStep"]
PAGE = 50
EARLIEST = date(2000, 1, 1)
AHEAD = timedelta(days=366)


class Show(StrEnum):
    PROPOSED = "proposed"
    DUE = "due"
    UNKNOWN = "unknown"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


_STATES = {
    Show.PROPOSED: OutcomeState.PROPOSED,
    Show.CONFIRMED: OutcomeState.CONFIRMED,
    Show.REJECTED: OutcomeState.REJECTED,
}


@dataclass(frozen=True)
class Told:
    """What is written down about one person. `is_in_jeju` None: nobody knows."""

    kind: OutcomeKind
    started_on: date
    organisation_name: str = ""
    sector: str | None = None
    is_in_jeju: bool | None = None
    ended_on: date | None = None


@dataclass(frozen=True)
class CheckLine:
    months: int
    still_holds: bool
    is_in_jeju: bool | None
    checked_on: date


@dataclass(frozen=True)
class Line:
    id: int
    youth_id: int
    name: str
    kind: OutcomeKind
    state: OutcomeState
    source: OutcomeSource
    organisation_name: str
    sector: str | None
    is_in_jeju: bool | None
    started_on: date
    ended_on: date | None
    checks: tuple[CheckLine, ...]
    due: int | None
    """The month asked about, on the list of checks that are due."""
    is_demo: bool
    version: int


@dataclass(frozen=True)
class OutcomesView:
    """`known` of `graduates`: the share of whom something is known, with its denominator."""

    counts: Mapping[Show, int]
    lines: tuple[Line, ...]
    unknown: tuple[store.Graduate, ...]
    known: int
    graduates: int
    page: int
    pages: int
    person: tuple[int, str] | None
    """Whom the form for a new line is about."""


def listing(
    unit: Unit, actor: Actor, show: Show = Show.PROPOSED, page: int = 1, youth_id: int | None = None
) -> OutcomesView:
    session = unit.session
    due = outcome_checks.due(session, actor, unit.today)
    unknown, graduates = outcome_checks.knowledge(session, actor, unit.today)
    counts = {each: store.count(session, actor, state) for each, state in _STATES.items()}
    counts |= {Show.DUE: len(due), Show.UNKNOWN: len(unknown)}
    first = (page - 1) * PAGE
    lines: tuple[Line, ...] = ()
    if show is Show.DUE:
        lines = _lines(unit, due[first : first + PAGE])
    elif show in _STATES:
        rows = store.page(session, actor, _STATES[show], page, PAGE)
        lines = _lines(unit, [(row, None) for row in rows])
    shown = tuple(unknown[first : first + PAGE]) if show is Show.UNKNOWN else ()
    seen = sorted({line.youth_id for line in lines} | {each.youth_id for each in shown})
    if seen:
        unit.access("outcomes:listed", None, youths=seen)
    return OutcomesView(
        {each: counts[each] for each in Show},
        lines,
        shown,
        graduates - len(unknown),
        graduates,
        page,
        pages_of(counts[show], PAGE),
        _person(unit, actor, youth_id),
    )


def add(unit: Unit, actor: Actor, youth_id: int, told: Told) -> int:
    """By hand, and confirmed with that. Raises Invalid by field."""
    if store.name_of(unit.session, actor, youth_id) is None:
        raise NotFound
    refuse_days(told, unit.today)
    if store.same(unit.session, youth_id, told.kind, told.started_on) is not None:
        raise Invalid({"started_on": _("같은 날 시작한 같은 성과가 이미 있습니다.")})
    row = Outcome(
        youth_id=youth_id, source=OutcomeSource.DESK, state=OutcomeState.CONFIRMED,
        decided_by_account_id=actor.account_id, created_at=unit.now, updated_at=unit.now,
        **vars(told),
    )  # fmt: skip
    unit.session.add(row)
    unit.session.flush()  # the id goes into the audit line
    unit.audit("outcome:added", "outcome", row.id, kind=told.kind.value)
    unit.access("outcome:added", youth_id, number=row.id)
    return row.id or 0


def step(unit: Unit, actor: Actor, outcome_id: int, to: OutcomeStep, version: int) -> None:
    row = _own(unit, actor, outcome_id)
    before, after = row.state, policy.outcome_after(row.state, to)
    if after is None or row.version != version:
        raise Conflict(_("그 사이에 이 성과가 바뀌었습니다. 새로 열어 다시 확인해 주십시오."))
    row.state, row.version, row.updated_at = after, row.version + 1, unit.now
    row.decided_by_account_id = None if to is OutcomeStep.REOPEN else actor.account_id
    unit.session.add(row)
    unit.audit(f"outcome:{to.value}", "outcome", outcome_id, before=before.value)
    unit.access(f"outcome:{to.value}", row.youth_id, number=outcome_id)


def check(
    unit: Unit,
    actor: Actor,
    outcome_id: int,
    months: int,
    still_holds: bool,
    is_in_jeju: bool | None,
) -> None:
    """Answer one check that is due; raises Conflict for any other."""
    row = _own(unit, actor, outcome_id)
    known = store.checks(unit.session, [outcome_id]).get(outcome_id, [])
    is_open = row.state is OutcomeState.CONFIRMED
    if not is_open or months not in outcome_checks.due_of(row, known, unit.today):
        raise Conflict(_("지금 적을 수 없는 확인입니다. 이미 적었거나 기한이 지났습니다."))
    unit.session.add(
        OutcomeCheck(
            outcome_id=outcome_id, months=months, still_holds=still_holds,
            is_in_jeju=is_in_jeju, source=OutcomeSource.DESK, checked_on=unit.today,
        )
    )  # fmt: skip
    unit.audit("outcome:checked", "outcome", outcome_id, months=months, still_holds=still_holds)
    unit.access("outcome:checked", row.youth_id, number=outcome_id)


def refuse_days(told: Told, today: date) -> None:
    if not EARLIEST <= told.started_on <= today + AHEAD:
        raise Invalid({"started_on": _("2000년부터 1년 뒤까지의 날을 적어 주십시오.")})
    if told.ended_on is not None and not told.started_on <= told.ended_on <= today + AHEAD:
        raise Invalid({"ended_on": _("시작한 날부터 1년 뒤까지의 날을 적어 주십시오.")})


def _own(unit: Unit, actor: Actor, outcome_id: int) -> Outcome:
    row = store.get(unit.session, actor, outcome_id)
    if row is None:
        raise NotFound
    return row


def _person(unit: Unit, actor: Actor, youth_id: int | None) -> tuple[int, str] | None:
    name = None if youth_id is None else store.name_of(unit.session, actor, youth_id)
    return None if youth_id is None or name is None else (youth_id, name)


def _lines(unit: Unit, rows: Sequence[tuple[store.OutcomeRow, int | None]]) -> tuple[Line, ...]:
    known = store.checks(unit.session, [row.outcome.id or 0 for row, _due in rows])
    return tuple(_line(row, due, known.get(row.outcome.id or 0, [])) for row, due in rows)


def _line(found: store.OutcomeRow, due: int | None, known: Sequence[OutcomeCheck]) -> Line:
    row = found.outcome
    return Line(
        id=row.id or 0,
        youth_id=row.youth_id,
        name=found.name,
        kind=row.kind,
        state=row.state,
        source=row.source,
        organisation_name=row.organisation_name,
        sector=row.sector,
        is_in_jeju=row.is_in_jeju,
        started_on=row.started_on,
        ended_on=row.ended_on,
        checks=tuple(
            CheckLine(each.months, each.still_holds, each.is_in_jeju, each.checked_on)
            for each in known
        ),
        due=due,
        is_demo=found.is_demo,
        version=row.version,
    )
