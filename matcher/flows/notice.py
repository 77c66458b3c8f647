"""The notice of what is scored and how, read before the first score."""

from matcher.db import Unit
from matcher.policy.notices import NOTICE_VERSION
from matcher.store import consents
from models.consent import NoticeReading

VERSION = NOTICE_VERSION


def has_read(unit: Unit) -> bool:
    return consents.has_read_notice(unit.session, unit.signed_in.account_id, NOTICE_VERSION)


def note_reading(unit: Unit) -> None:
    """Pressing twice records once."""
    if not has_read(unit):
        account_id = unit.signed_in.account_id
        unit.session.add(
            NoticeReading(account_id=account_id, notice_version=NOTICE_VERSION, read_at=unit.now)
        )
        unit.audit("notice:read", "account", account_id, version=NOTICE_VERSION)
