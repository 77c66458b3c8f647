"""An interview that was held, an offer, a link that was sent."""

from datetime import timedelta

from models.answer_link import AnswerLink
from models.interview import InterviewState
from tests import factories
from tests.authz.exhibits.hall import Hall
from tests.factories import NOW
from tests.hiring_desk import interview, offer, slot


def hiring(hall: Hall) -> None:
    session, application_id = hall.session, hall.ids["application"]
    past = slot(session, hall.ids["opening"], NOW - timedelta(days=3))
    ahead = slot(session, hall.ids["opening"], NOW + timedelta(days=3))
    held = interview(session, application_id, past.id or 0, state=InterviewState.HELD)
    offer(session, application_id, hall.people.partner.account_id)
    link = factories.add(
        session,
        AnswerLink(
            application_id=application_id, token_hash="0" * 64, address="boss@example.com",
            created_at=NOW, expires_at=NOW + timedelta(days=7),
        ),
    )  # fmt: skip
    hall.ids.update(
        {"interview_slot": ahead.id or 0, "interview": held.id or 0, "answer_link": link.id or 0}
    )
