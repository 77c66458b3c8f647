"""Addresses with which a partner without an account answers for one candidate."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class AnswerLink(SQLModel, table=True):
    """Signed, for one application, until a moment; one answer ends it. Only its hash is kept."""

    __tablename__ = "answer_link"

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    address: str = Field(max_length=254)
    """The mailbox it was sent to."""
    account_id: int | None = Field(default=None, foreign_key="account.id")
    """Who had it sent; empty when the application itself did."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LinkUse(StrEnum):
    OPENED = "opened"
    ANSWERED = "answered"
    TURNED_AWAY = "turned_away"
    """Expired, used up, revoked, or the person's consent is gone."""


class AnswerLinkUse(SQLModel, table=True):
    """Every use of a link, as the access record keeps every look of an account."""

    __tablename__ = "answer_link_use"

    id: int | None = Field(default=None, primary_key=True)
    link_id: int = Field(foreign_key="answer_link.id", index=True)
    use: LinkUse = Field(sa_type=choice(LinkUse, "use"))
    source: str = Field(default="", max_length=64)
    at: datetime = Field(sa_type=UtcDateTime)
