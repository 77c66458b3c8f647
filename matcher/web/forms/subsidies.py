"""Forms of the centre's list of subsidies."""

from typing import Annotated

from pydantic import Field

from matcher.flows.subsidies import NewSubsidy
from matcher.text import line_rule
from matcher.web.forms.base import Day, Form, OptionalWhole, Switch, Whole
from matcher.web.forms.fields import Version
from models.plan import SubsidyCovers
from models.youth import YouthStatus

MOST_KRW = 2**31 - 1


class SubsidyForm(Form):
    name_ko: Annotated[str, line_rule(120), Field(min_length=1)]
    name_en: Annotated[str, line_rule(120), Field(min_length=1)]
    covers: SubsidyCovers
    vendor_exams: Switch = False
    percent: Whole = Field(ge=1, le=100)
    cap_krw: Whole = Field(ge=1, le=MOST_KRW)
    remaining_krw: OptionalWhole = Field(default=None, ge=0, le=MOST_KRW)
    opens_on: Day
    closes_on: Day
    statuses: list[YouthStatus] = Field(default=[], max_length=len(YouthStatus))
    source: Annotated[str, line_rule(300), Field(min_length=1)]

    def new(self) -> NewSubsidy:
        return NewSubsidy(**{**vars(self), "statuses": tuple(self.statuses)})


class RemainingForm(Form):
    """An empty amount: what is left is not told."""

    remaining_krw: OptionalWhole = Field(default=None, ge=0, le=MOST_KRW)
    version: Version


class EndSubsidyForm(Form):
    version: Version
