"""Counts a desk is shown: small cells hidden, also against two answers set side by side."""

import pytest
from sqlmodel import select

from matcher.flows import cohort
from matcher.flows.cohort import Wanted
from matcher.policy.small_cells import Cell
from matcher.refusal import Invalid
from matcher.wiring import Services
from models.trail import AccessRecord
from tests.coordinator_desk import certificate, run, walk_to, young
from tests.coordinator_desk import course as a_course
from tests.factories import TODAY
from tests.partner_desk import actor, looking
from tests.people import People


def holders(services: Services, people: People, numbers: dict[int, int]) -> None:
    """So many further people with a certificate by university; 0 stands for none."""
    with services.database.writing() as session:
        for university, number in numbers.items():
            for place in range(number):
                walk_to(session, people, young(session, f"u{university}n{place}", university), 2)


def test_a_small_cell_cannot_be_had_by_taking_two_answers_from_each_other(
    services: Services, people: People
) -> None:
    jejunu, halla = people.youth.organisation_id or 0, people.far_youth.organisation_id or 0
    holders(services, people, {jejunu: 9, halla: 3})
    with looking(services, people.centre) as unit:
        answers = {
            name: cohort.cohort(unit, unit.actor, name)  # type: ignore[arg-type]
            for name in ("", "jejunu", "halla", "jtu", "none")
        }
    held = {name: answer.stages[2].cell for name, answer in answers.items()}
    assert held[""] == Cell(12)
    # The total less every shown answer must leave at least two answers open.
    shown = {name for name, cell in held.items() if cell.n is not None}
    assert shown == {"", "jtu", "none"}
    by_level = {name: answer.levels[0].cell for name, answer in answers.items()}
    assert by_level["halla"] == Cell(None, is_small=True)
    assert by_level["jejunu"] == Cell(None)


def test_a_university_sees_its_own_counts_and_none_under_five(
    services: Services, people: People
) -> None:
    jejunu, halla = people.youth.organisation_id or 0, people.far_youth.organisation_id or 0
    holders(services, people, {jejunu: 9, halla: 3})
    shown = {}
    for person in (people.coordinator, people.other_coordinator):
        with looking(services, person) as unit:
            view = cohort.cohort(unit, actor(person))
        shown[person] = [figure.cell for figure in view.stages[:3]]
        assert view.universities == ()
    assert shown[people.coordinator] == [Cell(11), Cell(9), Cell(9)]
    assert shown[people.other_coordinator] == [Cell(None, True)] * 3


@pytest.mark.parametrize("university", ["none", "halla", "jejunu", "nowhere"])
def test_a_university_cannot_ask_for_another_one(
    services: Services, people: People, university: str
) -> None:
    with looking(services, people.coordinator) as unit:
        with pytest.raises(Invalid) as refused:
            cohort.roster(unit, actor(people.coordinator), Wanted(university=university))
        assert list(refused.value.fields) == ["university"]
        with pytest.raises(Invalid):
            cohort.cohort(unit, actor(people.coordinator), university)


def test_who_was_listed_is_recorded_once_a_page(services: Services, people: People) -> None:
    with services.writing(actor(people.coordinator)) as unit:
        found = cohort.roster(unit, actor(people.coordinator), Wanted())
        empty = cohort.roster(unit, actor(people.coordinator), Wanted(page=7))
    assert (found.total, found.pages, empty.lines) == (2, 1, ())
    with services.database.reading() as session:
        rows = session.exec(select(AccessRecord)).all()
    youths = sorted([people.youth.youth_id or 0, people.other_youth.youth_id or 0])
    assert [(row.task, sorted(row.details["youths"])) for row in rows] == [
        ("roster:listed", youths)
    ]


def test_home_adds_up_what_the_desk_has_to_settle(services: Services, people: People) -> None:
    with services.database.writing() as session:
        certificate(session, people.youth.youth_id)
        certificate(session, people.far_youth.youth_id)
        course = a_course(session, people.coordinator.organisation_id)
        run(session, course.id, TODAY, TODAY, seats=3, taken=2)
        run(session, course.id, TODAY, TODAY, seats=3, taken=3)
    with looking(services, people.coordinator) as unit:
        home = cohort.home(unit, actor(people.coordinator))
    numbers = {each.key: each.n for each in home.counters if each.n}
    assert (home.to_settle, numbers) == (1, {"proof": 1, "soon": 1})
