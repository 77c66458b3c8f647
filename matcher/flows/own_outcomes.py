"""A person's own answer to what became of them; a desk confirms it before it counts."""

from dataclasses import dataclass
from datetime import date, timedelta

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import outcome_checks
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import counselling, youths
from matcher.store import outcomes as store
from models.outcome import (
    Outcome,
    OutcomeCheck,
    OutcomeKind,
    OutcomeSource,
    OutcomeState,
)

EARLIEST = date(2000, 1, 1)
MOST = 20
"""Lines a person may have waiting."""


@dataclass(frozen=True)
class Answer:
    kind: OutcomeKind
    started_on: date
    organisation_name: str = ""
    sector: str | None = None
    is_in_jeju: bool | None = None


@dataclass(frozen=True)
class OwnCheck:
    """An answer of the person's own that may still be put right."""

    months: int
    still_holds: bool
    is_in_jeju: bool | None


@dataclass(frozen=True)
class OwnLine:
    id: int
    kind: OutcomeKind
    state: OutcomeState
    organisation_name: str
    is_in_jeju: bool | None
    started_on: date
    due: tuple[int, ...]
    """Months after the start about which the person may say whether it still holds."""
    said: tuple[OwnCheck, ...]
    can_remove: bool
    version: int


def view(unit: Unit, actor: Actor) -> tuple[OwnLine, ...]:
    rows = store.own(unit.session, actor.own_youth_id)
    known = store.checks(unit.session, [row.id or 0 for row in rows])
    return tuple(_line(row, known.get(row.id or 0, []), unit.today) for row in rows)


def answer(unit: Unit, actor: Actor, told: Answer) -> int:
    youth_id = actor.own_youth_id
    if not EARLIEST <= told.started_on <= unit.today + timedelta(days=366):
        raise Invalid({"started_on": _("2000년부터 1년 뒤까지의 날을 적어 주세요.")})
    youths.hold(unit.session, [youth_id])  # two clicks at once are counted one after the other
    rows = store.own(unit.session, youth_id)
    if sum(row.state is OutcomeState.PROPOSED for row in rows) >= MOST:
        raise Invalid({"": _("확인을 기다리는 답이 많아요. 먼저 지워 주세요.")})
    if store.same(unit.session, youth_id, told.kind, told.started_on) is not None:
        raise Invalid({"started_on": _("같은 날 시작한 같은 답이 이미 있어요.")})
    row = Outcome(
        youth_id=youth_id, source=OutcomeSource.SURVEY, created_at=unit.now, updated_at=unit.now,
        **vars(told),
    )  # fmt: skip
    unit.session.add(row)
    unit.session.flush()  # the id goes into the audit line
    unit.audit("outcome:answered", "outcome", row.id, kind=told.kind.value)
    return row.id or 0


def remove(unit: Unit, actor: Actor, outcome_id: int, version: int) -> None:
    """Take back an own answer nobody confirmed yet."""
    row = _own(unit, actor, outcome_id)
    if row.version != version or not _can_remove(row):
        raise Conflict(_("그 사이에 바뀌었어요. 지금 상태를 다시 확인해 주세요."))
    counselling.let_go(unit.session, outcome_id)
    youths.remove(unit.session, row)
    unit.audit("outcome:removed", "outcome", outcome_id)


def check(
    unit: Unit, actor: Actor, outcome_id: int, months: int, still_holds: bool, in_jeju: bool | None
) -> None:
    row = _own(unit, actor, outcome_id)
    known = store.checks(unit.session, [outcome_id]).get(outcome_id, [])
    if months not in _due(row, known, unit.today):
        raise Conflict(_("지금 답할 수 없는 물음이에요. 이미 답했거나 기한이 지났어요."))
    unit.session.add(
        OutcomeCheck(
            outcome_id=outcome_id, months=months, still_holds=still_holds, is_in_jeju=in_jeju,
            source=OutcomeSource.SURVEY, checked_on=unit.today,
        )
    )  # fmt: skip
    unit.audit("outcome:checked", "outcome", outcome_id, months=months, still_holds=still_holds)


def correct(
    unit: Unit, actor: Actor, outcome_id: int, months: int, still_holds: bool, in_jeju: bool | None
) -> None:
    """The person's own answer put right, within two weeks."""
    row, source = _own(unit, actor, outcome_id), OutcomeSource.SURVEY
    if not outcome_checks.correct(unit, row, months, source, still_holds, in_jeju):
        raise Conflict(_("답은 내가 적은 지 14일 안에만 고칠 수 있어요."))


def _own(unit: Unit, actor: Actor, outcome_id: int) -> Outcome:
    row = store.own_one(unit.session, actor.own_youth_id, outcome_id)
    if row is None:
        raise NotFound
    return row


def _can_remove(row: Outcome) -> bool:
    return row.state is OutcomeState.PROPOSED and row.source is OutcomeSource.SURVEY


def _due(row: Outcome, known: list[OutcomeCheck], today: date) -> tuple[int, ...]:
    is_open = row.state is OutcomeState.CONFIRMED
    return outcome_checks.due_of(row, known, today) if is_open else ()


def _line(row: Outcome, known: list[OutcomeCheck], today: date) -> OwnLine:
    return OwnLine(
        id=row.id or 0,
        kind=row.kind,
        state=row.state,
        organisation_name=row.organisation_name,
        is_in_jeju=row.is_in_jeju,
        started_on=row.started_on,
        due=_due(row, known, today),
        said=tuple(
            OwnCheck(each.months, each.still_holds, each.is_in_jeju)
            for each in known
            if outcome_checks.correctable(each, OutcomeSource.SURVEY, today)
        ),
        can_remove=_can_remove(row),
        version=row.version,
    )
