"""Who signs for this service, and the document that publishes its keys."""

import secrets
from dataclasses import dataclass
from typing import Any

from matcher.credentials.signing_keys import (
    SigningKey,
    did_document,
    did_of,
    new_private,
    public_jwk,
)
from matcher.db import Unit
from matcher.gateways.key_vault import KeyVault, VaultClosed
from matcher.i18n import gettext as _
from matcher.refusal import Conflict
from matcher.store import issuer_keys
from models.credential import IssuerKey, KeyState

__all__ = ["Signer", "SigningKey"]


@dataclass(frozen=True)
class Signer:
    did: str
    key: SigningKey
    key_id: int
    """Of the row in issuer_key."""
    site: str
    """The service's address from outside, without a slash at its end."""
    name: str
    """The issuer's, as credentials give it."""


def signer(unit: Unit, vault: KeyVault) -> Signer | None:
    """None while issuing is off: no secret is set, no key made yet, or the secret is another one
    than the key was sealed under."""
    row = issuer_keys.active(unit.session) if vault.is_on else None
    return None if row is None else opened(row, vault)


def needed_signer(unit: Unit, vault: KeyVault) -> Signer:
    """Raises Conflict while issuing is off."""
    by = signer(unit, vault)
    if by is None:
        raise Conflict(_("이 서비스는 지금 서명하지 않아요. 운영하는 곳에 물어봐 주세요."))
    return by


def opened(row: IssuerKey, vault: KeyVault) -> Signer | None:
    try:
        private = vault.open(row.name, row.sealed)
    except VaultClosed:
        return None
    did = did_of(vault.site)
    key = SigningKey(f"{did}#{row.name}", private)
    return Signer(did, key, row.id or 0, vault.site, vault.operator)


def make_key(unit: Unit, vault: KeyVault, is_demo: bool = False) -> IssuerKey:
    """A new active key; raises VaultClosed without a secret to seal it under."""
    private, name = new_private(), f"{unit.today:%Y%m%d}-{secrets.token_hex(3)}"
    row = IssuerKey(
        name=name,
        state=KeyState.ACTIVE,
        public_jwk=public_jwk(private),
        sealed=vault.seal(name, private),
        account_id=unit.actor.account_id if unit.actor else None,
        is_demo=is_demo,
        created_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()  # the audit names it
    unit.audit("issuer-key:made", "issuer_key", row.id, name=name)
    return row


def own_did(vault: KeyVault) -> str:
    """This service as an issuer; it has the name whether or not it signs."""
    return did_of(vault.site)


def own_document(unit: Unit, vault: KeyVault) -> dict[str, Any]:
    """The DID document: every key that was not revoked, also retired ones."""
    rows = issuer_keys.published(unit.session)
    return did_document(own_did(vault), {row.name: row.public_jwk for row in rows})
