"""Letters to a partner: the same one to everybody of the firm."""

from typing import Any

from matcher.db import Unit
from matcher.store import openings, outbox
from models.opening import Opening


def tell_partner(unit: Unit, organisation_id: int, template: str, key: str, **words: Any) -> None:
    """Once for a key, whatever is tried again."""
    for account in openings.partner_accounts(unit.session, organisation_id):
        outbox.put(unit.session, account, template, unit.now, f"{key}:{account.id}", **words)


def tell_of_opening(unit: Unit, opening: Opening, template: str, key: str) -> None:
    """With the opening's title in each reader's language; it names the opening, never a person."""
    for account in openings.partner_accounts(unit.session, opening.organisation_id):
        title = opening.title_ko if account.language == "ko" else opening.title_en
        words = {"opening": title, "opening_id": opening.id}
        outbox.put(unit.session, account, template, unit.now, f"{key}:{account.id}", **words)
