"""Forms and queries of the results and of the evaluation packs."""

from typing import Annotated, Literal

from pydantic import Field

from matcher.flows.results import DIMENSIONS, STAGES, Wanted
from matcher.text import line_rule
from matcher.web.forms.base import Day, Form, OptionalWhole, Whole
from matcher.web.forms.fields import OptionalPage

Word = Annotated[str, line_rule(60)]
Stage = Literal[STAGES]  # type: ignore[valid-type]
Dimension = Literal[("", *DIMENSIONS)]  # type: ignore[valid-type]


class _Narrowed(Form):
    university: Word = ""
    project: Word = ""
    sector: Word = ""
    cohort: Word = ""
    year: Word = ""

    def wanted(self) -> Wanted:
        return Wanted(self.university, self.project, self.sector, self.cohort, self.year)


class ResultsQuery(_Narrowed):
    by: Dimension = ""


class BehindQuery(_Narrowed):
    stage: Stage = "registered"
    page: OptionalPage = None


class StudentsForm(Form):
    students: Whole = Field(ge=1, le=1_000_000)
    counted_on: Day
    source: Annotated[str, line_rule(200), Field(min_length=1)]


class PacksQuery(Form):
    page: OptionalPage = None


class PackQuery(Form):
    """Without a year: the last one that is over."""

    year: OptionalWhole = Field(default=None, ge=2000, le=2200)
    project: Word = ""


class FreezeForm(Form):
    year: Whole = Field(ge=2000, le=2200)
    project: Word = ""
    token: Annotated[str, line_rule(64), Field(min_length=64, max_length=64)]


class FileForm(Form):
    kind: Literal["pdf", "xlsx", "csv", "json"]
    reason: Annotated[str, line_rule(200), Field(min_length=1)]


class RowsQuery(Form):
    measure: Word = "completed"
    page: OptionalPage = None
