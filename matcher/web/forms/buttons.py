"""Forms of one button, with hardly anything typed."""

from typing import Literal

from matcher.web.forms.base import Form, OptionalDay
from matcher.web.forms.fields import Version


class EmptyForm(Form):
    """Also the query of a page that takes none."""


class VersionForm(Form):
    """`version` is the one the person saw."""

    version: Version


class AcceptForm(Form):
    """Of a request for an introduction; `until` the last day of the consent."""

    version: Version
    until: OptionalDay = None


class LookingForm(Form):
    answer: Literal["yes", "no"]
