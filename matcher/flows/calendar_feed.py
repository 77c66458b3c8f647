"""A calendar to subscribe to, behind a secret address that can be ended."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from matcher.db import Unit
from matcher.exchange.icalendar_feed import feed
from matcher.i18n import Language, current_language, language_or_none, use_language
from matcher.i18n import gettext as _
from matcher.matching.calendar_entries import days_of
from matcher.refusal import NotFound
from matcher.store import accounts, calendar, links, youths
from models.account import Role
from models.calendar import CalendarFeed


@dataclass(frozen=True)
class FeedView:
    """`since` None while there is no address."""

    since: datetime | None


def view(unit: Unit) -> FeedView:
    row = calendar.feed_of(unit.session, unit.signed_in.account_id)
    return FeedView(None if row is None else row.created_at)


def create(unit: Unit) -> str:
    """The secret part of a new address, shown this once; only its hash is stored.

    An address from before stops working.
    """
    actor = unit.signed_in
    youths.hold(unit.session, [actor.own_youth_id])  # two clicks at once leave one address
    calendar.end_feeds(unit.session, actor.account_id, unit.now)
    token = secrets.token_urlsafe(32)
    row = CalendarFeed(
        account_id=actor.account_id, token_hash=links.hashed(token), created_at=unit.now
    )
    unit.session.add(row)
    unit.session.flush()  # the id goes into the audit line
    unit.audit("calendar:opened", "calendar_feed", row.id)
    return token


def end(unit: Unit) -> None:
    """Raises NotFound when there is no address."""
    row = calendar.feed_of(unit.session, unit.signed_in.account_id)
    if row is None:
        raise NotFound
    calendar.end_feeds(unit.session, row.account_id, unit.now)
    unit.audit("calendar:ended", "calendar_feed", row.id)


def read(unit: Unit, token: str, site: str) -> bytes:
    """The file behind an address, in its owner's language. Raises NotFound alike for an address
    that never was, that was ended, and whose owner is gone."""
    account_id = calendar.feed_account(unit.session, links.hashed(token))
    actor = None if account_id is None else accounts.actor_of(unit.session, account_id)
    if actor is None or actor.role is not Role.YOUTH or actor.youth_id is None:
        raise NotFound
    return _feed(unit, actor.youth_id, language_or_none(actor.language) or "ko", site)


def own(unit: Unit, site: str) -> bytes:
    """The same file for its owner, in the language of the page."""
    return _feed(unit, unit.signed_in.own_youth_id, current_language(), site)


def _feed(unit: Unit, youth_id: int, language: Language, site: str) -> bytes:
    with use_language(language):
        days = days_of(unit.session, youth_id, unit.today, site)
        return feed(_("오름 일정"), language, days.entries, days.lessons, days.agreed)
