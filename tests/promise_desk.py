"""Promised interviews for tests: one on an opening, and records that earn it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from matcher.flows import own_promises, promises_desk
from matcher.matching.promise_terms import Offer, terms
from matcher.wiring import Services
from models.certification import AttemptState, CertificationRecord
from models.opening import Opening
from models.organisation import Organisation
from models.promise import InterviewPromise, PromiseSubject, PromiseTaking, TakingState
from tests import factories
from tests.factories import NOW, TODAY
from tests.partner_desk import actor, working
from tests.people import People, Person

EARN_BY = TODAY + timedelta(days=60)
OFFER = Offer(PromiseSubject.CERTIFICATION, "SAA", None, EARN_BY, 14, 2)


def put_promise(session: Session, opening_id: int, **changed: Any) -> InterviewPromise:
    """As it stands after offering, without asking whether it may be offered."""
    wanted = replace(OFFER, **changed)
    opening = session.get_one(Opening, opening_id)
    organisation = session.get_one(Organisation, opening.organisation_id)
    text = terms(wanted, opening, organisation)
    row = InterviewPromise(
        opening_id=opening_id, **vars(wanted), terms_ko=text.korean, terms_en=text.english,
        text_hash=text.text_hash, account_id=1, created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    return factories.add(session, row)


def put_taking(session: Session, promise_id: int, youth_id: int, **values: Any) -> PromiseTaking:
    defaults: dict[str, Any] = {"state": TakingState.TAKEN, "created_at": NOW, "updated_at": NOW}
    row = PromiseTaking(promise_id=promise_id, youth_id=youth_id, **(defaults | values))
    return factories.add(session, row)


def put_pass(
    session: Session, youth_id: int, exam_on: date | None = TODAY, **values: Any
) -> CertificationRecord:
    """A pass of what OFFER asks for, seen by the university unless said otherwise."""
    defaults: dict[str, Any] = {
        "certification": "SAA", "exam_code": "SAA-C03", "state": AttemptState.PASSED,
        "verification": 2, "expires_on": TODAY + timedelta(days=1000), "created_at": NOW,
        "updated_at": NOW,
    }  # fmt: skip
    row = CertificationRecord(youth_id=youth_id, exam_on=exam_on, **(defaults | values))
    return factories.add(session, row)


def offer(services: Services, people: People, opening_id: int, **changed: Any) -> int:
    wanted = replace(OFFER, **changed)
    with services.database.reading() as session:
        opening = session.get_one(Opening, opening_id)
        seen = terms(wanted, opening, session.get_one(Organisation, opening.organisation_id))
    with working(services, people.partner) as unit:
        return promises_desk.offer(unit, actor(people.partner), opening_id, wanted, seen.text_hash)


def take(services: Services, person: Person, promise_id: int) -> None:
    with working(services, person) as unit:
        own_promises.take_up(unit, actor(person), promise_id)


def claim(services: Services, person: Person, promise_id: int, version: int = 1) -> int:
    with working(services, person) as unit:
        return own_promises.claim(unit, actor(person), promise_id, version, True)
