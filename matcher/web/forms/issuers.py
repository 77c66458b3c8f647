"""Forms of the centre's list of issuers."""

from typing import Annotated, Literal

from pydantic import Field

from matcher.flows.trusted_issuers import NewIssuer
from matcher.policy.issuers import LONGEST_ADDRESS, LONGEST_KEYS
from matcher.text import line_rule, prose_rule
from matcher.web.forms.base import Form, Switch
from matcher.web.forms.fields import Version
from models.credential import IssuerMeans


class IssuersQuery(Form):
    """`known`: the row of the catalogue the new form begins with."""

    known: str = Field(default="", max_length=40)


class IssuerForm(Form):
    issuer: Annotated[str, line_rule(LONGEST_ADDRESS), Field(min_length=1)]
    name: Annotated[str, line_rule(200), Field(min_length=1)]
    means: IssuerMeans
    key_document: Annotated[str, prose_rule(LONGEST_KEYS)] = ""
    note: Annotated[str, line_rule(500), Field(min_length=1)]
    backs_certificates: Switch = False

    def new(self) -> NewIssuer:
        return NewIssuer(**vars(self))


class IssuerStateForm(Form):
    state: Literal["on", "off"]
    version: Version


class IssuerKeysForm(Form):
    key_document: Annotated[str, prose_rule(LONGEST_KEYS), Field(min_length=1)]
    version: Version


class StatusListForm(Form):
    """The file itself is read apart from the fields."""
