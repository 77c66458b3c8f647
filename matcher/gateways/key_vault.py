"""Private halves of the service's own keys: sealed under a setting, opened only to sign."""

import os
from dataclasses import dataclass, field
from typing import Final, Protocol

DEMO_SECRET: Final = "open-demo-value-that-protects-nothing-real"  # noqa: S105 - meant to be read
"""The demo's keys are made up like its people; whoever reads this may sign as the demo."""
SERVICE: Final = "오름 Oreum"
"""The issuer's name where the operator gave none."""
NONCE: Final = 12
PURPOSE: Final = b"oreum issuer key 1"


class VaultClosed(Exception):
    """The key cannot be opened: no secret is set, another one, or the sealed bytes were changed."""


class KeyVault(Protocol):
    @property
    def is_on(self) -> bool: ...

    @property
    def site(self) -> str:
        """The service's address from outside, without a slash at its end: keys speak for it."""
        ...

    @property
    def operator(self) -> str:
        """The name credentials give their issuer."""
        ...

    def seal(self, name: str, private: bytes) -> bytes:
        """Raises VaultClosed without a secret."""
        ...

    def open(self, name: str, sealed: bytes) -> bytes:
        """Raises VaultClosed."""
        ...


@dataclass(frozen=True)
class NullKeyVault:
    site: str = ""
    operator: str = SERVICE
    is_on = False

    def seal(self, name: str, private: bytes) -> bytes:
        raise VaultClosed

    def open(self, name: str, sealed: bytes) -> bytes:
        raise VaultClosed


@dataclass(frozen=True)
class SealedKeyVault:
    """AES-256-GCM under HKDF-SHA-256 of the secret; the key's name is sealed along, so that one
    key's bytes cannot stand in another's row."""

    secret: str = field(repr=False)
    site: str
    operator: str = SERVICE
    is_on = True

    def seal(self, name: str, private: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(NONCE)
        return nonce + AESGCM(self._key()).encrypt(nonce, private, name.encode("utf-8"))

    def open(self, name: str, sealed: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce, box = sealed[:NONCE], sealed[NONCE:]
        try:
            return AESGCM(self._key()).decrypt(nonce, box, name.encode("utf-8"))
        except (InvalidTag, ValueError):
            raise VaultClosed from None

    def _key(self) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(SHA256(), 32, None, PURPOSE).derive(self.secret.encode("utf-8"))
