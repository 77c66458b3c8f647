"""What the pages of masked candidates take: how a list is narrowed, marks, people side by side."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from matcher.flows.candidates import MOST_COMPARED
from matcher.matching.candidate_filters import Filters
from matcher.policy.openings import MOST_REQUIREMENTS
from matcher.web.forms.base import AsWhole, Blank, Form, OptionalDay, Switch
from matcher.web.forms.fields import PageNumber
from models.application import RefusalReason, ShortlistState

Tab = Literal["new", "shortlisted", "asked", "applied", "set_aside"]
Number = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{14}$")]
Key = Annotated[str, StringConstraints(pattern=r"^(skill|certification|licence):.{1,100}$")]


class Narrowing(Form):
    """Part of every address of these pages, so that a decision keeps what was chosen."""

    tab: Tab = "new"
    level: Annotated[int | None, Field(ge=1, le=4), AsWhole] = None
    every: Switch = False
    free_by: OptionalDay = None
    met: list[Key] = Field(default=[], max_length=MOST_REQUIREMENTS)

    @property
    def filters(self) -> Filters:
        return Filters(self.level, self.every, self.free_by, tuple(self.met))


class CandidatesQuery(Narrowing):
    page: PageNumber = 1


class CandidateQuery(Narrowing):
    """`step`: opened as the next one after a decision."""

    step: Switch = False


class CompareQuery(Form):
    """More people than fit beside one another are named, and the first ones compared."""

    c: list[Number] = Field(default=[], max_length=200)

    @property
    def is_too_many(self) -> bool:
        return len(set(self.c)) > MOST_COMPARED


class MarkForm(Form):
    """`state` empty takes the mark back; `then` is who comes next, `seen` where the person stood
    on the page that was pressed."""

    state: Annotated[ShortlistState | None, Blank] = None
    reason: Annotated[RefusalReason | None, Blank] = None
    then: Annotated[Number | None, Blank] = None
    seen: Annotated[Tab | None, Blank] = None


class MarkManyForm(Form):
    numbers: list[Number] = Field(default=[], max_length=200)
    state: ShortlistState = ShortlistState.SHORTLISTED
    reason: Annotated[RefusalReason | None, Blank] = None


class ExampleForm(Form):
    """`on` marks the person as an example, otherwise no longer."""

    on: Switch = False


class PressForm(Form):
    """A button without anything to fill in."""
