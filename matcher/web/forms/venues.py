"""Forms of rooms and equipment."""

from typing import Annotated

from pydantic import Field

from matcher.flows.venue_desk import ItemDraft, VenueDraft
from matcher.matching.booking import Wanted
from matcher.text import line_rule
from matcher.web.forms.base import Day, Form, OptionalDay, Switch, Whole
from matcher.web.forms.fields import Clock, OptionalClock, OptionalRowId, RowId
from models.venue import VenueItemKind

Name = Annotated[str, line_rule(80), Field(min_length=1)]


class DayQuery(Form):
    day: OptionalDay = None


class VenueForm(Form):
    name_ko: Name
    name_en: Annotated[str, line_rule(80)] = ""
    place: Annotated[str, line_rule(120)] = ""
    opens: Clock
    closes: Clock

    def draft(self) -> VenueDraft:
        return VenueDraft(self.name_ko, self.name_en, self.place, self.opens, self.closes)


class ItemForm(Form):
    kind: VenueItemKind
    item_ko: Name
    item_en: Annotated[str, line_rule(80)] = ""
    count: Whole = Field(ge=1, le=1000)
    is_for_youth: Switch = False

    def draft(self) -> ItemDraft:
        return ItemDraft(self.kind, self.item_ko, self.item_en, self.count, self.is_for_youth)


class OutForm(Form):
    is_out: Switch = False


class ReserveForm(Form):
    item_id: RowId
    day: Day
    meeting_id: OptionalRowId = None
    starts: OptionalClock = ""
    ends: OptionalClock = ""
    quantity: Whole = Field(ge=1, le=1000)
    purpose: Annotated[str, line_rule(120)] = ""

    def wanted(self) -> Wanted:
        return Wanted(self.day, self.starts, self.ends, self.quantity, self.purpose)


class OwnReserveForm(Form):
    day: Day
    starts: Clock
    ends: Clock

    def wanted(self) -> Wanted:
        return Wanted(self.day, self.starts, self.ends)
