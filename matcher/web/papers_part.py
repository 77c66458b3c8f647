"""When the papers of one application go, as its page shows it."""

from typing import Any

from matcher.flows import papers
from matcher.web.page import Page


def of_application(page: Page, application_id: int) -> dict[str, Any]:
    """For a page that has shown the application already."""
    with page.reading() as unit:
        return {"kept": papers.shown(unit, [application_id]).get(application_id)}
