"""Queries of the lists of courses."""

from typing import Annotated, Any, Literal

from pydantic import Field

from matcher.flows.recommend_courses import CourseQuery
from matcher.matching.course_facets import FACETS
from matcher.text import line_rule
from matcher.web.forms.base import Form, Switch
from matcher.web.forms.fields import OptionalRowId, PageNumber, TaughtIn

Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
Written = Annotated[str, line_rule(60)]
SkillSlug = Annotated[str, Field(pattern=r"^[a-z0-9:._+#-]{1,90}$")]
LINES = 20
MANY = frozenset(FACETS) - {"seats"}
"""Query keys that may come more than once; the pages' gates list them too."""


class FacetsQuery(Form):
    """One list a facet; words no course has simply find nothing."""

    q: Annotated[str, line_rule(100)] = ""
    state: list[Literal["open", "upcoming", "running", "closed", "none"]] = Field(
        default=[], max_length=5
    )
    university: list[Word] = Field(default=[], max_length=LINES)
    project: list[Word] = Field(default=[], max_length=LINES)
    task: list[Written] = Field(default=[], max_length=LINES)
    sector: list[Literal["space", "energy", "bio", "mobility", "common"]] = Field(
        default=[], max_length=5
    )
    field: list[Written] = Field(default=[], max_length=LINES)
    skill: list[SkillSlug] = Field(default=[], max_length=LINES)
    certification: list[Annotated[str, Field(pattern=r"^[A-Z]{2,4}$")]] = Field(
        default=[], max_length=LINES
    )
    credit: list[Literal["credit", "shared"]] = Field(default=[], max_length=2)
    fee: list[Literal["free", "paid"]] = Field(default=[], max_length=2)
    mode: list[Literal["online", "offline", "mixed"]] = Field(default=[], max_length=3)
    language: TaughtIn = Field(default=[])
    time: list[Literal["day", "night", "weekend"]] = Field(default=[], max_length=3)
    term: list[Annotated[str, Field(pattern=r"^20[0-9]{2}-(1|2|summer|winter)$")]] = Field(
        default=[], max_length=LINES
    )
    level: list[Word] = Field(default=[], max_length=LINES)
    kind: list[Word] = Field(default=[], max_length=LINES)
    seats: Switch = False
    page: PageNumber = 1

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Values by facet, those with any."""
        found = {name: tuple(getattr(self, name)) for name in MANY if getattr(self, name)}
        return found | ({"seats": ("1",)} if self.seats else {})

    def wanted(self) -> CourseQuery:
        return CourseQuery(self.q, self.chosen())


class CoursesQuery(FacetsQuery):
    saved: Switch = False
    target: OptionalRowId = None

    def wanted(self) -> CourseQuery:
        more: dict[str, Any] = {"target": self.target, "only_saved": self.saved}
        return CourseQuery(self.q, self.chosen(), **more)
