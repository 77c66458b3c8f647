"""What the API takes. No field of an account, of a verification or of a score is among them."""

from typing import Annotated

from pydantic import Field

from matcher.flows.certifications import Attempt
from matcher.flows.profile import ProfileChange
from matcher.flows.skills import SkillClaim
from matcher.web.api.fields import (
    About,
    Body,
    CertificationId,
    Evidence,
    ExamLanguage,
    Letter,
    Level,
    OptionalDay,
    ProofUrl,
    RowId,
    SkillName,
    Version,
)
from matcher.web.forms.badges import LONGEST_TEXT
from matcher.web.forms.records import Employment, Region, Sector
from models.certification import AttemptState
from models.skill import EvidenceKind
from models.youth import Affiliation, WishKind, YouthStatus

# Strict mode would want the members themselves, which JSON cannot carry.
AnyAffiliation = Annotated[Affiliation, Field(strict=False)]
AnyStatus = Annotated[YouthStatus, Field(strict=False)]
AnyEvidence = Annotated[EvidenceKind, Field(strict=False)]
AnyAttempt = Annotated[AttemptState, Field(strict=False)]


class ProfileUpdate(Body):
    """The whole profile: what is left out is emptied. `version` unless `If-Match` says it."""

    affiliation: AnyAffiliation
    organisation_id: RowId | None = None
    status: AnyStatus
    graduation_on: OptionalDay = None
    available_from: OptionalDay = None
    weekly_hours: Annotated[int, Field(ge=0, le=80)] | None = None
    budget_krw: Annotated[int, Field(ge=0, le=100_000_000)] | None = None
    about: About = ""
    sectors: list[Sector] = Field(default=[], max_length=4)
    regions: list[Region] = Field(default=[], max_length=4)
    employment: list[Employment] = Field(default=[], max_length=5)
    version: Version | None = None

    def change(self, version: int) -> ProfileChange:
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
            version=version,
        )


class SkillCreate(Body):
    """`skill` as a slug, a name or another name of it."""

    skill: SkillName
    level: Level
    evidence_kind: AnyEvidence | None = None
    evidence: Evidence = ""

    def claim(self) -> SkillClaim:
        return SkillClaim(self.skill, self.level, self.evidence_kind, self.evidence)


class CertificationCreate(Body):
    """`on` is the day planned, booked or sat; only a plan may be without one. Who is under 18 that
    day needs a guardian's consent. `is_discounted`: paid with the benefit of an earlier pass."""

    certification: CertificationId
    state: AnyAttempt
    on: OptionalDay = None
    language: ExamLanguage = "ko"
    proof_url: ProofUrl = ""
    is_minor: bool = False
    has_guardian_consent: bool = False
    is_discounted: bool = False

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


class BadgeCreate(Body):
    """`text`: the credential as JSON or as its compact token, or the https link of a badge."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]


class StepCreate(Body):
    """Who is under 18 on the day of the exam needs a guardian's consent to plan or book it."""

    to: AnyAttempt
    on: OptionalDay = None
    version: Version
    is_minor: bool = False
    has_guardian_consent: bool = False


class PlannedSkill(Body):
    skill: SkillName
    level: Level


class WhatIfRequest(Body):
    """Certificates passed and skills raised, all together."""

    certifications: list[CertificationId] = Field(default=[], max_length=20)
    skills: list[PlannedSkill] = Field(default=[], max_length=40)


class ApplicationCreate(Body):
    """`consent`: this one employer may see name, contact and profile."""

    opening_id: RowId
    message: Letter = ""
    consent: bool


class AsRead(Body):
    """A step on what stands there; `version` as it was read."""

    version: Version


class ClaimRequest(Body):
    """`consent`: this one employer may see name, contact and profile."""

    version: Version
    consent: bool
