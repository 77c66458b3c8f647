"""The query of the renewal planner."""

from typing import Annotated, Literal

from pydantic import Field

from matcher.flows.renewals import MOST_YEARS
from matcher.matching.renewal_views import RenewalWishes
from matcher.text import line_rule
from matcher.web.forms.base import Form, Switch, Whole

Name = Annotated[str, line_rule(10), Field(min_length=1)]


class RenewalsQuery(Form):
    """Sent whole: a box that is not ticked is missing."""

    certifications: list[Name] = Field(min_length=1, max_length=20)
    years: Whole = Field(ge=1, le=MOST_YEARS)
    goal: Literal["fewest", "cheapest"]
    route: Literal["exams", "paid", "subscribed"]
    new: Switch = False

    def wishes(self) -> RenewalWishes:
        return RenewalWishes(
            certifications=tuple(dict.fromkeys(self.certifications)),
            years=self.years,
            goal=self.goal,
            route=self.route,
            with_new=self.new,
        )
