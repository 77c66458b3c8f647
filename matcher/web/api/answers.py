"""What the API answers; every field is named here, so nothing new slips out."""

from datetime import date, datetime

from pydantic import Field

from matcher.web.api.fields import Answer
from models.account import Role
from models.skill import EvidenceKind, Rater
from models.youth import Affiliation, AffiliationState, YouthStatus


class MePublic(Answer):
    name: str
    role: Role
    language: str
    organisation: str | None


class ProfilePublic(Answer):
    name: str
    affiliation: Affiliation
    affiliation_state: AffiliationState
    organisation_id: int | None
    organisation_name: str | None
    status: YouthStatus
    graduation_on: date | None
    available_from: date | None
    weekly_hours: int | None
    budget_krw: int | None
    about: str
    sectors: list[str]
    regions: list[str]
    employment: list[str]
    version: int


class SkillPublic(Answer):
    """`verification` 1 own word .. 4 signature checked. `certification`: the certificate the level
    follows from, `until` its last day."""

    slug: str
    name: str
    level: int
    level_text: str
    rater: Rater
    verification: int
    evidence: str
    evidence_kind: EvidenceKind | None
    certification: str | None
    until: date | None
    can_delete: bool


class SkillChoice(Answer):
    slug: str
    name: str
    kind: str
    level_texts: list[str]


class CertificationPublic(Answer):
    """`state` of the attempt; a passed one reads active, expiring or expired by the day."""

    id: int
    certification: str
    name: str
    exam_code: str
    state: str
    on: date | None
    expires_on: date | None
    verification: int
    version: int
    next_states: list[str]


class SittingPublic(Answer):
    certification: str
    name: str
    exam_code: str
    level: str
    phase: str
    status: str
    languages: list[str]
    price_usd: int | None
    minutes: int | None
    last_day: date | None


class ProgrammePublic(Answer):
    on: date
    items: list[SittingPublic]


class OpeningPublic(Answer):
    id: int
    title: str
    organisation: str
    sector: str
    region: str
    employment: str
    opens_on: date
    closes_on: date
    starts_on: date | None
    headcount: int
    pay_min_krw: int | None
    pay_max_krw: int | None
    description: str
    answer_days: int
    """Days in which the employer promises an answer to every application."""
    is_demo: bool


class RequirementPublic(Answer):
    kind: str
    name: str
    level: int | None


class OpeningDetail(OpeningPublic):
    requirements: list[RequirementPublic]
    published_on: date | None
    is_open: bool


class StepPublic(Answer):
    """A skill a course raises from `low` to `high`; `low` 0 for a skill that is needed."""

    slug: str
    name: str
    low: int
    high: int


class RunPublic(Answer):
    id: int
    starts_on: date
    ends_on: date
    opens_on: date
    closes_on: date
    weekly_hours: int
    seats: int
    left: int
    status: str


class CoursePublic(Answer):
    id: int
    title: str
    organisation: str
    is_demo: bool
    sector: str | None
    level: str
    kind: str
    mode: str
    languages: list[str]
    content: str
    total_hours: int
    fee_krw: int
    eligibility: str
    linked_certification: str | None
    gained: list[StepPublic]
    needed: list[StepPublic]
    runs: list[RunPublic]


class ReasonPublic(Answer):
    """`key` is the requirement the reason is about (skill:.., certification:..), if any."""

    code: str
    key: str | None
    text_ko: str
    text_en: str
    contribution: float


class RankedItem(Answer):
    """base + the sum of the contributions of `reasons` == score, to 1e-9. `strongest` repeats at
    most three reasons for, then at most two against.

    While ranking is switched off (`model_version` "neutral") score and base are null, there are no
    reasons, and `rank` is a place in an order by day that says nothing about anybody.

    `is_drawn`: it stands here by lot, once a day, so that low ranks are seen too; `rank` is its
    true one.
    """

    rank: int
    score: float | None = Field(ge=0, le=5)
    base: float | None
    met: int
    requirements: int
    reasons: list[ReasonPublic]
    strongest: list[ReasonPublic]
    is_drawn: bool


class Titled(Answer):
    id: int
    title: str


class RankedPublic(RankedItem, Titled):
    """An opening or a course in its place. `listed_lower`: points an opening stands lower in this
    order than it fits, because its partner answers late; score and rank stay what they are."""

    listed_lower: float = Field(default=0.0, ge=0, le=0.5)


class Numbered(Answer):
    number: str


class CandidatePublic(RankedItem, Numbered):
    """`number` stands for the person in this opening only."""


class ChangePublic(Answer):
    """None: a hard rule keeps the opening out, or, for both scores, ranking is switched off."""

    id: int
    title: str
    score_before: float | None
    score_after: float | None
    rank_before: int | None
    rank_after: int | None
    gain: float


class ApplicationStep(Answer):
    """`role` of whoever took the step; empty in old records."""

    state: str
    at: datetime
    role: str


class ApplicationPublic(Answer):
    """`reason` when the employer shares it, `words` what it wrote to you, `cause` why it ended
    though nobody refused it. `answer_by` is the promised day, after `ends_on` it ends by itself,
    `late_reason` is why the employer asked for more time. `looked_at`: the first look."""

    id: int
    opening_id: int
    opening_title: str
    organisation: str
    state: str
    reason: str | None
    words: str
    cause: str | None
    answer_by: date | None
    ends_on: date | None
    late_reason: str | None
    looked_at: datetime | None
    introduction_id: int | None
    message: str
    version: int
    sent_at: datetime
    steps: list[ApplicationStep]
    can_withdraw: bool
    can_accept: bool


class TermsPublic(Answer):
    """`answer_by` ends nothing by itself; `pay_krw` a year."""

    starts_on: date
    answer_by: date
    pay_krw: int | None
    words: str


class OfferPublic(Answer):
    """`ends`: your other open applications, which accepting ends. `version` is the application's;
    it changes with the terms."""

    application_id: int
    title: str
    organisation: str
    state: str
    version: int
    terms: TermsPublic | None
    ends: list[str]
    can_accept: bool
    has_place: bool


class FieldProblem(Answer):
    field: str
    message: str


class Problem(Answer):
    """RFC 9457; `errors` names the fields when the request itself is at fault."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[FieldProblem] = Field(default_factory=list)
