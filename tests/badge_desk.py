"""Badges of AWS certifications from a made-up issuer the service trusts, and handing them in."""

from datetime import UTC, datetime
from typing import Any

from sqlmodel import select

from matcher.flows import presenting
from matcher.flows.presenting import Given, Unread
from matcher.jobs import badges as job
from matcher.wiring import Services
from models.certification import CertificationRecord
from models.credential import IssuerMeans, PresentedCredential, TrustedIssuer
from tests import credential_workshop as shop
from tests import factories
from tests.credential_workshop import UNIVERSITY, Issuer
from tests.factories import NOW
from tests.partner_desk import actor, working
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
    with working(services, person) as unit:
        known = presenting.begin(unit, actor(person), services.key_vault)
    looked = presenting.look(given, known, datetime(2026, 11, 21, 3, tzinfo=UTC))
    with working(services, person) as unit:
        return presenting.hand_in(unit, actor(person), looked)


def handed(services: Services, person: Person, data: bytes) -> PresentedCredential:
    number = hand_in(services, person, data)
    assert isinstance(number, int), number
    return stored(services, number)


def again(services: Services, person: Person, number: int) -> PresentedCredential:
    with working(services, person) as unit:
        version = unit.session.get_one(PresentedCredential, number).version
        asked = presenting.begin_again(unit, actor(person), number, version, services.key_vault)
    if asked is not None:
        checked = presenting.look_again(asked, services.clock.now())
        with working(services, person) as unit:
            presenting.check_again(unit, actor(person), asked, checked)
    return stored(services, number)


def check_all(services: Services, issuer: str) -> int:
    """As when the centre changes something of the issuer: what the worker then does."""
    with services.database.writing() as session:
        found = session.exec(select(TrustedIssuer).where(TrustedIssuer.issuer == issuer)).one()
        found.edition += 1
    return job.run(services)


def stored(services: Services, number: int) -> PresentedCredential:
    with services.database.reading() as session:
        return session.get_one(PresentedCredential, number)


def records(services: Services, person: Person) -> list[CertificationRecord]:
    with services.database.reading() as session:
        statement = select(CertificationRecord).where(
            CertificationRecord.youth_id == person.youth_id
        )
        return list(session.exec(statement))
