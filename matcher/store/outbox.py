"""Mails waiting to leave."""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import Session, col, func, select

from models.account import Account, AccountState
from models.outbox import OutboxMail, OutboxState

MOST_TRIES = 6
FIRST_WAIT = timedelta(minutes=2)


def put(
    session: Session,
    account: Account,
    template: str,
    now: datetime,
    key: str = "",
    **context: Any,
) -> None:
    """A mail to this account in its language; `key` makes a second one of the same cause fail."""
    assert account.id is not None
    session.add(
        OutboxMail(
            account_id=account.id,
            template=template,
            language=account.language,
            context=context,
            dedupe_key=key or f"{template}:{account.id}:{secrets.token_hex(8)}",
            created_at=now,
        )
    )


def put_to(
    session: Session,
    address: str,
    template: str,
    now: datetime,
    key: str,
    language: str = "ko",
    **context: Any,
) -> None:
    """A mail to somebody without an account."""
    session.add(
        OutboxMail(
            address=address,
            template=template,
            language=language,
            context=context,
            dedupe_key=key,
            created_at=now,
        )
    )


def has_key(session: Session, start: str) -> bool:
    """Whether a mail was written whose key begins so."""
    found = select(OutboxMail.id).where(col(OutboxMail.dedupe_key).startswith(start))
    return session.exec(found.limit(1)).first() is not None


def newest(session: Session, template: str, account_id: int | None = None) -> dict[int, datetime]:
    """Account -> when its newest mail of this template was written."""
    statement = (
        select(OutboxMail.account_id, func.max(OutboxMail.created_at))
        .where(OutboxMail.template == template)
        .group_by(col(OutboxMail.account_id))
    )
    if account_id is not None:
        statement = statement.where(OutboxMail.account_id == account_id)
    return {number: at for number, at in session.exec(statement) if number is not None}


def due(session: Session, now: datetime, most: int) -> Sequence[int]:
    """Numbers of the mails to try now, oldest first."""
    found = session.exec(
        select(OutboxMail.id)
        .where(OutboxMail.state == OutboxState.WAITING, _is_free(now))
        .order_by(col(OutboxMail.id))
        .limit(most)
    )
    return [number for number in found if number is not None]


def claim(session: Session, mail_id: int, now: datetime) -> bool:
    """Take a mail for one try; False when another sender took it first."""
    taken = session.exec(
        update(OutboxMail)
        .where(
            col(OutboxMail.id) == mail_id,
            col(OutboxMail.state) == OutboxState.WAITING,
            _is_free(now),
        )
        .values(claimed_at=now, tries=col(OutboxMail.tries) + 1)
    )
    return taken.rowcount == 1


def _is_free(now: datetime) -> ColumnElement[bool]:
    """Never taken, or its last try is 2, 4, 8 ... minutes ago."""
    waits = [
        (col(OutboxMail.tries) == n)
        & (col(OutboxMail.claimed_at) <= now - FIRST_WAIT * 2 ** (n - 1))
        for n in range(1, MOST_TRIES)
    ]
    return or_(col(OutboxMail.claimed_at).is_(None), *waits)


def with_account(session: Session, mail_id: int) -> tuple[OutboxMail, Account | None] | None:
    """No account where the reader has none."""
    row = session.exec(
        select(OutboxMail, Account)
        .join(Account, col(Account.id) == OutboxMail.account_id, isouter=True)
        .where(OutboxMail.id == mail_id)
    ).first()
    return None if row is None else (row[0], row[1])


def page(
    session: Session, before: int | None, most: int, state: OutboxState | None = None
) -> Sequence[tuple[OutboxMail, Account | None]]:
    """Newest first, below the number `before`."""
    statement = (
        select(OutboxMail, Account)
        .join(Account, col(Account.id) == OutboxMail.account_id, isouter=True)
        .where(or_(col(Account.id).is_(None), col(Account.state) != AccountState.ERASED))
        .order_by(col(OutboxMail.id).desc())
        .limit(most)
    )
    if before is not None:
        statement = statement.where(col(OutboxMail.id) < before)
    if state is not None:
        statement = statement.where(OutboxMail.state == state)
    return [(mail, account) for mail, account in session.exec(statement)]


def counts(session: Session) -> dict[OutboxState, int]:
    rows = session.exec(select(OutboxMail.state, func.count()).group_by(col(OutboxMail.state)))
    return {OutboxState(state): number for state, number in rows}


def forget_words(session: Session, words: Sequence[str]) -> None:
    """Empty the context of every mail, to whomever, that quotes one of these words."""
    wanted = [word for word in words if len(word) > 1]
    for mail in session.exec(select(OutboxMail)):
        said = json.dumps(mail.context, ensure_ascii=False)
        if any(word in said for word in wanted):
            mail.context = {}
            mail.state = OutboxState.FAILED if mail.state is OutboxState.WAITING else mail.state
            session.add(mail)
