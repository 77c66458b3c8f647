"""Narrowing a list of courses: what each facet's values are, and how many each would show.

A course is looked at run by run: night and free seat must be true of one and the same run. The
count beside a value is how many courses it would show while the other facets stay as they are.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlmodel import Session

from matcher.i18n import in_language
from matcher.korean_search import document, search
from matcher.matching.context import names_for
from matcher.matching.course_views import CourseRows
from matcher.policy.course_terms import languages_of, term_of, times_of
from matcher.policy.timetable import slots_of
from matcher.ranking.types import SKILL
from matcher.store import course_facets as store
from matcher.store.course_facets import FacetRow, RunRow
from matcher.store.courses import IdScope
from models.course import CourseSkillKind

FACETS: Final = (
    "state", "university", "project", "task", "sector", "field", "skill", "certification", "credit",
    "fee", "mode", "language", "time", "term", "level", "kind", "seats",
)  # fmt: skip
OF_A_RUN: Final = frozenset({"state", "time", "term", "mode", "seats"})
OTHERS: Final = "others"
"""University of a course that comes from a feed."""
COMMON: Final = "common"
FREE_SEAT: Final = "1"
_ORDER: Final = {"open": 0, "upcoming": 1, "closed": 2, "running": 2, "none": 3}
Values = Mapping[str, tuple[str, ...]]
"""Values by facet."""


@dataclass(frozen=True)
class CourseQuery:
    """What a list is narrowed by; a facet that is not chosen has no key. `only`: those ids."""

    text: str = ""
    chosen: Mapping[str, Collection[str]] = field(default_factory=dict)
    only: Collection[int] | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.chosen or self.only is not None)


@dataclass(frozen=True)
class Found:
    """`ids` fit everything asked for, in id order; `names` say values that are no fixed words."""

    ids: tuple[int, ...]
    total: int
    counts: Mapping[str, Mapping[str, int]]
    names: Mapping[str, Mapping[str, str]]
    order: Mapping[int, tuple[int, date, int]]
    """Where a course stands for a visitor: those that take people first, then by start."""


@dataclass(frozen=True)
class _Facts:
    course: Values
    runs: tuple[Values, ...]
    place: tuple[int, date, int]


@dataclass(frozen=True)
class Listing:
    """What the facets look at: courses, runs that are not over, (course, skill) pairs."""

    rows: Sequence[FacetRow]
    runs: Sequence[RunRow]
    gained: Sequence[tuple[int, str]]


def read(session: Session, scope: IdScope, wanted: CourseQuery, today: date) -> Listing:
    """Three queries, however many courses there are."""
    return Listing(
        store.rows(session, scope, bool(wanted.text.strip())),
        store.runs(session, scope, today),
        store.gained(session, scope),
    )


def already_read(found: CourseRows, today: date) -> Listing:
    """The same of courses that were read whole, without asking the database again."""
    return Listing(
        [store.facet_row(course, organisation) for course, organisation in found.found],
        [store.run_row(each) for each in found.sessions if each.ends_on >= today],
        [(e.course_id, e.skill) for e in found.skills if e.kind is CourseSkillKind.GAINED],
    )


def find(session: Session, listing: Listing, wanted: CourseQuery, today: date) -> Found:
    rows = listing.rows
    by_course = _grouped(listing.runs)
    skills: dict[int, list[str]] = defaultdict(list)
    for course_id, skill in listing.gained:
        skills[course_id].append(skill)
    names = names_for(session, {SKILL + each for held in skills.values() for each in held})
    facts = {row.id: _facts(row, by_course[row.id], skills[row.id], today) for row in rows}
    said = _said(rows, skills, names, wanted)
    counts, ids = _counted(facts, said, wanted.chosen)
    shown = {skill: in_language(*names.get(SKILL + skill, (skill, skill))) for skill in
             counts["skill"].keys() | set(wanted.chosen.get("skill", ()))}  # fmt: skip
    universities = {_university(row): _named(row) for row in rows}
    return Found(
        ids=ids,
        total=len(rows),
        counts=counts,
        names={"skill": shown, "university": universities},
        order={each: facts[each].place for each in ids},
    )


def _grouped(runs: Iterable[RunRow]) -> dict[int, list[RunRow]]:
    found: dict[int, list[RunRow]] = defaultdict(list)
    for run in runs:
        found[run.course_id].append(run)
    return found


def _said(
    rows: Sequence[FacetRow],
    skills: Mapping[int, Sequence[str]],
    names: Mapping[str, tuple[str, str]],
    wanted: CourseQuery,
) -> set[int]:
    """Ids of the courses whose words hold what was typed, among those asked for."""
    asked = search(wanted.text)
    only = None if wanted.only is None else set(wanted.only)
    return {
        row.id
        for row in rows
        if (only is None or row.id in only)
        and (asked.is_empty or asked.finds(_words(row, skills[row.id], names)))
    }


def _words(row: FacetRow, skills: Sequence[str], names: Mapping[str, tuple[str, str]]) -> str:
    said = [name for skill in skills for name in names.get(SKILL + skill, ())]
    own = (row.title_ko, row.title_en, row.organisation_ko, row.organisation_en, row.provider)
    return document(*own, *said, row.content)


def _facts(row: FacetRow, runs: Sequence[RunRow], skills: Sequence[str], today: date) -> _Facts:
    course = {
        "university": (_university(row),),
        "project": (row.rise_project,) if row.rise_project else (),
        "task": (row.rise_code,) if row.rise_code else (),
        "sector": (row.sector or COMMON,),
        "field": (row.field,) if row.field else (),
        "skill": tuple(skills),
        "certification": (row.linked_certification,) if row.linked_certification else (),
        "credit": _credit(row),
        "fee": ("paid" if row.fee_krw else "free",),
        "language": languages_of(row.languages),
        "level": (row.level,) if row.level else (),
        "kind": (row.kind,) if row.kind else (),
    }
    states = [_state(run, today) for run in runs]
    of_runs = [_run(row, run, state) for run, state in zip(runs, states, strict=True)]
    without: Values = {"state": ("none",), "mode": (row.mode,)}
    place = min(
        ((_ORDER[state], run.starts_on) for run, state in zip(runs, states, strict=True)),
        default=(_ORDER["none"], date.max),
    )
    return _Facts(course, tuple(of_runs) or (without,), (*place, row.id))


def _run(row: FacetRow, run: RunRow, state: str) -> Values:
    has_seat = state == "open" and run.taken < run.seats
    return {
        "state": (state,),
        "mode": (run.mode or row.mode,),
        "time": times_of(slots_of(run.weekly_slots)),
        "term": (term_of(run.starts_on),),
        "seats": (FREE_SEAT,) if has_seat else (),
    }


def _state(run: RunRow, today: date) -> str:
    if run.applications_open_on <= today <= run.applications_close_on:
        return "open"
    if today < run.applications_open_on:
        return "upcoming"
    return "running" if today >= run.starts_on else "closed"


def _credit(row: FacetRow) -> tuple[str, ...]:
    return tuple(
        value for value, holds in (("credit", row.credit), ("shared", row.is_shared)) if holds
    )


def _university(row: FacetRow) -> str:
    return OTHERS if row.provider else row.organisation_slug


def _named(row: FacetRow) -> str:
    """Empty for providers that are none of ours: the page has a word for all of them."""
    return "" if row.provider else in_language(row.organisation_ko, row.organisation_en)


def _counted(
    facts: Mapping[int, _Facts], said: Collection[int], chosen: Mapping[str, Collection[str]]
) -> tuple[dict[str, Counter[str]], tuple[int, ...]]:
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    ids = []
    of_course = {facet: set(values) for facet, values in chosen.items() if facet not in OF_A_RUN}
    of_run = {facet: set(values) for facet, values in chosen.items() if facet in OF_A_RUN}
    for course_id, each in facts.items():
        if course_id not in said:
            continue
        missed = _missed(each.course, of_course)
        if len(missed) > 1:
            continue
        fitting = [(run, _missed(run, of_run)) for run in each.runs]
        if not missed and any(not lacks for _run, lacks in fitting):
            ids.append(course_id)
        for facet, value in _counting(each, missed, fitting):
            counts[facet][value] += 1
    return counts, tuple(ids)


def _missed(values: Values, chosen: Mapping[str, set[str]]) -> list[str]:
    """The chosen facets none of whose values is there."""
    return [facet for facet, wanted in chosen.items() if wanted.isdisjoint(values.get(facet, ()))]


def _counting(
    each: _Facts, missed: Sequence[str], fitting: Sequence[tuple[Values, list[str]]]
) -> Iterator[tuple[str, str]]:
    """(facet, value) pairs this course counts for: all else that is chosen is met."""
    if any(not lacks for _run, lacks in fitting):
        for facet in missed or each.course:
            for value in each.course[facet]:
                yield facet, value
    if missed:
        return
    pairs = (
        (facet, value)
        for run, lacks in fitting
        if len(lacks) < 2
        for facet in (lacks or run)
        for value in run.get(facet, ())
    )
    if len(fitting) == 1:
        yield from pairs
    else:
        yield from dict.fromkeys(pairs)
