"""Forms of events and projects."""

from typing import Annotated, Any

from pydantic import Field

from matcher.flows import project_desk, projects
from matcher.flows.event_desk import Written
from matcher.text import line_rule, prose_rule
from matcher.web.forms.base import Day, Form, OptionalDay, Switch, Whole
from matcher.web.forms.fields import Clock, Version
from models.community import ProjectStage
from models.course import CourseMode

Title = Annotated[str, line_rule(120), Field(min_length=1)]
Link = Annotated[str, line_rule(300), Field(pattern=r"^(https://[^\s<>\"']{3,290})?$")]


class EventForm(Form):
    title_ko: Title
    title_en: Annotated[str, line_rule(120)] = ""
    content: Annotated[str, prose_rule(4000)] = ""
    mode: CourseMode
    place: Annotated[str, line_rule(120)] = ""
    join_link: Link = ""
    held_on: Day
    starts: Clock
    ends: Clock
    sign_up_until: Day
    seats: Whole = Field(ge=1, le=10_000)

    def written(self) -> Written:
        values: dict[str, Any] = self.model_dump(exclude={"version"})
        return Written(**{**values, "title_en": self.title_en or self.title_ko})


class EventChangeForm(EventForm):
    version: Version


class ProjectForm(Form):
    title: Title
    idea: Annotated[str, prose_rule(2000), Field(min_length=1)]
    skills: Annotated[str, line_rule(300)] = ""
    places: Whole = Field(ge=1, le=20)

    def written(self) -> projects.Written:
        return projects.Written(self.title, self.idea, self.skills, self.places)


class ProjectChangeForm(ProjectForm):
    version: Version


class UpdateForm(Form):
    words: Annotated[str, prose_rule(1000), Field(min_length=1)]
    stage: ProjectStage
    version: Version


class AskForm(Form):
    """Without an address somebody asks to join; with one the lead invites."""

    email: Annotated[str, line_rule(254)] = ""


class AnswerForm(Form):
    to: projects.Answer


class ProjectDeskForm(Form):
    mentor: Annotated[str, line_rule(80)] = ""
    showcase_on: OptionalDay = None
    shown_on: OptionalDay = None
    showcase_url: Link = ""
    is_closed: Switch = False
    version: Version

    def written(self) -> project_desk.Written:
        values: dict[str, Any] = self.model_dump(exclude={"version"})
        return project_desk.Written(**values)
