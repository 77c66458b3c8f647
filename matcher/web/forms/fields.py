"""Fields that many forms have, each spelt once."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from matcher.i18n import gettext as _
from matcher.policy.course_terms import LANGUAGES
from matcher.web.forms.base import AsWhole, Whole
from matcher.web.params import LARGEST_ID

CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
LARGEST_PAGE = 1_000_000


def _clock(value: str) -> str:
    if not CLOCK.fullmatch(value):
        raise PydanticCustomError("plain", "{text}", {"text": _("시각을 19:00처럼 적어 주십시오.")})
    return value


def _clock_or_blank(value: str) -> str:
    return _clock(value) if value else ""


TaughtIn = Annotated[
    list[Literal[LANGUAGES]],  # type: ignore[valid-type]
    Field(max_length=len(LANGUAGES)),
]
RowId = Annotated[Whole, Field(ge=1, le=LARGEST_ID)]
OptionalRowId = Annotated[int | None, Field(ge=1, le=LARGEST_ID), AsWhole]
Version = Annotated[Whole, Field(ge=1, le=LARGEST_ID)]
"""Of the row as the person saw it; a row changed since is a conflict."""
PageNumber = Annotated[Whole, Field(ge=1, le=LARGEST_PAGE)]
OptionalPage = Annotated[int | None, Field(ge=1, le=LARGEST_PAGE), AsWhole]
Clock = Annotated[str, AfterValidator(_clock)]
OptionalClock = Annotated[str, AfterValidator(_clock_or_blank)]
