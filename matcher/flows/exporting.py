"""Lists as files: what a desk sees; the kinds an import takes come back in the same."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.db import Unit
from matcher.exchange import KINDS, columns_of, to_csv, to_xlsx
from matcher.exchange.requirements import SkillGain, SkillNeed, write_gains, write_needs
from matcher.exchange.writing import Value, to_json
from matcher.i18n import current_language
from matcher.policy.data_map import DATA_MAP, Kind
from matcher.refusal import NotFound
from matcher.store import export_rows as store
from models.course import CourseSkillKind, EnrolmentState
from models.plan import PlanState
from models.youth import Affiliation, WishKind

Row = dict[str, Value]
Reader = Callable[[Unit, Actor | None], Iterator[tuple[int | None, Row]]]
"""Gives (whose data, cells by column)."""
RESULTS = (EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED, EnrolmentState.DROPPED)
HANDED_IN = (PlanState.SUBMITTED, PlanState.APPROVED, PlanState.RETURNED)
SECRET = frozenset({"data", "findings", "before", "after", "check_in_code", "join_link", "code"})
"""Columns no list shows, beside every hash of the data map: files, undo notes, what opens doors."""


@dataclass(frozen=True)
class Exported:
    data: bytes
    rows: int


def export(unit: Unit, kind: str, file_format: str, reason: str = "") -> Exported:
    """One list in the actor's scope. A desk's export is recorded with its reason and whose data
    left; NotFound for a list nobody gets."""
    reader = LISTS.get(kind)
    if reader is None:
        raise NotFound
    found = list(reader(unit, unit.actor))
    people = sorted({youth for youth, _row in found if youth is not None})
    if unit.actor is not None:
        unit.access(f"export:{kind}", None, reason=reason, youths=people, rows=len(found))
    unit.audit("list:exported", "list", None, kind=kind, rows=len(found), reason=reason)
    heads = _heads(kind, unit.actor)
    rows = [{heads[name]: value for name, value in row.items()} for _youth, row in found]
    return Exported(_write(file_format, rows, list(heads.values()), kind), len(rows))


def export_table(unit: Unit, name: str, file_format: str) -> Exported:
    """A whole table for the operator: every column but hashes, files and what opens doors."""
    rule = DATA_MAP.get(name)
    if rule is None or unit.actor is not None:
        raise NotFound
    columns = [
        column
        for column, kind in rule.columns.items()
        if kind is not Kind.HASH and column not in SECRET
    ]
    rows = [
        {column: _plain(value) for column, value in zip(columns, row, strict=True)}
        for row in store.whole_table(unit.session, name, columns)
    ]
    unit.audit("list:exported", "table", None, kind=name, rows=len(rows))
    return Exported(_write(file_format, rows, columns, name), len(rows))


def _write(file_format: str, rows: list[Row], heads: Sequence[str], sheet: str) -> bytes:
    if file_format == "xlsx":
        return to_xlsx(rows, heads, sheet=sheet[:31])
    return to_json(rows) if file_format == "json" else to_csv(rows, heads)


def _heads(kind: str, actor: Actor | None) -> Mapping[str, str]:
    """Column -> title. A desk that reads Korean gets the Korean titles, which an import takes."""
    if kind not in KINDS:
        return {name: name for name in OTHER[kind]}
    if actor is None or current_language() != "ko":
        return {name: name for name in columns_of(kind)}
    return {column.name: column.korean[0] for column in KINDS[kind].columns}


def _youths(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
    wishes: dict[tuple[int, WishKind], list[str]] = defaultdict(list)
    for wish in store.wishes(unit.session, actor):
        wishes[wish.youth_id, wish.kind].append(wish.value)
    consents = {row.youth_id: row.sectors for row in store.pool_consents(unit.session, actor)}
    for row in store.people(unit.session, actor):
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
            },
        )


def _certifications(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
    for row in store.certifications(unit.session, actor):
        is_planned = row.state.value == "planned"
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
            },
        )


def _courses(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
    gains: dict[int, list[SkillGain]] = defaultdict(list)
    needs: dict[int, list[SkillNeed]] = defaultdict(list)
    for skill in store.course_skills(unit.session, actor):
        if skill.kind is CourseSkillKind.GAINED:
            gains[skill.course_id].append(SkillGain(skill.skill, skill.from_level, skill.level))
        else:
            needs[skill.course_id].append(SkillNeed(skill.skill, skill.level))
    for row in store.courses(unit.session, actor):
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
    return _plain(found)


def _seat(row: Any, own: frozenset[int]) -> Row:
    """People another desk looks after are named by number alone."""
    return {
        "provider": row.provider,
        "course": row.external_id or f"#{row.course_id}",
        "starts_on": row.starts_on,
        "person": row.email if row.youth_id in own else f"#{row.youth_id}",
        "name": row.name,
    }


def _own(unit: Unit, actor: Actor | None) -> frozenset[int]:
    return frozenset(row.youth_id for row in store.people(unit.session, actor))


def _enrolments(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
    own = _own(unit, actor)
    for row in store.enrolments(unit.session, actor):
        yield row.youth_id, {**_seat(row, own), "state": row.state.value}


def _attendance(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
    own = _own(unit, actor)
    for row in store.attendance(unit.session, actor):
        yield (
            row.youth_id,
            {
                **_seat(row, own),
                "held_on": row.held_on,
                "begins": row.starts,
                "ends": row.ends,
                "state": row.state.value,
            },
        )


def _completions(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
    """A completion from before days were kept has none; it stands in the enrolments alone."""
    own = _own(unit, actor)
    for row in store.enrolments(unit.session, actor):
        is_dated = row.state is not EnrolmentState.COMPLETED or row.completed_on is not None
        if row.state in RESULTS and is_dated:
            yield (
                row.youth_id,
                {
                    **_seat(row, own),
                    "result": row.state.value,
                    "on": row.completed_on if row.state is EnrolmentState.COMPLETED else None,
                    "work_accepted_on": row.work_accepted_on,
                },
            )


def _outcomes(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
    checks = {
        (check.outcome_id, check.months): check
        for check in store.outcome_checks(unit.session, actor)
    }
    for row in store.outcomes(unit.session, actor):
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


def _plain_rows(kind: str, read: Callable[..., Sequence[Any]]) -> Reader:
    def reader(unit: Unit, actor: Actor | None) -> Iterator[tuple[int | None, Row]]:
        for row in read(unit.session, actor):
            cells = {name: _plain(getattr(row, name)) for name in OTHER[kind]}
            yield row.youth_id, cells

    return reader


def _plain(value: Any) -> Value:
    """Moments as days in Jeju: a sheet has no time zone."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return day_of(value)
    if value is None or isinstance(value, str | int | float | bool | date):
        return value
    return str(value)


OTHER: dict[str, tuple[str, ...]] = {
    "applications": (
        "email", "name", "organisation", "opening", "state", "created_at", "updated_at",
    ),
    "vouchers": (
        "id", "percent", "level", "expires_on", "state", "email", "name", "used_on", "note",
    ),
    "plans": (
        "email", "name", "target", "kind", "state", "starts_on", "ends_on", "weekly_hours",
        "updated_at",
    ),
}  # fmt: skip
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
