"""What a desk promised for a RISE project and reporting year, against what the rows say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.exc import IntegrityError

from matcher.actor import Actor
from matcher.catalogue.rise_projects import reporting_year, rise_projects
from matcher.clock import start_of
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.evaluation import Asked, promised
from matcher.policy.small_cells import Cell, alone
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import organisations, planning_desk
from models.account import Role
from models.organisation import Organisation
from models.planning_desk import ProgrammeTarget

FIRST_YEAR = 2025
"""RISE starts with the reporting year from March 2025."""
COUNTS = ("people", "completions", "certificates", "placements")
NO_PROJECT = ""


@dataclass(frozen=True)
class Promise:
    """None: nothing promised, or nothing spent yet."""

    people: int | None = None
    completions: int | None = None
    certificates: int | None = None
    placements: int | None = None
    budget_krw: int | None = None
    spent_krw: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A count of fewer than five people is hidden, and with it the difference that would tell."""

    key: str
    promised: int | None
    actual: Cell

    @property
    def difference(self) -> int | None:
        """Actual minus promised; None where nothing was promised or the count is hidden."""
        if self.promised is None or self.actual.n is None:
            return None
        return self.actual.n - self.promised

    @property
    def share(self) -> float | None:
        return (
            self.actual.n / self.promised if self.promised and self.actual.n is not None else None
        )


@dataclass(frozen=True)
class ProjectLine:
    slug: str
    name: str
    promise: Promise
    figures: tuple[Figure, ...]
    is_demo: bool
    version: int
    """0 while nothing was typed."""

    @property
    def has_promise(self) -> bool:
        return self.version > 0

    @property
    def money_left(self) -> int | None:
        budget, spent = self.promise.budget_krw, self.promise.spent_krw
        return None if budget is None or spent is None else budget - spent


@dataclass(frozen=True)
class TargetsView:
    """`elapsed` 0..1 of the year; `lines`: every RISE project of the catalogue."""

    year: int
    years: tuple[int, ...]
    first: date
    last: date
    elapsed: float
    lines: tuple[ProjectLine, ...]
    unnamed: int
    """People in courses that name no project."""

    @property
    def promised(self) -> int:
        return sum(figure.promised is not None for line in self.lines for figure in line.figures)

    @property
    def reached(self) -> int:
        """Targets met, as far as it can be told: a hidden count meets none."""
        found = [figure.difference for line in self.lines for figure in line.figures]
        return sum(each is not None and each >= 0 for each in found)


def view(unit: Unit, actor: Actor, year: int | None = None) -> TargetsView:
    """Counts only. Raises Invalid for a year out of reach."""
    this = reporting_year().year_of(unit.today)
    years = tuple(range(this + 1, FIRST_YEAR - 1, -1))
    chosen = this if year is None else year
    if chosen not in years:
        raise Invalid({"year": _("목록에 있는 연도를 골라 주십시오.")})
    first, last = reporting_year().first_of(chosen), reporting_year().last_of(chosen)
    projects = _projects()
    tonight = start_of(unit.today + timedelta(days=1))
    asked = Asked(_desk(unit, actor), chosen, NO_PROJECT, tonight)
    found = promised(unit.session, asked, (*projects, NO_PROJECT))
    typed = {row.rise_project: row for row in planning_desk.targets(unit.session, actor, chosen)}
    passed = (min(unit.today, last) - first).days + 1
    return TargetsView(
        year=chosen,
        years=years,
        first=first,
        last=last,
        elapsed=min(1.0, max(0.0, passed / ((last - first).days + 1))),
        lines=tuple(
            _line(slug, name, typed.get(slug), found[slug]) for slug, name in projects.items()
        ),
        unnamed=found[NO_PROJECT]["people"],
    )


def write(
    unit: Unit, actor: Actor, year: int, rise_project: str, promise: Promise, version: int
) -> None:
    """`version` 0 for what nobody typed yet. Raises Conflict when somebody else was faster."""
    if actor.organisation_id is None or rise_project not in _projects():
        raise NotFound
    if not FIRST_YEAR <= year <= reporting_year().year_of(unit.today) + 1:
        raise Invalid({"year": _("목록에 있는 연도를 골라 주십시오.")})
    row = planning_desk.target(unit.session, actor, year, rise_project)
    if (0 if row is None else row.version) != version:
        raise Conflict(_stale())
    before = {} if row is None else _values(row)
    if row is None:
        row = ProgrammeTarget(
            organisation_id=actor.organisation_id, year=year, rise_project=rise_project,
            version=0, created_at=unit.now, updated_at=unit.now,
        )  # fmt: skip
    for name, value in vars(promise).items():
        setattr(row, name, value)
    row.version, row.updated_at = row.version + 1, unit.now
    row.updated_by_account_id, row.is_demo = actor.account_id, False
    try:
        with unit.session.begin_nested():
            unit.session.add(row)
    except IntegrityError:
        raise Conflict(_stale()) from None
    unit.audit(
        "target:written", "programme_target", row.id, year=year, rise_project=rise_project,
        before=before, after=_values(row),
    )  # fmt: skip


def _desk(unit: Unit, actor: Actor) -> Organisation:
    desk = organisations.get(unit.session, actor.organisation_id)
    if desk is None or actor.role not in (Role.COORDINATOR, Role.CENTRE):
        raise NotFound
    return desk


def _stale() -> str:
    return _("그 사이에 이 목표가 바뀌었습니다. 새로 열어 다시 확인해 주십시오.")


def _values(row: ProgrammeTarget) -> dict[str, int | None]:
    return {name: getattr(row, name) for name in (*COUNTS, "budget_krw", "spent_krw")}


def _projects() -> Mapping[str, str]:
    return {each.slug: in_language(each.name_ko, each.name_en) for each in rise_projects()}


def _line(
    slug: str, name: str, row: ProgrammeTarget | None, found: Mapping[str, int]
) -> ProjectLine:
    promise = Promise() if row is None else Promise(**_values(row), note=row.note)
    return ProjectLine(
        slug=slug,
        name=name,
        promise=promise,
        figures=tuple(Figure(key, getattr(promise, key), alone(found[key])) for key in COUNTS),
        is_demo=row is not None and row.is_demo,
        version=0 if row is None else row.version,
    )
