"""A desk writes and changes its courses: the listing and what they teach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from matcher.actor import Actor
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.course_fields import course_vocabulary
from matcher.catalogue.rise_projects import rise_projects
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.desk_courses import STALE, own_course, touch
from matcher.matching.wanted import Meant, choices, meant, of_ref
from matcher.refusal import Invalid
from matcher.store import course_desk as store
from matcher.store import organisations
from models.account import Role
from models.course import (
    Course,
    CourseMode,
    CourseSelection,
    CourseSession,
    CourseSkill,
    CourseSkillKind,
    CourseState,
    EnrolmentState,
)
from models.opening import RequirementSubject
from models.organisation import OrganisationKind

__all__ = ["STALE"]
MOST_SKILLS = 40
CONCERNED = (EnrolmentState.APPLIED, EnrolmentState.WAITLISTED, EnrolmentState.ENROLLED)


@dataclass(frozen=True)
class Taught:
    """One skill as typed; `pick` is a full key chosen when the text was not clear."""

    kind: CourseSkillKind
    text: str
    from_level: int
    level: int
    pick: str = ""


@dataclass(frozen=True)
class Draft:
    title_ko: str
    title_en: str
    field: str
    level: str
    kind: str
    sector: str | None
    content: str
    mode: CourseMode
    languages: str
    """As stored."""
    place: str
    total_hours: int
    fee_krw: int
    support: str
    eligibility: str
    selection: CourseSelection
    least_attendance_percent: int
    needs_work: bool
    completion_rule: str
    linked_certification: str | None
    exam_chance: str
    internship: str
    credit: str
    is_shared: bool
    rise_project: str
    rise_code: str | None
    contact: str
    skills: tuple[Taught, ...] = ()


@dataclass(frozen=True)
class SkillLine:
    kind: CourseSkillKind
    skill: str
    name: str
    from_level: int
    level: int


@dataclass(frozen=True)
class CourseSheet:
    """Everything a desk wrote about one course."""

    course: Course
    title: str
    organisation: str
    skills: tuple[SkillLine, ...]
    sessions: tuple[CourseSession, ...]
    empty: tuple[str, ...]
    """Fields a listing is expected to state and this one leaves out."""


@dataclass(frozen=True)
class SkillHelp:
    """What a typed skill means so far; `choices` are (key, name) when it is unclear."""

    name: str = ""
    choices: tuple[tuple[str, str], ...] = ()


_COLUMNS = tuple(field.name for field in fields(Draft) if field.name != "skills")
_EXPECTED = ("content", "eligibility", "place", "contact", "rise_project", "rise_code")


def universities(unit: Unit, actor: Actor) -> list[tuple[int, str]]:
    """Where the actor's courses may belong: the own university, for the centre any of them."""
    found = organisations.by_kind(unit.session, OrganisationKind.UNIVERSITY)
    return [
        (each.id or 0, in_language(each.name_ko, each.name_en))
        for each in found
        if actor.role is Role.CENTRE or each.id == actor.organisation_id
    ]


def help_with(text: str, pick: str = "") -> SkillHelp:
    found = _skill_of(text) or (_skill_of(pick) if pick else None)
    named = () if _skill_of(text) else tuple((each.key, each.name) for each in _choices(text))
    return SkillHelp(found.name if found else "", named)


def sheet(unit: Unit, actor: Actor, course_id: int) -> CourseSheet:
    row = own_course(unit, actor, course_id)
    home = organisations.get(unit.session, row.organisation_id)
    return CourseSheet(
        course=row,
        title=in_language(row.title_ko, row.title_en),
        organisation=in_language(home.name_ko, home.name_en) if home else "",
        skills=tuple(_line(each) for each in store.skills_of(unit.session, course_id)),
        sessions=tuple(store.sessions_of(unit.session, course_id)),
        empty=tuple(name for name in _EXPECTED if not getattr(row, name)),
    )


def create(unit: Unit, actor: Actor, draft: Draft, organisation_id: int | None) -> int:
    """A new draft of the own university, or of the one the centre names; gives its id."""
    allowed = {number for number, _name in universities(unit, actor)}
    home = organisation_id if actor.role is Role.CENTRE else actor.organisation_id
    if home not in allowed:
        raise Invalid({"organisation_id": _("과정을 여는 대학을 골라 주십시오.")})
    found = _checked(draft)
    row = Course(
        organisation_id=home,
        state=CourseState.DRAFT,
        created_at=unit.now,
        updated_at=unit.now,
        **_values(draft),
    )
    unit.session.add(row)
    unit.session.flush()  # the skills need the id
    _write_skills(unit, row, found)
    unit.audit("course:created", "course", row.id, organisation=home)
    return row.id or 0


