"""A course as pages show it: its runs with seats, places in the queue and clashes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlmodel import Session

from matcher.actor import Actor
from matcher.i18n import in_language
from matcher.matching.context import names_for
from matcher.matching.courses import from_rows
from matcher.matching.popularity import popularity_on
from matcher.policy import timetable
from matcher.policy.course_terms import languages_of
from matcher.policy.timetable import Run, Slot
from matcher.ranking.explain import Names, name_of
from matcher.ranking.types import SKILL
from matcher.ranking.types import Course as RankedCourse
from matcher.store import courses, enrolments
from matcher.store.courses import IdScope, SessionRow, SkillRow
from matcher.store.enrolments import OwnRow
from models.course import Course, CourseSelection, CourseSkillKind, EnrolmentState
from models.organisation import Organisation


@dataclass(frozen=True)
class SkillStep:
    """`low` 0 for a skill that is needed."""

    slug: str
    name: str
    low: int
    high: int


@dataclass(frozen=True)
class RunView:
    """`status` upcoming, open, closed, running or ended; `place` in the queue counts from 1."""

    id: int
    starts_on: date
    ends_on: date
    opens_on: date
    closes_on: date
    weekly_hours: int
    slots: tuple[Slot, ...]
    seats: int
    left: int
    waiting: int
    status: str
    enrolment_id: int | None
    own_state: str
    place: int | None
    clashes: tuple[str, ...]
    """Titles of own courses at the same hours."""
    mode: str = ""
    """When it differs from the course's, as after a switch to online."""


@dataclass(frozen=True)
class CourseView:
    id: int
    title: str
    organisation: str
    is_demo: bool
    sector: str | None
    field: str
    level: str
    kind: str
    mode: str
    languages: tuple[str, ...]
    """Codes; none where nobody told what it is taught in."""
    place: str
    content: str
    total_hours: int
    fee_krw: int
    support: str
    eligibility: str
    completion_rule: str
    linked_certification: str | None
    credit: str
    rise_project: str
    rise_code: str | None
    contact: str
    is_by_desk: bool
    """The desk selects; otherwise seats go in the order of applying."""
    least_attendance_percent: int
    needs_work: bool
    exam_chance: str
    internship: str
    is_shared: bool
    source: str
    """The feed it came from; empty for a course of ours."""
    source_url: str
    gained: tuple[SkillStep, ...]
    needed: tuple[SkillStep, ...]
    runs: tuple[RunView, ...]

    @property
    def is_completed(self) -> bool:
        return any(each.own_state == "completed" for each in self.runs)

    @property
    def next_run(self) -> RunView | None:
        """The first one that takes people or will, else the first that is not over."""
        return next(
            (each for each in self.runs if each.status in ("open", "upcoming")),
            next((each for each in self.runs if each.status != "ended"), None),
        )


@dataclass(frozen=True)
class CourseRows:
    """Everything about some courses, in three queries."""

    found: Sequence[tuple[Course, Organisation]]
    sessions: Sequence[SessionRow]
    skills: Sequence[SkillRow]

    def of(self, ids: Collection[int]) -> "CourseRows":
        """Only these courses, in the same order."""
        kept = set(ids)
        return CourseRows(
            [each for each in self.found if each[0].id in kept],
            [each for each in self.sessions if each.course_id in kept],
            [each for each in self.skills if each.course_id in kept],
        )


def read(session: Session, scope: IdScope) -> CourseRows:
    return CourseRows(
        courses.rows(session, scope),
        courses.sessions(session, scope),
        courses.skills(session, scope),
    )


def views(
    session: Session, rows: CourseRows, actor: Actor | None, today: date
) -> dict[int, CourseView]:
    """By course id; own enrolments and queues when a young person looks."""
    own = enrolments.own(session, actor) if actor is not None else []
    queues = enrolments.waiting(session, [each.id for each in rows.sessions])
    names = names_for(session, {SKILL + each.skill for each in rows.skills})
    runs, skills = _by_course(rows.sessions), _by_course(rows.skills)
    known = _Known(own, queues, names, today)
    return {
        course.id or 0: _view(
            course, organisation, runs[course.id or 0], skills[course.id or 0], known
        )
        for course, organisation in rows.found
    }


@dataclass(frozen=True)
class _Known:
    """What every course is looked at with."""

    enrolments: Sequence[OwnRow]
    queues: Mapping[int, Sequence[int]]
    names: Names
    today: date


RowT = TypeVar("RowT", SessionRow, SkillRow)


