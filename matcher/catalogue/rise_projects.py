"""RISE project -> unit task (단위과제) -> task number, as far as public sources go."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from matcher.catalogue.origin import Origin, Row, origin, read


@dataclass(frozen=True, slots=True)
class RiseProject:
    """`unit_tasks` empty and `task_codes` None: not found (`origin.certainty` is unknown).
    Coordinators type the task number of their own course."""

    slug: str
    name_ko: str
    name_en: str
    is_flagship: bool
    unit_tasks: tuple[str, ...]
    task_codes: tuple[str, ...] | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class RiseTotals:
    unit_tasks: int
    tasks: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class ReportingYear:
    """The day a RISE reporting year starts; it is not the calendar year."""

    starts_month: int
    starts_day: int
    origin: Origin

    def year_of(self, on: date) -> int:
        """The calendar year in which the reporting year of a day began."""
        return on.year - ((on.month, on.day) < (self.starts_month, self.starts_day))

    def first_of(self, year: int) -> date:
        return date(year, self.starts_month, self.starts_day)

    def last_of(self, year: int) -> date:
        return self.first_of(year + 1) - timedelta(days=1)


@cache
def rise_projects() -> tuple[RiseProject, ...]:
    return tuple(_project(row) for row in read("rise_projects.json")["projects"])


@cache
def rise_totals() -> RiseTotals:
    row = read("rise_projects.json")["totals"]
    return RiseTotals(row["unit_tasks"], row["tasks"], origin(row))


@cache
def reporting_year() -> ReportingYear:
    row = read("rise_projects.json")["reporting_year"]
    return ReportingYear(row["starts_month"], row["starts_day"], origin(row))


def _project(row: Row) -> RiseProject:
    codes = row["task_codes"]
    return RiseProject(
        slug=row["slug"],
        name_ko=row["name_ko"],
        name_en=row["name_en"],
        is_flagship=row["is_flagship"],
        unit_tasks=tuple(row["unit_tasks"]),
        task_codes=None if codes is None else tuple(codes),
        origin=origin(row),
    )
