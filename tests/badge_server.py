"""A badge host on this machine with certificates of its own, and a listener nobody may reach."""

import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from matcher.gateways.badge_host import dial

PUBLIC = "93.184.215.14"
"""An address of the open internet; the dialler of a test leads it to the server here."""
HOSTS = frozenset({"www.credly.com", "api.credly.com"})
Answering = Callable[[socket.socket, bytes], None]
"""Gets the connection and the head of the request."""


@dataclass
class Canary:
    """Counts connections; nothing of ours may ever make one."""

    port: int
    hits: list[str] = field(default_factory=list)


@contextmanager
def canary() -> Iterator[Canary]:
    """Listens on 127.0.0.1 and ::1, at the same port."""
    stop = threading.Event()
    first = _listener("127.0.0.1", 0)
    found = Canary(first.getsockname()[1])
    listeners = [first, _listener("::1", found.port)]
    threads = [threading.Thread(target=_count, args=(each, found, stop)) for each in listeners]
    for thread in threads:
        thread.start()
    yield found
    stop.set()
    for thread in threads:
        thread.join()
    for each in listeners:
        each.close()


def _count(listener: socket.socket, found: Canary, stop: threading.Event) -> None:
    listener.settimeout(0.05)
    while not stop.is_set():
        with suppress(TimeoutError):
            connection, who = listener.accept()
            found.hits.append(who[0])
            connection.close()


def _listener(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.bind((address, port))
    listener.listen(16)
    return listener


@dataclass(frozen=True)
class Papers:
    """A certificate with its key, as a TLS server wants them."""

    file: Path

    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file)
        return context


class Authority:
    """Signs certificates nobody but a test trusts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test authority")])
        self.own = self._signed(self.name, self.key.public_key(), [], 3650, is_authority=True)

    def trusting(self) -> ssl.SSLContext:
        """As a visitor that trusts this authority alone."""
        context = ssl.create_default_context()
        context.load_verify_locations(cadata=_pem(self.own).decode())
        return context

    def papers(self, *names: str, days: int = 30) -> Papers:
        """`days` below zero: expired so long ago."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
        signed = self._signed(subject, key.public_key(), list(names), days)
        path = self.folder / f"{names[0]}-{days}.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        path.write_bytes(secret + _pem(signed))
        return Papers(path)

    def _signed(
        self,
        subject: x509.Name,
        public: ec.EllipticCurvePublicKey,
        names: list[str],
        days: int,
        is_authority: bool = False,
    ) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=400))
            .not_valid_after(now + datetime.timedelta(days=days))
            .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
        )
        if names:
            builder = builder.add_extension(
                x509.SubjectAlternativeName([_name(each) for each in names]), critical=False
            )
        return builder.sign(self.key, hashes.SHA256())


def _name(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


@dataclass
class Server:
    port: int
    heads: list[bytes] = field(default_factory=list)
    """The head of every request that came."""
    dialled: list[str] = field(default_factory=list)

    def dial(self, address: str, seconds: float) -> socket.socket:
        """Leads every address here, and notes which one was asked for."""
        self.dialled.append(address)
        return dial("127.0.0.1", seconds, self.port)


@contextmanager
def serving(papers: Papers | None, answering: Answering) -> Iterator[Server]:
    """Each connection is answered in a thread of its own; without papers, no TLS."""
    listener = _listener("127.0.0.1", 0)
    listener.settimeout(0.05)
    server, stop = Server(listener.getsockname()[1]), threading.Event()
    context = papers.context() if papers else None
    threads = [threading.Thread(target=_accept, args=(listener, context, server, answering, stop))]
    threads[0].start()
    yield server
    stop.set()
    threads[0].join()
    listener.close()


def _accept(
    listener: socket.socket,
    context: ssl.SSLContext | None,
    server: Server,
    answering: Answering,
    stop: threading.Event,
) -> None:
    threads = []
    while not stop.is_set():
        with suppress(TimeoutError):
            plain, _ = listener.accept()
            plain.settimeout(10)
            thread = threading.Thread(target=_answer, args=(plain, context, server, answering))
            thread.start()
            threads.append(thread)
    for thread in threads:
        thread.join()


def _answer(
    plain: socket.socket, context: ssl.SSLContext | None, server: Server, answering: Answering
) -> None:
    """A visitor that leaves ends its answer; that is what most of these tests wait for."""
    with plain, suppress(OSError):
        connection = context.wrap_socket(plain, server_side=True) if context else plain
        with connection:
            head = b""
            while b"\r\n\r\n" not in head and (got := connection.recv(4096)):
                head += got
            server.heads.append(head)
            answering(connection, head)


def say(status: str, body: bytes = b"", *headers: str) -> Answering:
    """The same short answer to everybody."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]

    def answering(connection: socket.socket, head: bytes) -> None:
        connection.sendall("\r\n".join(lines).encode() + body)

    return answering
