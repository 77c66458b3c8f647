"""Forms about records that may be of one person."""

import re
from typing import Annotated

from matcher.flows.duplicates import FIELDS, Choice
from matcher.i18n import gettext as _
from matcher.refusal import Invalid
from matcher.text import line_rule
from matcher.web.forms.base import Form
from matcher.web.forms.fields import RowId

PAIR = re.compile(r"([1-9][0-9]{0,8})-([1-9][0-9]{0,8})")


class PairQuery(Form):
    pair: Annotated[str, line_rule(30)] = ""

    def numbers(self) -> tuple[int, int] | None:
        found = PAIR.fullmatch(self.pair)
        return None if found is None else (int(found[1]), int(found[2]))


class MergeForm(Form):
    """`keep` is the record that stays; every field names the record its value is taken from."""

    first: RowId
    second: RowId
    keep: RowId
    name: RowId | None = None
    external_id: RowId | None = None
    status: RowId | None = None
    graduation_on: RowId | None = None
    available_from: RowId | None = None
    weekly_hours: RowId | None = None
    budget_krw: RowId | None = None
    about: RowId | None = None

    def choice(self) -> Choice:
        if self.keep not in (self.first, self.second):
            raise Invalid({"keep": _("남길 기록을 골라 주십시오.")})
        other = self.second if self.keep == self.first else self.first
        taken = frozenset(key for key in FIELDS if getattr(self, key) == other)
        return Choice(self.keep, other, taken)


class ApartForm(Form):
    first: RowId
    second: RowId
