"""The page, the API and the command line give one order of courses."""

import pytest

from matcher.flows import operating, recommend_courses, saving
from matcher.matching.window import Window
from matcher.wiring import Services
from models.course import Enrolment, EnrolmentState
from models.youth import SavedKind
from tests import factories, matching_desk
from tests.matching_desk import actor_of, stock
from tests.people import People


@pytest.fixture
def openings(services: Services, people: People) -> list[int]:
    """Three courses beside them; the third is one the young person has finished."""
    assert people.partner.organisation_id is not None
    assert people.coordinator.organisation_id is not None
    assert people.youth.youth_id is not None
    with services.database.writing() as session:
        for level, skill in enumerate(("docker", "sql", "python"), start=1):
            row = matching_desk.course(session, people.coordinator.organisation_id)
            matching_desk.gained(session, row.id or 0, skill, 0, level + 1)
            run = matching_desk.run(session, row.id or 0)
        done = Enrolment(
            session_id=run.id or 0,
            youth_id=people.youth.youth_id,
            state=EnrolmentState.COMPLETED,
            created_at=factories.NOW,
            updated_at=factories.NOW,
        )
        factories.add(session, done)
    return stock(services, people.partner.organisation_id, people.youth.youth_id)


@pytest.mark.parametrize("keeps_one", [False, True], ids=["nothing saved", "an opening saved"])
def test_page_api_and_command_line_rank_the_same_courses_alike(
    services: Services, people: People, openings: list[int], keeps_one: bool
) -> None:
    actor = actor_of(people.youth)
    if keeps_one:
        with services.writing(actor) as unit:
            saving.save(unit, actor, SavedKind.OPENING, openings[-1])
    with services.reading(actor) as unit:
        page = recommend_courses.courses_list(unit, actor, recommend_courses.CourseQuery())
        api = recommend_courses.ranked(unit, actor, Window())
    with services.reading() as unit:
        line = operating.recommend_courses(unit, actor.own_youth_id, 20)
    shown = [(row.course.id, row.score) for row in page.rows if row.rank is not None]
    assert len(shown) == 2
    assert [(each["id"], each["score"]) for each in api.items] == shown
    assert [(each["id"], each["score"]) for each in line.items] == shown
