"""Signs what records say, a few people at a time: in the background, and when a person asks."""

from contextlib import AbstractContextManager
from typing import Protocol

from matcher.actor import Actor
from matcher.db import Unit
from matcher.gateways.key_vault import KeyVault
from matcher.i18n import gettext as _
from matcher.matching import issuing
from matcher.matching.signing import signer
from matcher.refusal import Conflict


class Services(Protocol):
    """Where units of work and the keys come from: `wiring.Services`."""

    @property
    def key_vault(self) -> KeyVault: ...

    def reading(self, actor: Actor | None = None) -> AbstractContextManager[Unit]: ...

    def writing(self, actor: Actor | None = None) -> AbstractContextManager[Unit]: ...


def work_next(services: Services) -> int:
    """One transaction's worth; gives for how many people something was done, 0 when nothing waits
    or nothing can be signed. A look for work takes no lock."""
    if not services.key_vault.is_on:
        return 0
    with services.reading() as unit:
        if signer(unit, services.key_vault) is None or not issuing.due(unit, 1):
            return 0
    with services.writing() as unit:
        by = signer(unit, services.key_vault)
        people = issuing.due(unit) if by else ()
        for youth_id in people:
            assert by is not None
            issuing.sync(unit, by, youth_id)
    return len(people)


def sign_mine(unit: Unit, actor: Actor, vault: KeyVault) -> int:
    """Everything of the person's own record that is not signed yet, however old; gives how many.
    Raises Conflict while this service signs nothing."""
    by = signer(unit, vault)
    if by is None:
        raise Conflict(_("이 서비스는 지금 서명하지 않아요. 운영하는 곳에 물어봐 주세요."))
    return issuing.sync(unit, by, actor.own_youth_id, everything=True)
