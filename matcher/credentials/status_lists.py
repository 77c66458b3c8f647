"""Revoked or suspended? Bitstring Status List 1.0 and lists of names, from copies at hand, never
fetched."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from matcher.credentials import named_lists, token_claims
from matcher.credentials.carriers import unwrap
from matcher.credentials.findings import Finding, Refused, found
from matcher.credentials.reading import claim_of, listed
from matcher.credentials.securing import Secured, document_of, prove, secured
from matcher.credentials.types import AtHand, Claim, StatusEntry, Verdict

_REMARKS: Final = ("message", "refresh")
"""Purposes that announce something and take nothing back."""
OLD: Final = timedelta(days=7)
"""An older list still answers, with a remark: what happened since is not in it."""
LEEWAY: Final = timedelta(seconds=60)
MOST_ENTRIES: Final = 8
"""Of one credential, which has one or two: each opens a signed list, before its own is believed."""
_TYPES: Final = ("BitstringStatusListCredential", "StatusList2021Credential")
_SAID: Final = {"revocation": Verdict.REVOKED, "suspension": Verdict.SUSPENDED}


@dataclass(frozen=True)
class StatusList:
    """`made_at` None: the list does not say when it was made."""

    bits: bytes
    purposes: tuple[str, ...]
    made_at: datetime | None


def findings(claim: Claim, at_hand: AtHand, now: datetime) -> tuple[list[Finding], datetime | None]:
    """With the date of the oldest list that answered."""
    made: list[Finding] = []
    dated: list[datetime] = []
    if len(claim.status) > MOST_ENTRIES:
        return [found(Verdict.INVALID, "status_broken")], None
    opened: dict[tuple[str, str], StatusList] = {}
    for entry in claim.status:
        if entry.purpose in _REMARKS:
            continue
        try:
            if entry.is_named:
                made += named_lists.findings(entry, claim, at_hand)
                continue
            key = (entry.address, entry.purpose)
            held = opened[key] = opened.get(key) or _list(entry, claim, at_hand, now)
            made += _answer(held, entry, now)
            dated += [held.made_at] if held.made_at else []
        except Refused as refusal:
            made.append(refusal.finding)
    return made, min(dated, default=None)


def _answer(held: StatusList, entry: StatusEntry, now: datetime) -> Iterator[Finding]:
    if entry.index >= len(held.bits) * 8:
        raise Refused("status_index", address=entry.address, index=str(entry.index))
    if held.bits[entry.index // 8] >> (7 - entry.index % 8) & 1:
        yield found(_SAID[entry.purpose], entry.purpose, address=entry.address)
    if held.made_at and now - held.made_at > OLD:
        days = str((now - held.made_at).days)
        yield found(Verdict.VERIFIED, "status_list_old", address=entry.address, days=days)


def _list(entry: StatusEntry, claim: Claim, at_hand: AtHand, now: datetime) -> StatusList:
    if entry.purpose not in _SAID:
        raise _unusable("status_unsupported", entry)
    data = at_hand.lists.get(entry.address)
    if data is None:
        raise _unusable("status_list_not_at_hand", entry)
    held, read = _signed(data, entry, claim, at_hand, now)
    if entry.purpose not in held.purposes:
        raise _unusable("status_list_purpose", entry)
    if read.valid_until and read.valid_until <= now:
        raise _unusable("status_list_expired", entry)
    if read.valid_from and read.valid_from > now + LEEWAY:
        raise _unusable("status_list_broken", entry)
    return held


def _signed(
    data: bytes, entry: StatusEntry, claim: Claim, at_hand: AtHand, now: datetime
) -> tuple[StatusList, Claim]:
    """Its own signature, by the issuer of the credential, for this very address."""
    try:
        what = secured(unwrap(data))
        read = _read(what)
    except Refused:
        raise _unusable("status_list_broken", entry) from None
    if read.issuer != claim.issuer:
        raise _unusable("status_list_other_issuer", entry)
    if read.id not in ("", entry.address):
        raise _unusable("status_list_other_address", entry)
    _check_signature(what, entry, claim, at_hand, now)
    return _decoded(read, entry), read


def _read(what: Secured) -> Claim:
    """A badge may carry anything in its subject: a list has to say that it is one."""
    read = claim_of(what.document)
    if not set(_TYPES) & set(read.types):
        raise Refused("status_list_broken")
    return token_claims.with_dates(read, what.document) if what.token else read


def _check_signature(
    what: Secured, entry: StatusEntry, claim: Claim, at_hand: AtHand, now: datetime
) -> None:
    try:
        if prove(what, claim.issuer, at_hand, now) or claim.issuer not in at_hand.trusted:
            return
    except Refused:
        pass
    raise _unusable("status_list_signature", entry)


def _decoded(read: Claim, entry: StatusEntry) -> StatusList:
    from openvc.status.bitstring import StatusListError, decode_bitstring

    subject = _subject(read.document)
    encoded = subject.get("encodedList")
    try:
        if not isinstance(encoded, str) or subject.get("statusSize", 1) != 1:
            raise Refused("status_list_broken")
        bits = decode_bitstring(encoded)
    except (StatusListError, Refused):
        raise _unusable("status_list_broken", entry) from None
    purposes = tuple(each for each in listed(subject.get("statusPurpose")) if isinstance(each, str))
    return StatusList(bits, purposes, read.valid_from)


def _subject(document: Mapping[str, Any]) -> Mapping[str, Any]:
    subject: Mapping[str, Any] = listed(document.get("credentialSubject"))[0]
    return subject


def _unusable(code: str, entry: StatusEntry) -> Refused:
    return Refused(code, Verdict.UNVERIFIABLE, address=entry.address)


def address_of(data: bytes) -> str:
    """The address a list names itself by, unproved; empty where it names none or is unreadable."""
    try:
        value = document_of(unwrap(data)).get("id")
    except Refused:
        return ""
    return value if isinstance(value, str) else ""


def takes_back(before: bytes, after: bytes) -> bool:
    """Whether somebody who is revoked in the one list is not in the other. Both were checked."""
    known, brought = _revoked(before), _revoked(after)
    size = max(len(known), len(brought))
    bits, others = (int.from_bytes(each.ljust(size, b"\0"), "big") for each in (known, brought))
    return bits & ~others != 0


def _revoked(data: bytes) -> bytes:
    """Its bits; none of a list that speaks of suspensions alone."""
    try:
        read = _read(secured(unwrap(data)))
        held = _decoded(read, StatusEntry(read.id, "revocation", 0))
    except Refused:
        return b""
    return held.bits if "revocation" in held.purposes else b""


def addresses(claim: Claim) -> tuple[str, ...]:
    """Every list that is needed to say whether this credential still holds."""
    badge = claim.document.get("badge")
    issuer = badge.get("issuer") if isinstance(badge, dict) else None
    revoked = issuer.get("revocationList") if isinstance(issuer, dict) else None
    return (
        *(each.address for each in claim.status),
        *([revoked] if isinstance(revoked, str) else []),
    )
