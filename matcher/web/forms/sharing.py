"""Forms of what a young person shows to others: share links and proved facts."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from matcher.flows import sharing
from matcher.flows.sharing import Wanted
from matcher.text import line_rule, prose_rule
from matcher.web.forms.account import written
from matcher.web.forms.base import Day, Form, Whole


def _joined(value: str) -> str:
    return "".join(value.split())


Part = Literal["name", "contact", "certificates", "skills", "courses", "projects"]


class LinkForm(Form):
    parts: list[Part] = Field(default_factory=list, max_length=6)
    expires_on: Day
    label: Annotated[str, line_rule(80)] = ""

    def wanted(self) -> Wanted:
        return Wanted(sharing.chosen(self.parts), self.expires_on, self.label)


class FactsForm(Form):
    """`days`: how long the proof holds. `way`: shown on the page, or as a file."""

    facts: list[Annotated[str, Field(max_length=60)]] = Field(default_factory=list, max_length=40)
    days: Whole = Field(ge=1, le=30)
    way: Literal["page", "file"] = "page"


class CheckForm(Form):
    """Line breaks of a mail or a messenger in the middle of a token are no part of it."""

    token_text: Annotated[str, prose_rule(20_000), AfterValidator(_joined), AfterValidator(written)]
