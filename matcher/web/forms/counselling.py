"""Forms of counselling hours."""

from datetime import time
from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from matcher.flows.counselling_desk import Note, Offer
from matcher.text import line_rule, prose_rule
from matcher.web.forms.base import Day, Form
from matcher.web.forms.fields import OptionalRowId, Version
from models.people_desk import CounsellingTopic


def _hour(value: object) -> object:
    """HH:MM and nothing else; a browser's time field may add seconds."""
    text = str(value or "").strip()
    if not text:
        return None
    try:
        found = time.fromisoformat(text) if text.isascii() and len(text) in (5, 8) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None or found.second or found.minute % 5:
        raise PydanticCustomError("literal_error", "not an hour")
    return found


Hour = Annotated[time, BeforeValidator(_hour)]


class OfferForm(Form):
    topic: CounsellingTopic
    held_on: Day
    starts: Hour
    ends: Hour
    minutes: Literal["30", "60"]
    place: Annotated[str, line_rule(120)] = ""

    def offer(self) -> Offer:
        return Offer(
            self.topic, self.held_on, self.starts, self.ends, int(self.minutes), self.place
        )


class NoteForm(Form):
    came: Literal["yes", "no"]
    shared_note: Annotated[str, prose_rule(1000)] = ""
    desk_note: Annotated[str, prose_rule(1000)] = ""
    outcome_id: OptionalRowId = None
    version: Version

    def note(self) -> Note:
        return Note(
            self.came == "yes", self.shared_note, self.desk_note, self.outcome_id, self.version
        )


class BookForm(Form):
    question: Annotated[str, prose_rule(500)] = ""
    version: Version


class StepForm(Form):
    version: Version
