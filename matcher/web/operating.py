"""What pages take from the settings of this process."""

from matcher.matching.plan_views import Terms
from matcher.policy.operation import Operation
from matcher.web.page import Page


def operation_of(page: Page) -> Operation:
    settings = page.services.settings
    return Operation(settings.operator_type, settings.secret, settings.explore_slots_partner)


def explore_slots(page: Page) -> int:
    """Drawn places on the first page of a young person's lists."""
    return page.services.settings.explore_slots_youth


def site_of(page: Page) -> str:
    """Where links of this service begin: the public address when one is set."""
    return (page.services.settings.public_url or str(page.request.base_url)).rstrip("/")


def plan_terms(page: Page) -> Terms:
    return Terms.of(page.services.settings)
