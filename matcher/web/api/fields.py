"""Field types of bodies and queries: strict, and the same limits as the forms have."""

from datetime import date
from typing import Annotated, Literal

from fastapi import Header, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from matcher.text import line_rule, prose_rule
from matcher.web.forms.base import DAY
from matcher.web.params import CANONICAL, LARGEST_ID

MOST_OFFSET = 1_000_000


class Body(BaseModel):
    """Base of every body: nothing unknown, nothing coerced, no number that is none."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Answer(BaseModel):
    """Base of every answer, made from a flow's view and never from a row."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


def _day(value: object) -> object:
    """Only 2026-12-31: neither a number of seconds nor a moment is a day."""
    if not isinstance(value, str) or not value.isascii() or not DAY.fullmatch(value):
        raise PydanticCustomError("day", "not a date")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date_parsing", "no such day") from None


def _optional_day(value: object) -> object:
    return None if value is None else _day(value)


def _whole(value: object) -> object:
    text = str(value)
    if len(text) > 12 or not CANONICAL.fullmatch(text):
        raise PydanticCustomError("whole", "not a whole number")
    return int(text)


Day = Annotated[date, BeforeValidator(_day)]
OptionalDay = Annotated[date | None, BeforeValidator(_optional_day)]
RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Version = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Level = Annotated[int, Field(ge=1, le=5)]
SkillName = Annotated[str, line_rule(80), Field(min_length=1, json_schema_extra={"maxLength": 80})]
Evidence = Annotated[str, line_rule(500), Field(json_schema_extra={"maxLength": 500})]
About = Annotated[str, prose_rule(2000), Field(json_schema_extra={"maxLength": 2000})]
Letter = Annotated[str, prose_rule(1000), Field(json_schema_extra={"maxLength": 1000})]
CertificationId = Annotated[str, Field(pattern=r"^[A-Z]{2,4}$", max_length=4)]
ProofUrl = Annotated[str, line_rule(300), Field(pattern=r"^(https://[^\s]+)?$", max_length=300)]
ExamLanguage = Literal["ko", "en", "ja", "zh-Hans"]

QueryId = Annotated[int, BeforeValidator(_whole), Field(ge=1, le=LARGEST_ID)]
Limit = Annotated[int, BeforeValidator(_whole), Query(ge=1, le=100)]
Offset = Annotated[int, BeforeValidator(_whole), Query(ge=0, le=MOST_OFFSET)]
SearchText = Annotated[str, line_rule(100), Query(max_length=400)]
OnDay = Annotated[OptionalDay, Query(description="2026-12-31; today when left out")]
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,200}$",
        description="Any text; the same key and body give the same answer for a day",
    ),
]
