"""Sending what waits in the outbox, and showing it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from jinja2 import UndefinedError

from matcher import rendering
from matcher.db import Unit, Units
from matcher.gateways.mail import Mail, Mailer
from matcher.i18n import language_or_none, use_language
from matcher.store import outbox
from models.account import Account
from models.outbox import OutboxMail, OutboxState

log = structlog.get_logger(__name__)
AT_ONCE = 100
PAGE = 50
LINKS = {
    "confirm_email": "/confirm",
    "reset_password": "/reset/new",
    "invitation": "/reset/new",
}
"""Where the one-time link of a mail leads."""


@dataclass(frozen=True)
class Sent:
    sent: int = 0
    failed: int = 0
    """Tries that failed; those with tries left go out again later."""


@dataclass(frozen=True)
class MailRow:
    """What an admin sees: never the words, which may hold a one-time link."""

    mail_id: int
    template: str
    account_id: int | None
    """None when it goes to somebody without an account."""
    state: OutboxState
    tries: int
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class Mails:
    rows: tuple[MailRow, ...]
    older: int | None


@dataclass(frozen=True)
class Letter:
    """A mail in words, for the demo's page."""

    to: str
    subject: str
    text: str
    at: datetime
    link: str
    """Path of the one-time link in it; empty without one."""


def send_waiting(units: Units, mailer: Mailer, site_url: str, keep_words: bool = False) -> Sent:
    """Try every mail whose time has come. Each is claimed in its own transaction first, so two

    senders never send the same one; a sender killed after sending and before noting it leaves a
    mail that goes out once more after the wait, with the same Message-ID. `keep_words` keeps the
    contents of sent mails, for the demo.
    """
    with units.reading() as unit:
        waiting = outbox.due(unit.session, unit.now, AT_ONCE)
    results = [_send_one(units, mailer, mail_id, site_url, keep_words) for mail_id in waiting]
    return Sent(results.count(True), results.count(False))


def _send_one(
    units: Units, mailer: Mailer, mail_id: int, site_url: str, keep_words: bool
) -> bool | None:
    """True sent, False failed, None taken by another sender."""
    with units.writing() as unit:
        if not outbox.claim(unit.session, mail_id, unit.now):
            return None
        row = outbox.with_account(unit.session, mail_id)
    if row is None:
        return None
    try:
        mailer.send(_mail(row[0], row[1], site_url))
    except Exception as error:  # a broken mail must not keep the others from leaving
        log.warning("mail_failed", mail_id=mail_id, error=type(error).__name__)
        _note(units, mail_id, is_sent=False, keep_words=keep_words)
        return False
    _note(units, mail_id, is_sent=True, keep_words=keep_words)
    return True


def _note(units: Units, mail_id: int, is_sent: bool, keep_words: bool) -> None:
    with units.writing() as unit:
        mail = unit.session.get(OutboxMail, mail_id)
        if mail is None:
            return  # its owner was erased meanwhile
        if is_sent:
            mail.state, mail.sent_at = OutboxState.SENT, unit.now
        elif mail.tries >= outbox.MOST_TRIES:
            mail.state = OutboxState.FAILED
        if mail.state is not OutboxState.WAITING and not keep_words:
            mail.context = {}
        unit.session.add(mail)


def page(unit: Unit, before: int | None, state: OutboxState | None) -> Mails:
    found = outbox.page(unit.session, before, PAGE + 1, state)
    rows = tuple(
        MailRow(
            mail.id or 0,
            mail.template,
            mail.account_id,
            mail.state,
            mail.tries,
            mail.created_at,
            mail.sent_at,
        )
        for mail, _account in found[:PAGE]
    )
    return Mails(rows, rows[-1].mail_id if len(found) > PAGE else None)


def letters(unit: Unit, site_url: str) -> tuple[Letter, ...]:
    """The newest mails in words; only the demo may show them."""
    return tuple(_letters(outbox.page(unit.session, None, PAGE), site_url))


def _letters(found: Sequence[tuple[OutboxMail, Account | None]], site_url: str) -> Iterator[Letter]:
    for mail, account in found:
        token = str(mail.context.get("token", ""))
        try:
            written = _mail(mail, account, site_url)
        except UndefinedError:
            continue  # its words were taken out when it left or when a person was erased
        path = LINKS.get(mail.template, "")
        link = f"{path}?token={token}" if path and token else ""
        if mail.template == "answer_asked" and token:
            link = f"/answer/{token}"
        yield Letter(written.to, written.subject, written.text, mail.created_at, link)


def _mail(mail: OutboxMail, account: Account | None, site_url: str) -> Mail:
    """The first line of a template is the subject. Without an account the name stays empty."""
    name, address = ("", mail.address or "") if account is None else (account.name, account.email)
    with use_language(language_or_none(mail.language) or "ko"):
        words = rendering.render(
            f"mail/{mail.template}.txt",
            {"name": name, "site_url": site_url.rstrip("/"), **mail.context},
        )
    subject, _newline, text = words.lstrip().partition("\n")
    return Mail(address, " ".join(subject.split()), text.strip() + "\n", mail.dedupe_key)
