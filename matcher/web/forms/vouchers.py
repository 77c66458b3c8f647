"""Forms and queries of a desk's voucher pool."""

import re
from typing import Annotated, Literal

from pydantic import Field

from matcher.flows.voucher_allocation import MOST
from matcher.flows.vouchers import MOST_CODES, Batch, Standing, VoucherStep
from matcher.i18n import gettext as _
from matcher.refusal import Invalid
from matcher.text import line_rule, prose_rule
from matcher.web.forms.base import Blank, Day, Form, OptionalDay, OptionalWhole, Whole
from matcher.web.forms.fields import OptionalPage, RowId, Version
from matcher.web.params import LARGEST_ID

Level = Literal["foundational", "associate", "professional"]
PAIR = re.compile(r"([1-9][0-9]{0,9})-([1-9][0-9]{0,9})")


class PoolQuery(Form):
    show: Annotated[Standing | None, Blank] = None
    page: OptionalPage = None


class BatchForm(Form):
    codes: Annotated[str, prose_rule(MOST_CODES * 62), Field(min_length=1)]
    percent: Whole = Field(ge=1, le=100)
    level: Annotated[Level | None, Blank] = None
    expires_on: Day
    note: Annotated[str, line_rule(200)] = ""

    def batch(self) -> Batch:
        return Batch(self.codes, self.percent, self.level, self.expires_on, self.note)


class PeopleQuery(Form):
    q: Annotated[str, line_rule(60)] = ""


class AssignForm(Form):
    youth_id: RowId
    version: Version


class VoucherStepForm(Form):
    to: VoucherStep
    on: OptionalDay = None
    version: Version


class AllocationQuery(Form):
    most: OptionalWhole = Field(default=None, ge=1, le=MOST)


class AllocationForm(Form):
    """`pair` holds "voucher-person" of every ticked line."""

    pair: list[Annotated[str, line_rule(30)]] = Field(default=[], max_length=MOST)
    most: OptionalWhole = Field(default=None, ge=1, le=MOST)

    def pairs(self) -> list[tuple[int, int]]:
        """Raises Invalid for what the page never sent."""
        found = [PAIR.fullmatch(each) for each in self.pair]
        numbers = [(int(each[1]), int(each[2])) for each in found if each is not None]
        if len(numbers) < len(found) or any(max(each) > LARGEST_ID for each in numbers):
            raise Invalid({"pair": _("목록에 있는 것 중에서 골라 주세요.")})
        return numbers
