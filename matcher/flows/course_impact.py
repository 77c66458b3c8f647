"""Which course places most graduates: the answer for a term and seats, and scenarios to keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.course_impact import Against, Candidate, Impact, Question, impact_of
from matcher.matching.impact_scenarios import MOST_SCENARIOS, inputs_of, results_of
from matcher.planning.impact.bundles import Bundle
from matcher.planning.impact.terms import Term, first_to_fill, terms_from
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import planning_desk as store
from models.course import CourseState
from models.planning_desk import PlanningScenario

__all__ = ["Against"]
SEATS = 30
MOST_SEATS = 500
MOST_PICKED = 3
LEAST_COMPARED, MOST_COMPARED = 2, 4


@dataclass(frozen=True)
class Asked:
    """What the page was asked; `term` a key such as "2026-09", empty for the first to fill."""

    term: str = ""
    seats: int = SEATS
    against: Against = Against.TODAY
    size: int = 1
    picked: tuple[int, ...] = ()


@dataclass(frozen=True)
class CourseLine:
    id: int
    title: str
    organisation: str
    sector: str | None
    state: CourseState
    is_demo: bool
    starts_on: date | None
    ends_on: date | None
    seats: int | None
    """Of its session in the term; None without one."""
    gained: int
    eligible: int
    used: int
    most: int


@dataclass(frozen=True)
class BundleLine:
    titles: tuple[str, ...]
    ids: tuple[int, ...]
    gained: int
    most: int


@dataclass(frozen=True)
class ImpactView:
    """`lines`: the most gained first. `popular`: the course with most newly eligible people."""

    asked: Asked
    term: Term
    terms: tuple[Term, ...]
    people: int
    openings: int
    places: int
    matched: int
    lines: tuple[CourseLine, ...]
    popular: CourseLine | None
    best: BundleLine | None
    greedy: BundleLine | None
    most: int | None
    """What no bundle of the size asked for exceeds."""
    picked: BundleLine | None
    results: Mapping[str, Any]

    @property
    def first(self) -> CourseLine | None:
        return self.lines[0] if self.lines and self.lines[0].gained else None


@dataclass(frozen=True)
class ScenarioLine:
    """`rows`: (title, gained, newly eligible), the most gained first."""

    id: int
    name: str
    data_on: date
    term: str
    seats: int
    against: Against
    people: int
    places: int
    matched: int
    rows: tuple[tuple[str, int, int], ...]
    bundle: tuple[tuple[str, ...], int] | None


def answer(unit: Unit, actor: Actor, asked: Asked) -> ImpactView:
    """Counts only. Raises Invalid by field."""
    terms = terms_from(unit.today)
    wanted = asked.term or first_to_fill(unit.today).key
    term = next((each for each in terms if each.key == wanted), None)
    if term is None:
        raise Invalid({"term": _("목록에 있는 학기를 골라 주십시오.")})
    if len(asked.picked) > MOST_PICKED:
        raise Invalid({"course": _("과정은 셋까지 묶을 수 있습니다.")})
    question = Question(term, asked.seats, asked.against, asked.size, asked.picked)
    found = impact_of(unit.session, actor, question, unit.today)
    if len(asked.picked) > 1 and found.picked is None:
        raise Invalid({"course": _("목록에 있는 과정을 골라 주십시오.")})
    return _view(asked, term, terms, found, results_of(found))


def save(unit: Unit, actor: Actor, name: str, view: ImpactView) -> int:
    """Keep an answer under a name. Raises Invalid for a name that is taken."""
    if actor.organisation_id is None:
        raise NotFound
    if store.scenario_named(unit.session, actor, name) is not None:
        raise Invalid({"name": _("같은 이름의 시나리오가 있습니다.")})
    if len(store.scenarios(unit.session, actor)) >= MOST_SCENARIOS:
        raise Conflict(_("시나리오가 50개 있습니다. 지울 것을 먼저 지워 주십시오."))
    asked = view.asked
    row = PlanningScenario(
        organisation_id=actor.organisation_id,
        account_id=actor.account_id,
        name=name,
        inputs=inputs_of(view.term.key, asked.seats, asked.against, asked.size, asked.picked),
        results=dict(view.results),
        data_on=unit.today,
        created_at=unit.now,
    )
    try:
        with unit.session.begin_nested():
            unit.session.add(row)
    except IntegrityError:  # the other of two clicks at once was faster
        raise Invalid({"name": _("같은 이름의 시나리오가 있습니다.")}) from None
    unit.audit("scenario:saved", "planning_scenario", row.id, name=name, **row.inputs)
    return row.id or 0


def scenarios(unit: Unit, actor: Actor) -> tuple[ScenarioLine, ...]:
    return tuple(_scenario(row) for row in store.scenarios(unit.session, actor))


def scenario(unit: Unit, actor: Actor, scenario_id: int) -> ScenarioLine:
    return _scenario(_own(unit, actor, scenario_id))


def compare(unit: Unit, actor: Actor, ids: Sequence[int]) -> tuple[ScenarioLine, ...]:
    """Two to four side by side. Raises Invalid for fewer or more, NotFound for others'."""
    wanted = list(dict.fromkeys(ids))
    if not LEAST_COMPARED <= len(wanted) <= MOST_COMPARED:
        raise Invalid({"scenario": _("둘에서 넷까지 골라 주십시오.")})
    return tuple(_scenario(_own(unit, actor, each)) for each in wanted)


