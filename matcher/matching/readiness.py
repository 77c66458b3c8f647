"""What must be true of a person before anything about them is scored or sent."""

from datetime import date

from sqlmodel import Session

from matcher.actor import Actor
from matcher.policy.notices import NOTICE_VERSION
from matcher.refusal import ConsentNeeded, NotFound, NoticeNeeded
from matcher.store import consents
from models.consent import ConsentPurpose


def scored_youth(session: Session, actor: Actor, today: date) -> int:
    """The youth's id. Raises NoticeNeeded or ConsentNeeded before any score is made."""
    if actor.youth_id is None:
        raise NotFound
    if not consents.has_read_notice(session, actor.account_id, NOTICE_VERSION):
        raise NoticeNeeded
    return served_youth(session, actor, today)


def served_youth(session: Session, actor: Actor, today: date) -> int:
    """The youth's id, for what needs the service's consent and no score."""
    if actor.youth_id is None:
        raise NotFound
    if not consents.live(session, actor.youth_id, today, ConsentPurpose.SERVICE):
        raise ConsentNeeded
    return actor.youth_id
