"""Whose badge it is, as far as a machine may say: by its address, else by the name on it."""

from matcher.credentials import holder_names, recipients
from matcher.credentials.holder_names import NameMatch
from matcher.credentials.types import Claim
from matcher.policy.badges import Doubt

_MAIL = ("email", "emailaddress", "ext:email")


def address_doubt(claim: Claim, email: str) -> Doubt | None:
    return None if recipients.is_named(claim, email) else Doubt.OTHER_ADDRESS


def names_an_address(claim: Claim) -> bool:
    if claim.subject.lower().startswith("mailto:"):
        return True
    return any(each.kind.lower() in _MAIL for each in claim.identities)


def name_doubt(on_badge: str, own: str) -> Doubt | None:
    return _NAMES.get(holder_names.compare(on_badge, own))


_NAMES = {
    NameMatch.ABSENT: Doubt.NO_NAME,
    NameMatch.MAYBE: Doubt.NAME_UNSURE,
    NameMatch.DIFFERENT: Doubt.NAME_DIFFERS,
}
