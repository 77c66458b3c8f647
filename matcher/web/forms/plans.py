"""The wishes of a path as a query, and the small forms of an accepted one."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError

from matcher.flows.path_choices import PathChoices
from matcher.flows.plans import Choice
from matcher.matching.plan_views import Wishes
from matcher.text import prose_rule
from matcher.web.forms.base import (
    Day,
    Form,
    OptionalDay,
    OptionalWhole,
    Switch,
    Whole,
    messages,
)
from matcher.web.forms.fields import Version
from models.plan import PlanKind, PlanTarget, StepState

LEAST_HOURS, MOST_HOURS = 1, 40
Languages = Literal["ko,en", "ko", "en", "en,ko"]
TARGET = re.compile(
    r"opening:[1-9][0-9]{0,8}|role:[a-z0-9-]{1,60}|certification:[A-Z]{2,4}|promise:[1-9][0-9]{0,8}"
)
Target = Annotated[str, StringConstraints(pattern=f"^({TARGET.pattern})$")]
Requirement = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,20}:[A-Za-z0-9:._+-]{1,90}$")]
WeeklyHours = Annotated[Whole, Field(ge=LEAST_HOURS, le=MOST_HOURS)]


class PathQuery(Form):
    """As the form on the page sends it; a switch that is off is not sent at all."""

    target: Target
    hours: WeeklyHours
    budget: OptionalWhole = Field(default=None, ge=0, le=100_000_000)
    by: OptionalDay = None
    languages: Languages = "ko,en"
    place: Literal["centre", "home"] = "centre"
    minor: Switch = False
    guardian: Switch = False
    nice: list[Requirement] = Field(default=[], max_length=30)

    def wishes(self) -> Wishes:
        kind, _colon, ref = self.target.partition(":")
        return Wishes(
            target=PlanTarget(kind),
            refs=(ref,),
            weekly_hours=self.hours,
            budget_krw=self.budget,
            by=self.by,
            languages=tuple(self.languages.split(",")),
            is_online=self.place == "home",
            is_minor=self.minor,
            has_guardian_consent=self.guardian,
            nice=tuple(dict.fromkeys(self.nice)),
        )


class AcceptForm(PathQuery):
    """The same wishes, and which of the plans that were shown."""

    kind: PlanKind
    which: Whole = Field(ge=1, le=20)
    finish: Day
    total: Whole = Field(ge=0, le=10**10)
    replaces: Switch = False

    def choice(self) -> Choice:
        return Choice(self.kind, self.which, self.finish.isoformat(), self.total, self.replaces)


class TickForm(Form):
    to: StepState
    version: Version


class PaceForm(Form):
    weekly_hours: WeeklyHours
    version: Version


class SubmitForm(Form):
    comment: Annotated[str, prose_rule(1000)] = ""
    version: Version


class AnswerForm(Form):
    answer: Literal["approve", "return"]
    comment: Annotated[str, prose_rule(1000)] = ""
    version: Version


def wishes_in(shown: Mapping[str, Any]) -> tuple[PathQuery | None, dict[str, str]]:
    """The query behind the values of the form, or what is wrong with them by field; neither
    when there is nothing to aim at."""
    if not shown["target"]:
        return None, {}
    try:
        return PathQuery.model_validate(dict(shown)), {}
    except ValidationError as error:
        return None, messages(error)


def target_in(shown: Mapping[str, Any]) -> tuple[PlanTarget, str] | tuple[None, str]:
    """The target alone, whatever else is wrong."""
    text = str(shown["target"])
    if not TARGET.fullmatch(text):
        return None, ""
    kind, _colon, ref = text.partition(":")
    return PlanTarget(kind), ref


def usual(choices: PathChoices) -> dict[str, Any]:
    """What the form holds before anything was asked."""
    hours = min(max(choices.weekly_hours, LEAST_HOURS), MOST_HOURS)
    return {
        "target": choices.target,
        "hours": hours,
        "budget": "" if choices.budget_krw is None else choices.budget_krw,
        "by": "",
        "languages": "ko,en",
        "place": "centre",
        "minor": "",
        "guardian": "",
        "nice": [],
    }
