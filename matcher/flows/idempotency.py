"""One request, one effect: the answer to an `Idempotency-Key` is kept beside what it made."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.refusal import Invalid
from matcher.store import idempotency
from models.idempotency import KeptAnswer

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    status: int
    answer: dict[str, Any]


def answered(unit: Unit, actor: Actor, key: str, asked: str) -> Kept | None:
    """The answer given before, without taking the key: to be asked before anything that costs or is
    counted. Raises Invalid when the key stood for something else."""
    found = idempotency.find(unit.session, actor.account_id, _hashed(key))
    if found is None or found.created_at < unit.now - KEPT_FOR:
        return None
    return _same(found, _hashed(asked))


def begin(unit: Unit, actor: Actor, key: str, asked: str) -> Kept | None:
    """The answer given before, or None for a new key, which is then taken.

    `asked` is method, path and body in one spelling. Raises Invalid when the key stood for
    something else. A refusal afterwards rolls the key back too, so it can be used again.
    """
    account, key_hash, body_hash = actor.account_id, _hashed(key), _hashed(asked)
    idempotency.prune(unit.session, unit.now - KEPT_FOR)
    found = idempotency.find(unit.session, account, key_hash)
    if found is None:
        row = KeptAnswer(
            account_id=account, key_hash=key_hash, body_hash=body_hash, created_at=unit.now
        )
        if idempotency.reserve(unit.session, row):
            return None
        found = idempotency.find(unit.session, account, key_hash)
    return _same(found, body_hash)


def _same(found: KeptAnswer | None, body_hash: str) -> Kept:
    if found is None or found.body_hash != body_hash:
        raise Invalid({"Idempotency-Key": _("이 키는 다른 요청에 이미 썼어요.")})
    return Kept(found.status, found.answer)


def keep(unit: Unit, actor: Actor, key: str, kept: Kept) -> None:
    """Call in the unit that called `begin`."""
    row = idempotency.find(unit.session, actor.account_id, _hashed(key))
    assert row is not None
    row.status, row.answer = kept.status, kept.answer
    unit.session.add(row)


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
