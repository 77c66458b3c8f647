"""The service's own keys: making one, retiring one, and what is done when one is lost."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matcher.db import Unit
from matcher.gateways.key_vault import KeyVault
from matcher.i18n import gettext as _
from matcher.matching import signing
from matcher.matching.signing import opened, own_did, own_document
from matcher.refusal import Conflict, NotFound
from matcher.store import issuer_keys as store
from models.credential import IssuerKey, KeyState

NAME = re.compile(r"[a-z0-9-]{1,40}")


@dataclass(frozen=True)
class KeyLine:
    name: str
    state: KeyState
    signed: int
    """Credentials that stand on it."""
    created_at: datetime
    ended_at: datetime | None
    opens: bool
    """The secret the service runs with opens it."""


@dataclass(frozen=True)
class Keys:
    is_on: bool
    """A secret is set."""
    did: str
    lines: tuple[KeyLine, ...]

    @property
    def signs(self) -> bool:
        return any(each.state is KeyState.ACTIVE and each.opens for each in self.lines)


def shelf(unit: Unit, vault: KeyVault) -> Keys:
    counts = store.counts(unit.session)
    lines = tuple(
        _line(row, counts.get(row.id or 0, 0), vault) for row in store.every(unit.session)
    )
    return Keys(vault.is_on, own_did(vault), lines)


def document(unit: Unit, vault: KeyVault) -> dict[str, Any]:
    """The public DID document. Raises NotFound while the service never had a key."""
    if store.first(unit.session) is None:
        raise NotFound
    return own_document(unit, vault)


def make(unit: Unit, vault: KeyVault) -> str:
    """A new key signs from now on, and the one before it is retired: what it signed stays good.
    Gives its name. Raises Conflict without a secret to seal it under."""
    if not vault.is_on:
        raise Conflict(_("OREUM_KEY_SECRET이 없어 열쇠를 만들 수 없습니다."))
    for row in store.of_state(unit.session, KeyState.ACTIVE):
        _end(unit, row, KeyState.RETIRED)
    return signing.make_key(unit, vault).name


def retire(unit: Unit, name: str) -> None:
    """It signs no more; nothing signs until another is made."""
    row = _known(unit, name)
    if row.state is not KeyState.ACTIVE:
        raise Conflict(_("서명에 쓰는 열쇠만 물러나게 할 수 있습니다."))
    _end(unit, row, KeyState.RETIRED)


def revoke(unit: Unit, vault: KeyVault, name: str) -> str:
    """Lost or stolen: nothing it signed counts any more, and all of that is signed anew under
    another key. Gives the name of the key that signs now: a new one when this one did, none
    without a secret."""
    row = _known(unit, name)
    if row.state is KeyState.REVOKED:
        raise Conflict(_("이미 폐기한 열쇠입니다."))
    _end(unit, row, KeyState.REVOKED)
    unit.session.flush()  # the next question is which key signs now
    active = store.active(unit.session)
    if active is not None and opened(active, vault) is not None:
        return active.name
    return make(unit, vault) if vault.is_on else ""


def _end(unit: Unit, row: IssuerKey, to: KeyState) -> None:
    before = row.state
    row.state, row.retired_at = to, unit.now
    unit.session.add(row)
    unit.audit(
        f"issuer-key:{to.value}", "issuer_key", row.id, name=row.name, before=before.value
    )  # fmt: skip


def _known(unit: Unit, name: str) -> IssuerKey:
    row = store.by_name(unit.session, name) if NAME.fullmatch(name) else None
    if row is None:
        raise NotFound(_("그런 이름의 열쇠가 없습니다."))
    return row


def _line(row: IssuerKey, signed: int, vault: KeyVault) -> KeyLine:
    return KeyLine(
        row.name, row.state, signed, row.created_at, row.retired_at, opened(row, vault) is not None
    )
