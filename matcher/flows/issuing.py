"""Signs what records say, a few people at a time: in the background, and when a person asks."""

from matcher.actor import Actor
from matcher.db import Unit, Units
from matcher.gateways.key_vault import KeyVault
from matcher.matching import issuing
from matcher.matching.signing import needed_signer, signer


def work_next(units: Units, vault: KeyVault) -> int:
    """One transaction's worth; gives for how many people something was done, 0 when nothing waits
    or nothing can be signed. A look for work takes no lock."""
    if not vault.is_on:
        return 0
    with units.reading() as unit:
        if signer(unit, vault) is None or not issuing.due(unit, 1):
            return 0
    with units.writing() as unit:
        by = signer(unit, vault)
        people = issuing.due(unit) if by else ()
        for youth_id in people:
            assert by is not None
            issuing.sync(unit, by, youth_id)
    return len(people)


def sign_mine(unit: Unit, actor: Actor, vault: KeyVault) -> int:
    """Everything of the person's own record that is not signed yet, however old; gives how many.
    Raises Conflict while this service signs nothing."""
    by = needed_signer(unit, vault)
    return issuing.sync(unit, by, actor.own_youth_id, everything=True)
