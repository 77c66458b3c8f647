"""Issuers of badges that public sources name, as a start for the centre's own list. None of them
counts before a person of the centre puts it there."""

from dataclasses import dataclass
from functools import cache

from matcher.catalogue.origin import Origin, origin, read


@dataclass(frozen=True, slots=True)
class KnownIssuer:
    """`means`: hosted or signed."""

    key: str
    name: str
    issuer: str
    means: str
    origin: Origin


@cache
def known_issuers() -> tuple[KnownIssuer, ...]:
    return tuple(
        KnownIssuer(row["key"], row["name"], row["issuer"], row["means"], origin(row))
        for row in read("badge_issuers.json")["issuers"]
    )
