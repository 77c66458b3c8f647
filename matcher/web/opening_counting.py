"""The count beside a posting's form, and an easing taken over into it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from matcher.flows import opening_counts
from matcher.flows.opening_counts import Counts
from matcher.matching.typed_requirements import TypedRow, asked, eased
from matcher.web.operating import operation_of
from matcher.web.page import Page


def of_rows(
    page: Page, values: Mapping[str, Any], rows: Sequence[TypedRow], opening_id: int | None
) -> Counts:
    """For a form shown again as it was typed; one more question of the actor."""
    wanted = asked(str(values.get("sector", "")), rows, _day(values.get("starts_on", "")))
    with page.writing() as unit:
        return opening_counts.typed(unit, page.actor, operation_of(page), wanted, opening_id)


def of_stored(page: Page, opening_id: int) -> Counts:
    with page.reading() as unit:
        return opening_counts.stored(unit, page.actor, operation_of(page), opening_id)


def taken_over(
    values: Mapping[str, Any], rows: Sequence[TypedRow], code: str, is_locked: bool
) -> tuple[dict[str, Any], list[TypedRow]]:
    """The form with the changes of a code made. A locked start stays where it is."""
    found, start = eased(rows, code)
    changed = dict(values) if start is None or is_locked else {**values, "starts_on": start}
    return changed, list(found)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
