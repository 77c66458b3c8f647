"""What goes into the checks of a credential, and what comes out of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """One word for all the checks together; `models.credential.Verdict` stores the same words."""

    VERIFIED = "verified"
    AUTHENTIC_UNKNOWN_ISSUER = "authentic_unknown_issuer"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    WRONG_RECIPIENT = "wrong_recipient"
    UNVERIFIABLE = "unverifiable"
    """A key, a status list or the issuer's host is not at hand."""
    INVALID = "invalid"


class Proof(StrEnum):
    """How a credential is secured."""

    VC_JWT = "vc_jwt"
    DATA_INTEGRITY = "data_integrity"
    OB2_SIGNED = "ob2_signed"
    OB2_HOSTED = "ob2_hosted"
    """No signature: it holds as far as its own host says the same."""
    SD_JWT = "sd_jwt"
    """Facts of which the holder shows some: `credentials.selective`."""


@dataclass(frozen=True)
class Reason:
    """`code` is the same in every language; `details` are plain values for its sentence."""

    code: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StatusEntry:
    """One bit of a bitstring status list: `purpose` revocation or suspension. `is_named`: the list
    holds no bits but the ids of what was taken back."""

    address: str
    purpose: str
    index: int
    is_named: bool = False


@dataclass(frozen=True)
class Identity:
    """Whom a credential names. `hashed`: `value` is `sha256$<hex>` over the address and `salt`."""

    value: str
    kind: str = "emailAddress"
    hashed: bool = False
    salt: str = ""


@dataclass(frozen=True)
class Claim:
    """What a credential says, read the same way from every format. Empty where it says nothing."""

    id: str
    issuer: str
    issuer_name: str
    achievement: str
    achievement_name: str
    subject: str
    """The subject's own id: a DID or a mailto address."""
    identities: tuple[Identity, ...]
    holder_name: str
    valid_from: datetime | None
    valid_until: datetime | None
    status: tuple[StatusEntry, ...]
    types: tuple[str, ...]
    document: Mapping[str, Any] = field(repr=False, default_factory=dict)
    """The credential as signed, for those who need more of it."""


@dataclass(frozen=True)
class AtHand:
    """Everything the checks may use: they never fetch.

    `trusted`: issuers whose signature counts. `keys`: issuer -> DID document or JWK (a did:key
    carries its own). `lists`: address -> status list as it was published. `hosted`: addresses
    whose content was fetched from the host itself just now, for badges without a signature.
    `editions`: issuer -> how often what is known of it had changed; no check asks, but whoever
    keeps a verdict can tell by it when to check again.
    """

    trusted: frozenset[str] = frozenset()
    keys: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    lists: Mapping[str, bytes] = field(default_factory=dict)
    hosted: frozenset[str] = frozenset()
    editions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """`claim` is there whenever the credential could be read, also when it was refused."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    claim: Claim | None = None
    proof: Proof | None = None
    content: bytes = b""
    """The credential itself, without the picture that carried it."""
    status_list_at: datetime | None = None
    """The date of the oldest status list the verdict rests on; None where none was asked."""
    inside: tuple["Checked", ...] = ()
    """What a learner record holds, each judged by itself, in its order."""
    is_proved: bool = False
    """A trusted issuer's signature or host stands behind it and nothing was left unchecked, though
    it may be over or another person's. Not to be read off the verdict, which names the worst."""
