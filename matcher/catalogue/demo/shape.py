"""What the demo data are made of: plain rows, joined by demo numbers (1, 2, 3 ...), never by ids.

Fields bear the names of the columns they fill, without the `_id`; organisations go by slug.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

Number = int
Slug = str


@dataclass(frozen=True, slots=True)
class Partner:
    """`standing` is trusted, new (first posting waits for approval) or pending (not admitted)."""

    slug: Slug
    sector: str
    name_ko: str
    name_en: str
    standing: str


@dataclass(frozen=True, slots=True)
class Person:
    """An account with its one role; `is_standing` ones are in the table of demo sign-ins."""

    number: Number
    email: str
    name: str
    role: str
    organisation: Slug | None
    created_at: datetime
    is_standing: bool = False


@dataclass(frozen=True, slots=True)
class Youth:
    number: Number
    account: Number
    affiliation: str
    affiliation_state: str
    organisation: Slug | None
    status: str
    graduation_on: date | None
    available_from: date | None
    weekly_hours: int | None
    budget_krw: int | None
    about: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    youth: Number
    kind: str
    value: str
    place: int


@dataclass(frozen=True, slots=True)
class SkillRating:
    youth: Number
    skill: Slug
    level: int
    rater: str
    verification: int
    evidence_kind: str | None
    evidence: str
    rated_on: date
    rated_by: Number | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a certification, sat or still ahead."""

    youth: Number
    certification: str
    exam_code: str
    language: str
    state: str
    planned_on: date | None
    exam_on: date | None
    result_on: date | None
    expires_on: date | None
    verification: int
    verified_by: Number | None
    proof_url: str
    is_discounted: bool
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class LicenceHeld:
    youth: Number
    licence: Slug
    acquired_on: date
    verification: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    youth: Number
    purpose: str
    sectors: tuple[str, ...]
    organisation: Slug | None
    fields: tuple[str, ...]
    granted_at: datetime
    expires_on: date | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoticeRead:
    account: Number
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Course:
    number: Number
    organisation: Slug
    external_id: str
    title_ko: str
    title_en: str
    field: str
    level: str
    kind: str
    sector: str | None
    content: str
    mode: str
    languages: str
    place: str
    total_hours: int
    fee_krw: int
    support: str
    eligibility: str
    completion_rule: str
    linked_certification: str | None
    credit: str
    rise_project: str
    contact: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class CourseSkill:
    course: Number
    kind: str
    skill: Slug
    from_level: int
    level: int


@dataclass(frozen=True, slots=True)
class Session:
    """`taken` counts enrolled and completed people."""

    number: Number
    course: Number
    starts_on: date
    ends_on: date
    applications_open_on: date
    applications_close_on: date
    weekly_hours: int
    weekly_slots: tuple[dict[str, Any], ...]
    seats: int
    taken: int


@dataclass(frozen=True, slots=True)
class Enrolment:
    session: Number
    youth: Number
    state: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Opening:
    number: Number
    organisation: Slug
    external_id: str
    state: str
    title_ko: str
    title_en: str
    sector: str
    role: Slug
    description: str
    employment_type: str
    region: str
    headcount: int
    pay_min_krw: int
    pay_max_krw: int
    opens_on: date
    closes_on: date
    starts_on: date
    return_reason: str
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Requirement:
    opening: Number
    kind: str
    subject: str
    ref: str
    level: int | None


@dataclass(frozen=True, slots=True)
class Saved:
    youth: Number
    kind: str
    item: Number
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Application:
    number: Number
    opening: Number
    youth: Number
    state: str
    message: str
    reason: str | None
    is_reason_shared: bool
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One move of an application; the first has no `from_state`."""

    application: Number
    from_state: str
    to_state: str
    actor_account: Number
    actor_role: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Introduction:
    opening: Number
    youth: Number
    state: str
    message: str
    asked_by_account: Number
    answer_by: date
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Shortlisting:
    opening: Number
    youth: Number
    state: str
    reason: str | None
    account: Number
    at: datetime


@dataclass(frozen=True, slots=True)
class Showing:
    """A ranked list (`listed`) or one item (`opened`) as it was shown.

    `context` is the youth the list was made for, or the opening when candidates were ranked;
    `items` are (number, rank, score 0..5).
    """

    at: datetime
    account: Number
    kind: str
    subject: str
    context: Number
    model_version: str
    items: tuple[tuple[Number, int, float], ...]


@dataclass(frozen=True, slots=True)
class Studied:
    youth: Number
    certification: str
    domain: int | None
    studied_on: date
    minutes: int
    note: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Practised:
    youth: Number
    certification: str
    exam_code: str
    domain: int | None
    taken_on: date
    percent: int
    source: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class VoucherHeld:
    organisation: Slug
    code: str
    percent: int
    level: str | None
    expires_on: date
    note: str
    created_at: datetime
    updated_at: datetime
    state: str = "free"
    youth: Number | None = None
    assigned_at: datetime | None = None
    assigned_by_account: Number | None = None

    def given_to(self, youth: Number, by: Number, at: datetime) -> "VoucherHeld":
        return replace(
            self,
            state="assigned",
            youth=youth,
            assigned_at=at,
            assigned_by_account=by,
            updated_at=at,
        )


@dataclass(frozen=True, slots=True)
class DemoData:
    """Everything, each tuple in the order of its numbers or of its making."""

    partners: tuple[Partner, ...]
    people: tuple[Person, ...]
    youths: tuple[Youth, ...]
    wishes: tuple[Wish, ...]
    skills: tuple[SkillRating, ...]
    attempts: tuple[Attempt, ...]
    licences: tuple[LicenceHeld, ...]
    consents: tuple[ConsentGiven, ...]
    notices: tuple[NoticeRead, ...]
    courses: tuple[Course, ...]
    course_skills: tuple[CourseSkill, ...]
    sessions: tuple[Session, ...]
    enrolments: tuple[Enrolment, ...]
    openings: tuple[Opening, ...]
    requirements: tuple[Requirement, ...]
    saved: tuple[Saved, ...]
    applications: tuple[Application, ...]
    steps: tuple[Step, ...]
    introductions: tuple[Introduction, ...]
    shortlistings: tuple[Shortlisting, ...]
    showings: tuple[Showing, ...]
    studied: tuple[Studied, ...]
    practised: tuple[Practised, ...]
    vouchers: tuple[VoucherHeld, ...]
