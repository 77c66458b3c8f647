"""Forms of one button, with nothing typed."""

from matcher.web.forms.base import Form
from matcher.web.forms.fields import Version


class EmptyForm(Form):
    """Also the query of a page that takes none."""


class VersionForm(Form):
    """`version` is the one the person saw."""

    version: Version
