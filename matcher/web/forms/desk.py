"""Forms and queries of a university's and the centre's desk."""

from typing import Annotated

from pydantic import Field

from matcher.flows.cohort import Attention, Sort, Wanted
from matcher.flows.course_desk import Show
from matcher.flows.youth_desk import (
    AffiliationStep,
    EndReason,
    ProofReason,
    ProofStep,
    Rating,
)
from matcher.text import line_rule
from matcher.web.forms.base import Blank, Form, Whole
from matcher.web.forms.fields import OptionalPage, Version
from matcher.web.forms.records import Sector
from models.course import CourseState, EnrolmentState
from models.skill import EvidenceKind
from models.youth import YouthStatus


class RosterQuery(Form):
    q: Annotated[str, line_rule(60)] = ""
    university: Annotated[str, line_rule(60)] = ""
    status: Annotated[YouthStatus | None, Blank] = None
    sector: Annotated[Sector | None, Blank] = None
    certificate: Annotated[str, line_rule(10)] = ""
    needs: Annotated[Attention | None, Blank] = None
    sort: Sort = Sort.NAME
    page: OptionalPage = None

    def wanted(self) -> Wanted:
        return Wanted(
            self.q, self.university, self.status, self.sector, self.certificate or None,
            self.needs, self.sort, self.page or 1,
        )  # fmt: skip


class CohortQuery(Form):
    university: Annotated[str, line_rule(60)] = ""


class CoursesQuery(Form):
    show: Show = Show.ALL


class SkillQuery(Form):
    """A skill picked for rating on a person's page."""

    skill: Annotated[str, line_rule(80)] = ""


class AffiliationForm(Form):
    step: AffiliationStep
    reason: Annotated[EndReason | None, Blank] = None
    version: Version


class ProofForm(Form):
    step: ProofStep
    reason: Annotated[ProofReason | None, Blank] = None
    version: Version


class RateForm(Form):
    skill: Annotated[str, line_rule(80), Field(min_length=1)]
    level: Whole = Field(ge=1, le=5)
    evidence_kind: Annotated[EvidenceKind | None, Blank] = None
    note: Annotated[str, line_rule(500), Field(min_length=1)]

    def rating(self) -> Rating:
        return Rating(self.skill, self.level, self.note, self.evidence_kind)


class CourseForm(Form):
    to: CourseState
    version: Version


class FinishForm(Form):
    to: EnrolmentState
