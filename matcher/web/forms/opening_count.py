"""The part of a posting's form that decides whom it reaches."""

from typing import Annotated

from pydantic import Field

from matcher.matching.typed_requirements import Asked, asked
from matcher.text import line_rule
from matcher.web.forms.base import Form, OptionalDay
from matcher.web.forms.partner import MOST_ROWS, typed_rows


class CountForm(Form):
    """What is half typed is no mistake here: rows that mean nothing yet are only not counted."""

    sector: Annotated[str, line_rule(20)] = ""
    starts_on: OptionalDay = None
    req_kind: list[str] = Field(default=[], max_length=MOST_ROWS)
    req_text: list[str] = Field(default=[], max_length=MOST_ROWS)
    req_level: list[str] = Field(default=[], max_length=MOST_ROWS)
    req_pick: list[str] = Field(default=[], max_length=MOST_ROWS)

    def asked(self) -> Asked:
        """Raises Invalid when the lists do not belong together."""
        lists = (self.req_kind, self.req_text, self.req_level, self.req_pick)
        return asked(self.sector, typed_rows(*lists), self.starts_on)
