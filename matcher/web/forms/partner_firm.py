"""Forms of a partner's own firm and of its files."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from matcher.flows.partner_organisation import Firm
from matcher.text import line_rule
from matcher.web.forms.account import Email, written
from matcher.web.forms.base import Blank, Form, Switch, Whole


class FirmForm(Form):
    """Bounds of the days are the flow's, so that their words are too."""

    name_ko: Annotated[str, line_rule(120), AfterValidator(written)]
    name_en: Annotated[str, line_rule(120), AfterValidator(written)]
    business_number: Annotated[str, line_rule(20)] = ""
    contact_email: Annotated[Email | None, Blank] = None
    papers_kept_days: Whole = Field(ge=1, le=10_000)
    seen: Annotated[str, Field(max_length=64)] = ""

    def firm(self) -> Firm:
        return Firm(
            name_ko=self.name_ko,
            name_en=self.name_en,
            business_number=self.business_number,
            contact_email=self.contact_email or "",
            papers_kept_days=self.papers_kept_days,
        )


class ExchangeUpload(Form):
    kind: Literal["openings", "job_feed"] = "openings"
    keeps_unmapped: Switch = False


class ExchangeFile(Form):
    kind: Literal["openings", "job_feed"] = "openings"
    format: Literal["csv", "xlsx", "json", "xml"] = "csv"


class ExchangeTemplate(Form):
    kind: Literal["openings", "job_feed"] = "openings"
    format: Literal["csv", "xlsx"] = "xlsx"


class ExchangeQuery(Form):
    kind: Literal["", "openings", "job_feed"] = ""
    page: Whole = Field(default=1, ge=1, le=100_000)
