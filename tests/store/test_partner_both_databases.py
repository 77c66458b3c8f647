"""The partner's queries on SQLite and PostgreSQL alike: JSON sectors, scopes, row locks."""

from matcher.flows import (
    application_sheet,
    applications_partner,
    candidates,
    openings,
    partner_desk,
)
from matcher.policy.states import ApplicationAction, OpeningAction
from matcher.wiring import Services
from models.application import Application, ApplicationState
from models.opening import Opening, OpeningState
from tests import factories
from tests.partner_desk import (
    OPERATION,
    actor,
    employer_consent,
    looking,
    pool_consent,
    set_scene,
    working,
)
from tests.people import People


def test_ranking_deciding_and_ending_work_on_both(
    any_services: Services, any_people: People
) -> None:
    services, people = any_services, any_people
    scene = set_scene(services, people)
    partner = actor(people.partner)
    with services.database.writing() as session:
        pool_consent(session, people.far_youth.youth_id, "bio", "aerospace")
        employer_consent(session, people.youth.youth_id, people.partner.organisation_id)
        row_id = factories.application(session, scene.opening_id, people.youth.youth_id).id
    with looking(services, people.partner) as unit:
        assert candidates.queue(unit, partner, OPERATION, scene.opening_id).total == 1
    with looking(services, people.partner) as unit:
        assert partner_desk.desk(unit, partner, OPERATION).waiting == 1
    with working(services, people.partner) as unit:
        applications_partner.move(unit, partner, row_id, 1, ApplicationAction.REVIEW)
    with looking(services, people.partner) as unit:
        application_sheet.view(unit, partner, OPERATION, row_id)
    with working(services, people.partner) as unit:
        openings.end(unit, partner, scene.opening_id, 1, OpeningAction.CLOSE)
    with services.database.reading() as session:
        assert session.get_one(Application, row_id).state is ApplicationState.CLOSED
        assert session.get_one(Opening, scene.opening_id).state is OpeningState.CLOSED
