"""The applications a partner has: of one opening by stage, and of all openings by what is owed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.db import Unit
from matcher.i18n import in_language
from matcher.matching.own_opening import own_opening
from matcher.policy import reply_clock
from matcher.policy.masking import candidate_number, label
from matcher.policy.operation import Operation
from matcher.policy.states import (
    APPLICATION_STEPS,
    OWED_APPLICATION,
    ApplicationAction,
    actions_from,
)
from matcher.store import applications, openings
from matcher.store.applications import ApplicationLine
from models.application import ApplicationState, ClosingCause, LateReason
from models.opening import Opening, OpeningState


@dataclass(frozen=True)
class Row:
    """Called by the number; the name is on the application's own page, whose look is recorded.

    `days_left` until the promised day, negative when it is past; None when nothing is owed.
    """

    id: int
    opening_id: int
    opening_title: str
    label: str
    state: ApplicationState
    cause: ClosingCause | None
    sent_on: date
    version: int
    was_read: bool
    answer_by: date | None
    days_left: int | None
    ends_on: date | None
    late_reason: LateReason | None
    may_ask_more: bool
    actions: tuple[ApplicationAction, ...]

    @property
    def is_owed(self) -> bool:
        """Without a day too: what came in before answers were promised."""
        return self.may_say_yes or self.answer_by is not None

    @property
    def may_say_yes(self) -> bool:
        return self.state in (ApplicationState.SENT, ApplicationState.UNDER_REVIEW)


@dataclass(frozen=True)
class ListView:
    """`stages` counts everybody by state; `rows` is what the filter left, whoever waits longest
    for an answer on top."""

    opening_id: int
    opening_title: str
    rows: tuple[Row, ...]
    stages: Mapping[ApplicationState, int]
    waiting: int
    overdue: int

    @property
    def total(self) -> int:
        return sum(self.stages.values())

    @property
    def by_stage(self) -> tuple[tuple[ApplicationState, tuple[Row, ...]], ...]:
        """The rows in the order of the stages, the ends last."""
        return tuple(
            (state, found)
            for state in ApplicationState
            if (found := tuple(row for row in self.rows if row.state is state))
        )


def of_opening(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, only_waiting: bool
) -> ListView:
    opening = own_opening(unit, actor, opening_id)
    rows = _rows(unit, actor, operation, {opening_id: opening}, opening_id)
    return ListView(
        opening_id=opening_id,
        opening_title=in_language(opening.title_ko, opening.title_en),
        rows=tuple(each for each in rows if each.is_owed or not only_waiting),
        stages=Counter(each.state for each in rows),
        waiting=sum(each.is_owed for each in rows),
        overdue=sum(each.days_left is not None and each.days_left < 0 for each in rows),
    )


def owed(unit: Unit, actor: Actor, operation: Operation) -> tuple[Row, ...]:
    """Every answer the partner owes, the one promised for the earliest day first."""
    own = {each.id or 0: each for each in openings.all_own(unit.session, actor)}
    return tuple(each for each in _rows(unit, actor, operation, own) if each.is_owed)


def _rows(
    unit: Unit,
    actor: Actor,
    operation: Operation,
    own: Mapping[int, Opening],
    opening_id: int | None = None,
) -> list[Row]:
    lines = applications.lines(unit.session, actor, unit.today, opening_id)
    read = applications.read_by(unit.session, actor.account_id, [each.youth_id for each in lines])
    rows = [
        _row(each, own[each.opening_id], operation, each.id in read, actor, unit.today)
        for each in lines
        if each.opening_id in own
    ]
    return sorted(rows, key=lambda row: (row.answer_by or date.max, row.sent_on, row.id))


def _row(
    line: ApplicationLine,
    opening: Opening,
    operation: Operation,
    was_read: bool,
    actor: Actor,
    today: date,
) -> Row:
    owes = line.state in OWED_APPLICATION and line.answer_by is not None
    answer_by = line.answer_by if owes else None
    return Row(
        id=line.id,
        opening_id=line.opening_id,
        opening_title=in_language(opening.title_ko, opening.title_en),
        label=label(candidate_number(operation.mask_key, line.opening_id, line.youth_id)),
        state=line.state,
        cause=line.cause,
        sent_on=day_of(line.created_at),
        version=line.version,
        was_read=was_read,
        answer_by=answer_by,
        days_left=(answer_by - today).days if answer_by else None,
        ends_on=reply_clock.ends_on(answer_by) if answer_by else None,
        late_reason=line.late_reason,
        may_ask_more=reply_clock.may_ask_more(answer_by, line.late_reason, today),
        actions=_actions(line, opening.state, actor),
    )


def _actions(
    line: ApplicationLine, opening: OpeningState, actor: Actor
) -> tuple[ApplicationAction, ...]:
    found = actions_from(APPLICATION_STEPS, line.state, actor.role)
    if reply_clock.may_reopen(line.state, line.cause, opening):
        return found
    return tuple(each for each in found if each is not ApplicationAction.REOPEN)
