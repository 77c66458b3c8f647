"""The service's own status lists, signed as of their last change."""

from matcher.clock import start_of
from matcher.credentials import badge, status_bits
from matcher.credentials.signing_keys import sign_jwt
from matcher.db import Unit
from matcher.gateways.key_vault import KeyVault
from matcher.matching.signing import Signer, signer
from matcher.store import issued
from models.credential import IssuedState

STATES = {"revocation": IssuedState.REVOKED, "suspension": IssuedState.SUSPENDED}


def token(unit: Unit, by: Signer, purpose: str) -> str:
    """The same bytes for the same state and day. It counts for a week from midnight in Jeju or
    from the last change since: a copy from before the change is the older one by its date."""
    indexes = issued.indexes(unit.session, STATES[purpose])
    midnight = start_of(unit.today)
    changed_at = issued.last_change(unit.session) or midnight
    since = min(max(midnight, changed_at), unit.now)  # never ahead of a reader's clock
    said = status_bits.document(by.did, by.site, purpose, indexes, since)
    return sign_jwt(badge.payload(said), by.key)


def own(unit: Unit, vault: KeyVault) -> dict[str, bytes]:
    """Both by their address, for checks inside the service; empty while nothing is signed."""
    by = signer(unit, vault)
    if by is None:
        return {}
    return {
        status_bits.list_address(by.site, purpose): token(unit, by, purpose).encode("ascii")
        for purpose in STATES
    }
