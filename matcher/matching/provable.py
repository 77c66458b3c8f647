"""The facts a person could prove today."""

from datetime import date

from sqlmodel import Session

from matcher.matching.shared_record import certificates
from matcher.policy.facts import Fact, certificate_facts, course_facts
from matcher.store import credentials

__all__ = ["Fact", "facts"]


def facts(session: Session, youth_id: int, today: date) -> tuple[Fact, ...]:
    """The caller has checked whose they are. Courses count when they belong to a RISE project."""
    held = certificates(session, youth_id, today)
    courses = [row.course for row in credentials.finished(session, youth_id)]
    return (
        *certificate_facts([(row.level, row.verification, row.expires_on) for row in held], today),
        *course_facts([each.sector for each in courses if each.rise_project]),
    )
