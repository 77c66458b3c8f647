"""How candidates are listed, from the settings of this process."""

from matcher.policy.operation import Operation
from matcher.web.page import Page


def operation_of(page: Page) -> Operation:
    settings = page.services.settings
    return Operation(settings.operator_type, settings.secret, settings.explore_slots_partner)


def explore_slots(page: Page) -> int:
    """Drawn places on the first page of a young person's lists."""
    return page.services.settings.explore_slots_youth
