"""Path and query parameters every route shares."""

import re
from typing import Annotated

from fastapi import Path
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

LARGEST_ID = 2**31 - 1
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


Id = Annotated[int, Path(), BeforeValidator(_id)]
