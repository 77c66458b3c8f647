"""Forms and queries of imports, exports and saved views."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from matcher.flows.exporting import LISTS
from matcher.text import line_rule
from matcher.web.forms.base import Form, Switch
from matcher.web.forms.fields import OptionalPage

List = StrEnum("List", {name.upper(): name for name in LISTS})  # type: ignore[misc]  # from a table
Kind = Annotated[str, line_rule(20), Field(min_length=1)]


class ImportsQuery(Form):
    page: OptionalPage = None
    kind: Annotated[str, line_rule(20)] = ""


class TemplateQuery(Form):
    kind: Annotated[str, line_rule(20)] = "youths"
    format: Literal["csv", "xlsx"] = "csv"


class UploadForm(Form):
    kind: Kind
    keeps_unmapped: Switch = False


class ExportForm(Form):
    kind: List
    format: Literal["csv", "xlsx"]
    reason: Annotated[str, line_rule(200), Field(min_length=1)]


class ViewForm(Form):
    place: Annotated[str, line_rule(40)]
    name: Annotated[str, line_rule(40), Field(min_length=1)]
    query: Annotated[str, line_rule(2000)] = ""
    is_default: Switch = False


class Press(Form):
    """A button without a field."""
