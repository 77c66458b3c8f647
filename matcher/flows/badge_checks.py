"""Badges checked again after something about their issuer changed: a key, a status list, its place
on the list. A few a turn and never in a request, so that a list of thousands holds nobody up."""

from datetime import datetime
from typing import Final

import structlog

from matcher.credentials.types import AtHand
from matcher.db import Unit, Units
from matcher.gateways.key_vault import KeyVault
from matcher.matching import at_hand, presenting
from matcher.matching.presenting import Kept
from matcher.refusal import Conflict
from matcher.store import presented, trusted_issuers
from models.credential import PresentedCredential

log = structlog.get_logger(__name__)
AT_ONCE: Final = 20


def work_next(units: Units, vault: KeyVault) -> int:
    """A few that are behind; gives how many are not any more. Each is checked with no transaction
    open and written by itself."""
    with units.reading() as unit:
        waiting = [presenting.kept(row) for row in presented.behind(unit.session, AT_ONCE)]
        if not waiting:
            return 0
        known, now = at_hand.build(unit, vault), unit.now
    return sum(_again(units, badge, known, now) for badge in waiting)


def _again(units: Units, badge: Kept, known: AtHand, now: datetime) -> bool:
    """One that changed meanwhile, or that the checks broke on, is left for the next turn: it keeps
    no other from being checked."""
    try:
        checked = presenting.look_again(badge, known, now)
        with units.writing() as unit:
            presented.one_at_a_time(unit.session)
            row = presented.locked(unit.session, badge.id)
            if row is None or not _is_as_read(unit, row, badge, known):
                return False
            presenting.settle(unit, row, checked, known, row.holder_name)
    except Conflict:
        return False
    except Exception:
        log.exception("badge_check", badge=badge.id)
        return False
    return True


def _is_as_read(unit: Unit, row: PresentedCredential, badge: Kept, known: AtHand) -> bool:
    """Neither the badge nor its issuer changed while it was checked."""
    edition = trusted_issuers.edition(unit.session, row.issuer)
    return row.version == badge.version and edition == known.editions.get(row.issuer)
