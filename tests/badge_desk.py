"""Badges of AWS certifications from a made-up issuer the service trusts, and handing them in."""

from datetime import UTC, datetime
from typing import Any

from sqlmodel import select

from matcher.flows import presenting
from matcher.flows.presenting import Given, Unread
from matcher.wiring import Services
from models.certification import CertificationRecord
from models.credential import IssuerMeans, PresentedCredential, TrustedIssuer
from tests import credential_workshop as shop
from tests import factories
from tests.credential_workshop import UNIVERSITY, Issuer
from tests.factories import NOW
from tests.partner_desk import actor, looking, working
from tests.people import Person

SAA = "AWS Certified Solutions Architect - Associate"
FIRST, SECOND = "2026-05-04T00:00:00Z", "2029-05-04T00:00:00Z"


def trust(services: Services, issuer: Issuer = UNIVERSITY, **values: Any) -> None:
    row = TrustedIssuer(
        issuer=issuer.did, name="Demo University", means=IssuerMeans.SIGNED,
        backs_certificates=True, keys=issuer.document() if issuer.name else None,
        created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    with services.database.writing() as session:
        factories.add(session, row.sqlmodel_update(values))


def certificate_badge(
    email: str = "", issuer: Issuer = UNIVERSITY, name: str = SAA, holder: str = "", **changes: Any
) -> bytes:
    """A signed badge of the certification for whoever has the address; without one, for nobody's
    address, with `holder` as the name."""
    achievement = shop.badge()["credentialSubject"]["achievement"] | {"name": name}
    subject: dict[str, Any] = {"type": ["AchievementSubject"], "achievement": achievement}
    subject["id"] = f"mailto:{email}" if email else "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2Qtk"
    if holder:
        identity = {"type": "IdentityObject", "hashed": False, "identityHash": holder}
        subject["identifier"] = [identity | {"identityType": "name"}]
    dates = {"validFrom": FIRST, "validUntil": SECOND}
    return shop.token(issuer, credentialSubject=subject, **(dates | changes))


def hand_in(services: Services, person: Person, data: bytes = b"", link: str = "") -> int | Unread:
    given = Given("link" if link else "file", data, link)
    with looking(services, person) as unit:
        known = presenting.known(unit, actor(person), services.key_vault)
    looked = presenting.look(given, known, datetime(2026, 11, 21, 3, tzinfo=UTC))
    with working(services, person) as unit:
        return presenting.hand_in(unit, actor(person), looked)


def handed(services: Services, person: Person, data: bytes) -> PresentedCredential:
    number = hand_in(services, person, data)
    assert isinstance(number, int), number
    return stored(services, number)


def stored(services: Services, number: int) -> PresentedCredential:
    with services.database.reading() as session:
        return session.get_one(PresentedCredential, number)


def records(services: Services, person: Person) -> list[CertificationRecord]:
    with services.database.reading() as session:
        statement = select(CertificationRecord).where(
            CertificationRecord.youth_id == person.youth_id
        )
        return list(session.exec(statement))
