"""Lists that name what was taken back (1EdTech Revocation List Status Method 1.0).

Plain JSON without a signature and without a date: it is as true as the way it came. So it counts
only where somebody put it at hand on purpose, as the command's own user does with a file; the
service keeps signed lists alone and puts none of these at hand.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from matcher.credentials.carriers import unwrap
from matcher.credentials.findings import Finding, Refused, found
from matcher.credentials.json_door import read_object
from matcher.credentials.reading import listed
from matcher.credentials.types import AtHand, Claim, StatusEntry, Verdict


def findings(entry: StatusEntry, claim: Claim, at_hand: AtHand) -> Iterator[Finding]:
    """Raises `Refused` for a list that cannot answer."""
    data = at_hand.lists.get(entry.address)
    if data is None:
        raise _unusable("status_list_not_at_hand", entry)
    revoked = _revoked(_list(data, entry, claim), entry)
    if not claim.id:  # nobody could ever name it
        raise _unusable("status_index", entry)
    if claim.id in revoked:
        yield found(Verdict.REVOKED, "revocation", address=entry.address)
    yield found(Verdict.VERIFIED, "status_list_undated", address=entry.address)


def _list(data: bytes, entry: StatusEntry, claim: Claim) -> Mapping[str, Any]:
    try:
        held = read_object(unwrap(data))
    except Refused:
        raise _unusable("status_list_broken", entry) from None
    issuer = held.get("issuer")
    if (issuer.get("id") if isinstance(issuer, dict) else issuer) != claim.issuer:
        raise _unusable("status_list_other_issuer", entry)
    if held.get("id") != entry.address:
        raise _unusable("status_list_other_address", entry)
    return held


def _revoked(held: Mapping[str, Any], entry: StatusEntry) -> frozenset[str]:
    """An entry without `revoked` is revoked; one that says false was taken up again."""
    rows = listed(held.get("revokedCredentials"))
    if "revokedCredentials" not in held or not all(map(_is_row, rows)):
        raise _unusable("status_list_broken", entry)
    return frozenset(each["id"] for each in rows if each.get("revoked", True))


def _is_row(row: Any) -> bool:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str):
        return False
    return isinstance(row.get("revoked", True), bool)


def _unusable(code: str, entry: StatusEntry) -> Refused:
    return Refused(code, Verdict.UNVERIFIABLE, address=entry.address)
