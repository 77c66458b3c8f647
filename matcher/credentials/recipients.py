"""Is it this person's? Addresses compared as mail treats them, everything else letter by letter."""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterator
from typing import Final

from matcher.credentials.findings import Finding, found
from matcher.credentials.types import Claim, Identity, Verdict

_MAILTO: Final = "mailto:"
_MAIL_KINDS: Final = ("email", "emailaddress", "ext:email")


def findings(claim: Claim, recipient: str | None) -> Iterator[Finding]:
    """Nobody asked: only a remark when the credential names nobody at all, and so is anyone's."""
    names_somebody = bool(claim.subject or claim.identities)
    if recipient is None:
        if not names_somebody:
            yield found(Verdict.VERIFIED, "names_nobody")
    elif not names_somebody:
        yield found(Verdict.WRONG_RECIPIENT, "names_nobody")
    elif not is_named(claim, recipient):
        code = "recipient_differs" if _is_comparable(claim, recipient) else "recipient_other_kind"
        yield found(Verdict.WRONG_RECIPIENT, code)


def asked_inside(claim: Claim, recipient: str | None, record: Claim) -> str | None:
    """Whom a credential in a record has to name: nobody further when it names the very subject of
    the record, whose names were compared there. When nobody asks, the record's subject, as far as
    the two can be compared."""
    if claim.subject and claim.subject == record.subject:
        return None
    return recipient or (record.subject if _is_comparable(claim, record.subject) else None)


def is_named(claim: Claim, recipient: str) -> bool:
    """Any of the identities is enough: they are names of one subject, signed together."""
    return any(_matches(each, recipient) for each in _all(claim))


def names_an_address(claim: Claim) -> bool:
    """Whether any of its names is an e-mail address, hashed or not."""
    return any(map(_is_mail_identity, _all(claim)))


def _is_comparable(claim: Claim, recipient: str) -> bool:
    named = tuple(_all(claim))
    return bool(named) and _is_mail(recipient) == any(map(_is_mail_identity, named))


def _all(claim: Claim) -> Iterator[Identity]:
    if claim.subject:
        kind = "emailAddress" if claim.subject.lower().startswith(_MAILTO) else "id"
        yield Identity(claim.subject, kind)
    yield from claim.identities


def _matches(identity: Identity, recipient: str) -> bool:
    if identity.hashed:
        return any(_is_hash_of(identity, each) for each in _spellings(recipient))
    if _is_mail_identity(identity):
        return bool(_mail(recipient)) and _mail(identity.value) == _mail(recipient)
    return identity.value == recipient


def _is_hash_of(identity: Identity, text: str) -> bool:
    """sha256 alone: md5, which the standard also names, can be forged."""
    kind, _, digest = identity.value.partition("$")
    made = hashlib.sha256((text + identity.salt).encode("utf-8", "replace")).hexdigest()
    same = hmac.compare_digest(made.encode(), digest.strip().lower().encode("utf-8", "replace"))
    return kind.lower() == "sha256" and same


def _spellings(recipient: str) -> set[str]:
    """Issuers hash the address as it was typed or in small letters."""
    bare = recipient.strip().removeprefix(_MAILTO)
    composed = unicodedata.normalize("NFC", bare)
    return {recipient, bare, composed, composed.lower(), _mail(recipient)}


def _mail(text: str) -> str:
    """The same person whatever the case and however Hangul is put together."""
    composed = unicodedata.normalize("NFC", text.strip()).casefold()
    return composed.removeprefix(_MAILTO) if "@" in composed else ""


def _is_mail(text: str) -> bool:
    return bool(_mail(text)) and not text.startswith("did:")


def _is_mail_identity(identity: Identity) -> bool:
    return identity.kind.lower() in _MAIL_KINDS
