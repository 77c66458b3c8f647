"""Logging as JSON lines: no local variables, no names, no addresses of people."""

import logging
import traceback
from collections.abc import Iterator
from typing import Any

import structlog
from structlog.processors import ExceptionRenderer

ABOUT_CODE = (AssertionError, AttributeError, ImportError, NameError, TypeError)
"""Faults whose words name what is wrong in the code. What others say may quote a row: a database
tells the very values it refused."""


def configure(level: str = "INFO") -> None:
    """One JSON object a line, so that a line break in a value cannot forge a line."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            ExceptionRenderer(_as_text),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        cache_logger_on_first_use=False,
    )


def _as_text(exc_info: tuple[type[BaseException], BaseException, Any]) -> str:
    return "".join(_parts(exc_info[1])).rstrip()


def _parts(error: BaseException) -> Iterator[str]:
    """Where it was raised and what kind it is, the first of a chain first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _parts(before)
    yield from traceback.format_tb(error.__traceback__)
    words = f": {error}" if isinstance(error, ABOUT_CODE) else ""
    yield f"{type(error).__module__}.{type(error).__qualname__}{words}\n"
