"""What must be true of a person before anything about them is scored or sent."""

from datetime import date

from sqlmodel import Session

from matcher.actor import Actor
from matcher.policy.notices import NOTICE_VERSION
from matcher.refusal import ConsentNeeded, NoticeNeeded
from matcher.store import consents
from models.consent import ConsentPurpose


def scored_youth(session: Session, actor: Actor, today: date) -> int:
    """The youth's id. Raises NoticeNeeded or ConsentNeeded before any score is made."""
    youth_id = actor.own_youth_id
    if not consents.has_read_notice(session, actor.account_id, NOTICE_VERSION):
        raise NoticeNeeded
    _refuse_without_consent(session, youth_id, today)
    return youth_id


def served_youth(session: Session, actor: Actor, today: date) -> int:
    """The youth's id, for what needs the service's consent and no score."""
    youth_id = actor.own_youth_id
    _refuse_without_consent(session, youth_id, today)
    return youth_id


def _refuse_without_consent(session: Session, youth_id: int, today: date) -> None:
    if not consents.live(session, youth_id, today, ConsentPurpose.SERVICE):
        raise ConsentNeeded
