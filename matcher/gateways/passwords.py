"""Password hashing: argon2id at 19 MiB, t=2, p=1 (about 21 ms; the library's default costs 190)."""

import unicodedata
from threading import Semaphore
from typing import Protocol

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher


class Passwords(Protocol):
    def hash(self, password: str) -> str: ...

    def verify(self, password: str, stored: str | None) -> bool:
        """False for a wrong password; as slow when `stored` is None, so that nobody can tell."""
        ...


class Argon2Passwords:
    def __init__(self) -> None:
        self._hasher = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))
        self._dummy = self._hasher.hash("nobody has this password")
        # One at a time: a storm of sign-ins must not starve the pages.
        self._turn = Semaphore(1)

    def hash(self, password: str) -> str:
        with self._turn:
            return self._hasher.hash(normal(password))

    def verify(self, password: str, stored: str | None) -> bool:
        with self._turn:
            matches = self._hasher.verify(normal(password), stored or self._dummy)
        return matches and stored is not None


class PlainPasswords:
    """For tests that sign in by the hundred; never wired in by `build`."""

    def hash(self, password: str) -> str:
        return f"plain:{normal(password)}"

    def verify(self, password: str, stored: str | None) -> bool:
        return stored == self.hash(password)


def normal(password: str) -> str:
    """NFKC, because composed and decomposed Hangul would otherwise hash differently."""
    return unicodedata.normalize("NFKC", password)
