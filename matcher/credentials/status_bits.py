"""The lists that say which credentials were taken back, as bits (W3C Bitstring Status List 1.0)."""

import gzip
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from matcher.credentials import base64url, dates

PURPOSES: Final = ("revocation", "suspension")
SIZE: Final = 2**20
"""Bits in a list. A million, for Jeju has a tenth as many young people; nearly empty it is 1 KB."""
LIFE: Final = timedelta(days=7)
REFRESH: Final = timedelta(hours=1)


def list_address(site: str, purpose: str) -> str:
    return f"{site}/credentials/status/{purpose}"


def document(
    did: str, site: str, purpose: str, indexes: Iterable[int], since: datetime
) -> dict[str, Any]:
    """Not yet signed. The same bits and the same `since` give the same document."""
    address = list_address(site, purpose)
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did,
        "validFrom": dates.written(since),
        "validUntil": dates.written(since + LIFE),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded(indexes),
            "ttl": int(REFRESH.total_seconds() * 1000),
        },
    }


def encoded(indexes: Iterable[int]) -> str:
    """Base64url of the GZIP of the bits, the leftmost bit first, after a u (section 4.3)."""
    bits = bytearray(SIZE // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> (index % 8)
    packed = gzip.compress(bytes(bits), mtime=0)  # no clock in it: the same bits, the same bytes
    return "u" + base64url.encoded(packed)
