"""A form shown again after a refusal: what was typed stays, words by field, the right status."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from matcher.refusal import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    NotTaken,
    Refusal,
    TooLarge,
    TooMany,
)
from matcher.web.page import Page

STATUS: dict[type[Refusal], int] = {
    NotFound: 404,
    Forbidden: 403,
    Conflict: 409,
    TooMany: 429,
    Invalid: 422,
    NotTaken: 415,
    TooLarge: 413,
}
SECRETS = frozenset({"csrf", "password", "current", "token"})


def form_again(page: Page, template: str, refusal: Refusal, **context: Any) -> Response:
    """The refusal's own status."""
    errors, status = answer_to(refusal)
    return page.html(template, status, errors=errors, **context)


def answer_to(refusal: Refusal) -> tuple[dict[str, str], int]:
    """(words by field, "" for the whole form; status)."""
    errors = refusal.fields if isinstance(refusal, Invalid) else {"": refusal.message}
    return dict(errors), STATUS.get(type(refusal), 422)


@contextmanager
def still_there(errors: Mapping[str, str], status: int) -> Iterator[None]:
    """Around reading a page again to show a refusal on it. Where the page is gone with what the
    refusal is about, the refusal is told alone."""
    try:
        yield
    except NotFound:
        if status == STATUS[Conflict]:
            raise Conflict(" ".join(errors.values())) from None
        raise


def typed_values(form: FormData, empty: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed in the fields named by `empty`; passwords and tokens are never sent back."""
    values: dict[str, Any] = dict(empty)
    for key, default in empty.items():
        if key in SECRETS or key not in form:
            continue
        found = [item for item in form.getlist(key) if isinstance(item, str)]
        values[key] = found if isinstance(default, list) else (found or [""])[0]
    return values
