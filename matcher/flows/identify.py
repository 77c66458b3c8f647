"""Who is behind a session cookie or an access token."""

from dataclasses import replace
from datetime import timedelta

from matcher.actor import Actor
from matcher.db import Unit
from matcher.store import accounts


def by_session(unit: Unit, token_hash: str, longest: timedelta) -> Actor | None:
    """The actor of a live session; None when it ended, outlived its limit or the account did."""
    row = accounts.live_session(unit.session, token_hash)
    if row is None:
        return None
    actor = accounts.actor_of(unit.session, row.account_id)
    if actor is None or unit.now - row.created_at > longest:
        return None
    return replace(actor, signed_in_at=row.created_at)


def by_access_token(unit: Unit, token_hash: str) -> Actor | None:
    account_id = accounts.token_account(unit.session, token_hash, unit.today)
    return None if account_id is None else accounts.actor_of(unit.session, account_id)
