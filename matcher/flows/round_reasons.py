"""Why one person of a round is where they are, and what would have changed it."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import in_language
from matcher.matching.round_document import read_back
from matcher.matching.round_more_wishes import with_more_wishes
from matcher.matching.round_problem import opening_of_code
from matcher.matching.round_steps import own
from matcher.matching.round_titles import opening_titles
from matcher.planning.assignment.reasons import Change, Explanation, Kind, why_not
from matcher.policy.operation import Operation
from matcher.refusal import NotFound
from matcher.store import promises, round_people, rounds
from models.assignment import AssignmentMethod, AssignmentRun

SECONDS = 5.0


@dataclass(frozen=True)
class WhyView:
    """`titles` by opening code. At the openings `earned` the person has what an interview was
    promised for, so that the round's rules for certificates and musts do not hold there."""

    round_id: int
    round_name: str
    entry_id: int
    name: str
    method: AssignmentMethod
    told: Explanation
    titles: Mapping[str, str]
    is_fixed: bool
    earned: tuple[str, ...]

    @property
    def has_wishes(self) -> bool:
        """Whether a further wish would have done, its band the model's."""
        return any(each.kind is Kind.WISH for each in self.told.changes)

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.told.changes


def why(unit: Unit, actor: Actor, operation: Operation, round_id: int, entry_id: int) -> WhyView:
    """Why one person is where they are in the chosen run (or the last weakly stable one), and
    what would have changed it. Raises NotFound before the first dry run."""
    row = own(unit, actor, round_id)
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
    if entry.code not in placed.assignment:
        may_rank = operation.may_rank_people
        problem = with_more_wishes(unit.session, row, entry, problem, unit.today, may_rank)
    unit.access("round:explained", entry.youth_id, round=round_id, run=run.id)
    titles = opening_titles(unit.session, round_id)
    return WhyView(
        round_id=round_id,
        round_name=in_language(row.name_ko, row.name_en),
        entry_id=entry_id,
        name=person.name,
        method=run.method,
        told=why_not(problem, placed, entry.code, row.seed, SECONDS),
        titles=titles,
        is_fixed=entry.code in problem.fixed,
        earned=_earned(unit, entry.youth_id, titles),
    )


def _earned(unit: Unit, youth_id: int, titles: Mapping[str, str]) -> tuple[str, ...]:
    there = promises.claimants(unit.session, [opening_of_code(code) for code in titles])
    return tuple(code for code in titles if (opening_of_code(code), youth_id) in there)


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
