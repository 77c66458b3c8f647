"""The operator's kind and the masking key, from the settings of this process."""

from matcher.policy.operation import Operation
from matcher.web.page import Page


def operation_of(page: Page) -> Operation:
    settings = page.services.settings
    return Operation(settings.operator_type, settings.secret)
