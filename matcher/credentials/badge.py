"""What this service issues: an Open Badges 3.0 credential as a plain document, not yet signed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from matcher.credentials import dates
from matcher.credentials.status_bits import PURPOSES, list_address

CONTEXT: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
CLAIMS: Final = ("iss", "jti", "nbf", "exp", "sub")
"""Registered claims a token carries beside the credential and says again."""


@dataclass(frozen=True)
class Alignment:
    """What an achievement means in a framework others know."""

    name: str
    address: str
    framework: str
    code: str = ""


@dataclass(frozen=True)
class Achieved:
    """Everything a credential says, apart from who signs it and when. `level` 1..5 of a skill."""

    id: str
    name: str
    description: str
    criteria: str
    kind: str
    """A word of Open Badges' AchievementType, such as Course or Competency."""
    email: str
    """Whom it was given; only its salted hash goes out."""
    alignments: tuple[Alignment, ...] = ()
    level: int | None = None
    is_demo: bool = False

    @property
    def sha256(self) -> str:
        """The same content has the same hash, whoever signs it and whenever."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Issue:
    """One credential of its own: its number, its bit and the salt of its recipient's hash."""

    number: str
    """A UUID; `urn:uuid:<number>` is the credential's id."""
    status_index: int
    salt: str
    valid_from: datetime


def document(achieved: Achieved, issue: Issue, did: str, issuer: str, site: str) -> dict[str, Any]:
    """`issuer` is the operator's name, `site` the service's address without a slash at its end."""
    return {
        "@context": list(CONTEXT),
        "id": f"urn:uuid:{issue.number}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achieved.name,
        "issuer": profile(did, issuer, site),
        "validFrom": dates.written(issue.valid_from),
        "credentialSubject": _subject(achieved, issue),
        "credentialStatus": _status(site, issue.status_index),
    }


def profile(did: str, issuer: str, site: str) -> dict[str, Any]:
    return {"id": did, "type": ["Profile"], "name": issuer, "url": f"{site}/"}


def identity(email: str, salt: str) -> dict[str, Any]:
    """Open Badges 3.0, IdentityObject: SHA-256 over the address followed by the salt."""
    digest = hashlib.sha256((email + salt).encode("utf-8")).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${digest}",
        "identityType": "emailAddress",
        "salt": salt,
    }


def payload(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document as a token carries it; registered claims repeat it (Open Badges 3.0, 8.2.4)."""
    issuer = document["issuer"]
    claims = {
        "iss": issuer["id"] if isinstance(issuer, Mapping) else issuer,
        "jti": document["id"],
        "nbf": int(since(document).timestamp()),
    }
    return {**document, **claims}


def since(document: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(document["validFrom"])


def without_claims(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a token's payload."""
    return {name: value for name, value in payload.items() if name not in CLAIMS}


def _subject(achieved: Achieved, issue: Issue) -> dict[str, Any]:
    subject: dict[str, Any] = {
        "type": ["AchievementSubject"],
        "identifier": [identity(achieved.email, issue.salt)],
        "achievement": _achievement(achieved),
    }
    if achieved.level is not None:
        result = {"type": ["Result"], "resultDescription": _scale(achieved.id)}
        subject["result"] = [{**result, "value": str(achieved.level)}]
    return subject


def _achievement(achieved: Achieved) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": achieved.id,
        "type": ["Achievement"],
        "achievementType": achieved.kind,
        "name": achieved.name,
        "description": achieved.description,
        "criteria": {"narrative": achieved.criteria},
        "inLanguage": "ko",
    }
    if achieved.alignments:
        found["alignment"] = list(_alignments(achieved.alignments))
    if achieved.level is not None:
        found["resultDescription"] = [_levels(achieved.id)]
    return found


def _levels(achievement: str) -> dict[str, Any]:
    return {
        "id": _scale(achievement),
        "type": ["ResultDescription"],
        "name": "수준 1-5 / level 1-5",
        "resultType": "RawScore",
        "valueMin": "1",
        "valueMax": "5",
    }


def _scale(achievement: str) -> str:
    return f"{achievement.partition('#')[0]}#levels"


def _alignments(alignments: Iterable[Alignment]) -> Iterable[dict[str, Any]]:
    for each in alignments:
        row = {
            "type": ["Alignment"],
            "targetName": each.name,
            "targetUrl": each.address,
            "targetFramework": each.framework,
        }
        yield {**row, "targetCode": each.code} if each.code else row


def _status(site: str, index: int) -> list[dict[str, Any]]:
    addresses = {purpose: list_address(site, purpose) for purpose in PURPOSES}
    return [
        {
            "id": f"{address}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": str(index),
            "statusListCredential": address,
        }
        for purpose, address in addresses.items()
    ]
