"""Path and query parameters every route shares."""

import re
from typing import Annotated

from fastapi import Path
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

LARGEST_ID = 2**31 - 1
SLUG_LIMIT = 80
NUMBER = re.compile(r"-?[0-9]+")
CANONICAL = re.compile(r"-?(0|[1-9][0-9]*)")


def _id(value: object) -> object:
    """Only the canonical spelling of a number is an id; one no row can have is simply absent."""
    text = str(value)
    if not CANONICAL.fullmatch(text):
        raise PydanticCustomError("whole", "not a number")
    if len(text) > 10 or not 1 <= int(text) <= LARGEST_ID:
        raise PydanticCustomError("no_such_id", "no row has this id")
    return int(text)


def _slug(value: object) -> object:
    """A short printable word; anything else names nothing."""
    text = str(value)
    if not 1 <= len(text) <= SLUG_LIMIT or not text.isprintable():
        raise PydanticCustomError("no_such_id", "nothing has this name")
    return text


Id = Annotated[int, Path(), BeforeValidator(_id)]
Slug = Annotated[str, Path(max_length=SLUG_LIMIT), BeforeValidator(_slug)]
"""A word in a path: the name of a skill, or the number of a masked candidate."""
