"""The standing people every permission test knows."""

from dataclasses import dataclass

from matcher.wiring import Services
from models.account import Role
from models.consent import ConsentPurpose
from models.organisation import OrganisationKind
from models.youth import Affiliation, AffiliationState
from tests import factories

PASSWORD = "correct horse"


@dataclass(frozen=True)
class Person:
    email: str
    role: Role
    account_id: int
    organisation_id: int | None = None
    youth_id: int | None = None
    password: str = PASSWORD


@dataclass(frozen=True)
class People:
    """`youth` (jejunu) owns rows; `other_youth` is of the same university, `far_youth` of halla."""

    youth: Person
    other_youth: Person
    far_youth: Person
    coordinator: Person
    other_coordinator: Person
    centre: Person
    partner: Person
    other_partner: Person
    admin: Person


def settle(services: Services) -> People:
    """Three organisations of each kind that matters and one account a standing person."""
    with services.database.writing() as session:
        universities = {
            slug: factories.organisation(session, slug, kind=OrganisationKind.UNIVERSITY).id
            for slug in ("jejunu", "halla", "jtu")
        }
        centre = factories.organisation(session, "rise-centre", kind=OrganisationKind.RISE_CENTRE)
        partners = {
            slug: factories.organisation(session, slug, sector="space", is_trusted=True).id
            for slug in ("orbit", "harbour")
        }

        def staff(name: str, role: Role, organisation_id: int | None) -> Person:
            row = factories.account(session, f"{name}@example.com")
            factories.membership(session, row.id, role, organisation_id=organisation_id)
            return Person(row.email, role, row.id, organisation_id)

        def young(name: str, university: str) -> Person:
            row = factories.account(session, f"{name}@example.com")
            factories.membership(session, row.id, Role.YOUTH)
            profile = factories.youth(
                session,
                row.id,
                affiliation=Affiliation.RISE_UNIVERSITY,
                affiliation_state=AffiliationState.CONFIRMED,
                organisation_id=universities[university],
            )
            factories.notice_reading(session, row.id)
            factories.consent(session, profile.id, ConsentPurpose.SERVICE)
            return Person(row.email, Role.YOUTH, row.id, universities[university], profile.id)

        return People(
            youth=young("haneul", "jejunu"),
            other_youth=young("bada", "jejunu"),
            far_youth=young("namu", "halla"),
            coordinator=staff("coordinator", Role.COORDINATOR, universities["jejunu"]),
            other_coordinator=staff("other-coordinator", Role.COORDINATOR, universities["halla"]),
            centre=staff("centre", Role.CENTRE, centre.id),
            partner=staff("partner", Role.PARTNER, partners["orbit"]),
            other_partner=staff("other-partner", Role.PARTNER, partners["harbour"]),
            admin=staff("admin", Role.ADMIN, None),
        )
