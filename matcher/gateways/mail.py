"""Sending mail. The outbox job calls it; the demo keeps mails on a page and sends nothing."""

from dataclasses import dataclass, field
from typing import Protocol

import structlog

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    text: str
    key: str = ""
    """The same for every try of the same mail; becomes its Message-ID."""


class Mailer(Protocol):
    def send(self, mail: Mail) -> None:
        """Deliver or raise OSError."""
        ...


class LogMailer:
    """Says that a mail would have left, without its words or its address."""

    def send(self, mail: Mail) -> None:
        log.info("mail_not_sent", reason="no mail gateway is switched on")


@dataclass
class NullMailer:
    """Keeps what was sent, for tests."""

    sent: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)
