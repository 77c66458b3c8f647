"""What anybody may read: one credential and its state, skills credentials name, status lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from matcher.catalogue.skills import Skill, load_taxonomy
from matcher.clock import day_of
from matcher.credentials import badge
from matcher.db import Unit
from matcher.gateways.key_vault import KeyVault
from matcher.matching import credential_names, status_lists
from matcher.matching.credential_names import CredentialName
from matcher.matching.issuing import payload_of
from matcher.matching.signing import signer
from matcher.refusal import NotFound
from matcher.store import issued, issuer_keys
from models.credential import IssuedState


@dataclass(frozen=True)
class PublicCredential:
    """Only what the credential says itself and its state: whom it was given to it does not say."""

    number: str
    state: IssuedState
    state_on: date
    is_waiting: bool
    """Its key was revoked, and it is being signed anew."""
    name: CredentialName
    description: str
    criteria: str
    level: str
    issuer: str
    did: str
    valid_from: date
    alignments: tuple[tuple[str, str], ...]
    """(name, address)."""
    is_demo: bool


def show(unit: Unit, number: str) -> PublicCredential:
    row = issued.by_number(unit.session, number)
    if row is None or not row.token:
        raise NotFound
    said = payload_of(row.token)
    achievement: Mapping[str, Any] = said["credentialSubject"]["achievement"]
    results = said["credentialSubject"].get("result", [])
    return PublicCredential(
        number=row.number,
        state=row.state,
        state_on=day_of(row.state_since),
        is_waiting=row.key_id in issuer_keys.revoked_ids(unit.session),
        name=credential_names.names(unit, [row])[row.number],
        description=achievement["description"],
        criteria=achievement["criteria"]["narrative"],
        level=results[0]["value"] if results else "",
        issuer=said["issuer"]["name"],
        did=said["issuer"]["id"],
        valid_from=day_of(badge.since(said)),
        alignments=tuple(
            (each["targetName"], each["targetUrl"]) for each in achievement.get("alignment", [])
        ),
        is_demo=row.is_demo,
    )


def skill(slug: str) -> Skill:
    found = load_taxonomy().get(slug)
    if found is None:
        raise NotFound
    return found


def status_list(unit: Unit, vault: KeyVault, purpose: str) -> str:
    """A signed list. Raises NotFound while nothing is signed here."""
    by = signer(unit, vault) if purpose in status_lists.STATES else None
    if by is None:
        raise NotFound
    return status_lists.token(unit, by, purpose)
