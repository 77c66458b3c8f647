"""Courses as the ranking sees them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from matcher.ranking.types import SKILL, Course, Requirement, SessionSlot
from matcher.store.courses import SessionRow, SkillRow
from models.course import Course as CourseTable
from models.course import CourseSkillKind
from models.organisation import Organisation

_NONE: Mapping[int, float] = {}


def from_rows(
    found: Sequence[tuple[CourseTable, Organisation]],
    sessions: Iterable[SessionRow],
    skills: Iterable[SkillRow],
    popularity: Mapping[int, float] = _NONE,
) -> tuple[Course, ...]:
    """In the order of `found`."""
    runs: dict[int, list[SessionRow]] = defaultdict(list)
    for row in sessions:
        runs[row.course_id].append(row)
    asked: dict[int, list[SkillRow]] = defaultdict(list)
    for skill in skills:
        asked[skill.course_id].append(skill)
    return tuple(
        _course(row, runs[row.id or 0], asked[row.id or 0], popularity.get(row.id or 0))
        for row, _ in found
    )


def _course(
    row: CourseTable,
    runs: Sequence[SessionRow],
    skills: Sequence[SkillRow],
    popularity: float | None,
) -> Course:
    assert row.id is not None
    gained = [each for each in skills if each.kind is CourseSkillKind.GAINED]
    needed = [each for each in skills if each.kind is CourseSkillKind.NEEDED]
    linked = row.linked_certification
    return Course(
        id=row.id,
        sector=row.sector,
        gained={each.skill: climb(each.from_level, each.level) for each in gained},
        needed=tuple(Requirement(SKILL + each.skill, "must", each.level) for each in needed),
        sessions=tuple(slot(each, row.fee_krw) for each in runs),
        certifications=(linked,) if linked else (),
        text=f"{row.title_ko} {row.title_en} {row.content}",
        mode=row.mode.value,
        popularity=popularity,
    )


def climb(from_level: int, level: int) -> tuple[int, int]:
    """An entry level at or above the end would be no climb; the step below the end is one."""
    return min(from_level, level - 1), level


def slot(row: SessionRow, fee_krw: int) -> SessionSlot:
    return SessionSlot(
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        weekly_hours=float(row.weekly_hours),
        seats_left=row.seats - row.taken,
        fee_krw=fee_krw,
        applications_close_on=row.applications_close_on,
        id=row.id,
    )
