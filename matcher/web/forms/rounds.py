"""Forms of assignment rounds: a desk's, a young person's and a partner's."""

import re
from typing import Annotated, Literal

from pydantic import Field

from matcher.flows.rounds_desk import HardRule
from matcher.flows.rounds_partner import Band, PairState
from matcher.flows.rounds_setup import Draft, Seats
from matcher.i18n import gettext as _
from matcher.refusal import Invalid
from matcher.text import line_rule
from matcher.web.forms.base import Blank, Day, Form, Whole
from matcher.web.forms.fields import OptionalPage, OptionalRowId, RowId, Version
from matcher.web.params import LARGEST_ID
from models.youth import YouthStatus

MOST_WISHES = 20
SEAT = re.compile(r"([1-9][0-9]{0,9})-([0-9]{1,4})")
WISH = re.compile(r"([1-9][0-9]{0,9})-([1-9][0-9]?)")
MOVE = re.compile(r"([1-9][0-9]{0,9})-(up|down)")
BAND = re.compile(r"([1-9][0-9]{14})-(a|b|c|declined)")


class RoundForm(Form):
    """`seat` and `least` hold "opening-number"; an opening is in the round when it has a seat."""

    name_ko: Annotated[str, line_rule(120), Field(min_length=1)]
    name_en: Annotated[str, line_rule(120)] = ""
    wishes_until: Day
    most_wishes: Whole = Field(ge=1, le=MOST_WISHES)
    hard_rule: list[HardRule] = Field(default=[], max_length=len(HardRule))
    cohort_status: Annotated[YouthStatus | None, Blank] = None
    cohort_session_id: OptionalRowId = None
    seat: list[Annotated[str, line_rule(30)]] = Field(default=[], max_length=2_000)
    least: list[Annotated[str, line_rule(30)]] = Field(default=[], max_length=2_000)

    def draft(self) -> Draft:
        """Raises Invalid for what the page never sent."""
        seats, least = _numbers(self.seat), dict(_numbers(self.least))
        found = [Seats(each, count, least.get(each, 0)) for each, count in seats if count]
        return Draft(
            self.name_ko, self.name_en, self.wishes_until, self.most_wishes, found,
            self.hard_rule, self.cohort_status, self.cohort_session_id,
        )  # fmt: skip


def _numbers(values: list[str]) -> list[tuple[int, int]]:
    found = [SEAT.fullmatch(each) for each in values if each]
    pairs = [(int(m[1]), int(m[2])) for m in found if m is not None]
    if len(pairs) < len(found) or any(opening > LARGEST_ID for opening, _count in pairs):
        raise Invalid({"seat": _("자리를 목록에서 골라 주십시오.")})
    return pairs


class RoundEditForm(RoundForm):
    version: Version


class PageQuery(Form):
    page: OptionalPage = None


class RoundsQuery(Form):
    show: Literal["waiting"] | None = None


class RoundStepForm(Form):
    """`reason` goes with cancelling alone."""

    to: Literal["open", "close", "cancel", "return"]
    version: Version
    reason: Annotated[str, line_rule(300)] = ""


class WishForm(Form):
    """`wish` holds "opening-tier" of every chosen line; `move` is the pressed arrow, if one was."""

    wish: list[Annotated[str, line_rule(20)]] = Field(default=[], max_length=400)
    move: Annotated[str, line_rule(20)] = ""
    version: Whole = Field(ge=0, le=LARGEST_ID)

    def tiers(self) -> dict[int, int]:
        """Raises Invalid for what the page never sent."""
        found = [WISH.fullmatch(each) for each in self.wish if each]
        pairs = [(int(m[1]), int(m[2])) for m in found if m is not None]
        is_odd = len(pairs) < len(found) or len(dict(pairs)) < len(pairs)
        if is_odd or any(opening > LARGEST_ID for opening, _tier in pairs):
            raise Invalid({"wish": _("이 배정에 있는 공고와 순위에서 골라 주세요.")})
        return dict(pairs)

    def arrow(self) -> tuple[int, bool] | None:
        """(opening, whether up)."""
        if not self.move:
            return None
        found = MOVE.fullmatch(self.move)
        if found is None:
            raise Invalid({"wish": _("이 배정에 있는 공고와 순위에서 골라 주세요.")})
        return int(found[1]), found[2] == "up"


class BandsForm(Form):
    """`band` holds "number-band" of every masked person."""

    band: list[Annotated[str, line_rule(30)]] = Field(default=[], max_length=5_000)

    def bands(self) -> dict[str, Band]:
        found = [BAND.fullmatch(each) for each in self.band]
        pairs = [(m[1], Band(m[2])) for m in found if m is not None]
        if len(pairs) < len(found) or len(dict(pairs)) < len(pairs):
            raise Invalid({"band": _("묶음을 목록에서 골라 주십시오.")})
        return dict(pairs)


class ChangeForm(Form):
    """A placed person asks for another opening of the round."""

    wanted: RowId
    version: Version


class ExchangeForm(Form):
    """One change the desk confirms: two requests swap, one alone moves to a free seat."""

    one: RowId
    other: OptionalRowId = None
    version: Version

    def requests(self) -> tuple[int, ...]:
        return (self.one,) if self.other is None else (self.one, self.other)


class PairForm(Form):
    to: PairState
    version: Version
