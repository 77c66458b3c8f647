"""Forms and queries of a desk's planning."""

from typing import Annotated

from pydantic import Field

from matcher.flows import forecasting
from matcher.flows.course_impact import MOST_SEATS, SEATS, Against, Asked
from matcher.flows.programme_targets import Promise
from matcher.text import line_rule
from matcher.web.forms.base import AsWhole, Blank, Form, OptionalWhole, Whole
from matcher.web.forms.fields import RowId
from matcher.web.forms.records import Sector
from matcher.web.params import LARGEST_ID


class ImpactQuery(Form):
    term: Annotated[str, line_rule(7)] = ""
    seats: OptionalWhole = Field(default=None, ge=1, le=MOST_SEATS)
    against: Against = Against.TODAY
    size: Whole = Field(default=1, ge=1, le=3)
    course: list[RowId] = Field(default=[], max_length=20)

    def asked(self) -> Asked:
        picked = tuple(dict.fromkeys(self.course))
        return Asked(self.term, self.seats or SEATS, self.against, self.size, picked)


class ScenarioForm(ImpactQuery):
    name: Annotated[str, line_rule(80), Field(min_length=1)]


class CompareQuery(Form):
    scenario: list[RowId] = Field(default=[], max_length=20)


class TargetsQuery(Form):
    year: OptionalWhole = Field(default=None, ge=2000, le=2100)
    project: Annotated[str, line_rule(60)] = ""


Count = Annotated[int | None, Field(ge=0, le=1_000_000), AsWhole]
Won = Annotated[int | None, Field(ge=0, le=100_000_000_000), AsWhole]


class TargetForm(Form):
    year: Whole = Field(ge=2000, le=2100)
    project: Annotated[str, line_rule(60), Field(min_length=1)]
    people: Count = None
    completions: Count = None
    certificates: Count = None
    placements: Count = None
    budget_krw: Won = None
    spent_krw: Won = None
    note: Annotated[str, line_rule(300)] = ""
    version: Whole = Field(ge=0, le=LARGEST_ID)

    def promise(self) -> Promise:
        return Promise(
            self.people, self.completions, self.certificates, self.placements,
            self.budget_krw, self.spent_krw, self.note,
        )  # fmt: skip


class SkillsQuery(Form):
    sector: Annotated[Sector | None, Blank] = None


class ForecastQuery(Form):
    seats: OptionalWhole = Field(default=None, ge=0, le=forecasting.MOST_SEATS)
    openings: OptionalWhole = Field(
        default=None, ge=forecasting.LEAST_PERCENT, le=forecasting.MOST_PERCENT
    )
