"""Queries and forms of the matching side: lists, what-if, applications."""

from typing import Annotated, Literal

from pydantic import Field

from matcher.matching.cards import Wanted
from matcher.text import line_rule, prose_rule
from matcher.web.forms.base import Form, Switch
from matcher.web.forms.fields import OptionalRowId, PageNumber
from matcher.web.forms.records import Employment, Region, Sector

LOOK = ("lang", "theme")
"""Query keys the layers around a page use; they are no part of its own query."""
ShortText = Annotated[str, line_rule(100)]
SectorOrCommon = Literal["space", "energy", "bio", "mobility", "common"]


class OpeningsQuery(Form):
    q: ShortText = ""
    sector: list[Sector] = Field(default=[], max_length=4)
    region: list[Region] = Field(default=[], max_length=4)
    employment: list[Employment] = Field(default=[], max_length=5)
    saved: Switch = False
    page: PageNumber = 1

    def wanted(self) -> Wanted:
        facets = (tuple(self.sector), tuple(self.region), tuple(self.employment))
        return Wanted(self.q, *facets, only_saved=self.saved)


class WhatIfQuery(Form):
    """`skill` as slug:level; what the page does not offer is simply not counted."""

    cert: list[Annotated[str, Field(pattern=r"^[A-Z]{2,4}$")]] = Field(default=[], max_length=20)
    skill: list[Annotated[str, Field(pattern=r"^[a-z0-9:._+-]{1,90}:[1-5]$")]] = Field(
        default=[], max_length=40
    )
    course: list[Annotated[str, Field(pattern=r"^[1-9][0-9]{0,9}$")]] = Field(
        default=[], max_length=20
    )

    def chosen(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            (kind, value)
            for kind, values in (
                ("cert", self.cert),
                ("skill", self.skill),
                ("course", self.course),
            )
            for value in values
        )


class CourseTarget(Form):
    target: OptionalRowId = None


class ApplyForm(Form):
    message: Annotated[str, prose_rule(1000)] = ""
    consent: Switch = False
