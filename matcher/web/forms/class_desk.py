"""Forms of a session at the desk: selection, classes, attendance, completion."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError
from starlette.datastructures import FormData

from matcher.flows.completing_desk import Standing
from matcher.flows.selecting import MOST, Decision, DeclineReason
from matcher.i18n import gettext as _
from matcher.refusal import Invalid
from matcher.text import line_rule
from matcher.web.forms.base import Blank, Day, Form, Whole
from matcher.web.forms.fields import Clock, RowId
from matcher.web.params import LARGEST_ID
from models.attendance import AttendanceState
from models.course import CourseMode

LINK = re.compile(r"https://[^\s<>\"']{3,290}")
MARK = re.compile(r"(was|mark)-([1-9][0-9]{0,9})")
SEEN = re.compile(r"([1-9][0-9]{0,9})-([a-z_]{2,12})")
STATES = {"", *(each.value for each in AttendanceState)}


def _link(value: str) -> str:
    if value and not LINK.fullmatch(value):
        words = _("https://로 시작하는 주소를 적어 주십시오.")
        raise PydanticCustomError("plain", "{text}", {"text": words})
    return value


class SelectForm(Form):
    pick: list[RowId] = Field(default=[], max_length=MOST)
    decision: Decision
    reason: Annotated[DeclineReason | None, Blank] = None


class MeetingForm(Form):
    held_on: Day
    starts: Clock
    ends: Clock
    topic: Annotated[str, line_rule(120)] = ""


class ModeForm(Form):
    mode: CourseMode
    join_link: Annotated[str, line_rule(300), AfterValidator(_link)] = ""


class CheckInForm(Form):
    minutes: Whole = Field(ge=0, le=180)


class WorkForm(Form):
    work: list[RowId] = Field(default=[], max_length=2000)


class TakeBackForm(Form):
    """The enrolments of one press, as the page listed them."""

    result: list[RowId] = Field(min_length=1, max_length=2000)


class ConfirmForm(Form):
    """`seen` holds "enrolment-standing" of every line the page showed."""

    seen: list[Annotated[str, line_rule(30)]] = Field(default=[], max_length=2000)

    def lines(self) -> dict[int, Standing]:
        """Raises Invalid for what the page never sent."""
        found: dict[int, Standing] = {}
        for each in self.seen:
            match = SEEN.fullmatch(each)
            if match is None or match[2] not in set(Standing):
                raise Invalid({"seen": _("목록에 있는 것 중에서 골라 주세요.")})
            found[int(match[1])] = Standing(match[2])
        return found


class CodeForm(Form):
    code: Annotated[str, line_rule(20), Field(min_length=1)]


def marks_of(form: FormData) -> tuple[dict[int, tuple[str, str]], bool]:
    """An attendance sheet: person -> (mark when the page was opened, mark now), and whether
    everybody left is present. One radio group a person, so the names are not known beforehand.
    Raises Invalid for anything the page never sent."""
    was: dict[int, str] = {}
    now: dict[int, str] = {}
    wrong = Invalid({"": _("이 양식에 없는 항목이에요.")})
    for key, value in form.multi_items():
        if key in ("csrf", "save", "fill"):
            continue
        match = MARK.fullmatch(key)
        if match is None or value not in STATES or int(match[2]) > LARGEST_ID:
            raise wrong
        side = was if match[1] == "was" else now
        if int(match[2]) in side:
            raise wrong
        side[int(match[2])] = str(value)
    if not now.keys() <= was.keys():
        raise wrong
    return {each: (was[each], now.get(each, "")) for each in was}, "fill" in form
