"""Somebody opens a share link. Nobody is signed in; the address is the key.

None stands for a link that shows nothing, whatever the reason: from outside they look alike.
"""

from datetime import timedelta

from matcher.clock import start_of
from matcher.db import Unit
from matcher.gateways.key_vault import KeyVault
from matcher.i18n import gettext as _
from matcher.matching import portable, shared_record, throttling
from matcher.matching.shared_record import SharedRecord, as_json
from matcher.matching.signing import signer
from matcher.policy import limits
from matcher.policy import sharing as rules
from matcher.policy.operation import Operation
from matcher.store import links
from matcher.store import sharing as store
from models.credential import ShareLink, ShareLinkUse

__all__ = ["SharedRecord", "as_json"]
HOUR = timedelta(hours=1)


def look(unit: Unit, operation: Operation, token: str) -> SharedRecord | None:
    """The opening is written down without a word about who opened."""
    link = _live(unit, operation, token)
    if link is None:
        return None
    return shared_record.record(
        unit.session,
        link.youth_id,
        rules.parts_of(link.parts),
        unit.now,
        unit.today,
        link.expires_on,
    )


def signed(unit: Unit, operation: Operation, vault: KeyVault, token: str) -> str | None:
    """The same as a signed record (`credentials.record`). Of a record somebody saved nothing can
    be taken back, so it holds no longer than the link does."""
    by = signer(unit, vault)
    if by is None:
        return None
    shared = look(unit, operation, token)
    if shared is None:
        return None
    end = start_of(shared.expires_on + timedelta(days=1))
    return portable.signed(unit, portable.of_shared(shared), by, end)


def can_sign(unit: Unit, vault: KeyVault) -> bool:
    return signer(unit, vault) is not None


def _live(unit: Unit, operation: Operation, token: str) -> ShareLink | None:
    found = store.behind(unit.session, links.hashed(token), unit.today)
    if found is None:
        return None
    link = found.link
    ended = rules.has_ended(link.expires_on, link.revoked_at, unit.today)
    if ended or not found.is_held:
        _turn_away(unit, link)
        return None
    _count(unit, operation)
    unit.trail.append(_use(unit, link, was_open=True))
    return link


def _count(unit: Unit, operation: Operation) -> None:
    """How often from one place, under a keyed hash of it. Only living links are counted: whatever
    a link that ended answers, it is what one that never was answers."""
    limit = limits.shared_link(operation.mask_key, unit.source)
    throttling.refuse(unit, [limit], _("너무 자주 열었습니다. 한 시간 뒤에 다시 열어 주십시오."))
    throttling.count_reading(unit, [limit])


def _turn_away(unit: Unit, link: ShareLink) -> None:
    """Written down for the owner, and not without end."""
    since = unit.now - HOUR
    if store.turned_away(unit.session, link.id or 0, since) < rules.MOST_OPENINGS_HOUR:
        unit.trail.append(_use(unit, link, was_open=False))


def _use(unit: Unit, link: ShareLink, *, was_open: bool) -> ShareLinkUse:
    return ShareLinkUse(
        link_id=link.id or 0, youth_id=link.youth_id, was_open=was_open, at=unit.now
    )
