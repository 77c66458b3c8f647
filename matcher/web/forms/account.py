"""Forms about accounts: sign-up, passwords, own account, tokens, consents."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from matcher.flows.sign_up import NewPerson
from matcher.i18n import Language
from matcher.i18n import gettext as _
from matcher.text import canonical_email, line_rule, name_rule
from matcher.web.forms.base import Blank, Day, Form, Switch, Whole
from matcher.web.forms.fields import OptionalRowId

ADDRESS = re.compile(r"[a-z0-9._%+'-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
"""Latin letters only: an address that looks like another one must not pass for it."""


def _address(value: object) -> object:
    text = canonical_email(str(value))
    if len(text) > 254 or not ADDRESS.fullmatch(text):
        words = _("이메일 주소를 다시 확인해 주세요. 예: name@example.com")
        raise PydanticCustomError("plain", "{text}", {"text": words})
    return text


def written(value: str) -> str:
    if not value:
        raise PydanticCustomError("missing", "missing")
    return value


Email = Annotated[str, BeforeValidator(_address)]
Name = Annotated[str, name_rule(60), AfterValidator(written)]
Token = Annotated[str, Field(max_length=100)]
Password = Annotated[str, Field(max_length=400)]
"""The policy says which are refused; this only keeps a megabyte from being hashed."""


class SignIn(Form):
    email: Annotated[str, line_rule(254)]
    password: Password
    next: Annotated[str, Field(max_length=2_000)] = "/"


class SignUp(Form):
    email: Email
    name: Name
    password: Password
    birth_year: Whole
    had_14th_birthday: Switch = False
    service_consent: Switch = False
    learning_consent: Switch = False
    pool_consent: Switch = False
    sectors: list[str] = Field(default_factory=list, max_length=10)

    def person(self) -> NewPerson:
        return NewPerson(
            email=self.email,
            name=self.name,
            password=self.password,
            birth_year=self.birth_year,
            had_14th_birthday=self.had_14th_birthday,
            has_service_consent=self.service_consent,
            has_learning_consent=self.learning_consent,
            has_pool_consent=self.pool_consent,
            sectors=tuple(self.sectors) if self.pool_consent else (),
        )


class LinkPress(Form):
    token: Token
    password: Password


class AskReset(Form):
    email: Email


class NewPassword(Form):
    token: Token
    password: Password


class OwnAccount(Form):
    name: Name
    language: Language


class ChangePassword(Form):
    current: Password
    password: Password


class Confirmed(Form):
    current: Password


class NewToken(Form):
    name: Annotated[str, line_rule(60), AfterValidator(written)]
    expires_on: Day


class PoolConsent(Form):
    sectors: list[str] = Field(default_factory=list, max_length=10)


class Traits(Form):
    """Empty = not told."""

    sex: Annotated[Literal["woman", "man", "other"] | None, Blank] = None
    age_band: Annotated[Literal["under20", "20to24", "25to29", "30s", "over40"] | None, Blank] = (
        None
    )
    disability: Annotated[Literal["yes", "no"] | None, Blank] = None


class Nothing(Form):
    """A button without fields; anything sent along is refused."""


class Older(Form):
    before: OptionalRowId = None
