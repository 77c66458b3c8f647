"""Forms of a young person's records: profile, skills, certifications."""

from typing import Annotated, Literal

from pydantic import Field

from matcher.flows.certifications import Attempt
from matcher.flows.profile import ProfileChange
from matcher.flows.skills import SkillClaim
from matcher.text import line_rule, prose_rule
from matcher.web.forms.base import Blank, Form, OptionalDay, OptionalWhole, Switch, Whole
from matcher.web.forms.fields import OptionalRowId, Version
from models.certification import AttemptState
from models.skill import EvidenceKind
from models.youth import Affiliation, WishKind, YouthStatus

Sector = Literal["space", "energy", "bio", "mobility"]
Region = Literal["jeju-si", "seogwipo-si", "remote", "mainland"]
Employment = Literal["permanent", "contract", "part_time", "intern", "dispatch"]
LanguageCode = Literal["ko", "en", "ja", "zh-Hans"]


class ProfileForm(Form):
    affiliation: Affiliation
    organisation_id: OptionalRowId = None
    status: YouthStatus
    graduation_on: OptionalDay = None
    available_from: OptionalDay = None
    weekly_hours: OptionalWhole = Field(default=None, ge=0, le=80)
    budget_krw: OptionalWhole = Field(default=None, ge=0, le=100_000_000)
    about: Annotated[str, prose_rule(2000)] = ""
    sectors: list[Sector] = Field(default=[], max_length=4)
    regions: list[Region] = Field(default=[], max_length=4)
    employment: list[Employment] = Field(default=[], max_length=5)
    version: Version

    def change(self) -> ProfileChange:
        return ProfileChange(
            affiliation=self.affiliation,
            organisation_id=self.organisation_id,
            status=self.status,
            graduation_on=self.graduation_on,
            available_from=self.available_from,
            weekly_hours=self.weekly_hours,
            budget_krw=self.budget_krw,
            about=self.about,
            wishes={
                WishKind.SECTOR: self.sectors,
                WishKind.REGION: self.regions,
                WishKind.EMPLOYMENT: self.employment,
            },
            version=self.version,
        )


class SkillForm(Form):
    skill: Annotated[str, line_rule(80), Field(min_length=1)]
    level: Whole = Field(ge=1, le=5)
    evidence_kind: Annotated[EvidenceKind | None, Blank] = None
    evidence: Annotated[str, line_rule(500)] = ""

    def claim(self) -> SkillClaim:
        return SkillClaim(self.skill, self.level, self.evidence_kind, self.evidence)


class AttemptForm(Form):
    certification: Annotated[str, line_rule(10), Field(min_length=1)]
    state: AttemptState
    on: OptionalDay = None
    language: LanguageCode = "ko"
    proof_url: Annotated[str, line_rule(300)] = Field(default="", pattern=r"^(https://[^\s]+)?$")
    is_minor: Switch = False
    has_guardian_consent: Switch = False
    is_discounted: Switch = False

    def attempt(self) -> Attempt:
        return Attempt(
            self.certification,
            self.state,
            self.on,
            self.language,
            proof_url=self.proof_url,
            is_minor=self.is_minor,
            has_guardian_consent=self.has_guardian_consent,
            is_discounted=self.is_discounted,
        )


class StepForm(Form):
    """One step of an attempt, as its row offers it."""

    to: AttemptState
    on: OptionalDay = None
    version: Version
    is_minor: Switch = False
    has_guardian_consent: Switch = False


class AwsIdForm(Form):
    aws_id: Annotated[str, line_rule(40), Field(min_length=1)]


class LicenceForm(Form):
    licence: Annotated[str, line_rule(80), Field(min_length=1)]
    acquired_on: OptionalDay = None
