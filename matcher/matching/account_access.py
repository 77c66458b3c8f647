"""Giving a colleague an account by invitation, and shutting one out at once."""

from matcher.db import Unit
from matcher.i18n import current_language
from matcher.store import accounts, answer_links, links, outbox
from models.account import Account, Membership, OneTimePurpose, Role


def invited(unit: Unit, email: str, name: str, role: Role, organisation_id: int | None) -> Account:
    """A staff account without a password, and a mail with the link to set one."""
    account = Account(email=email, name=name, language=current_language(), created_at=unit.now)
    unit.session.add(account)
    unit.session.flush()  # the membership and the link refer to it
    unit.session.add(
        Membership(
            account_id=account.id or 0, role=role, organisation_id=organisation_id,
            created_at=unit.now,
        )
    )  # fmt: skip
    send_link(unit, account)
    return account


def send_link(unit: Unit, account: Account) -> None:
    token = links.issue(
        unit.session, account.id or 0, OneTimePurpose.RESET_PASSWORD, unit.now,
        links.INVITE_LIFETIME,
    )  # fmt: skip
    outbox.put(unit.session, account, "invitation", unit.now, token=token)


def shut_out(unit: Unit, account_id: int) -> None:
    """Ends sessions, tokens and links with the same stroke, those for answering included."""
    accounts.end_sessions(unit.session, account_id, unit.now)
    accounts.revoke_tokens(unit.session, account_id, unit.now)
    links.spend_all(unit.session, account_id, unit.now)
    answer_links.end_of_account(unit.session, account_id, unit.now)
