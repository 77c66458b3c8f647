"""Forms of handing in a badge and of answering whose it is."""

import re
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from matcher.flows.badges_desk import Answer, Show
from matcher.flows.presenting import Given
from matcher.i18n import format_number
from matcher.i18n import gettext as _
from matcher.refusal import Invalid, TooLarge
from matcher.text import line_rule, prose_rule
from matcher.web.forms.base import Form, OptionalDay
from matcher.web.forms.fields import OptionalPage, Version

LONGEST_TEXT = 150_000
"""Letters; a signed badge has some thousands, a longer record comes as a file."""
MOST_SHOWN_AGAIN = 1_000_000
"""Letters; a longer text a browser hardly holds in a field, and nobody typed it."""
LINK = re.compile(r"https://[!-~]{4,480}")


def _short_enough(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return text
    said = _("글이 %(most)s자보다 길어요. 긴 배지는 파일로 올려 주세요.")
    words = said % {"most": format_number(LONGEST_TEXT)}
    if len(text) > MOST_SHOWN_AGAIN:
        words += " " + _("붙여 넣은 글은 다시 보여 주기에 너무 길어서 지웠어요.")
    raise PydanticCustomError("plain", "{text}", {"text": words})


class BadgeForm(Form):
    """One of a file, a link and a text; the file comes beside the form."""

    link: Annotated[str, line_rule(500)] = ""
    text: Annotated[str, AfterValidator(_short_enough)] = ""

    def given(self, data: bytes, name: str, most_mb: int) -> Given:
        """Raises Invalid by field."""
        sent = [bool(name), bool(self.link), bool(self.text.strip())]
        if sum(sent) != 1:
            nothing = _("파일, 링크, 글 가운데 하나를 주세요.")
            several = _("파일, 링크, 글 가운데 하나만 주세요.")
            raise Invalid({"file": several if any(sent) else nothing})
        if name:
            return _file(data, most_mb)
        return _link("link", self.link) if self.link else given_text(self.text.strip())


class BadgeQueueQuery(Form):
    show: Show = Show.OPEN
    page: OptionalPage = None


class BadgeAnswerForm(Form):
    version: Version
    certification: Annotated[str, line_rule(10)] = ""
    on: OptionalDay = None
    comment: Annotated[str, prose_rule(500)] = ""

    def answer(self) -> Answer:
        return Answer(self.version, self.certification, self.on, self.comment)


def _file(data: bytes, most_mb: int) -> Given:
    if len(data) > most_mb * 1_048_576:
        words = _("파일이 %(most)sMB보다 커요. 배지 파일은 보통 훨씬 작아요.")
        raise TooLarge({"file": words % {"most": most_mb}})
    if not data:
        raise Invalid({"file": _("파일이 비어 있어요.")})
    return Given("file", data)


def _link(field: str, link: str) -> Given:
    if not LINK.fullmatch(link):
        raise Invalid({field: _("https로 시작하는 배지 주소를 적어 주세요.")})
    return Given("link", link=link)


def given_text(text: str) -> Given:
    """A link pasted as text is a link. Raises Invalid."""
    if text.startswith("https://") and not re.search(r"\s", text):
        return _link("text", text)
    return Given("text", text.encode("utf-8", "replace"))