def remove(unit: Unit, actor: Actor, scenario_id: int) -> None:
    row = _own(unit, actor, scenario_id)
    unit.audit("scenario:removed", "planning_scenario", scenario_id, name=row.name)
    store.forget_scenario(unit.session, scenario_id)


def _own(unit: Unit, actor: Actor, scenario_id: int) -> PlanningScenario:
    row = store.scenario(unit.session, actor, scenario_id)
    if row is None:
        raise NotFound
    return row


def _view(
    asked: Asked, term: Term, terms: tuple[Term, ...], found: Impact, results: Mapping[str, Any]
) -> ImpactView:
    lines = [_line(each) for each in found.candidates]
    search = found.bundle
    eligible = [each for each in lines if each.eligible]
    return ImpactView(
        asked=asked,
        term=term,
        terms=terms,
        people=found.people,
        openings=found.openings,
        places=found.places,
        matched=found.matched,
        lines=tuple(sorted(lines, key=lambda each: (-each.gained, each.eligible, each.id))),
        popular=max(eligible, key=lambda each: each.eligible, default=None),
        best=None if search is None else _bundle(search.best, lines),
        greedy=None if search is None else _bundle(search.greedy, lines),
        most=None if search is None else search.most,
        picked=None if found.picked is None else _bundle(found.picked, lines),
        results=results,
    )


def _line(each: Candidate) -> CourseLine:
    run, gain = each.run, each.gain
    return CourseLine(
        id=each.id,
        title=in_language(each.title_ko, each.title_en),
        organisation=in_language(each.organisation_ko, each.organisation_en),
        sector=each.sector,
        state=each.state,
        is_demo=each.is_demo,
        starts_on=None if run is None else run.starts_on,
        ends_on=None if run is None else run.ends_on,
        seats=None if run is None else run.seats,
        gained=gain.gained,
        eligible=gain.eligible,
        used=gain.used,
        most=gain.most,
    )


def _bundle(bundle: Bundle, lines: Sequence[CourseLine]) -> BundleLine:
    chosen = [lines[place] for place in bundle.courses]
    return BundleLine(
        tuple(each.title for each in chosen),
        tuple(each.id for each in chosen),
        bundle.gained,
        bundle.most,
    )


def _scenario(row: PlanningScenario) -> ScenarioLine:
    inputs, results = row.inputs, row.results
    bundle = results.get("bundle")
    return ScenarioLine(
        id=row.id or 0,
        name=row.name,
        data_on=row.data_on,
        term=str(inputs["term"]),
        seats=int(inputs["seats"]),
        against=Against(inputs["against"]),
        people=int(results["people"]),
        places=int(results["places"]),
        matched=int(results["matched"]),
        rows=tuple(
            (in_language(each["title_ko"], each["title_en"]), each["gained"], each["eligible"])
            for each in results["courses"]
        ),
        bundle=None
        if bundle is None
        else (tuple(in_language(*pair) for pair in bundle["titles"]), bundle["gained"]),
    )
