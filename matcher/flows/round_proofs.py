"""The proof of one method of a dry run: what it claims, whether it holds, who is where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.paging import pages_of
from matcher.matching.round_document import as_text, findings_of
from matcher.matching.round_redraws import Redraw, redraws
from matcher.matching.round_titles import opening_titles
from matcher.planning.assignment.verifying import Finding
from matcher.policy import rounds as rules
from matcher.policy.rounds import ROUND_STEPS, RoundAction
from matcher.policy.states import next_state
from matcher.refusal import NotFound
from matcher.store import organisations, round_people, rounds
from models.assignment import AssignmentMethod, AssignmentRound, AssignmentRun, RoundState

PAGE = 50


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
    redraws: tuple[Redraw, ...]
    is_chosen: bool
    can_propose: bool
    is_demo: bool

    @property
    def file_name(self) -> str:
        return file_name(self.round_id, self.number, self.method)


def proof(unit: Unit, actor: Actor, round_id: int, run_id: int, page: int = 1) -> Proof:
    row, run = _run(unit, actor, round_id, run_id)
    titles = opening_titles(unit.session, round_id)
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
        pages=pages_of(len(placings), PAGE),
        universities=_universities(unit, run.figures["universities"]),
        sectors=tuple((key, n[0], n[1]) for key, n in sorted(run.figures["sectors"].items())),
        redraws=redraws(unit.session, row),
        is_chosen=run.is_chosen,
        can_propose=can and run_id in last,
        is_demo=row.is_demo,
    )


def file_name(round_id: int, number: int, method: AssignmentMethod) -> str:
    return f"assignment-{round_id}-{number}-{method.value}.json"


def document(unit: Unit, actor: Actor, round_id: int, run_id: int) -> tuple[str, str]:
    """(file name, text) of the anonymised list."""
    _row, run = _run(unit, actor, round_id, run_id)
    unit.audit("round:exported", "assignment_run", run_id, round=round_id, sha256=run.sha256)
    return file_name(round_id, run.number, run.method), as_text(run.document)


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


def _run(
    unit: Unit, actor: Actor, round_id: int, run_id: int
) -> tuple[AssignmentRound, AssignmentRun]:
    found = rounds.run(unit.session, actor, round_id, run_id)
    if found is None:
        raise NotFound
    return found.row, found.run
