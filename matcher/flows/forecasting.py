"""How many of a desk's people will be hired in the quarters to come, and how sure that is."""

from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import in_language
from matcher.matching.forecasting import outlook
from matcher.planning.forecast.backtest import Backtest
from matcher.planning.forecast.history import key_of
from matcher.planning.forecast.simulating import Fan
from matcher.policy.small_cells import Cell, alone, protect
from models.account import Role

LEAST_PERCENT, MOST_PERCENT = 25, 300
MOST_SEATS = 200


@dataclass(frozen=True)
class SectorFan:
    sector: str
    fan: Fan


@dataclass(frozen=True)
class PastQuarter:
    key: str
    hired: Cell


@dataclass(frozen=True)
class HeldQuarter:
    """A held-out quarter of an industry, or ("") of all. `is_inside` None where the count is
    hidden: whether it lies in a narrow range would give it away."""

    key: str
    sector: str
    low: int
    high: int
    happened: Cell
    is_inside: bool | None


@dataclass(frozen=True)
class ForecastView:
    """`past`: what happened, the oldest first; `course` None without extra seats or without a
    course that would help."""

    data_on: date
    seats: int
    percent: int
    quarters: tuple[str, ...]
    total: Fan
    sectors: tuple[SectorFan, ...]
    past: tuple[PastQuarter, ...]
    tested: Backtest | None
    held: tuple[HeldQuarter, ...]
    completion: tuple[float, float, float]
    completed: int
    ended: int
    course: str
    course_gain: int
    certified_gain: int
    """Further ones, when all pass the exam too, at places that ask for its certificate."""
    certification: str
    passing: tuple[float, float, float] | None

    @property
    def has_history(self) -> bool:
        return any(each.hired.n != 0 for each in self.past)


def view(unit: Unit, actor: Actor, seats: int = 0, percent: int = 100) -> ForecastView:
    """Counts only, made once a day."""
    found = outlook(unit.session, actor, unit.today, seats, percent)
    known, made, course = found.history, found.made, found.course
    return ForecastView(
        data_on=found.data_on,
        seats=seats,
        percent=percent,
        quarters=found.quarters,
        total=made.total,
        sectors=tuple(SectorFan(sector, fan) for sector, fan in made.sectors.items()),
        past=tuple(
            PastQuarter(
                key_of(known.first + place),
                alone(sum(known.hired[s][place] for s in known.sectors)),
            )
            for place in range(known.quarters)
        ),
        tested=found.tested,
        held=_held(found.tested),
        completion=made.completion,
        completed=known.completed,
        ended=known.completed + known.dropped,
        course="" if course is None else in_language(course.title_ko, course.title_en),
        course_gain=0 if course is None else course.gain.gained,
        certified_gain=found.knobs.certified,
        certification="" if course is None else course.certification or "",
        passing=made.passing,
    )


def _held(tested: Backtest | None) -> tuple[HeldQuarter, ...]:
    """Counts below five are hidden, and further ones until none follows from a quarter's sum."""
    found: list[HeldQuarter] = []
    for key in dict.fromkeys(row.quarter for row in tested.rows) if tested else ():
        rows = [row for row in tested.rows if row.quarter == key] if tested else []
        parts = [row for row in rows if row.sector]
        column = protect({place: row.happened for place, row in enumerate(parts)})
        cells = [*(column.groups[place] for place in range(len(parts))), column.total]
        found += [
            HeldQuarter(
                key, row.sector, row.low, row.high, cell,
                None if cell.n is None else row.is_inside,
            )
            for row, cell in zip(rows, cells, strict=True)
        ]  # fmt: skip
    return tuple(found)


def for_operator(unit: Unit, seats: int, percent: int) -> ForecastView:
    """As the centre sees it; for the command line, where nobody is signed in."""
    return view(unit, Actor(0, Role.CENTRE, ""), seats, percent)


def as_json(found: ForecastView) -> dict[str, object]:
    tested = found.tested
    return {
        "data_on": found.data_on.isoformat(),
        "quarters": list(found.quarters),
        "total": vars(found.total),
        "sectors": {each.sector: vars(each.fan) for each in found.sectors},
        "coverage": None if tested is None else tested.coverage,
    }
