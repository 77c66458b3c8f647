"""Forms of a desk's courses and their sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from matcher.flows.course_editing import MOST_SKILLS, Draft, Taught
from matcher.flows.session_editing import MOST_SLOTS, SessionDraft
from matcher.i18n import gettext as _
from matcher.policy.course_terms import languages_text
from matcher.policy.timetable import Slot
from matcher.refusal import Invalid
from matcher.text import TextError, clean_line, line_rule, prose_rule
from matcher.web.forms.base import (
    Blank,
    Day,
    Form,
    OptionalWhole,
    Switch,
    Whole,
    message,
)
from matcher.web.forms.fields import CLOCK, OptionalRowId, TaughtIn, Version
from matcher.web.forms.records import Sector
from models.course import CourseMode, CourseSelection, CourseSkillKind

LEVELS = ("1", "2", "3", "4", "5")
Line = Annotated[str, line_rule(300)]
MOST_ROWS = MOST_SKILLS + 20
MOST_DAYS = MOST_SLOTS + 6


@dataclass(frozen=True)
class TypedSkill:
    kind: str
    text: str
    from_level: str
    level: str
    pick: str


@dataclass(frozen=True)
class TypedSlot:
    weekday: str
    start: str
    end: str


class CourseEditForm(Form):
    """The five `skill_` lists are one skill a place; places without text are left out."""

    organisation_id: OptionalRowId = None
    title_ko: Annotated[str, line_rule(120), Field(min_length=1)]
    title_en: Annotated[str, line_rule(120)] = ""
    field: Annotated[str, line_rule(40), Field(min_length=1)]
    level: Annotated[str, line_rule(20), Field(min_length=1)]
    kind: Annotated[str, line_rule(20), Field(min_length=1)]
    sector: Annotated[Sector | None, Blank] = None
    content: Annotated[str, prose_rule(4000)] = ""
    mode: CourseMode
    languages: TaughtIn = Field(default=[])
    place: Annotated[str, line_rule(120)] = ""
    total_hours: Whole = Field(ge=1, le=5000)
    fee_krw: Whole = Field(ge=0, le=100_000_000)
    support: Line = ""
    eligibility: Line = ""
    selection: CourseSelection
    least_attendance_percent: Whole = Field(ge=0, le=100)
    needs_work: Switch = False
    completion_rule: Line = ""
    linked_certification: Annotated[str, line_rule(10)] = ""
    exam_chance: Line = ""
    internship: Line = ""
    credit: Annotated[str, line_rule(60)] = ""
    is_shared: Switch = False
    rise_project: Annotated[str, line_rule(60)] = ""
    rise_code: Annotated[str, line_rule(60)] = ""
    contact: Annotated[str, line_rule(120)] = ""
    skill_kind: list[str] = Field(default=[], max_length=MOST_ROWS)
    skill_text: list[str] = Field(default=[], max_length=MOST_ROWS)
    skill_from: list[str] = Field(default=[], max_length=MOST_ROWS)
    skill_level: list[str] = Field(default=[], max_length=MOST_ROWS)
    skill_pick: list[str] = Field(default=[], max_length=MOST_ROWS)
    version: Version = 1

    def draft(self) -> Draft:
        """Raises Invalid with `skill-N` for the N-th skill that has text."""
        rows = typed_skills(
            self.skill_kind, self.skill_text, self.skill_from, self.skill_level, self.skill_pick
        )
        apart = {"skills", "rise_code", "linked_certification", "languages"}
        names = Draft.__dataclass_fields__.keys() - apart
        return Draft(
            skills=tuple(_taught(rows)),
            rise_code=self.rise_code or None,
            linked_certification=self.linked_certification or None,
            languages=languages_text(self.languages),
            **{name: getattr(self, name) for name in names},
        )


class SessionForm(Form):
    """The three `slot_` lists are one weekly meeting a place; empty places are left out."""

    starts_on: Day
    ends_on: Day
    applications_open_on: Day
    applications_close_on: Day
    weekly_hours: OptionalWhole = Field(default=None, ge=0, le=80)
    seats: Whole = Field(ge=1, le=10_000)
    slot_day: list[str] = Field(default=[], max_length=MOST_DAYS)
    slot_start: list[str] = Field(default=[], max_length=MOST_DAYS)
    slot_end: list[str] = Field(default=[], max_length=MOST_DAYS)
    version: Version

    def draft(self) -> SessionDraft:
        """Raises Invalid with `slot-N` for the N-th meeting that has anything in it."""
        rows = typed_slots(self.slot_day, self.slot_start, self.slot_end)
        return SessionDraft(
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            applications_open_on=self.applications_open_on,
            applications_close_on=self.applications_close_on,
            weekly_hours=self.weekly_hours,
            slots=tuple(_slots(rows)),
            seats=self.seats,
        )


def typed_skills(*lists: Sequence[str]) -> list[TypedSkill]:
    """The places that have text. Raises Invalid when the lists do not belong together."""
    if len({len(each) for each in lists}) != 1:
        raise Invalid({"skills": _("칸이 서로 맞지 않습니다. 다시 적어 주십시오.")})
    rows = [TypedSkill(*row) for row in zip(*lists, strict=True)]
    return [row for row in rows if row.text.strip()]


def typed_slots(*lists: Sequence[str]) -> list[TypedSlot]:
    """The places that have anything in them. Raises Invalid when the lists do not fit."""
    if len({len(each) for each in lists}) != 1:
        raise Invalid({"slots": _("칸이 서로 맞지 않습니다. 다시 적어 주십시오.")})
    rows = [TypedSlot(*row) for row in zip(*lists, strict=True)]
    return [row for row in rows if row.weekday or row.start or row.end]


def _taught(rows: Sequence[TypedSkill]) -> list[Taught]:
    errors: dict[str, str] = {}
    found: list[Taught] = []
    for number, row in enumerate(rows):
        try:
            text = clean_line(row.text, max_length=80)
        except TextError as refused:
            errors[f"skill-{number}"] = message("text_" + refused.code, {})
            continue
        if row.kind not in {each.value for each in CourseSkillKind}:
            errors[f"skill-{number}"] = message("enum", {})
        elif row.level not in LEVELS or row.from_level not in ("", "0", *LEVELS):
            errors[f"skill-{number}"] = _("수준을 1에서 5 사이로 골라 주십시오.")
        else:
            start = int(row.from_level or "0")
            kind = CourseSkillKind(row.kind)
            found.append(Taught(kind, text, start, int(row.level), row.pick[:100]))
    if errors:
        raise Invalid(errors)
    return found


def _slots(rows: Sequence[TypedSlot]) -> list[Slot]:
    errors: dict[str, str] = {}
    found: list[Slot] = []
    for number, row in enumerate(rows):
        is_day = row.weekday in {"1", "2", "3", "4", "5", "6", "7"}
        if not is_day or not CLOCK.fullmatch(row.start) or not CLOCK.fullmatch(row.end):
            errors[f"slot-{number}"] = _("요일과 시각을 모두 적어 주십시오. 예: 19:00")
        else:
            found.append(Slot(int(row.weekday), row.start, row.end))
    if errors:
        raise Invalid(errors)
    return found
