"""Asking a badge's host for what is behind a link, one link a turn and never in a request."""

from datetime import datetime, timedelta
from typing import Final

import structlog

from matcher.credentials import verifying
from matcher.credentials.types import AtHand, Checked
from matcher.db import Unit, Units
from matcher.gateways.badge_host import MOST_BYTES, BadgeHost, BadgeRefused, FetchedBadge
from matcher.gateways.key_vault import KeyVault
from matcher.matching import at_hand, presenting
from matcher.policy import badges
from matcher.store import badge_links as store
from matcher.store import presented
from matcher.store.badge_links import Claimed
from models.credential import PresentedCredential

log = structlog.get_logger(__name__)
WAITS: Final = tuple(timedelta(hours=hours) for hours in (1 / 6, 1, 6, 24, 24, 24))
"""After the first try, the second and so on. A badge shows up at its host a day or two after the
exam (facts of AWS: full results within 5 business days), so the last try is three days later."""
IN_VAIN: Final = frozenset({"off", "not_allowed"})
"""Asking again would change nothing."""


def work_next(units: Units, host: BadgeHost, vault: KeyVault) -> bool:
    """One link; False when none is due. The host is asked outside any transaction."""
    with units.writing() as unit:
        claimed = store.claim(unit.session, unit.now, WAITS)
    if claimed is None:
        return False
    try:
        fetched = host.fetch(claimed.link)
    except BadgeRefused as refused:
        _note(units, claimed, refused.reason)
        return True
    checked, known = _check(units, fetched, vault)
    with units.writing() as unit:
        presented.one_at_a_time(unit.session)
        row = _waiting(unit, claimed)
        if row is not None:
            row.next_try_at = None
            if checked.content:
                row.source = badges.FROM_HOST
            presenting.settle(unit, row, checked, known)
            unit.audit("badge:fetched", "badge", row.id, verdict=checked.verdict.value)
    return True


def _check(units: Units, fetched: FetchedBadge, vault: KeyVault) -> tuple[Checked, AtHand]:
    """Its content comes from a stranger: checked with no transaction open."""
    with units.reading() as unit:
        known, now = at_hand.build(unit, vault, hosted={fetched.address}), unit.now
    return verifying.check(fetched.data, known, recipient=None, now=now), known


def _note(units: Units, claimed: Claimed, reason: str) -> None:
    """The reason stays on the row while there are tries left; then a person opens the link."""
    log.info("badge_host", badge=claimed.id, reason=reason, tries=claimed.tries)
    with units.writing() as unit:
        row = _waiting(unit, claimed)
        if row is None:
            return
        if reason in IN_VAIN or claimed.tries > len(WAITS):
            presenting.to_a_person(unit, row, reason)
            unit.audit("badge:not_fetched", "badge", row.id, reason=reason)
        else:
            _wait(row, reason, unit.now)


def _wait(row: PresentedCredential, reason: str, now: datetime) -> None:
    details = {"limit": f"{MOST_BYTES // 1024 // 1024} MB"} if reason == "too_large" else {}
    row.reasons = presenting.with_lasting(row, {"code": reason, "details": details})
    row.checked_at, row.updated_at = now, now
    row.version += 1


def _waiting(unit: Unit, claimed: Claimed) -> PresentedCredential | None:
    row = presented.locked(unit.session, claimed.id)
    return row if store.is_still_due(row) else None
