"""Forms of the partner's desk and of the centre's approvals."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from matcher.flows.approvals import ReturnReason
from matcher.flows.openings import Draft, Wanted
from matcher.i18n import gettext as _
from matcher.matching.typed_requirements import TypedRow
from matcher.policy.openings import ANSWER_DAYS, MOST_REQUIREMENTS
from matcher.policy.states import ApplicationAction
from matcher.refusal import Invalid
from matcher.text import TextError, clean_line, line_rule, prose_rule
from matcher.web.forms.base import (
    Blank,
    Day,
    Form,
    OptionalDay,
    OptionalWon,
    Switch,
    Whole,
    message,
)
from matcher.web.forms.fields import RowId, Version
from matcher.web.forms.records import Employment, Region, Sector
from models.application import LateReason, RefusalReason
from models.opening import RequirementKind

MOST_ROWS = MOST_REQUIREMENTS + 20
MOST_PAY = 2_000_000_000


class OpeningForm(Form):
    """The four `req_` lists are one requirement a place; places without text are left out."""

    title_ko: Annotated[str, line_rule(120), Field(min_length=1)]
    title_en: Annotated[str, line_rule(120)] = ""
    sector: Sector
    role: Annotated[str, line_rule(60)] = ""
    description: Annotated[str, prose_rule(4000), Field(min_length=1)]
    employment_type: Employment
    region: Region
    headcount: Whole = Field(ge=1, le=1000)
    pay_min_krw: OptionalWon = Field(default=None, ge=0, le=MOST_PAY)
    pay_max_krw: OptionalWon = Field(default=None, ge=0, le=MOST_PAY)
    opens_on: Day
    closes_on: Day
    starts_on: OptionalDay = None
    answer_days: Whole = Field(default=14, ge=ANSWER_DAYS[0], le=ANSWER_DAYS[1])
    req_kind: list[str] = Field(default=[], max_length=MOST_ROWS)
    req_text: list[str] = Field(default=[], max_length=MOST_ROWS)
    req_level: list[str] = Field(default=[], max_length=MOST_ROWS)
    req_pick: list[str] = Field(default=[], max_length=MOST_ROWS)
    version: Version = 1

    def draft(self) -> Draft:
        """Raises Invalid with `req-N` for the N-th requirement that has text."""
        lists = (self.req_kind, self.req_text, self.req_level, self.req_pick)
        rows = typed_rows(*lists)
        names = Draft.__dataclass_fields__.keys() - {"requirements", "role"}
        return Draft(
            requirements=tuple(_wanted(rows)),
            role=self.role or None,
            **{name: getattr(self, name) for name in names},
        )


def typed_rows(
    kinds: Sequence[str], texts: Sequence[str], levels: Sequence[str], picks: Sequence[str]
) -> list[TypedRow]:
    """The places that have text. Raises Invalid when the lists do not belong together."""
    if not len(kinds) == len(texts) == len(levels) == len(picks):
        raise Invalid({"requirements": _("요건의 칸이 서로 맞지 않습니다. 다시 적어 주십시오.")})
    rows = zip(kinds, texts, levels, picks, strict=True)
    return [TypedRow(*row) for row in rows if row[1].strip()]


def _wanted(rows: Sequence[TypedRow]) -> list[Wanted]:
    errors: dict[str, str] = {}
    found: list[Wanted] = []
    for number, row in enumerate(rows):
        try:
            text = clean_line(row.text, max_length=120)
        except TextError as refused:
            errors[f"req-{number}"] = message("text_" + refused.code, {})
            continue
        if row.kind not in {each.value for each in RequirementKind}:
            errors[f"req-{number}"] = message("enum", {})
        elif row.level not in {"", "1", "2", "3", "4", "5"}:
            errors[f"req-{number}"] = _("수준을 1에서 5 사이로 골라 주십시오.")
        else:
            level = int(row.level) if row.level else None
            found.append(Wanted(RequirementKind(row.kind), text, level, row.pick[:100]))
    if errors:
        raise Invalid(errors)
    return found


class StepForm(Form):
    version: Version


class AskForm(Form):
    message: Annotated[str, prose_rule(1000)] = ""
    answer_by: Day


class MoveForm(Form):
    action: ApplicationAction
    version: Version


class RefuseForm(Form):
    """`words` go to the person, `note` to nobody outside the firm; `back` to the list."""

    reason: Annotated[RefusalReason | None, Blank] = None
    share: Switch = False
    words: Annotated[str, prose_rule(1000)] = ""
    note: Annotated[str, prose_rule(1000)] | None = None
    version: Version
    back: Literal["", "list"] = ""


class RefuseManyForm(Form):
    applications: list[RowId] = Field(default=[], max_length=200)
    reason: Annotated[RefusalReason | None, Blank] = None
    share: Switch = False
    words: Annotated[str, prose_rule(1000)] = ""


class NoteForm(Form):
    """`before` is the note that was on the page."""

    note: Annotated[str, prose_rule(1000)] = ""
    before: Annotated[str, prose_rule(1000)] = ""


class MoreTimeForm(Form):
    reason: LateReason
    days: Whole = Field(default=7, ge=1, le=7)
    version: Version


class ApplicationsQuery(Form):
    show: Literal["waiting", "all"] = "waiting"


class ApprovalsQuery(Form):
    show: Literal["all", "flagged", "partners"] = "all"


class DecideOpeningForm(Form):
    decision: Literal["approve", "return"]
    reason: Annotated[ReturnReason | None, Blank] = None
    words: Annotated[str, line_rule(200)] = ""
    version: Version


class DecidePartnerForm(Form):
    decision: Literal["approve", "return"]
    reason: Annotated[ReturnReason | None, Blank] = None
    words: Annotated[str, line_rule(200)] = ""
