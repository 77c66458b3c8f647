"""Forms of interview times, offers, and answers through a link."""

import re
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from matcher.clock import JEJU
from matcher.flows.interviews_desk import Wanted
from matcher.flows.job_offers import Terms
from matcher.flows.link_answering import Proposed
from matcher.i18n import gettext as _
from matcher.policy import refusals
from matcher.policy.interviews import LONGEST, MOST_PROPOSED, SHORTEST, Series
from matcher.refusal import Invalid
from matcher.text import line_rule, prose_rule
from matcher.web.forms.account import Email
from matcher.web.forms.base import Blank, Day, Form, OptionalWon, Switch, Whole
from matcher.web.forms.counselling import Hour
from matcher.web.forms.fields import RowId, Version
from matcher.web.forms.partner import MOST_PAY
from models.application import RefusalReason
from models.interview import InterviewMode, InterviewState

MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")


class TimesForm(Form):
    day: Day
    starts: Hour
    ends: Hour
    minutes: Whole = Field(ge=SHORTEST, le=LONGEST)
    pause: Whole = Field(ge=0, le=120)
    mode: InterviewMode
    place: Annotated[str, line_rule(200)] = ""

    def wanted(self) -> Wanted:
        series = Series(self.day, self.starts, self.ends, self.minutes, self.pause)
        return Wanted(series, self.mode, self.place)


class OutcomeForm(Form):
    outcome: Literal["held", "missed", "not_held"]
    version: Version

    @property
    def state(self) -> InterviewState:
        return InterviewState(self.outcome)


class TakeForm(Form):
    slot: RowId


class WaitForm(Form):
    on: Literal["yes", "no"]


class OfferForm(Form):
    """`offer_version` 0: there was no offer yet."""

    starts_on: Day
    answer_by: Day
    pay_krw: OptionalWon = Field(default=None, ge=0, le=MOST_PAY)
    words: Annotated[str, prose_rule(1000)] = ""
    offer_version: Whole = Field(ge=0, le=2**31 - 1)
    version: Version

    def terms(self) -> Terms:
        return Terms(self.starts_on, self.answer_by, self.pay_krw, self.words, self.offer_version)


class StillHereForm(Form):
    months: Literal["3", "6", "12"]
    still: Literal["yes", "no"]
    correct: Switch = False


class LinkForm(Form):
    email: Email


def _moments(values: list[str]) -> tuple[datetime, ...]:
    """What a browser's field for day and time sends; empty ones are left out."""
    found = []
    for text in filter(None, (each.strip() for each in values)):
        try:
            if not text.isascii() or not MOMENT.fullmatch(text):
                raise ValueError
            found.append(datetime.fromisoformat(text).replace(tzinfo=JEJU))
        except ValueError:
            words = _("날과 시각을 2026-12-01T14:00처럼 적어 주십시오.")
            raise Invalid({"times": words}) from None
    return tuple(found)


class AnswerForm(Form):
    """Yes with times, or no with a reason."""

    answer: Literal["interview", "no"]
    times: list[str] = Field(default=[], max_length=MOST_PROPOSED)
    minutes: Whole = Field(default=30, ge=SHORTEST, le=LONGEST)
    mode: InterviewMode = InterviewMode.ON_SITE
    place: Annotated[str, line_rule(200)] = ""
    reason: Annotated[RefusalReason | None, Blank] = None
    share: Switch = False

    def proposed(self) -> Proposed:
        """Raises Invalid with `times`."""
        return Proposed(_moments(self.times), self.minutes, self.mode, self.place)

    def given_reason(self) -> RefusalReason | None:
        """None for a reason that is not offered any more."""
        return self.reason if self.reason and refusals.is_offered(self.reason) else None
