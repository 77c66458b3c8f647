"""The form of a pasted posting; it carries the posting's own form along, as it was typed."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from matcher.catalogue.extracting import MOST_CHARACTERS
from matcher.flows.posting_text import MOST_OFFERED
from matcher.matching.typed_requirements import TypedRow
from matcher.matching.wanted import meant
from matcher.refusal import Invalid
from matcher.text import prose_rule
from matcher.web.forms.base import Form, Switch, message
from matcher.web.forms.partner import MOST_ROWS, typed_rows
from models.opening import RequirementKind

Carried = Annotated[str, Field(max_length=20_000)]
Row = Annotated[str, Field(max_length=500)]
_LEVELS = ("", "1", "2", "3", "4", "5")
_KINDS = tuple(each.value for each in RequirementKind)


class PostingTextForm(Form):
    """`step` open: show the page; read: the text was pasted; write: on to the posting's form.

    The four `found_` lists are one found thing a place, `left_out` the places not wanted. All
    other fields are the posting's own; they are checked when the posting is saved.
    """

    step: Literal["open", "read", "write"] = "read"
    text: Annotated[str, prose_rule(MOST_CHARACTERS)] = ""
    use_text: Switch = False
    use_title: Switch = False
    title: Carried = ""
    found_key: list[Row] = Field(default=[], max_length=MOST_OFFERED)
    found_kind: list[Literal[_KINDS]] = Field(default=[], max_length=MOST_OFFERED)  # type: ignore[valid-type]
    found_level: list[Literal[_LEVELS]] = Field(default=[], max_length=MOST_OFFERED)  # type: ignore[valid-type]
    left_out: list[Row] = Field(default=[], max_length=MOST_OFFERED)
    title_ko: Carried = ""
    title_en: Carried = ""
    sector: Carried = ""
    role: Carried = ""
    description: Carried = ""
    employment_type: Carried = ""
    region: Carried = ""
    headcount: Carried = ""
    pay_min_krw: Carried = ""
    pay_max_krw: Carried = ""
    opens_on: Carried = ""
    closes_on: Carried = ""
    starts_on: Carried = ""
    answer_days: Carried = ""
    version: Carried = ""
    req_kind: list[Row] = Field(default=[], max_length=MOST_ROWS)
    req_text: list[Row] = Field(default=[], max_length=MOST_ROWS)
    req_level: list[Row] = Field(default=[], max_length=MOST_ROWS)
    req_pick: list[Row] = Field(default=[], max_length=MOST_ROWS)

    def carried(self, names: tuple[str, ...]) -> dict[str, Any]:
        """The posting's own fields, those that hold something."""
        return {name: value for name in names if (value := getattr(self, name, ""))}

    def present(self) -> list[TypedRow]:
        return typed_rows(self.req_kind, self.req_text, self.req_level, self.req_pick)

    def taken(self) -> list[TypedRow]:
        """What was found and is wanted. Raises Invalid for what the page did not offer."""
        if not len(self.found_key) == len(self.found_kind) == len(self.found_level):
            raise Invalid({"text": message("enum", {})})
        rows = zip(self.found_key, self.found_kind, self.found_level, strict=True)
        left_out = set(self.left_out)
        return [_row(*row) for n, row in enumerate(rows) if str(n) not in left_out]

    def begun(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The posting's fields with title and description taken from the text where wanted."""
        found = dict(values)
        if self.use_title and self.title:
            found["title_ko"] = self.title
        if self.use_text and self.text:
            found["description"] = self.text
        return found


def _row(key: str, kind: str, level: str) -> TypedRow:
    known = meant(key)
    if known is None:
        raise Invalid({"text": message("enum", {})})
    return TypedRow(kind, known.name, level, known.key)
