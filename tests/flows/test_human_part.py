"""The month's decisions with what was opened before: one's own, and everybody's for an admin."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from matcher.flows import human_part
from matcher.wiring import Services
from models.application import ShortlistEntry, ShortlistState
from models.trail import AccessRecord, Exposure, ExposureKind
from tests import factories
from tests.factories import NOW
from tests.partner_desk import actor, looking
from tests.people import People, Person

QUICK, SLOW = timedelta(seconds=3), timedelta(minutes=2)


def decided(
    services: Services, partner: Person, people: Iterable[tuple[int, bool]], took: timedelta
) -> None:
    """An opening of the partner with one person a (rank, chosen), each opened and then marked."""
    with services.database.writing() as session:
        opening = factories.opening(session, partner.organisation_id)
        for rank, chosen in people:
            email = f"p{opening.id}-{rank}@example.com"
            youth = factories.youth(session, factories.account(session, email).id)
            session.add_all(traces(partner, opening.id, youth.id, rank, NOW - took))
            state = ShortlistState.SHORTLISTED if chosen else ShortlistState.SET_ASIDE
            session.add(
                ShortlistEntry(
                    opening_id=opening.id, youth_id=youth.id, state=state,
                    account_id=partner.account_id, at=NOW,
                )
            )  # fmt: skip


def traces(
    partner: Person, opening_id: int, youth_id: int, rank: int, at: datetime
) -> tuple[AccessRecord, Exposure]:
    return (
        AccessRecord(
            at=at, account_id=partner.account_id, role="partner", youth_id=youth_id,
            organisation_id=partner.organisation_id, task="candidate:read", outcome="ok",
            details={"opening": opening_id},
        ),
        Exposure(
            at=at, account_id=partner.account_id, kind=ExposureKind.OPENED, subject="candidate",
            context_id=opening_id, model_version="m", items=[[youth_id, rank, 3.0, 1, 1]],
        ),
    )  # fmt: skip


def test_a_partner_reads_its_own_month_and_nobody_elses(services: Services, people: People) -> None:
    decided(services, people.partner, [(1, True), (2, False), (3, True), (4, False)], SLOW)
    decided(services, people.other_partner, [(1, True), (2, False)], QUICK)
    with looking(services, people.partner) as unit:
        found = human_part.own_month(unit, actor(people.partner))
    assert found is not None
    assert (found.decisions, found.judged, found.followed) == (4, 4, 2)
    assert (found.median_seconds, found.quick, found.unread) == (120, 0, 0)


def test_nothing_is_shown_before_the_first_decision(services: Services, people: People) -> None:
    with looking(services, people.partner) as unit:
        assert human_part.own_month(unit, actor(people.partner)) is None


@pytest.mark.parametrize(("took", "alerts"), [(QUICK, 1), (SLOW, 0)])
def test_the_admin_is_alerted_where_the_order_is_followed_without_looking(
    services: Services, people: People, took: timedelta, alerts: int
) -> None:
    decided(services, people.partner, [(rank, rank < 9) for rank in range(1, 21)], took)
    decided(services, people.other_partner, [(1, False), (2, True)], QUICK)
    with looking(services, people.admin) as unit:
        review = human_part.review(unit, NOW.date())
    assert (review.alerts, len(review.rows), review.later) == (alerts, 2, None)
    assert review.rows[0].figures.is_alert is bool(alerts)


def test_the_admin_sees_the_last_whole_month_unless_another_is_asked_for(
    services: Services, people: People
) -> None:
    decided(services, people.partner, [(1, True), (2, False)], SLOW)
    with looking(services, people.admin) as unit:
        review = human_part.review(unit)
    assert (review.rows, review.later) == ((), NOW.date().replace(day=1))
