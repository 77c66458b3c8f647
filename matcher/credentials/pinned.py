"""Keys and status lists as the checking page carries them: only what it needs, already unpacked.

The page knows Ed25519 alone and no gzip, so other keys are left out and lists are given as the
numbers of the bits that are set; a list whose own signature does not hold is left out too.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, Final

from matcher.credentials.findings import Refused
from matcher.credentials.reading import claim_of, listed
from matcher.credentials.securing import prove, secured
from matcher.credentials.types import AtHand, Claim
from matcher.credentials.verification_keys import keys_of

MOST_SET: Final = 100_000
"""Bits of a list that may be set. Sixteen kilobytes unpack to a hundred million, and anybody may
ask for the page."""
_ANY: Final = re.compile(rb"[^\0]")


def pinned(at_hand: AtHand, names: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """`names`: issuer -> what people call it. A did:key has no keys here: it carries its own."""
    issuers = {
        issuer: {"name": names.get(issuer, ""), "keys": list(_keys(at_hand.keys.get(issuer)))}
        for issuer in sorted(at_hand.trusted)
    }
    lists = {
        address: found
        for address, data in sorted(at_hand.lists.items())
        if (found := _list(address, data, at_hand, now)) is not None
    }
    return {"made": now.isoformat(timespec="seconds"), "issuers": issuers, "lists": lists}


def _keys(known: Mapping[str, Any] | None) -> Iterable[dict[str, str]]:
    """The id, empty where a key has none, and the 32 bytes as base64url."""
    for key in keys_of(known or {}):
        if key.jwk.get("kty") == "OKP" and key.jwk.get("crv") == "Ed25519":
            yield {"id": key.id, "x": str(key.jwk["x"])}


def _list(address: str, data: bytes, at_hand: AtHand, now: datetime) -> dict[str, Any] | None:
    """None for a list that is not its issuer's own, or too full to be carried: what it speaks of is
    then said to be unknown, as when no list is there."""
    from openvc.status.bitstring import StatusListError, decode_bitstring

    try:
        what = secured(data.strip())
        claim = claim_of(what.document)
        if claim.id not in ("", address) or not prove(what, claim.issuer, at_hand, now):
            return None
        (subject,) = listed(what.document["credentialSubject"])
        bits = decode_bitstring(subject["encodedList"])
    except (Refused, StatusListError, KeyError, TypeError):
        return None
    return _told(claim, [str(each) for each in listed(subject.get("statusPurpose"))], bits)


def _told(claim: Claim, purposes: list[str], bits: bytes) -> dict[str, Any] | None:
    numbers = list(islice(_set(bits), MOST_SET + 1))
    if claim.valid_from is None or len(numbers) > MOST_SET:
        return None
    return {
        "issuer": claim.issuer,
        "purposes": purposes,
        "made": claim.valid_from.isoformat(),
        "until": claim.valid_until.isoformat() if claim.valid_until else None,
        "length": len(bits) * 8,
        "set": numbers,
    }


def _set(bits: bytes) -> Iterable[int]:
    for found in _ANY.finditer(bits):
        at, byte = found.start(), found[0][0]
        yield from (at * 8 + place for place in range(8) if byte & (0x80 >> place))
