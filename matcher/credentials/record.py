"""The portable record: one signed statement of what a person's record says on a day.

A Verifiable Credential 2.0 as compact JWT (VC-JOSE-COSE) under a context of this service, whose
keys are short because the token has to fit into codes a phone reads. Nothing else looks at it: no
status list, for it lives thirty days only, and is written anew with one press.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from matcher.credentials import dates
from matcher.credentials.badge import identity
from matcher.credentials.signing_keys import SigningKey, sign_jwt

TYPE: Final = "OreumRecordCredential"
CONTEXT_PATH: Final = "/contexts/record-v1.jsonld"
LIFE: Final = timedelta(days=30)
"""Long enough for a letter of application to be read, short enough that a level taken back
afterwards, which no list tells of, is not shown for long."""
OWN_WORD: Final = 1


@dataclass(frozen=True)
class CertificateLine:
    """`level` 1..4: own word, seen by a university, confirmed by the issuer, signature checked."""

    certification: str
    name: str
    level: int
    passed_on: date | None
    expires_on: date | None


@dataclass(frozen=True)
class SkillLine:
    """`level` 1..5 of the taxonomy, `verification` 1..4 as a certificate's level."""

    slug: str
    level: int
    verification: int


@dataclass(frozen=True)
class ProjectLine:
    title: str
    shown_on: date


@dataclass(frozen=True)
class Record:
    """What a person lets out. `name` and `email` are empty unless they want them in; of the
    address only a salted hash leaves. `left`: lines that did not fit and stand in the whole file.
    """

    name: str = ""
    email: str = ""
    salt: str = ""
    certificates: tuple[CertificateLine, ...] = ()
    skills: tuple[SkillLine, ...] = ()
    courses: int = 0
    projects: tuple[ProjectLine, ...] = ()
    left: int = 0
    is_demo: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.certificates or self.skills or self.courses or self.projects)


def token(
    record: Record, site: str, did: str, key: SigningKey, now: datetime, end: datetime | None = None
) -> str:
    """`site`: the service's address from outside, where the context is published. `end`: when it
    holds no more, where that comes before LIFE is over."""
    return sign_jwt(payload(record, site, did, now, end), key)


def payload(
    record: Record, site: str, did: str, now: datetime, end: datetime | None = None
) -> dict[str, Any]:
    """The credential with the registered claims beside it, which say the same."""
    since = now.astimezone(UTC).replace(microsecond=0)
    until = since + LIFE if end is None else min(since + LIFE, end)
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2", site + CONTEXT_PATH],
        "type": ["VerifiableCredential", TYPE],
        "issuer": did,
        "validFrom": dates.written(since),
        "validUntil": dates.written(until),
        "credentialSubject": subject(record),
        "iss": did,
        "nbf": int(since.timestamp()),
        "exp": int(until.timestamp()),
    }


def subject(record: Record) -> dict[str, Any]:
    """Only what is there. The keys are explained in `context`."""
    whole: dict[str, Any] = {
        "name": record.name,
        "identifier": _identity(record),
        "cert": [_certificate(each) for each in record.certificates],
        "skill": [{"s": row.slug, "l": row.level, "v": row.verification} for row in record.skills],
        "done": record.courses,
        "shown": [{"t": row.title, "on": row.shown_on.isoformat()} for row in record.projects],
        "left": record.left,
        "demo": record.is_demo,
    }
    kept = {name: value for name, value in whole.items() if value}
    return kept or {"done": 0}  # a subject without a single claim is no credential


def _certificate(row: CertificateLine) -> dict[str, Any]:
    days = {"on": row.passed_on, "to": row.expires_on}
    told = {name: day.isoformat() for name, day in days.items() if day is not None}
    return {"c": row.certification, "n": row.name, "v": row.level, **told}


def _identity(record: Record) -> list[dict[str, Any]]:
    """As a badge of ours says whom it is for."""
    return [identity(record.email, record.salt)] if record.email else []


def fitting(record: Record, sign: Callable[[Record], str], most: int) -> tuple[Record, str]:
    """The record and its token in at most `most` letters: what is worth least goes first, the
    person's own word before what somebody confirmed; certificates go last of all."""
    made = sign(record)
    while len(made) > most and (record.skills or record.projects or record.certificates):
        record = replace(_shorter(record), left=record.left + 1)
        made = sign(record)
    return record, made


def _shorter(record: Record) -> Record:
    if record.skills:
        least = min(record.skills, key=lambda row: (row.verification, row.level, row.slug))
        return replace(record, skills=tuple(row for row in record.skills if row is not least))
    if record.projects:
        return replace(record, projects=record.projects[:-1])
    return replace(record, certificates=record.certificates[:-1])


def context(site: str) -> Mapping[str, Any]:
    """The JSON-LD context published at `site` + CONTEXT_PATH: every key and what it means."""
    terms = f"{site}{CONTEXT_PATH}#"
    day = {"@type": "http://www.w3.org/2001/XMLSchema#date"}
    number = {"@type": "http://www.w3.org/2001/XMLSchema#integer"}
    badges = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
    return {
        "@context": {
            "@version": 1.1,
            "@protected": True,
            TYPE: terms + TYPE,
            "name": "https://schema.org/name",
            "cert": {"@id": terms + "certificate", "@container": "@set"},
            "skill": {"@id": terms + "skill", "@container": "@set"},
            "shown": {"@id": terms + "shownProject", "@container": "@set"},
            "done": {"@id": terms + "coursesCompleted", **number},
            "left": {"@id": terms + "linesInTheWholeFileOnly", **number},
            "demo": {"@id": terms + "madeUp"},
            "c": terms + "programmeId",
            "n": "https://schema.org/name",
            "s": terms + "skillInOurTaxonomy",
            "t": "https://schema.org/name",
            "l": {"@id": terms + "level1to5", **number},
            "v": {"@id": terms + "verification1to4", **number},
            "on": {"@id": terms + "on", **day},
            "to": {"@id": terms + "until", **day},
            "identifier": {"@id": badges + "identifier", "@container": "@set"},
            "IdentityObject": badges + "IdentityObject",
            "hashed": badges + "hashed",
            "identityHash": badges + "identityHash",
            "identityType": badges + "identityType",
            "salt": badges + "salt",
        }
    }
