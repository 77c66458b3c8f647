"""The badge to try with is the asker's own, and exists only beside the demo's issuer."""

import pytest

from matcher.flows import badge_sample
from matcher.matching import demo_badge_issuer as issuer
from matcher.refusal import NotFound
from matcher.wiring import Services
from models.credential import IssuerMeans, PresentedState, StatusListCopy, TrustedIssuer, Verdict
from tests import factories
from tests.badge_desk import handed, records
from tests.factories import NOW
from tests.partner_desk import actor, looking
from tests.people import People, Person


def asked(services: Services, person: Person) -> bytes:
    with looking(services, person) as unit:
        return badge_sample.sample(unit, actor(person))


def trusting(services: Services, **values: bool) -> None:
    said = {**issuer.issuer_row(), "means": IssuerMeans.SIGNED, **values}
    with services.database.writing() as session:
        factories.add(session, TrustedIssuer(**said, created_at=NOW, updated_at=NOW))


def test_it_counts_for_whoever_asked_and_for_nobody_else(
    services: Services, people: People
) -> None:
    trusting(services)
    kept = StatusListCopy(
        address=issuer.list_address(), issuer=issuer.DID, data=issuer.status_list(NOW),
        made_at=NOW, kept_at=NOW,
    )  # fmt: skip
    with services.database.writing() as session:
        factories.add(session, kept)
    badge = asked(services, people.youth)
    assert badge == asked(services, people.youth)
    assert handed(services, people.far_youth, badge).verdict is Verdict.WRONG_RECIPIENT
    own = asked(services, people.far_youth)
    row = handed(services, people.far_youth, own)
    assert (row.state, row.certification) == (PresentedState.COUNTED, badge_sample.CERTIFICATION)
    assert [each.verification for each in records(services, people.far_youth)] == [4]


@pytest.mark.parametrize("is_listed", [True, False])
def test_there_is_none_where_the_issuer_of_the_demo_does_not_count(
    services: Services, people: People, is_listed: bool
) -> None:
    if is_listed:
        trusting(services, is_active=False)
    with looking(services, people.youth) as unit:
        assert not badge_sample.is_offered(unit)
    with pytest.raises(NotFound):
        asked(services, people.youth)
