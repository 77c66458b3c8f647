"""A free seat goes to the head of the queue, whoever freed it: the person, the desk, an erasure."""

from matcher.db import Unit
from matcher.store import enrolments, outbox
from models.course import EnrolmentState


def promote(unit: Unit, session_id: int) -> int:
    """Seats that are free go to the head of the queue, each with a mail; gives how many. Nobody
    is moved into a session that has ended."""
    enrolments.hold(unit.session, session_id)
    run, _course = enrolments.session_with_course(unit.session, session_id)
    moved = 0
    while unit.today <= run.ends_on:
        row = enrolments.first_waiting(unit.session, session_id)
        if row is None or not enrolments.take_seat(unit.session, session_id):
            break
        youth_id, number = row.youth_id, row.id
        if not enrolments.move(unit.session, row, EnrolmentState.ENROLLED, unit.now):
            enrolments.free_seat(unit.session, session_id)
            continue
        _tell(unit, session_id, youth_id, number or 0)
        unit.audit("enrolment:promoted", "session", session_id, youth=youth_id)
        moved += 1
    return moved


def refill(unit: Unit, session_id: int) -> int:
    """As `promote`, only before the first day: nobody is put into a class that has begun."""
    run, _course = enrolments.session_with_course(unit.session, session_id)
    return promote(unit, session_id) if unit.today < run.starts_on else 0


def _tell(unit: Unit, session_id: int, youth_id: int, enrolment_id: int) -> None:
    account = enrolments.account_of(unit.session, youth_id)
    run, course = enrolments.session_with_course(unit.session, session_id)
    outbox.put(
        unit.session,
        account,
        "seat_free",
        unit.now,
        f"enrolment:{enrolment_id}:promoted:{unit.now.isoformat()}",
        course=course.title_ko if account.language == "ko" else course.title_en,
        course_id=course.id,
        starts_on=run.starts_on.isoformat(),
    )
