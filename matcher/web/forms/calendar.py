"""Forms of a person's calendar: how to be reminded, and periods with other hours."""

from typing import Annotated

from pydantic import Field

from matcher.flows.busy_periods import MOST_HOURS, Period
from matcher.planning.notices import Topic
from matcher.text import line_rule
from matcher.web.forms.base import Day, Form, Whole
from models.calendar import DigestRhythm


class DigestForm(Form):
    """`topics` are the ones wanted; those not ticked are muted."""

    rhythm: DigestRhythm
    weekday: Whole = Field(default=1, ge=1, le=7)
    topics: list[Topic] = Field(default=[], max_length=len(Topic))

    def muted(self) -> list[Topic]:
        return [topic for topic in Topic if topic not in self.topics]


class BusyForm(Form):
    name: Annotated[str, line_rule(60)] = ""
    starts_on: Day
    ends_on: Day
    weekly_hours: Whole = Field(ge=0, le=MOST_HOURS)

    def period(self) -> Period:
        return Period(self.name, self.starts_on, self.ends_on, self.weekly_hours)
