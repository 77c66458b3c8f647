"""Forms of a young person's way to a certificate: study, practice scores, a voucher used."""

from typing import Annotated

from pydantic import Field

from matcher.flows.study import ScoreForm, StudyForm
from matcher.text import line_rule
from matcher.web.forms.base import Day, Form, OptionalWhole, Whole
from matcher.web.forms.fields import Version
from models.study import PracticeSource


class StudyEntryForm(Form):
    studied_on: Day
    minutes: Whole = Field(ge=1, le=1440)
    domain: OptionalWhole = Field(default=None, ge=1, le=12)
    note: Annotated[str, line_rule(200)] = ""

    def entry(self) -> StudyForm:
        return StudyForm(self.studied_on, self.minutes, self.domain, self.note)


class PracticeForm(Form):
    """`part` is the domain; its own name, because both forms stand on one page."""

    taken_on: Day
    percent: Whole = Field(ge=0, le=100)
    part: OptionalWhole = Field(default=None, ge=1, le=12)
    source: PracticeSource
    exam_code: Annotated[str, line_rule(20), Field(min_length=1)]

    def score(self) -> ScoreForm:
        return ScoreForm(self.taken_on, self.percent, self.part, self.source, self.exam_code)


class UsedForm(Form):
    on: Day
    version: Version
