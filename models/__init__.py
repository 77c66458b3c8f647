"""The tables; importing this package registers every one of them."""

from models import (
    account,
    application,
    audit_trait,
    batch,
    certification,
    consent,
    course,
    idempotency,
    model_version,
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
    "audit_trait",
    "batch",
    "certification",
    "consent",
    "course",
    "idempotency",
    "model_version",
    "opening",
    "organisation",
    "outbox",
    "skill",
    "trail",
    "youth",
]
