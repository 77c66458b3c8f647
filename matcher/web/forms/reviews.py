"""Forms of reviewing: criteria, phases, who scores whom, and one person's scores."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from matcher.flows.review_phases import PhaseDraft
from matcher.flows.review_setup import Criterion
from matcher.flows.reviewing import Given
from matcher.i18n import gettext as _
from matcher.policy.reviewing import LEAST_SCORE, MOST_CRITERIA, MOST_SCORE, Switches
from matcher.refusal import Invalid
from matcher.text import TextError, clean_line, line_rule, prose_rule
from matcher.web.forms.account import Email, Name, written
from matcher.web.forms.base import AsWhole, Day, Form, Switch, Whole, message
from matcher.web.forms.fields import OptionalRowId, RowId, Version
from matcher.web.params import LARGEST_ID
from models.review import OthersScores

NAME, HINT = 80, 300
Score = Annotated[int | None, Field(ge=LEAST_SCORE, le=MOST_SCORE), AsWhole]
Seen = Annotated[str, line_rule(16)]
"""The fingerprint of the rubric the person had in sight."""


class CriteriaForm(Form):
    """The three lists are one criterion a place; places without anything are left out."""

    name: list[str] = Field(default=[], max_length=MOST_CRITERIA)
    hint: list[str] = Field(default=[], max_length=MOST_CRITERIA)
    weight: list[str] = Field(default=[], max_length=MOST_CRITERIA)
    rubric: Seen = ""
    do: Literal["save", "even", "posting"] = "save"

    def rows(self) -> list[tuple[str, str, str]]:
        """Raises Invalid when the lists do not belong together."""
        if not len(self.name) == len(self.hint) == len(self.weight):
            words = _("기준의 칸이 서로 맞지 않습니다. 다시 적어 주십시오.")
            raise Invalid({"name-1": words})
        found = zip(self.name, self.hint, self.weight, strict=True)
        return [row for row in found if any(text.strip() for text in row)]

    def named(self) -> list[tuple[str, str]]:
        """(name, hint) of the rows with a name, for buttons that store nothing: a weight may be
        missing still, but nothing odd is handed back. Raises Invalid as `criteria` does."""
        errors: dict[str, str] = {}
        found: list[tuple[str, str]] = []
        for place, (name, hint, weight) in enumerate(self.rows(), start=1):
            clean_name = _line(name, NAME, f"name-{place}", errors)
            clean_hint = _line(hint, HINT, f"hint-{place}", errors)
            if weight.strip():
                _percent(weight, f"weight-{place}", errors)
            if clean_name:
                found.append((clean_name, clean_hint))
        if errors:
            raise Invalid(errors)
        return found

    def criteria(self) -> list[Criterion]:
        """Raises Invalid with `name-N`, `hint-N` or `weight-N` for the N-th of `rows`."""
        errors: dict[str, str] = {}
        found: list[Criterion] = []
        for place, (name, hint, weight) in enumerate(self.rows(), start=1):
            if not name.strip():
                errors[f"name-{place}"] = message("missing", {})
            clean_name = _line(name, NAME, f"name-{place}", errors)
            clean_hint = _line(hint, HINT, f"hint-{place}", errors)
            percent = _percent(weight, f"weight-{place}", errors)
            found.append(Criterion(clean_name, clean_hint, percent))
        if errors:
            raise Invalid(errors)
        return found


class PhaseForm(Form):
    name: Annotated[str, line_rule(60), AfterValidator(written)]
    starts_on: Day
    ends_on: Day
    can_review: Switch = False
    can_decide: Switch = False
    shows_names: Switch = False
    only_assigned: Switch = False
    others: OthersScores
    version: Version = 1

    def draft(self) -> PhaseDraft:
        switches = Switches(
            self.can_review, self.can_decide, self.shows_names, self.only_assigned, self.others
        )
        return PhaseDraft(self.name, self.starts_on, self.ends_on, switches)


class PhaseStep(Form):
    version: Version


class PhaseQuery(Form):
    """Which phase the form below the list changes; none for a new one."""

    phase: OptionalRowId = None


class ReviewersForm(Form):
    reviewers: list[RowId] = Field(default=[], max_length=100)


class ReviewForm(Form):
    """Scores by the criterion's place; `do` says whether the reviewer scores (and goes on to the
    next person) or abstains."""

    score_1: Score = None
    score_2: Score = None
    score_3: Score = None
    score_4: Score = None
    score_5: Score = None
    score_6: Score = None
    score_7: Score = None
    score_8: Score = None
    note: Annotated[str, prose_rule(1000)] = ""
    rubric: Seen = ""
    version: Annotated[Whole, Field(ge=0, le=LARGEST_ID)]
    do: Literal["submit", "next", "abstain"] = "submit"

    def given(self) -> Given:
        found = {place: getattr(self, f"score_{place}") for place in range(1, MOST_CRITERIA + 1)}
        scores = {place: score for place, score in found.items() if score is not None}
        return Given(scores, self.note, self.rubric, self.version, self.do == "abstain")


class MonthQuery(Form):
    """`2026-10`; empty for the usual one."""

    month: Annotated[str, Field(pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$")] = ""

    @property
    def first(self) -> date | None:
        """Before the service there is nothing to look at, nor a month before year 1."""
        return date.fromisoformat(f"{self.month}-01") if self.month > "2020" else None


class ColleagueForm(Form):
    email: Email
    name: Name


class SamePersonForm(Form):
    email: Email
    other_email: Email


def _line(text: str, longest: int, key: str, errors: dict[str, str]) -> str:
    try:
        return clean_line(text, max_length=longest)
    except TextError as refused:
        errors[key] = message("text_" + refused.code, {})
        return ""


def _percent(text: str, key: str, errors: dict[str, str]) -> int:
    plain = text.strip()
    if plain.isascii() and plain.isdigit() and len(plain) <= 3 and 1 <= int(plain) <= 100:
        return int(plain)
    errors[key] = _("무게를 1에서 100 사이의 숫자로 적어 주십시오.")
    return 0
