"""A young person tells, or takes back, what fairness is checked by; no ranking ever sees it."""

from collections.abc import Mapping

from matcher.db import Unit
from matcher.store import audit_traits
from models.audit_trait import AuditTraitKind


def told(unit: Unit) -> dict[str, str]:
    """By kind; empty when nothing was told."""
    found = audit_traits.own(unit.session, unit.signed_in.own_youth_id)
    return {kind.value: value for kind, value in found.items()}


def tell(unit: Unit, values: Mapping[AuditTraitKind, str | None]) -> None:
    """Replaces what was told; nothing at all takes everything back. The audit keeps no values."""
    youth_id = unit.signed_in.own_youth_id
    kept = {kind: value for kind, value in values.items() if value}
    audit_traits.replace(unit.session, youth_id, kept, unit.now)
    unit.audit("traits:told", "youth", youth_id, count=len(kept))
