"""Sending an answer link, and whether one can still be answered."""

import secrets

from matcher.db import Unit
from matcher.policy import answer_tokens
from matcher.policy.interviews import LINK_ANSWERS, link_until
from matcher.policy.masking import candidate_number, label
from matcher.policy.operation import Operation
from matcher.store import answer_links as store
from matcher.store import links, openings, outbox
from models.answer_link import AnswerLink, AnswerLinkUse, LinkUse
from models.application import Application
from models.opening import Opening


def send(
    unit: Unit,
    operation: Operation,
    row: Application,
    opening: Opening,
    address: str,
    account_id: int | None,
) -> int:
    """A new link by mail; one sent before for the same application stops working."""
    store.revoke_all(unit.session, row.id or 0, unit.now)
    token = answer_tokens.signed(operation.mask_key, secrets.token_urlsafe(16))
    link = store.issue(
        unit.session,
        AnswerLink(
            application_id=row.id or 0, token_hash=links.hashed(token), address=address,
            account_id=account_id, created_at=unit.now,
            expires_at=link_until(row.answer_by, unit.now),
        ),
    )  # fmt: skip
    organisation = openings.organisation_of(unit.session, opening)
    outbox.put_to(
        unit.session, address, "answer_asked", unit.now, f"answer-link:{link.id}",
        title_ko=opening.title_ko, title_en=opening.title_en,
        organisation_ko=organisation.name_ko, organisation_en=organisation.name_en,
        number=label(candidate_number(operation.mask_key, opening.id or 0, row.youth_id)),
        until=f"{link.expires_at:%Y-%m-%d}", token=token,
    )  # fmt: skip
    unit.audit("answer_link:sent", "answer_link", link.id, application=row.id)
    return link.id or 0


def is_live(unit: Unit, found: store.Behind, *, lock: bool = False) -> bool:
    """Nobody answered it, it was not taken back, its time is not over, and the person's consent
    for this employer lives."""
    link = found.link
    if link.answered_at or link.revoked_at or link.expires_at <= unit.now:
        return False
    seen = store.seen_by_firm(
        unit.session, found.organisation.id or 0, unit.today, link.application_id, lock=lock
    )
    return seen is not None and seen[0].state in LINK_ANSWERS


def note_use(unit: Unit, link: AnswerLink, use: LinkUse) -> None:
    unit.trail.append(AnswerLinkUse(link_id=link.id or 0, use=use, source=unit.source, at=unit.now))
