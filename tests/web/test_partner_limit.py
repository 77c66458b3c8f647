"""A partner does not read the pool by the hundred."""

from matcher.policy import limits
from matcher.wiring import Services
from models.trail import Exposure, ExposureKind
from tests.conftest import SignIn
from tests.partner_desk import set_scene
from tests.people import People


def test_candidate_lists_stop_at_the_limit_of_a_minute(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene = set_scene(services, people)
    with services.writing() as unit:
        for _each in range(limits.RANKED_LISTS - 1):
            unit.session.add(
                Exposure(
                    at=unit.now,
                    account_id=people.partner.account_id,
                    kind=ExposureKind.LISTED,
                    subject="candidate",
                    context_id=scene.opening_id,
                    model_version="additive-1",
                )
            )
    browser = sign_in(people.partner)
    path = f"/partner/openings/{scene.opening_id}/candidates"
    assert browser.get(path).status_code == 200
    stopped = browser.get(path)
    assert stopped.status_code == 429
    assert 1 <= int(stopped.headers["retry-after"]) <= 60
