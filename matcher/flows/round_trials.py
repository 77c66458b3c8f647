"""Dry runs of an assignment round: three methods on the same wishes.

What is kept of a dry run is the anonymised list anyone can verify, and figures; nothing is told to
anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching.round_document import listed, sha256_of
from matcher.matching.round_figures import counted
from matcher.matching.round_problem import built
from matcher.matching.round_steps import own, refuse_step, stale
from matcher.planning.assignment.methods import place
from matcher.planning.assignment.problem import Method
from matcher.policy.operation import Operation
from matcher.policy.rounds import RoundAction
from matcher.refusal import Conflict
from matcher.store import rounds
from models.assignment import AssignmentMethod, AssignmentRun, RoundState

SECONDS = 5.0
"""The longest one method searches; a gap that is left is told."""
METHODS = (Method.DEFERRED_ACCEPTANCE, Method.WEAKLY_STABLE, Method.MAX_FIT)


@dataclass(frozen=True)
class Attempt:
    """Computed on a snapshot; `version` tells whether the round is still as it was read."""

    round_id: int
    version: int
    runs: tuple[tuple[Method, dict[str, Any], dict[str, Any]], ...]
    """(method, figures, document)."""


@dataclass(frozen=True)
class MethodLine:
    id: int
    method: AssignmentMethod
    figures: Mapping[str, Any]
    is_chosen: bool


def attempt(unit: Unit, actor: Actor, operation: Operation, round_id: int) -> Attempt:
    """All three methods, on what is stored now; nothing is written. Up to 15 seconds."""
    row = own(unit, actor, round_id)
    refuse_step(unit, actor, row, RoundAction.TRY)
    found = built(unit.session, row, unit.today, operation.may_rank_people)
    if not found.problem.people:
        raise Conflict(_("배정할 사람이 없습니다. 희망을 낸 사람이 있어야 합니다."))
    runs = []
    for method in METHODS:
        placed = place(found.problem, method, row.seed, SECONDS)
        document = listed(found.problem, placed, row.seed, row.commitment, row.committed_at)
        runs.append((method, counted(unit.session, found, placed), document))
    unit.access("round:tried", None, round=round_id, youths=sorted(found.youth_of.values()))
    return Attempt(round_id, row.version, tuple(runs))


def keep(unit: Unit, actor: Actor, done: Attempt) -> int:
    """Stores a dry run; gives its number. Raises Conflict when the round moved on meanwhile."""
    row = own(unit, actor, done.round_id, lock=True)
    refuse_step(unit, actor, row, RoundAction.TRY)
    if row.version != done.version:
        raise Conflict(stale())
    before = rounds.runs(unit.session, done.round_id)
    number = 1 + max((each.number for each in before), default=0)
    for method, numbers, document in done.runs:
        unit.session.add(
            AssignmentRun(
                round_id=done.round_id,
                number=number,
                method=AssignmentMethod(method.value),
                figures=numbers,
                document=document,
                sha256=sha256_of(document),
                made_by_account_id=actor.account_id,
                created_at=unit.now,
            )
        )
    row.state, row.version, row.updated_at = RoundState.DRY_RUN, row.version + 1, unit.now
    unit.session.add(row)
    unit.audit("round:tried", "assignment_round", done.round_id, number=number)
    return number


def lines(unit: Unit, actor: Actor, round_id: int) -> tuple[MethodLine, ...]:
    """The last dry run, method by method."""
    own(unit, actor, round_id)
    return tuple(
        MethodLine(each.id or 0, each.method, each.figures, each.is_chosen)
        for each in rounds.runs(unit.session, round_id)
    )
