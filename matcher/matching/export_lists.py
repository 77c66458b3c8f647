"""A desk's lists row by row: whose data each is, and its cells as the import kinds name them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from enum import Enum
from itertools import islice
from typing import Any

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.db import Unit
from matcher.exchange import columns_of, proof_level
from matcher.exchange.requirements import SkillGain, SkillNeed, write_gains, write_needs
from matcher.exchange.writing import Value
from matcher.i18n import current_language
from matcher.matching.export_titles import TITLES, korean
from matcher.store import export_rows as store
from models.course import CourseSkillKind, EnrolmentState
from models.plan import PlanState
from models.youth import Affiliation, WishKind

Row = dict[str, Value]
Reader = Callable[[Unit, Actor | None], Iterator[tuple[int | None, Row]]]
"""Gives (whose data, cells by column)."""
RESULTS = (EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED, EnrolmentState.DROPPED)
HANDED_IN = (PlanState.SUBMITTED, PlanState.APPROVED, PlanState.RETURNED)


def _youths(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
    for people in _batches(store.people(unit.session, actor)):
        yield from _some_youths(unit, actor, people)


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    """As many rows at once as what hangs on them is read for."""
    while batch := list(islice(rows, store.AT_ONCE)):
        yield batch


def _some_youths(
    unit: Unit, actor: Actor | None, people: Sequence[Any]
) -> Iterator[tuple[int | None, Row]]:
    ids = [row.youth_id for row in people]
    wishes: dict[tuple[int, WishKind], list[str]] = defaultdict(list)
    for wish in store.wishes(unit.session, actor, ids):
        wishes[wish.youth_id, wish.kind].append(wish.value)
    found = store.pool_consents(unit.session, actor, ids)
    consents = {row.youth_id: row.sectors for row in found}
    for row in people:
        is_ours = row.affiliation is Affiliation.RISE_UNIVERSITY
        yield (
            row.youth_id,
            {
                "email": row.email,
                "name": row.name,
                "affiliation": row.affiliation.value,
                "affiliation_state": row.affiliation_state.value,
                "university": row.university if is_ours else "",
                "status": row.status.value,
                "graduation_on": row.graduation_on,
                "weekly_hours": row.weekly_hours,
                "budget_krw": row.budget_krw,
                "sectors": "; ".join(wishes[row.youth_id, WishKind.SECTOR]),
                "regions": "; ".join(wishes[row.youth_id, WishKind.REGION]),
                "language": row.language,
                "external_id": row.external_id,
                "pool_consent": "; ".join(consents.get(row.youth_id, ())),
            },
        )


def _skills(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
    in_korean = reads_korean(actor)
    for row in store.skills(unit.session, actor):
        yield (
            row.youth_id,
            {
                "youth": row.email,
                "skill": row.skill,
                "level": row.level,
                "rater": row.rater.value,
                "evidence": row.evidence,
                "rated_on": row.rated_on,
                "verification": proof_level.told(row.verification, in_korean),
            },
        )


def _certifications(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
    in_korean = reads_korean(actor)
    for row in store.certifications(unit.session, actor):
        is_planned, is_passed = row.state.value == "planned", row.state.value == "passed"
        proof = row.proof_url or ""
        yield (
            row.youth_id,
            {
                "youth": row.email,
                "certification": row.certification,
                "state": row.state.value,
                "on": row.planned_on if is_planned else row.exam_on,
                "exam_code": "" if row.exam_code == row.certification else row.exam_code,
                "expires_on": row.expires_on,
                "number": "",
                "badge_url": proof if proof.startswith("https://") else "",
                "verification": proof_level.told(row.verification, in_korean) if is_passed else "",
            },
        )


def _courses(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
    for courses in _batches(store.courses(unit.session, actor)):
        yield from _some_courses(unit, actor, courses)


def _some_courses(
    unit: Unit, actor: Actor | None, courses: Sequence[Any]
) -> Iterator[tuple[int | None, Row]]:
    gains: dict[int, list[SkillGain]] = defaultdict(list)
    needs: dict[int, list[SkillNeed]] = defaultdict(list)
    ids = {row.course_id for row in courses}
    for skill in store.course_skills(unit.session, actor, ids):
        if skill.kind is CourseSkillKind.GAINED:
            gains[skill.course_id].append(SkillGain(skill.skill, skill.from_level, skill.level))
        else:
            needs[skill.course_id].append(SkillNeed(skill.skill, skill.level))
    for row in courses:
        cells = {name: _course_cell(row, name) for name in columns_of("courses")}
        cells |= {
            "external_id": row.course_external_id or f"#{row.course_id}",
            "provider": row.provider_slug,
            "skills_gained": write_gains(tuple(gains[row.course_id])),
            "skills_needed": write_needs(tuple(needs[row.course_id])),
        }
        yield None, cells


def _course_cell(row: Any, name: str) -> Value:
    """Of the course, and of the session what the course lacks."""
    found = getattr(row, f"course_{name}", None)
    if not hasattr(row, f"course_{name}"):
        found = getattr(row, f"session_{name}", None)
    return plain(found)


def _seat(row: Any) -> Row:
    """People another desk looks after are pointed at by number: the address is not for this one."""
    return {
        "provider": row.provider,
        "course": row.external_id or f"#{row.course_id}",
        "starts_on": row.starts_on,
        "person": row.email if row.is_own else f"#{row.youth_id}",
        "name": row.name,
    }


def _enrolments(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
    for row in store.enrolments(unit.session, actor):
        yield row.youth_id, {**_seat(row), "state": row.state.value}


def _attendance(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
    for row in store.attendance(unit.session, actor):
        yield (
            row.youth_id,
            {
                **_seat(row),
                "held_on": row.held_on,
                "begins": row.starts,
                "ends": row.ends,
                "state": row.state.value,
            },
        )


def _completions(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
    """A completion from before days were kept has none; it stands in the enrolments alone."""
    for row in store.enrolments(unit.session, actor):
        is_dated = row.state is not EnrolmentState.COMPLETED or row.completed_on is not None
        if row.state in RESULTS and is_dated:
            yield (
                row.youth_id,
                {
                    **_seat(row),
                    "result": row.state.value,
                    "on": row.completed_on if row.state is EnrolmentState.COMPLETED else None,
                    "work_accepted_on": row.work_accepted_on,
                },
            )


def _outcomes(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
    for outcomes in _batches(store.outcomes(unit.session, actor)):
        yield from _some_outcomes(unit, actor, outcomes)


def _some_outcomes(
    unit: Unit, actor: Actor | None, outcomes: Sequence[Any]
) -> Iterator[tuple[int | None, Row]]:
    found = store.outcome_checks(unit.session, actor, [row.id for row in outcomes])
    checks = {(check.outcome_id, check.months): check for check in found}
    for row in outcomes:
        cells: Row = {
            "person": row.email,
            "name": row.name,
            "kind": row.kind.value,
            "organisation": row.organisation_name,
            "sector": row.sector,
            "in_jeju": _yes_no(row.is_in_jeju),
            "started_on": row.started_on,
            "ended_on": row.ended_on,
            "state": row.state.value,
        }
        for months in (3, 6, 12):
            check = checks.get((row.id, months))
            cells[f"after_{months}"] = _still(check) if check is not None else ""
            cells[f"checked_{months}"] = check.checked_on if check is not None else None
        yield row.youth_id, cells


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _still(check: Any) -> str:
    where = {True: "_in_jeju", False: "_elsewhere", None: ""}[check.is_in_jeju]
    return ("held" if check.still_holds else "ended") + where


def reads_korean(actor: Actor | None) -> bool:
    """The command line writes names and values as they are stored."""
    return actor is not None and current_language() == "ko"


def _plain_rows(kind: str, read: Callable[..., Iterator[Any]]) -> Reader:
    def reader(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
        in_korean = reads_korean(actor)
        for row in read(unit.session, actor):
            cells = {name: plain(getattr(row, name)) for name in TITLES[kind]}
            if in_korean:
                cells = {name: korean(kind, name, value) for name, value in cells.items()}
            yield row.youth_id, cells

    return reader


def plain(value: Any) -> Value:
    """Moments as days in Jeju: a sheet has no time zone."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return day_of(value)
    if value is None or isinstance(value, str | int | float | bool | date):
        return value
    return str(value)


LISTS: dict[str, Reader] = {
    "youths": _youths,
    "skills": _skills,
    "certifications": _certifications,
    "courses": _courses,
    "enrolments": _enrolments,
    "attendance": _attendance,
    "completions": _completions,
    "outcomes": _outcomes,
    "applications": _plain_rows("applications", store.applications),
    "vouchers": _plain_rows("vouchers", store.vouchers),
    "plans": _plain_rows(
        "plans", lambda session, actor: store.plans(session, actor, [s.value for s in HANDED_IN])
    ),
}
"""Courses carry their sessions, one a row."""
