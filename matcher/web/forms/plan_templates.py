"""Forms and queries of a desk's path templates."""

from typing import Annotated

from pydantic import Field

from matcher.flows.plan_templates import CohortFilter, Draft
from matcher.text import line_rule, prose_rule
from matcher.web.forms.base import Blank, Form, OptionalDay, OptionalWhole, Whole
from matcher.web.forms.fields import OptionalRowId, Version
from matcher.web.forms.plans import WeeklyHours
from matcher.web.forms.records import Sector
from matcher.web.params import LARGEST_ID
from models.youth import YouthStatus

Target = Annotated[str, Field(pattern=r"^(role:[a-z0-9-]{1,60}|certification:[A-Z]{2,4})$")]


class TemplateForm(Form):
    name: Annotated[str, line_rule(80), Field(min_length=1)]
    target: Target
    weekly_hours: WeeklyHours
    finish_by: OptionalDay = None
    note: Annotated[str, prose_rule(500)] = ""

    def draft(self) -> Draft:
        return Draft(self.name, self.target, self.weekly_hours, self.finish_by, self.note)


class TemplateEditForm(TemplateForm):
    version: Version


class CohortQuery(Form):
    """`count` says that the cohort was asked for, also the one without any condition."""

    status: Annotated[YouthStatus | None, Blank] = None
    sector: Annotated[Sector | None, Blank] = None
    session: OptionalRowId = None
    graduation: OptionalWhole = Field(default=None, ge=1950, le=2100)
    count: Annotated[str, line_rule(1)] = ""

    def wanted(self) -> CohortFilter:
        return CohortFilter(self.status, self.sector, self.session, self.graduation)


class SuggestForm(CohortQuery):
    expected: Whole = Field(ge=0, le=LARGEST_ID)
    version: Version
