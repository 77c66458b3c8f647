"""Forms about what became of people."""

from typing import Annotated, Literal

from matcher.flows.outcome_desk import OutcomeStep, Show, Told
from matcher.flows.own_outcomes import Answer
from matcher.text import line_rule
from matcher.web.forms.base import Blank, Day, Form, OptionalDay, Switch
from matcher.web.forms.fields import OptionalPage, OptionalRowId, RowId, Version
from matcher.web.forms.records import Sector
from models.outcome import OutcomeKind

YesNo = Annotated[Literal["yes", "no"] | None, Blank]
Months = Literal["3", "6", "12"]


def said(value: str | None) -> bool | None:
    return None if value is None else value == "yes"


class OutcomesQuery(Form):
    show: Show = Show.PROPOSED
    page: OptionalPage = None
    youth: OptionalRowId = None


class AnswerForm(Form):
    kind: OutcomeKind
    started_on: Day
    organisation_name: Annotated[str, line_rule(120)] = ""
    sector: Annotated[Sector | None, Blank] = None
    in_jeju: YesNo = None

    def answer(self) -> Answer:
        return Answer(
            self.kind, self.started_on, self.organisation_name, self.sector, said(self.in_jeju)
        )


class AddForm(AnswerForm):
    youth_id: RowId
    ended_on: OptionalDay = None

    def told(self) -> Told:
        return Told(**vars(self.answer()), ended_on=self.ended_on)


class OutcomeStepForm(Form):
    to: OutcomeStep
    version: Version


class CheckForm(Form):
    months: Months
    still: Literal["yes", "no"]
    in_jeju: YesNo = None


class OwnCheckForm(CheckForm):
    """`correct`: an answer given before is put right."""

    correct: Switch = False
