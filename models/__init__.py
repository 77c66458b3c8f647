"""The tables; importing this package registers every one of them."""

from models import (
    account,
    application,
    batch,
    certification,
    consent,
    course,
    idempotency,
    opening,
    organisation,
    outbox,
    skill,
    trail,
    youth,
)

__all__ = [
    "account",
    "application",
    "batch",
    "certification",
    "consent",
    "course",
    "idempotency",
    "opening",
    "organisation",
    "outbox",
    "skill",
    "trail",
    "youth",
]
