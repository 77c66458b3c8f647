"""Sending mail. The outbox job calls it; the demo keeps mails on a page and sends nothing."""

import smtplib
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Protocol

SECONDS = 10


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    text: str
    key: str = ""
    """The same for every try of the same mail; becomes its Message-ID."""


class Mailer(Protocol):
    @property
    def is_on(self) -> bool:
        """Whether mails leave at all; while they do not, they wait in the outbox."""
        ...

    def send(self, mail: Mail) -> None:
        """Deliver or raise OSError."""
        ...


class HeldMailer:
    """No gateway is switched on: nothing leaves and nothing counts as sent."""

    is_on = False

    def send(self, mail: Mail) -> None:
        raise OSError("no mail gateway is switched on")


@dataclass(frozen=True)
class SmtpMailer:
    """A mail server of the operator. `security`: tls from the start, starttls, or none (only for
    a server on this machine)."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    security: str = "starttls"
    is_on = True

    def send(self, mail: Mail) -> None:
        kind = smtplib.SMTP_SSL if self.security == "tls" else smtplib.SMTP
        try:
            with kind(self.host, self.port, timeout=SECONDS) as server:
                if self.security == "starttls":
                    server.starttls()
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(self._message(mail))
        except smtplib.SMTPException as error:
            raise OSError(type(error).__name__) from error

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, mail.to, mail.subject
        message["Date"] = formatdate(localtime=False)
        # The same id for every try, so that a mail that goes out twice is seen once.
        domain = self.sender.rpartition("@")[2].strip(" >")
        message["Message-ID"] = f"<{mail.key}@{domain}>" if mail.key else make_msgid(domain=domain)
        message.set_content(mail.text)
        return message


@dataclass
class NullMailer:
    """Keeps what was sent, for tests."""

    sent: list[Mail] = field(default_factory=list)
    is_on = True

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)
