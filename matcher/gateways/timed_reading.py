"""Reading an answer with one deadline and one size for all of it.

A socket's own timeout begins anew with every byte, so a host that sends one a second would keep
its reader for days.
"""

import io
import socket
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Cut(Exception):
    """More came than was to be read."""


class Timed:
    """What http.client wants of a socket: a file to read from."""

    def __init__(self, connection: socket.socket, until: float, most_bytes: int) -> None:
        self.raw = _Raw(connection, until, most_bytes)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self.raw)


class _Raw(io.RawIOBase):
    def __init__(self, connection: socket.socket, until: float, most_bytes: int) -> None:
        self.connection, self.until, self.left = connection, until, most_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Raises TimeoutError after the deadline and Cut after the last byte that is allowed."""
        seconds = self.until - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        if self.left <= 0:
            raise Cut
        self.connection.settimeout(seconds)
        got = self.connection.recv_into(memoryview(buffer)[: self.left])
        self.left -= got
        return got