def edit(unit: Unit, actor: Actor, course_id: int, version: int, draft: Draft) -> None:
    """Raises Conflict(code="stale") when somebody else saved in between, Invalid by field."""
    row = own_course(unit, actor, course_id, version)
    found = _checked(draft)
    if draft.selection is not row.selection and _has_people(unit, course_id):
        words = _("신청한 사람이 있어 뽑는 방법을 바꿀 수 없습니다.")
        raise Invalid({"selection": words})
    before = {name: getattr(row, name) for name in _COLUMNS}
    after = _values(draft)
    for name, value in after.items():
        setattr(row, name, value)
    _write_skills(unit, row, found)
    touch(unit, row)
    changed = sorted(name for name in _COLUMNS if before[name] != after[name])
    unit.audit("course:edited", "course", course_id, changed=changed, version=row.version)


def _has_people(unit: Unit, course_id: int) -> bool:
    return any(
        store.accounts_in(unit.session, run.id or 0, CONCERNED)
        for run in store.sessions_of(unit.session, course_id)
    )


def _values(draft: Draft) -> dict[str, Any]:
    values = {name: getattr(draft, name) for name in _COLUMNS}
    values["title_en"] = draft.title_en or draft.title_ko
    values["field"] = _field(draft.field)
    return values


def _field(text: str) -> str:
    """The slug of a known field, by any of its names; else the words as written."""
    wanted = "".join(text.split()).casefold()
    for term in course_vocabulary().fields:
        names = (term.slug, term.name_ko, term.name_en)
        if wanted in {"".join(name.split()).casefold() for name in names}:
            return term.slug
    return text


def _checked(draft: Draft) -> list[CourseSkill]:
    """Skills as rows without their course. Raises Invalid with every problem found."""
    errors = dict(_field_errors(draft))
    found: list[CourseSkill] = []
    seen: set[tuple[CourseSkillKind, str]] = set()
    for number, taught in enumerate(draft.skills):
        skill = _skill_of(taught.text) or (_skill_of(taught.pick) if taught.pick else None)
        if skill is None:
            errors[f"skill-{number}"] = _("목록에서 찾지 못했습니다. 뜻하신 것을 골라 주십시오.")
        elif (taught.kind, skill.ref) in seen:
            errors[f"skill-{number}"] = _("같은 기술이 두 번 있습니다.")
        elif taught.kind is CourseSkillKind.GAINED and taught.from_level >= taught.level:
            errors[f"skill-{number}"] = _("시작 수준은 배운 뒤의 수준보다 낮아야 합니다.")
        else:
            seen.add((taught.kind, skill.ref))
            start = taught.from_level if taught.kind is CourseSkillKind.GAINED else 0
            found.append(
                CourseSkill(
                    course_id=0, kind=taught.kind, skill=skill.ref, from_level=start,
                    level=taught.level,
                )
            )  # fmt: skip
    if errors:
        raise Invalid(errors)
    return found


def _field_errors(draft: Draft) -> Mapping[str, str]:
    words = course_vocabulary()
    known: Sequence[tuple[str, str | None, set[str]]] = (
        ("level", draft.level, {each.slug for each in words.levels}),
        ("kind", draft.kind, {each.slug for each in words.kinds}),
        ("rise_project", draft.rise_project or None, {each.slug for each in rise_projects()}),
        (
            "linked_certification",
            draft.linked_certification,
            {each.id for each in load_programme().certifications},
        ),
    )
    errors = {
        name: _("목록에 있는 것 중에서 골라 주세요.")
        for name, value, allowed in known
        if value is not None and value not in allowed
    }
    if len(draft.skills) > MOST_SKILLS:
        errors["skills"] = _("기술은 40개까지 적을 수 있습니다.")
    return errors


def _skill_of(text: str) -> Meant | None:
    found = meant(text)
    return found if found is not None and found.subject is RequirementSubject.SKILL else None


def _choices(text: str) -> list[Meant]:
    return [each for each in choices(text) if each.subject is RequirementSubject.SKILL]


def _write_skills(unit: Unit, course: Course, wanted: Sequence[CourseSkill]) -> None:
    """Rows that stay keep their numbers; the rest is added and taken away."""
    there = {(row.kind, row.skill): row for row in store.skills_of(unit.session, course.id or 0)}
    for each in wanted:
        row = there.pop((each.kind, each.skill), None)
        if row is None:
            each.course_id = course.id or 0
            row = each
        row.from_level, row.level = each.from_level, each.level
        unit.session.add(row)
    for row in there.values():
        unit.session.delete(row)


def _line(row: CourseSkill) -> SkillLine:
    name = of_ref(RequirementSubject.SKILL, row.skill).name
    return SkillLine(row.kind, row.skill, name, row.from_level, row.level)
