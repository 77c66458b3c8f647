"""The service's own status lists, signed as of the day."""

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
    """The same bytes for the same state and day: it counts from midnight in Jeju for a week."""
    indexes = issued.indexes(unit.session, STATES[purpose])
    said = status_bits.document(by.did, by.site, purpose, indexes, start_of(unit.today))
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
