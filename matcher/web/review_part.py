"""The section about reviewing on the pages that show a person anyway."""

from typing import Any

from matcher.flows import human_part, review_board, reviewing
from matcher.web.operating import operation_of
from matcher.web.page import Page


def of_candidate(page: Page, opening_id: int, number: str | None) -> dict[str, Any]:
    """Context for `partner/_review.html`; `review` is None where there is nothing to show."""
    if number is None:
        return {"review": None, "review_opening": opening_id}
    with page.reading() as unit:
        panel = reviewing.panel(unit, page.actor, operation_of(page), opening_id, number)
    return {"review": panel, "review_opening": opening_id}


def of_application(page: Page, application_id: int) -> dict[str, Any]:
    with page.reading() as unit:
        found = reviewing.of_application(unit, page.actor, operation_of(page), application_id)
    opening_id, panel = (0, None) if found is None else found
    return {"review": panel, "review_opening": opening_id}


def of_home(page: Page) -> dict[str, Any]:
    """Whom the reader has still to score, and how the month's decisions went."""
    with page.reading() as unit:
        return {
            "reviews_left": review_board.left_by_opening(unit, page.actor, operation_of(page)),
            "human_part": human_part.own_month(unit, page.actor),
        }
