"""What a verifiable credential says, in the shape every format is read into.

Nothing here is believed: the claim is read before the proof is checked, so that a refusal can
still say what it refused.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

from matcher.credentials import dates
from matcher.credentials.findings import Refused
from matcher.credentials.types import Claim, Identity, StatusEntry

_LONGEST_NAME: Final = 200
_LONGEST_ID: Final = 500
_STATUS_TYPES: Final = ("BitstringStatusListEntry", "StatusList2021Entry")
_NAMED_TYPE: Final = "1EdTechRevocationList"
BASES: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://www.w3.org/2018/credentials/v1",
)


def claim_of(document: Mapping[str, Any]) -> Claim:
    """Raises `Refused` for what is no credential about one subject."""
    types = _types(document)
    subject, achievement = subject_of(document), _achievement(document)
    issuer = document.get("issuer")
    return Claim(
        id=identifier(document.get("id"), "id"),
        issuer=_required(identifier(_id_of(issuer), "issuer"), "issuer"),
        issuer_name=name_of(issuer),
        achievement=identifier(achievement.get("id"), "achievement"),
        achievement_name=name_of(achievement) or name_of(document),
        subject=identifier(subject.get("id"), "credentialSubject"),
        identities=tuple(_identities(subject)),
        holder_name=_holder(subject),
        valid_from=dates.exact(_either(document, "validFrom", "issuanceDate"), "validFrom"),
        valid_until=dates.exact(_either(document, "validUntil", "expirationDate"), "validUntil"),
        status=tuple(_status(document)),
        types=types,
        document=document,
    )


def _types(document: Mapping[str, Any]) -> tuple[str, ...]:
    types = tuple(each for each in listed(document.get("type")) if isinstance(each, str))
    if "VerifiableCredential" not in types:
        raise Refused("type_missing")
    contexts = listed(document.get("@context"))
    if not contexts or contexts[0] not in BASES:
        raise Refused("context_missing")
    return types


def subject_of(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """One person: of several nobody could say whose achievement it is."""
    subjects = listed(document.get("credentialSubject"))
    if len(subjects) != 1 or not isinstance(subjects[0], dict):
        raise Refused("subject_unclear")
    return subjects[0]


def _achievement(document: Mapping[str, Any]) -> Mapping[str, Any]:
    said = listed(subject_of(document).get("achievement"))
    return said[0] if len(said) == 1 and isinstance(said[0], dict) else {}


def _identities(subject: Mapping[str, Any]) -> Iterator[Identity]:
    for each in listed(subject.get("identifier")):
        if isinstance(each, dict) and isinstance(each.get("identityHash"), str):
            yield Identity(
                value=each["identityHash"],
                kind=str(each.get("identityType", "emailAddress")),
                hashed=each.get("hashed") is True,
                salt=str(each.get("salt") or ""),
            )


def _holder(subject: Mapping[str, Any]) -> str:
    named = [each.value for each in _identities(subject) if each.kind == "name" and not each.hashed]
    return plain(named[0] if named else subject.get("name"))


def _status(document: Mapping[str, Any]) -> Iterator[StatusEntry]:
    for each in listed(document.get("credentialStatus")):
        if not isinstance(each, dict):
            raise Refused("status_broken")
        yield _entry(each)


def _entry(entry: Mapping[str, Any]) -> StatusEntry:
    """An entry of another kind keeps its kind as purpose: then no list can answer for it."""
    types = {each for each in listed(entry.get("type")) if _is_text(each)}
    if types == {_NAMED_TYPE}:
        named = _required(identifier(entry.get("id"), "credentialStatus"), "credentialStatus")
        return StatusEntry(named, "revocation", 0, is_named=True)
    if not set(_STATUS_TYPES) & types:
        return StatusEntry(identifier(entry.get("id"), "credentialStatus"), "unknown", 0)
    address, purpose = entry.get("statusListCredential"), entry.get("statusPurpose")
    if not _is_text(address) or not _is_text(purpose) or entry.get("statusSize", 1) != 1:
        raise Refused("status_broken")
    return StatusEntry(str(address), str(purpose), _index(entry.get("statusListIndex")))


def _index(value: Any) -> int:
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not text.isascii() or not text.isdecimal() or len(text) > 12:
        raise Refused("status_broken")
    return int(text)


def identifier(value: Any, name: str) -> str:
    """An id stays letter for letter as it was signed: empty, or what a column can hold."""
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST_ID or not value.isprintable():
        raise Refused("member_broken", name=name)
    return value


def name_of(thing: Any) -> str:
    return plain(thing.get("name")) if isinstance(thing, dict) else ""


def plain(value: Any) -> str:
    """A name in one line, without what steers a terminal or a database."""
    text = unicodedata.normalize("NFC", value) if isinstance(value, str) else ""
    kept = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(kept.split())[:_LONGEST_NAME]


def listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _id_of(thing: Any) -> Any:
    return thing.get("id") if isinstance(thing, dict) else thing


def _required(value: str, name: str) -> str:
    if not value:
        raise Refused("member_broken", name=name)
    return value


def _either(document: Mapping[str, Any], first: str, second: str) -> Any:
    """A present member counts even when it says null: two readers would differ."""
    return document[first] if first in document else document.get(second)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and len(value) <= _LONGEST_ID
