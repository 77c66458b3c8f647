"""Which role belongs to which kind of organisation, and what an admin may do to an account."""

from models.account import AccountState, Role
from models.organisation import Organisation, OrganisationKind, OrganisationState

ORGANISATION_KIND: dict[Role, OrganisationKind | None] = {
    Role.YOUTH: None,
    Role.COORDINATOR: OrganisationKind.UNIVERSITY,
    Role.CENTRE: OrganisationKind.RISE_CENTRE,
    Role.PARTNER: OrganisationKind.PARTNER,
    Role.ADMIN: None,
}
STAFF_ROLES = (Role.COORDINATOR, Role.CENTRE, Role.PARTNER, Role.ADMIN)
MOST_TOKENS = 20
TOKEN_DAYS = 366


def fits(role: Role, organisation: Organisation | None) -> bool:
    """Whether this role may belong to this organisation (None = to no organisation)."""
    kind = ORGANISATION_KIND[role]
    if organisation is None or kind is None:
        return kind is None and organisation is None
    return organisation.kind is kind and organisation.state is not OrganisationState.CLOSED


def can_change_role(now: Role, then: Role) -> bool:
    """A young person's account never turns into a desk, nor the other way round."""
    return now in STAFF_ROLES and then in STAFF_ROLES


def can_disable(state: AccountState) -> bool:
    return state in (AccountState.ACTIVE, AccountState.UNCONFIRMED)


def can_enable(state: AccountState) -> bool:
    return state is AccountState.DISABLED


ORGANISATION_MOVES: dict[OrganisationState, frozenset[OrganisationState]] = {
    OrganisationState.PENDING: frozenset({OrganisationState.ACTIVE, OrganisationState.CLOSED}),
    OrganisationState.ACTIVE: frozenset({OrganisationState.CLOSED}),
    OrganisationState.CLOSED: frozenset({OrganisationState.ACTIVE}),
}
