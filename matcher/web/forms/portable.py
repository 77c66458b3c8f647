"""What a person lets into the record they take along; the same query for page, PDF and file."""

from urllib.parse import urlencode

from matcher.matching.portable import Choice
from matcher.web.forms.base import Form, Switch


class RecordQuery(Form):
    name: Switch = False
    email: Switch = False
    own: Switch = False

    def choice(self) -> Choice:
        return Choice(self.name, self.email, self.own)

    def as_query(self) -> str:
        """`?name=1&own=1`, or nothing."""
        chosen = {key: "1" for key, is_on in self.model_dump().items() if is_on}
        return f"?{urlencode(chosen)}" if chosen else ""
