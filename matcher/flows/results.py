"""What became of a desk's people: the way with its denominators, and who stands behind a number.

Both desks may open the record of everybody they count, so no number is hidden from them here;
what leaves the house is an evaluation pack, where small numbers are hidden (flows/packs).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from matcher.actor import Actor
from matcher.catalogue.rise_projects import reporting_year, rise_projects
from matcher.catalogue.sectors import sectors as known_sectors
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.paging import pages_of
from matcher.planning.impact.terms import term_of
from matcher.refusal import Invalid, NotFound
from matcher.store import organisations
from matcher.store import results as store
from matcher.store.cohort_counts import WITHOUT
from matcher.store.results import STAGES, Line, Member
from models.account import Role
from models.evaluation import StudentCount
from models.organisation import OrganisationKind

__all__ = ["STAGES", "Line"]
SIZE = 25
NO_UNIVERSITY = "none"
DIMENSIONS = ("university", "project", "sector", "cohort", "year")


@dataclass(frozen=True)
class Wanted:
    """Values to narrow by, each empty for all; `cohort` is "term:2026-1" or "grad:2027"."""

    university: str = ""
    project: str = ""
    sector: str = ""
    cohort: str = ""
    year: str = ""


class Group(NamedTuple):
    value: str
    name: str
    counts: tuple[int, ...]
    """By stage."""


@dataclass(frozen=True)
class Whole:
    """The second denominator. `students` None: not typed for every university that is counted."""

    students: int | None
    counts: tuple[tuple[str, StudentCount | None], ...]
    """University and what was typed for it last."""


@dataclass(frozen=True)
class Results:
    counts: tuple[int, ...]
    known: int
    """People of whom it is confirmed what became of them."""
    unknown: Mapping[str, int]
    """By stage that somebody must be asked for: of whom nobody knows; after months, of those
    hired."""
    groups: tuple[Group, ...]
    by: str
    choices: Mapping[str, Sequence[tuple[str, str]]]
    """By dimension, what can be asked for: value and name."""
    whole: Whole

    @property
    def nothing_known(self) -> frozenset[str]:
        """Stages whose share would be a 0 that nobody knows."""
        counts = dict(zip(STAGES, self.counts, strict=True))
        return frozenset(
            stage
            for stage, unknown in self.unknown.items()
            if unknown and unknown == counts["registered" if stage == "hired" else "hired"]
        )


@dataclass(frozen=True)
class Behind:
    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int
    choices: Mapping[str, Sequence[tuple[str, str]]]


def results(unit: Unit, actor: Actor, wanted: Wanted, by: str) -> Results:
    """Raises Invalid for a value that is not among the choices."""
    crowd = _Crowd(unit, actor)
    _refuse_unknown(crowd, {**vars(wanted), "by": by})
    inside = crowd.matching(wanted)
    groups = [
        Group(value, name, crowd.counts(crowd.narrowed(inside, by, value)))
        for value, name in crowd.choices.get(by, ())
    ]
    return Results(
        counts=crowd.counts(inside),
        known=len(inside & crowd.known["hired"]),
        unknown=crowd.unknown(inside),
        groups=tuple(group for group in groups if group.counts[0]),
        by=by,
        choices=crowd.choices,
        whole=_whole(unit, actor, wanted),
    )


def behind(unit: Unit, actor: Actor, wanted: Wanted, stage: str, page: int) -> Behind:
    """The people a number stands for, a page of them by name; who was listed is recorded."""
    crowd = _Crowd(unit, actor)
    _refuse_unknown(crowd, vars(wanted))
    found = crowd.at(stage, crowd.matching(wanted))
    lines = store.lines(unit.session, actor, found, page, SIZE)
    if lines:
        unit.access("results:listed", None, stage=stage, youths=[each.youth_id for each in lines])
    pages = pages_of(len(found), SIZE)
    return Behind(tuple(lines), len(found), page, pages, crowd.choices)


def type_students(unit: Unit, actor: Actor, students: int, counted_on: date, source: str) -> None:
    """What a source says the whole university has; a second word on the same day replaces."""
    if actor.role is not Role.COORDINATOR or actor.organisation_id is None:
        raise NotFound
    if counted_on > unit.today:
        raise Invalid({"counted_on": _("아직 오지 않은 날입니다.")})
    row = store.student_count_on(unit.session, actor.organisation_id, counted_on)
    if row is None:
        row = StudentCount(
            organisation_id=actor.organisation_id,
            students=students,
            counted_on=counted_on,
            source=source,
            created_at=unit.now,
        )
        unit.session.add(row)
    row.students, row.source, row.typed_by_account_id = students, source, actor.account_id
    unit.audit(
        "students:typed", "organisation", actor.organisation_id,
        students=students, counted_on=counted_on.isoformat(), source=source,
    )  # fmt: skip


class _Crowd:
    """Everybody a desk counts, with what each can be asked for by."""

    def __init__(self, unit: Unit, actor: Actor) -> None:
        session = unit.session
        self.members = {each.youth_id: each for each in store.members(session, actor)}
        self.reached = {"registered": frozenset(self.members), **store.reached(session, actor)}
        self.known = store.known(session, actor)
        self.sectors = store.sectors(session, actor)
        self.projects = store.projects(session, actor)
        self.slugs = {WITHOUT: NO_UNIVERSITY}
        self.choices: dict[str, Sequence[tuple[str, str]]] = {
            "project": [(e.slug, in_language(e.name_ko, e.name_en)) for e in rise_projects()],
            "sector": [(e.slug, in_language(e.name_ko, e.name_en)) for e in known_sectors()],
            "cohort": _cohorts(self.members.values()),
            "year": _years(self.members.values()),
        }
        if actor.role is Role.CENTRE:
            universities = organisations.by_kind(session, OrganisationKind.UNIVERSITY)
            self.slugs |= {row.id or 0: row.slug for row in universities}
            named = [(row.slug, in_language(row.name_ko, row.name_en)) for row in universities]
            self.choices = {
                "university": [*named, (NO_UNIVERSITY, _("대학에 속하지 않은 사람"))],
                **self.choices,
            }

    def matching(self, wanted: Wanted) -> frozenset[int]:
        inside = frozenset(self.members)
        for dimension, value in vars(wanted).items():
            if value:
                inside = self.narrowed(inside, dimension, value)
        return inside

    def narrowed(self, inside: frozenset[int], dimension: str, value: str) -> frozenset[int]:
        test = self._tests()[dimension]
        return frozenset(number for number in inside if test(self.members[number], value))

    def at(self, stage: str, inside: frozenset[int]) -> frozenset[int]:
        return self.reached[stage] & inside

    def counts(self, inside: frozenset[int]) -> tuple[int, ...]:
        return tuple(len(self.at(stage, inside)) for stage in STAGES)

    def unknown(self, inside: frozenset[int]) -> dict[str, int]:
        hired = self.at("hired", inside)
        return {
            stage: len((inside if stage == "hired" else hired) - known)
            for stage, known in self.known.items()
        }

    def _tests(self) -> dict[str, Callable[[Member, str], bool]]:
        nothing: frozenset[str] = frozenset()
        return {
            "university": lambda each, value: self.slugs.get(each.group) == value,
            "project": lambda each, value: value in self.projects.get(each.youth_id, nothing),
            "sector": lambda each, value: value in self.sectors.get(each.youth_id, nothing),
            "cohort": lambda each, value: value in _cohorts_of(each),
            "year": lambda each, value: reporting_year().year_of(each.joined_on) == int(value),
        }


def _refuse_unknown(crowd: _Crowd, asked: Mapping[str, str]) -> None:
    wrong = {
        dimension: _("목록에 있는 것 중에서 골라 주십시오.")
        for dimension, value in asked.items()
        if value
        and value not in (
            crowd.choices if dimension == "by"
            else [each for each, _name in crowd.choices.get(dimension, ())]
        )
    }  # fmt: skip
    if wrong:
        raise Invalid(wrong)


def _cohorts_of(member: Member) -> tuple[str, ...]:
    start = term_of(member.joined_on).first
    term = f"term:{start.year}-{1 if start.month == 3 else 2}"
    if member.graduation_on is None:
        return (term,)
    return (term, f"grad:{member.graduation_on.year}")


def _cohorts(members: Iterable[Member]) -> list[tuple[str, str]]:
    found = sorted({cohort for each in members for cohort in _cohorts_of(each)}, reverse=True)
    return [(each, _cohort_name(*each.split(":"))) for each in found]


def _cohort_name(kind: str, value: str) -> str:
    if kind == "grad":
        return _("%(year)s년 졸업") % {"year": value}
    year, half = value.split("-")
    return _("%(year)s년 %(half)s학기에 시작") % {"year": year, "half": half}


def _years(members: Iterable[Member]) -> list[tuple[str, str]]:
    found = sorted({reporting_year().year_of(each.joined_on) for each in members}, reverse=True)
    return [(str(year), _("%(year)s 사업연도") % {"year": year}) for year in found]


def _whole(unit: Unit, actor: Actor, wanted: Wanted) -> Whole:
    known = organisations.by_kind(unit.session, OrganisationKind.UNIVERSITY)
    if actor.role is not Role.CENTRE:
        known = [row for row in known if row.id == actor.organisation_id]
    elif wanted.university:
        known = [row for row in known if row.slug == wanted.university]
    typed = store.student_counts(unit.session, [row.id or 0 for row in known])
    counts = tuple((in_language(row.name_ko, row.name_en), typed.get(row.id or 0)) for row in known)
    is_whole = bool(counts) and all(count is not None for _name, count in counts)
    students = sum(count.students for _name, count in counts if count is not None)
    return Whole(students if is_whole else None, counts)
