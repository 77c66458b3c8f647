"""Forms and queries of the admin's pages."""

from typing import Annotated

from pydantic import AfterValidator, Field

from matcher.text import line_rule
from matcher.web.forms.account import Email, Name, written
from matcher.web.forms.base import Blank, Form, OptionalWhole, Switch
from matcher.web.forms.fields import OptionalRowId
from models.account import AccountState, Role
from models.outbox import OutboxState


class AccountQuery(Form):
    q: Annotated[str, line_rule(100)] = ""
    role: Annotated[Role | None, Blank] = None
    state: Annotated[AccountState | None, Blank] = None
    page: OptionalWhole = Field(default=None, ge=1, le=100_000)


class Invite(Form):
    email: Email
    name: Name
    role: Role
    organisation_id: OptionalRowId = None


class ChangeRole(Form):
    role: Role
    organisation_id: OptionalRowId = None


class NewOrganisation(Form):
    slug: Annotated[str, line_rule(60)]
    name_ko: Annotated[str, line_rule(120), AfterValidator(written)]
    name_en: Annotated[str, line_rule(120), AfterValidator(written)]
    sector: Annotated[str, line_rule(20)]
    business_number: Annotated[str, line_rule(20)] = ""


class Trust(Form):
    is_trusted: Switch = False


class RankingSwitched(Form):
    is_on: Switch = False
    reason: Annotated[str, line_rule(300), AfterValidator(written)]


class ModelTakenBack(Form):
    """`serving` is the label the person saw."""

    serving: Annotated[str, line_rule(60), AfterValidator(written)]


class RecordQuery(Form):
    kind: Annotated[Annotated[str, Field(max_length=20)] | None, Blank] = None
    action: Annotated[str, line_rule(60)] = ""
    account_id: OptionalRowId = None
    youth_id: OptionalRowId = None
    before: OptionalRowId = None
    check: Switch = False


class MailQuery(Form):
    state: Annotated[OutboxState | None, Blank] = None
    before: OptionalRowId = None
