"""Forms of promised interviews."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError

from matcher.matching.promise_terms import Offer
from matcher.web.forms.base import Day, Form, OptionalWhole, Switch, Whole, messages
from matcher.web.forms.fields import Version
from models.promise import PromiseSubject

What = Annotated[
    str,
    StringConstraints(
        min_length=1, pattern=r"^(certification:[A-Z]{2,4}|skill:[a-z0-9:._+-]{1,80})$"
    ),
]


class PromiseQuery(Form):
    what: What
    level: OptionalWhole = Field(default=None, ge=1, le=5)
    earn_by: Day
    interview_days: Whole = Field(ge=1, le=60)
    places: Whole = Field(ge=1, le=200)

    def offer(self) -> Offer:
        """A certificate has no level, whatever was chosen."""
        kind, _colon, ref = self.what.partition(":")
        subject = PromiseSubject(kind)
        level = self.level if subject is PromiseSubject.SKILL else None
        return Offer(subject, ref, level, self.earn_by, self.interview_days, self.places)


class OfferForm(PromiseQuery):
    """The same, and the hash of the terms the partner read."""

    text_hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class ClaimForm(Form):
    consent: Switch = False
    version: Version


def asked(values: Mapping[str, Any]) -> tuple[PromiseQuery | None, dict[str, str]]:
    """The query behind the values of the form, or what is wrong with them by field; neither
    when nothing was asked."""
    if not values:
        return None, {}
    try:
        return PromiseQuery.model_validate(dict(values)), {}
    except ValidationError as error:
        return None, messages(error)
