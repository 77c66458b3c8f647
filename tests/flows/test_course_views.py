"""Courses as pages show them: each has its own runs and skills, and many cost as little as few."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import event

from matcher.matching import course_views
from matcher.matching.course_views import CourseRows, CourseView
from matcher.store import courses
from matcher.wiring import Services
from tests import matching_desk as desk
from tests.factories import TODAY
from tests.matching_desk import actor_of
from tests.people import People


class Watched(list[Any]):
    """Rows that count how often somebody goes through them."""

    rounds = 0

    def __iter__(self) -> Iterator[Any]:
        self.rounds += 1
        return super().__iter__()


def stocked(services: Services, people: People, many: int) -> list[int]:
    """Courses with two runs each, stored in turns so that their rows lie between each other's."""
    with services.database.writing() as session:
        made = [
            desk.course(session, people.coordinator.organisation_id or 0, title_ko=f"과정 {n}").id
            for n in range(many)
        ]
        for month in (2, 1):
            for number in made:
                day = date(2027, month, 4)
                desk.run(session, number, starts_on=day, ends_on=day, seats=month)
        for skill in ("sql", "python"):
            for number in made[1:]:
                desk.gained(session, number, skill, 1, 3)
    return [number or 0 for number in made]


def read(services: Services, people: People) -> tuple[dict[int, CourseView], tuple[int, ...]]:
    """The views; the number of queries and of rounds through sessions and through skills."""
    actor = actor_of(people.youth)
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(services.database.engine, "before_cursor_execute", note)
    with services.reading(actor) as unit:
        rows = course_views.read(unit.session, courses.published(actor))
        sessions, skills = Watched(rows.sessions), Watched(rows.skills)
        watched = CourseRows(rows.found, sessions, skills)
        shown = course_views.views(unit.session, watched, actor, TODAY)
    event.remove(services.database.engine, "before_cursor_execute", note)
    return shown, (len(asked), sessions.rounds, skills.rounds)


def test_each_course_has_its_own_runs_and_skills_in_order(
    services: Services, people: People
) -> None:
    first, *others = stocked(services, people, 3)
    shown, _work = read(services, people)
    assert [each.title for each in shown.values()] == ["과정 0", "과정 1", "과정 2"]
    assert {
        number: [(run.starts_on.month, run.seats) for run in each.runs]
        for number, each in shown.items()
    } == {number: [(1, 1), (2, 2)] for number in (first, *others)}
    assert len({run.id for each in shown.values() for run in each.runs}) == 6
    assert {number: [step.slug for step in each.gained] for number, each in shown.items()} == {
        first: [],
        others[0]: ["python", "sql"],
        others[1]: ["python", "sql"],
    }


def test_the_work_for_one_course_does_not_grow_with_the_others(
    services: Services, people: People
) -> None:
    stocked(services, people, 2)
    _few, work = read(services, people)
    stocked(services, people, 30)
    many, more_work = read(services, people)
    assert (len(many), more_work) == (32, work)
