"""The mail gateway against a server on this machine that speaks just enough SMTP."""

import email
import socketserver
from collections.abc import Iterator
from email import policy
from threading import Thread

import pytest

from matcher.gateways.mail import HeldMailer, Mail, SmtpMailer

MAIL = Mail(
    "haneul@example.kr", "오름에서 온 소식", "안녕하세요.\n링크: https://x.example/a\n", "mail-7"
)


class Desk(socketserver.StreamRequestHandler):
    """Takes one mail, or answers 554 to the recipient when the server is told to refuse."""

    def handle(self) -> None:
        self.wfile.write(b"220 desk\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self._take()
            elif word == b"RCPT" and getattr(self.server, "refuses", False):
                self.wfile.write(b"554 no\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")

    def _take(self) -> None:
        self.wfile.write(b"354 go on\r\n")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.taken.append(b"".join(lines))  # type: ignore[attr-defined]
        self.wfile.write(b"250 taken\r\n")


@pytest.fixture
def desk() -> Iterator[socketserver.TCPServer]:
    server = socketserver.TCPServer(("127.0.0.1", 0), Desk)
    server.taken = []  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def mailer(server: socketserver.TCPServer) -> SmtpMailer:
    port = int(server.server_address[1])
    return SmtpMailer("127.0.0.1", port, "Oreum <hello@oreum.example>", security="none")


def test_a_korean_mail_arrives_as_written(desk: socketserver.TCPServer) -> None:
    mailer(desk).send(MAIL)
    raw = desk.taken[0]  # type: ignore[attr-defined]
    message = email.message_from_bytes(raw, policy=policy.default)
    assert (message["To"], message["Subject"]) == (MAIL.to, MAIL.subject)
    assert message["Message-ID"] == "<mail-7@oreum.example>"
    assert message.get_content().replace("\r\n", "\n") == MAIL.text


def test_a_refused_mail_is_an_os_error_so_the_outbox_tries_again(
    desk: socketserver.TCPServer,
) -> None:
    desk.refuses = True  # type: ignore[attr-defined]
    with pytest.raises(OSError, match="SMTP"):
        mailer(desk).send(MAIL)
    assert desk.taken == []  # type: ignore[attr-defined]


def test_a_line_break_in_a_subject_makes_no_header(desk: socketserver.TCPServer) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        mailer(desk).send(Mail("a@example.kr", "x\r\nBcc: b@example.kr", "text"))
    assert desk.taken == []  # type: ignore[attr-defined]


def test_without_a_gateway_nothing_counts_as_sent() -> None:
    assert HeldMailer().is_on is False
    with pytest.raises(OSError, match="no mail gateway"):
        HeldMailer().send(MAIL)
