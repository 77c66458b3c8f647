"""A pass ends the plans it leaves nothing of: a badge brought it, or the person's own hand."""

from datetime import date

import pytest

from matcher.flows import certifications
from matcher.flows.certifications import Attempt
from matcher.wiring import Services
from models.certification import AttemptState, CertificationRecord
from models.credential import PresentedState
from tests.badge_desk import certificate_badge, handed, records, trust
from tests.coordinator_desk import certificate
from tests.partner_desk import actor, working
from tests.people import People

PASSED, CANCELLED = AttemptState.PASSED, AttemptState.CANCELLED
PLANNED, SCHEDULED = AttemptState.PLANNED, AttemptState.SCHEDULED
BADGE_DAY = date(2026, 5, 4)
SOON, RENEWAL = date(2027, 1, 16), date(2029, 3, 1)


def plan(
    services: Services, people: People, state: AttemptState, on: date | None, code: str = "SAA-C03"
) -> None:
    with services.database.writing() as session:
        certificate(
            session, people.youth.youth_id, certification="SAA", exam_code=code, state=state,
            exam_on=on if state is SCHEDULED else None,
            planned_on=on if state is PLANNED else None,
            result_on=None, expires_on=None, verification=1,
        )  # fmt: skip


def states(services: Services, people: People) -> list[tuple[AttemptState, date | None]]:
    found: list[CertificationRecord] = records(services, people.youth)
    return [(each.state, each.exam_on or each.planned_on) for each in found]


@pytest.mark.parametrize("state", [PLANNED, SCHEDULED])
@pytest.mark.parametrize("on", [SOON, None])
def test_a_badge_that_counts_makes_the_plan_the_pass(
    services: Services, people: People, state: AttemptState, on: date | None
) -> None:
    trust(services)
    plan(services, people, state, on)
    row = handed(services, people.youth, certificate_badge(people.youth.email))
    assert row.state is PresentedState.COUNTED
    assert states(services, people) == [(PASSED, BADGE_DAY)]


def test_where_the_pass_was_written_already_the_badge_ends_the_plan(
    services: Services, people: People
) -> None:
    trust(services)
    plan(services, people, SCHEDULED, SOON)
    with services.database.writing() as session:
        certificate(
            session, people.youth.youth_id, certification="SAA", exam_code="SAA-C03",
            exam_on=BADGE_DAY, result_on=BADGE_DAY, verification=1,
        )  # fmt: skip
    handed(services, people.youth, certificate_badge(people.youth.email))
    assert states(services, people) == [(CANCELLED, SOON), (PASSED, BADGE_DAY)]


@pytest.mark.parametrize(
    ("on", "code"), [(RENEWAL, "SAA-C03"), (SOON, "SAA-C04")], ids=["renewal", "newer version"]
)
def test_what_may_still_be_sat_stays_planned(
    services: Services, people: People, on: date, code: str
) -> None:
    trust(services)
    plan(services, people, PLANNED, on, code)
    handed(services, people.youth, certificate_badge(people.youth.email))
    assert states(services, people) == [(PLANNED, on), (PASSED, BADGE_DAY)]


def test_a_badge_in_doubt_leaves_the_plan_alone(services: Services, people: People) -> None:
    trust(services)
    plan(services, people, SCHEDULED, SOON)
    handed(services, people.youth, certificate_badge("work@example.com"))
    assert states(services, people) == [(SCHEDULED, SOON)]


def test_a_pass_written_by_hand_ends_the_plan_too(services: Services, people: People) -> None:
    plan(services, people, PLANNED, SOON)
    plan(services, people, PLANNED, RENEWAL)
    with working(services, people.youth) as unit:
        certifications.record(unit, actor(people.youth), Attempt("SAA", PASSED, BADGE_DAY))
    found = states(services, people)
    assert found == [(CANCELLED, SOON), (PLANNED, RENEWAL), (PASSED, BADGE_DAY)]