def _by_course(rows: Iterable[RowT]) -> dict[int, list[RowT]]:
    """In the order of the rows; a course without any has an empty list."""
    found: dict[int, list[RowT]] = defaultdict(list)
    for row in rows:
        found[row.course_id].append(row)
    return found


def still_ahead(
    session: Session, rows: CourseRows, youth_id: int, today: date
) -> tuple[RankedCourse, ...]:
    """As they are ranked today, without those the person has completed."""
    done = enrolments.completed_courses(session, youth_id)
    liked = popularity_on(session, today).courses
    ranked = from_rows(rows.found, rows.sessions, rows.skills, liked)
    return tuple(each for each in ranked if each.id not in done)


def titled(course: Course) -> str:
    return in_language(course.title_ko, course.title_en)


def status_of(row: SessionRow, today: date) -> str:
    """Taking people goes before running: some sessions take people after they began."""
    if today > row.ends_on:
        return "ended"
    if row.applications_open_on <= today <= row.applications_close_on:
        return "open"
    if today < row.applications_open_on:
        return "upcoming"
    return "running" if today >= row.starts_on else "closed"


def clashes_of(row: SessionRow, own: Sequence[OwnRow]) -> tuple[str, ...]:
    """Titles of courses the person holds a place in that meet at the same hours."""
    run = Run(row.starts_on, row.ends_on, timetable.slots_of(row.weekly_slots))
    found = [
        in_language(each.title_ko, each.title_en)
        for each in own
        if each.state in enrolments.HOLDS
        and each.session_id != row.id
        and timetable.overlap(
            run, Run(each.starts_on, each.ends_on, timetable.slots_of(each.weekly_slots))
        )
    ]
    return tuple(dict.fromkeys(found))


def _view(
    course: Course,
    organisation: Organisation,
    runs: Sequence[SessionRow],
    skills: Sequence[SkillRow],
    known: _Known,
) -> CourseView:
    return CourseView(
        id=course.id or 0,
        title=titled(course),
        organisation=course.provider or in_language(organisation.name_ko, organisation.name_en),
        is_demo=course.is_demo,
        sector=course.sector,
        field=course.field,
        level=course.level,
        kind=course.kind,
        mode=course.mode.value,
        languages=languages_of(course.languages),
        place=course.place,
        content=course.content,
        total_hours=course.total_hours,
        fee_krw=course.fee_krw,
        support=course.support,
        eligibility=course.eligibility,
        completion_rule=course.completion_rule,
        linked_certification=course.linked_certification,
        credit=course.credit,
        rise_project=course.rise_project,
        rise_code=course.rise_code,
        contact=course.contact,
        is_by_desk=course.selection is CourseSelection.BY_DESK,
        least_attendance_percent=course.least_attendance_percent,
        needs_work=course.needs_work,
        exam_chance=course.exam_chance,
        internship=course.internship,
        is_shared=course.is_shared,
        source=course.source,
        source_url=course.source_url,
        gained=_steps(skills, CourseSkillKind.GAINED, known.names),
        needed=_steps(skills, CourseSkillKind.NEEDED, known.names),
        runs=tuple(_run(each, known) for each in runs),
    )


def _steps(rows: Sequence[SkillRow], kind: CourseSkillKind, names: Names) -> tuple[SkillStep, ...]:
    found = []
    for each in rows:
        if each.kind is kind:
            pair = name_of(SKILL + each.skill, names)
            low = each.from_level if kind is CourseSkillKind.GAINED else 0
            found.append(SkillStep(each.skill, in_language(pair.ko, pair.en), low, each.level))
    return tuple(found)


def _run(row: SessionRow, known: _Known) -> RunView:
    mine = next((each for each in known.enrolments if each.session_id == row.id), None)
    queue = known.queues.get(row.id, [])
    is_waiting = mine is not None and mine.state is EnrolmentState.WAITLISTED
    return RunView(
        id=row.id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        opens_on=row.applications_open_on,
        closes_on=row.applications_close_on,
        weekly_hours=row.weekly_hours,
        slots=timetable.slots_of(row.weekly_slots),
        seats=row.seats,
        left=row.seats - row.taken,
        waiting=len(queue),
        status=status_of(row, known.today),
        enrolment_id=mine.id if mine is not None else None,
        own_state=mine.state.value if mine is not None else "",
        place=queue.index(mine.id) + 1 if mine is not None and is_waiting else None,
        clashes=clashes_of(row, known.enrolments),
        mode=row.mode.value if row.mode else "",
    )
