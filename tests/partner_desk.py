"""The scene of the partner's tests: one opening, one willing youth, and others who are not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlmodel import Session

from matcher.actor import Actor
from matcher.db import Unit
from matcher.policy.operation import Operation
from matcher.settings import OperatorType
from matcher.wiring import Services
from models.account import Role
from models.consent import Consent, ConsentPurpose
from tests import factories
from tests.people import People, Person

OPERATION = Operation(OperatorType.PROVINCE, "test-key")


@dataclass(frozen=True)
class Scene:
    """`haneul` (people.youth) is in the pool for space; `bada` gave no pool consent."""

    opening_id: int
    foreign_opening_id: int


def actor(person: Person) -> Actor:
    return Actor(
        person.account_id,
        person.role,
        person.email,
        organisation_id=None if person.role is Role.YOUTH else person.organisation_id,
        youth_id=person.youth_id,
    )


@contextmanager
def working(services: Services, person: Person) -> Iterator[Unit]:
    with services.writing(actor(person)) as unit:
        yield unit


@contextmanager
def looking(services: Services, person: Person) -> Iterator[Unit]:
    with services.reading(actor(person)) as unit:
        yield unit


def pool_consent(session: Session, youth_id: int, *sectors: str) -> Consent:
    return factories.consent(
        session, youth_id, ConsentPurpose.POOL, sectors=list(sectors or ("space",))
    )


def employer_consent(session: Session, youth_id: int, organisation_id: int | None) -> Consent:
    return factories.consent(
        session,
        youth_id,
        ConsentPurpose.EMPLOYER,
        organisation_id=organisation_id,
        fields=["name", "contact"],
    )


def set_scene(services: Services, people: People) -> Scene:
    with services.database.writing() as session:
        own = factories.opening(session, people.partner.organisation_id)
        other = factories.opening(session, people.other_partner.organisation_id)
        for each in (own, other):
            factories.requirement(session, each.id, "python")
            factories.requirement(session, each.id, "linux", kind="nice", level=2)
        pool_consent(session, people.youth.youth_id)
        factories.skill_record(session, people.youth.youth_id, "python", level=4)
        factories.skill_record(session, people.other_youth.youth_id, "python", level=5)
        return Scene(own.id, other.id)
