"""Open Badges 2.0: assertions that are signed, and assertions that are only as good as their host.

Both shapes of the AWS badge host are read: the badge class as an address, and as an object with
its issuer. Without the class nobody can say who issued: whoever fetches puts it in place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from matcher.credentials import dates
from matcher.credentials.findings import Finding, Refused, found
from matcher.credentials.json_door import read_object
from matcher.credentials.reading import identifier, listed, name_of
from matcher.credentials.securing import creator_of
from matcher.credentials.types import AtHand, Claim, Identity, Verdict
from matcher.credentials.verification_keys import keys_of


def claim_of(document: Mapping[str, Any]) -> Claim:
    badge = document.get("badge")
    issuer = _inside(badge, "issuer")
    return Claim(
        id=identifier(document.get("id"), "id"),
        issuer=_id(issuer, "issuer"),
        issuer_name=name_of(issuer),
        achievement=_id(badge, "badge"),
        achievement_name=name_of(badge),
        subject="",
        identities=tuple(_identities(document)),
        holder_name=name_of(document.get("extensions:recipientProfile")),
        valid_from=dates.loose(document.get("issuedOn"), "issuedOn"),
        valid_until=dates.loose(document.get("expires"), "expires"),
        status=(),
        types=("Assertion",),
        document=document,
    )


def with_issuer(claim: Claim, at_hand: AtHand) -> Claim:
    """A badge class that is an address hides its issuer: the owner of the key that the assertion
    names, when that key is pinned."""
    creator = creator_of(claim.document)
    if claim.issuer or not creator:
        return claim
    owners = (
        name
        for name, pinned in at_hand.keys.items()
        if any(k.id == creator for k in keys_of(pinned))
    )
    return replace(claim, issuer=next(owners, ""))


def _identities(document: Mapping[str, Any]) -> Iterator[Identity]:
    for each in listed(document.get("recipient")):
        if isinstance(each, dict) and isinstance(each.get("identity"), str):
            value = each["identity"]
            hashed = each.get("hashed") is True or value.startswith("sha256$")
            kind, salt = str(each.get("type", "email")), str(each.get("salt") or "")
            yield Identity(value, kind, hashed, salt)


def host_findings(claim: Claim, at_hand: AtHand) -> Iterator[Finding]:
    """No signature: the issuer's own host must have said the same just now."""
    if not claim.id or claim.id not in at_hand.hosted:
        yield found(Verdict.UNVERIFIABLE, "host_not_asked")
    elif not claim.issuer:
        yield found(Verdict.UNVERIFIABLE, "badge_class_missing")
    elif not _share_host(claim):
        yield found(Verdict.INVALID, "host_of_another", issuer=claim.issuer)
    elif claim.issuer not in at_hand.trusted:
        yield found(Verdict.AUTHENTIC_UNKNOWN_ISSUER, "issuer_unknown", issuer=claim.issuer)


def _share_host(claim: Claim) -> bool:
    """Anybody can host a page that names another as its issuer."""
    hosts = {_host(claim.id), _host(claim.issuer)}
    return len(hosts) == 1 and "" not in hosts


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        return (parts.hostname or "") if parts.scheme == "https" else ""
    except ValueError:
        return ""


def status_findings(claim: Claim, at_hand: AtHand) -> Iterator[Finding]:
    """Said by the assertion itself, or by the issuer's list of revoked ones."""
    if claim.document.get("revoked") not in (None, False):
        yield found(Verdict.REVOKED, "revocation", address=claim.id)
    address = _inside(_inside(claim.document.get("badge"), "issuer"), "revocationList")
    if address is not None:
        yield from _of_list(claim, identifier(address, "revocationList"), at_hand)


def _of_list(claim: Claim, address: str, at_hand: AtHand) -> Iterator[Finding]:
    data = at_hand.lists.get(address)
    if data is None:
        yield found(Verdict.UNVERIFIABLE, "status_list_not_at_hand", address=address)
        return
    try:
        held = read_object(data)
    except Refused:
        held = {}
    if held.get("issuer") != claim.issuer:
        yield found(Verdict.UNVERIFIABLE, "status_list_other_issuer", address=address)
    elif {claim.id, str(claim.document.get("uid", claim.id))} & _revoked(held):
        yield found(Verdict.REVOKED, "revocation", address=address)


def _revoked(held: Mapping[str, Any]) -> set[str]:
    named = set()
    for each in listed(held.get("revokedAssertions")):
        named |= {each} if isinstance(each, str) else set()
        named |= {str(each[k]) for k in ("id", "uid") if isinstance(each, dict) and each.get(k)}
    return named


def _id(thing: Any, name: str) -> str:
    return identifier(thing.get("id") if isinstance(thing, dict) else thing, name)


def _inside(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, dict) else None
