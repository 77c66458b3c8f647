"""Dry runs of an assignment round: three methods on the same wishes, each with its proof.

What is kept of a dry run is the anonymised list anyone can verify, and figures; nothing is told to
anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.round_document import as_text, findings_of, listed, read_back, sha256_of
from matcher.matching.round_figures import counted
from matcher.matching.round_problem import built
from matcher.planning.assignment.methods import place
from matcher.planning.assignment.problem import Method
from matcher.planning.assignment.reasons import Change, Explanation, why_not
from matcher.planning.assignment.verifying import Finding
from matcher.policy import rounds as rules
from matcher.policy.operation import Operation
from matcher.policy.rounds import ROUND_STEPS, RoundAction
from matcher.policy.states import next_state
from matcher.refusal import Conflict, NotFound
from matcher.store import organisations, round_people, rounds
from models.assignment import (
    AssignmentMethod,
    AssignmentRound,
    AssignmentRun,
    RoundState,
)

SECONDS = 5.0
"""The longest one method searches; a gap that is left is told."""
PAGE = 50
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


@dataclass(frozen=True)
class Placing:
    entry_id: int
    youth_id: int
    name: str
    university: str
    opening: str
    """Empty for who is not placed."""
    is_fixed: bool


@dataclass(frozen=True)
class Proof:
    id: int
    round_id: int
    round_name: str
    state: RoundState
    version: int
    number: int
    method: AssignmentMethod
    figures: Mapping[str, Any]
    unmet: tuple[str, ...]
    clashes: tuple[tuple[str, int, int], ...]
    """(opening, minimum, people it could have at all)."""
    findings: tuple[Finding, ...]
    holds: bool
    notes: tuple[Finding, ...]
    sha256: str
    commitment: str
    committed_at: datetime | None
    placings: tuple[Placing, ...]
    page: int
    pages: int
    universities: tuple[tuple[str, int, int], ...]
    """(university, placed, of)."""
    sectors: tuple[tuple[str, int, int], ...]
    """(sector, placed, seats)."""
    is_chosen: bool
    can_propose: bool
    is_demo: bool


@dataclass(frozen=True)
class WhyView:
    """`titles` by opening code."""

    round_id: int
    round_name: str
    entry_id: int
    name: str
    method: AssignmentMethod
    told: Explanation
    titles: Mapping[str, str]
    is_fixed: bool

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.told.changes


def attempt(unit: Unit, actor: Actor, operation: Operation, round_id: int) -> Attempt:
    """All three methods, on what is stored now; nothing is written. Up to 15 seconds."""
    row = _own(unit, actor, round_id)
    _refuse_step(row, actor, unit, RoundAction.TRY)
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
    row = _own(unit, actor, done.round_id, lock=True)
    _refuse_step(row, actor, unit, RoundAction.TRY)
    if row.version != done.version:
        raise Conflict(_stale())
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
    _own(unit, actor, round_id)
    return tuple(
        MethodLine(each.id or 0, each.method, each.figures, each.is_chosen)
        for each in rounds.runs(unit.session, round_id)
    )


def proof(unit: Unit, actor: Actor, round_id: int, run_id: int, page: int = 1) -> Proof:
    row, run = _run(unit, actor, round_id, run_id)
    titles = _titles(unit, round_id)
    findings, notes = findings_of(run.document)
    placings = _placings(unit, actor, run, titles)
    shown = placings[(page - 1) * PAGE : page * PAGE]
    if shown:
        unit.access("round:proof", None, round=round_id, youths=[e.youth_id for e in shown])
    last = {each.id for each in rounds.runs(unit.session, round_id)}
    can = next_state(ROUND_STEPS, row.state, RoundAction.PROPOSE, actor.role) is not None
    return Proof(
        id=run_id,
        round_id=round_id,
        round_name=in_language(row.name_ko, row.name_en),
        state=rules.round_standing(row.state, row.wishes_until, unit.today),
        version=row.version,
        number=run.number,
        method=run.method,
        figures=run.figures,
        unmet=tuple(titles.get(each, each) for each in run.figures["unmet"]),
        clashes=tuple((titles.get(c[0], c[0]), c[1], c[2]) for c in run.figures["clashes"]),
        findings=findings,
        holds=not findings,
        notes=notes,
        sha256=run.sha256,
        commitment=row.commitment,
        committed_at=row.committed_at,
        placings=shown,
        page=page,
        pages=max(1, -(-len(placings) // PAGE)),
        universities=_universities(unit, run.figures["universities"]),
        sectors=tuple((key, n[0], n[1]) for key, n in sorted(run.figures["sectors"].items())),
        is_chosen=run.is_chosen,
        can_propose=can and run_id in last,
        is_demo=row.is_demo,
    )


def document(unit: Unit, actor: Actor, round_id: int, run_id: int) -> tuple[str, str]:
    """(file name, text) of the anonymised list."""
    _row, run = _run(unit, actor, round_id, run_id)
    unit.audit("round:exported", "assignment_run", run_id, round=round_id, sha256=run.sha256)
    return f"assignment-{round_id}-{run.number}-{run.method.value}.json", as_text(run.document)


def why(unit: Unit, actor: Actor, round_id: int, entry_id: int) -> WhyView:
    """Why one person is where they are in the chosen run (or the last weakly stable one), and
    what would have changed it. Raises NotFound before the first dry run."""
    row = _own(unit, actor, round_id)
    entry = round_people.entry_by_id(unit.session, round_id, entry_id)
    if entry is None:
        raise NotFound
    person = round_people.lines(unit.session, [entry.youth_id], actor).get(entry.youth_id)
    run = _told_run(unit, round_id)
    if person is None or run is None:
        raise NotFound
    problem, placed = read_back(run.document)
    if entry.code not in {each.id for each in problem.people}:
        raise NotFound
    unit.access("round:explained", entry.youth_id, round=round_id, run=run.id)
    return WhyView(
        round_id=round_id,
        round_name=in_language(row.name_ko, row.name_en),
        entry_id=entry_id,
        name=person.name,
        method=run.method,
        told=why_not(problem, placed, entry.code, row.seed, SECONDS),
        titles=_titles(unit, round_id),
        is_fixed=entry.code in problem.fixed,
    )


def explainable(unit: Unit, round_id: int) -> frozenset[int]:
    """Entries somebody can be told about: those in the run that is shown."""
    run = _told_run(unit, round_id)
    if run is None:
        return frozenset()
    codes = {each["id"] for each in run.document["people"]}
    entries = round_people.entries(unit.session, round_id)
    return frozenset(each.id or 0 for each in entries if each.code in codes)


def _told_run(unit: Unit, round_id: int) -> AssignmentRun | None:
    last = rounds.runs(unit.session, round_id)
    chosen = rounds.chosen(unit.session, round_id)
    usual = (each for each in last if each.method is AssignmentMethod.WEAKLY_STABLE)
    return chosen or next(usual, None)


def _placings(
    unit: Unit,
    actor: Actor,
    run: AssignmentRun,
    titles: Mapping[str, str],
) -> tuple[Placing, ...]:
    """The unplaced first, then by name."""
    codes = {each["id"] for each in run.document["people"]}
    entries = [e for e in round_people.entries(unit.session, run.round_id) if e.code in codes]
    named = round_people.lines(unit.session, [each.youth_id for each in entries], actor)
    assignment, fixed = run.document["assignment"], run.document.get("fixed", {})
    found = []
    for each in entries:
        person = named.get(each.youth_id)
        if person is not None:
            university = in_language(person.organisation_ko or "", person.organisation_en or "")
            opening = titles.get(assignment.get(each.code, ""), "")
            found.append(
                Placing(
                    each.id or 0,
                    each.youth_id,
                    person.name,
                    university,
                    opening,
                    each.code in fixed,
                )
            )
    return tuple(sorted(found, key=lambda each: (bool(each.opening), each.name, each.entry_id)))


def _universities(
    unit: Unit, counts: Mapping[str, Sequence[int]]
) -> tuple[tuple[str, int, int], ...]:
    found = []
    for key, (settled, people) in counts.items():
        home = organisations.get(unit.session, int(key) or None)
        name = in_language(home.name_ko, home.name_en) if home else _("대학 밖")
        found.append((name, settled, people))
    return tuple(sorted(found))


def _titles(unit: Unit, round_id: int) -> dict[str, str]:
    return {
        f"o{each.opening_id}": in_language(each.title_ko, each.title_en)
        for each in rounds.openings_of(unit.session, round_id)
    }


def _own(unit: Unit, actor: Actor, round_id: int, *, lock: bool = False) -> AssignmentRound:
    row = rounds.get(unit.session, actor, round_id, lock=lock)
    if row is None:
        raise NotFound
    return row


def _run(
    unit: Unit, actor: Actor, round_id: int, run_id: int
) -> tuple[AssignmentRound, AssignmentRun]:
    found = rounds.run(unit.session, actor, round_id, run_id)
    if found is None:
        raise NotFound
    return found.row, found.run


def _refuse_step(row: AssignmentRound, actor: Actor, unit: Unit, action: RoundAction) -> None:
    state = rules.round_standing(row.state, row.wishes_until, unit.today)
    if next_state(ROUND_STEPS, state, action, actor.role) is None:
        raise Conflict(_stale())


def _stale() -> str:
    return _("그 사이에 배정이 바뀌었습니다. 새로 열어 다시 확인해 주십시오.")
