"""What this service knows when it checks a credential: whom it trusts, keys and status lists."""

from collections.abc import Collection

from matcher.credentials.types import AtHand
from matcher.db import Unit
from matcher.gateways.key_vault import KeyVault
from matcher.matching import status_lists
from matcher.matching.signing import own_did, own_document
from matcher.store import trusted_issuers as store

NOTHING = AtHand()


def build(unit: Unit, vault: KeyVault | None = None, hosted: Collection[str] = ()) -> AtHand:
    """`vault`: with it the service's own signatures count too. `hosted`: addresses whose content
    was fetched from their host just now."""
    issuers = store.active(unit.session)
    lists = store.status_lists(unit.session)
    own = NOTHING if vault is None else _own(unit, vault)
    return AtHand(
        trusted=own.trusted | {each.issuer for each in issuers},
        keys={each.issuer: each.keys for each in issuers if each.keys} | dict(own.keys),
        lists={each.address: each.data for each in lists} | dict(own.lists),
        hosted=frozenset(hosted),
        editions=store.editions(unit.session),
    )


def _own(unit: Unit, vault: KeyVault) -> AtHand:
    """The service's own word about itself comes before any copy that was brought in."""
    document = own_document(unit, vault)
    if not document["assertionMethod"]:
        return NOTHING
    did = own_did(vault)
    return AtHand(frozenset({did}), {did: document}, status_lists.own(unit, vault))
