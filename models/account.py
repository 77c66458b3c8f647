"""Who signs in, in which role, and what keeps them signed in."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class Role(StrEnum):
    YOUTH = "youth"
    COORDINATOR = "coordinator"
    CENTRE = "centre"
    PARTNER = "partner"
    ADMIN = "admin"


class AccountState(StrEnum):
    UNCONFIRMED = "unconfirmed"
    ACTIVE = "active"
    DISABLED = "disabled"
    ERASED = "erased"
    """A placeholder: the number stays, the person is gone; no way leads back."""


class Account(SQLModel, table=True):
    __tablename__ = "account"

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=254, unique=True)
    """Canonical form (NFKC, lower case); see matcher.text.canonical_email."""
    name: str = Field(max_length=60)
    password_hash: str | None = Field(default=None, max_length=200)
    state: AccountState = Field(
        default=AccountState.UNCONFIRMED, sa_type=choice(AccountState, "state")
    )
    language: str = Field(default="ko", max_length=2)
    is_demo: bool = Field(default=False)
    created_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Membership(SQLModel, table=True):
    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("account_id"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    """One role an account: a person with two duties has two accounts, so no screen mixes them."""
    role: Role = Field(sa_type=choice(Role, "role"))
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)


class LoginSession(SQLModel, table=True):
    __tablename__ = "login_session"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    source: str = Field(default="", max_length=64)
    browser: str = Field(default="", max_length=200)


class AccessToken(SQLModel, table=True):
    """A personal access token for the API; only its hash is kept."""

    __tablename__ = "access_token"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    name: str = Field(max_length=60)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_on: date
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OneTimePurpose(StrEnum):
    CONFIRM_EMAIL = "confirm_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105  (a purpose, not a password)


class OneTimeToken(SQLModel, table=True):
    """A link sent by mail; it works once and until `expires_at`."""

    __tablename__ = "one_time_token"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    purpose: OneTimePurpose = Field(sa_type=choice(OneTimePurpose, "purpose"))
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ThrottleHit(SQLModel, table=True):
    """One counted try; kept in the database so that a restart or a second worker forgets none."""

    __tablename__ = "throttle_hit"

    id: int | None = Field(default=None, primary_key=True)
    bucket: str = Field(max_length=120, index=True)
    at: datetime = Field(sa_type=UtcDateTime)
