"""Whose badge it is, as far as a machine may say: by its address, else by the name on it."""

from matcher.credentials import holder_names, recipients
from matcher.credentials.holder_names import NameMatch
from matcher.credentials.types import Claim
from matcher.policy.badges import Doubt


def address_doubt(claim: Claim, email: str) -> Doubt | None:
    return None if recipients.is_named(claim, email) else Doubt.OTHER_ADDRESS


def name_doubt(on_badge: str, own: str) -> Doubt | None:
    return _NAMES.get(holder_names.compare(on_badge, own))


_NAMES = {
    NameMatch.ABSENT: Doubt.NO_NAME,
    NameMatch.MAYBE: Doubt.NAME_UNSURE,
    NameMatch.DIFFERENT: Doubt.NAME_DIFFERS,
}
