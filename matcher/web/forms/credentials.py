"""Forms about the service's own credentials and keys."""

from typing import Annotated, Literal

from pydantic import Field

from matcher.policy.credential_steps import Step
from matcher.text import line_rule
from matcher.web.forms.base import Form, Whole


class FormQuery(Form):
    """Which file of one credential."""

    form: Literal["png", "svg", "jwt", "json"] = "png"


class PartQuery(Form):
    """Which file of a record that takes several."""

    part: Annotated[Whole, Field(ge=1, le=1000)] = 1


class CredentialStep(Form):
    step: Step
    version: Whole
    reason: Annotated[str, line_rule(300)] = ""
