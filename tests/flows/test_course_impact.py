"""The planning desk on real rows: whose people and courses count, and what is kept."""

from typing import Any

import pytest
from sqlmodel import select

from matcher.flows import course_impact
from matcher.flows.course_impact import Against, Asked, ImpactView
from matcher.refusal import Invalid, NotFound
from matcher.wiring import Services
from models.application import ApplicationState
from models.consent import ConsentPurpose
from models.course import CourseSkill, CourseSkillKind, CourseState, EnrolmentState
from models.outcome import Outcome, OutcomeKind, OutcomeSource, OutcomeState
from models.planning_desk import PlanningScenario
from models.trail import AccessRecord, AuditEntry
from models.youth import AffiliationState, YouthProfile
from tests import factories
from tests.coordinator_desk import course, days, enrolment, gives, run, young
from tests.factories import NOW, TODAY
from tests.partner_desk import actor
from tests.people import People, Person
from tests.two_databases import any_people, any_services, any_url  # noqa: F401

NOW_RUNS = "2026-09"
"""The term of today; the page opens on the next."""


def seeking(session: Any, name: str, university: int | None, level: int, **values: Any) -> int:
    """A confirmed person the service may match, with so much Python."""
    youth_id = young(session, name, university, **values)
    factories.consent(session, youth_id, ConsentPurpose.SERVICE)
    if level:
        factories.skill_record(session, youth_id, "python", level=level)
    return youth_id


def asks(session: Any, people: People, level: int, headcount: int = 1, **values: Any) -> int:
    row = factories.opening(session, people.partner.organisation_id, headcount=headcount, **values)
    factories.requirement(session, row.id, "python", level=level)
    return row.id


def teaches(session: Any, person: Person, low: int, high: int, **values: Any) -> int:
    row = course(session, person.organisation_id, **values)
    gives(session, row.id, "python", high).from_level = low
    session.flush()
    return row.id or 0


@pytest.fixture(autouse=True)
def standing_people_are_away(request: pytest.FixtureRequest) -> None:
    """Only the people of each test count."""
    both = "any_services" in request.fixturenames
    services: Services = request.getfixturevalue("any_services" if both else "services")
    request.getfixturevalue("any_people" if both else "people")
    with services.database.writing() as session:
        for profile in session.exec(select(YouthProfile)).all():
            profile.available_from = days(900)


def needs(session: Any, course_id: int, level: int) -> None:
    row = CourseSkill(course_id=course_id, kind=CourseSkillKind.NEEDED, skill="python", level=level)
    factories.add(session, row)


def answer(services: Services, person: Person, **values: Any) -> ImpactView:
    with services.reading(actor(person)) as unit:
        return course_impact.answer(unit, actor(person), Asked(**values))


@pytest.fixture
def town(services: Services, people: People) -> dict[str, int]:
    """One asks level 1, one level 3 twice; two people hold 1, one holds nothing. The next course
    takes nobody who holds nothing."""
    university = people.coordinator.organisation_id
    with services.database.writing() as session:
        found = {
            "easy": asks(session, people, 1),
            "hard": asks(session, people, 3, 2),
            "a": seeking(session, "a", university, 1),
            "b": seeking(session, "b", university, 1),
            "c": seeking(session, "c", university, 0),
            "basic": teaches(session, people.coordinator, 0, 1),
            "next": teaches(session, people.coordinator, 1, 3),
        }
        needs(session, found["next"], 1)
        return found


def by_id(view: ImpactView) -> dict[int, tuple[int, int]]:
    return {line.id: (line.gained, line.eligible) for line in view.lines}


def test_the_course_that_raises_people_to_empty_places_gains_most(
    services: Services, people: People, town: dict[str, int]
) -> None:
    view = answer(services, people.coordinator)
    assert (view.people, view.places, view.matched) == (3, 3, 1)
    assert by_id(view) == {town["next"]: (1, 2), town["basic"]: (0, 1)}
    assert view.first is not None
    assert view.first.id == town["next"]
    assert all(line.most == line.gained for line in view.lines)


def test_two_courses_together_reach_more_than_the_best_alone(
    services: Services, people: People, town: dict[str, int]
) -> None:
    view = answer(services, people.coordinator, size=2)
    assert view.best is not None
    assert (view.best.gained, view.most) == (2, 2)
    picked = answer(services, people.coordinator, picked=(town["basic"], town["next"]))
    assert picked.picked is not None
    assert picked.picked.gained == 2


def test_seats_limit_what_a_course_gains(
    services: Services, people: People, town: dict[str, int]
) -> None:
    with services.database.writing() as session:
        for name in ("d", "e", "f"):
            seeking(session, name, people.coordinator.organisation_id, 1)
    assert by_id(answer(services, people.coordinator, seats=1))[town["next"]] == (1, 5)
    assert by_id(answer(services, people.coordinator, seats=2))[town["next"]] == (2, 5)
    assert by_id(answer(services, people.coordinator, seats=30))[town["next"]] == (2, 5)


def test_a_coordinator_plans_for_the_own_people_and_courses_and_the_centre_for_all(
    services: Services, people: People, town: dict[str, int]
) -> None:
    with services.database.writing() as session:
        seeking(session, "far", people.other_coordinator.organisation_id, 1)
        other = teaches(session, people.other_coordinator, 0, 1)
    own, far = answer(services, people.coordinator), answer(services, people.other_coordinator)
    assert own.people == 3
    assert other not in by_id(own)
    assert (far.people, set(by_id(far))) == (1, {other})
    central = answer(services, people.centre)
    assert central.people == 4
    assert set(by_id(central)) == {town["basic"], town["next"], other}


def test_nobody_else_gets_an_answer_about_people(
    services: Services, people: People, town: dict[str, int]
) -> None:
    for person in (people.partner, people.youth, people.admin):
        view = answer(services, person)
        assert (view.people, view.lines) == (0, ())


@pytest.mark.parametrize("how", ["no consent", "unconfirmed", "hired", "settled", "later"])
def test_people_who_may_not_or_need_not_be_matched_do_not_count(
    services: Services, people: People, how: str
) -> None:
    university = people.coordinator.organisation_id
    with services.database.writing() as session:
        opening = asks(session, people, 1)
        if how == "no consent":
            factories.skill_record(session, young(session, "a", university), "python", level=1)
        elif how == "unconfirmed":
            seeking(session, "a", university, 1, affiliation_state=AffiliationState.CLAIMED)
        elif how == "later":
            seeking(session, "a", university, 1, available_from=days(300))
        else:
            youth_id = seeking(session, "a", university, 1)
            if how == "hired":
                state = ApplicationState.HIRED
                factories.application(session, opening, youth_id, state=state)
            else:
                factories.add(
                    session,
                    Outcome(
                        youth_id=youth_id, kind=OutcomeKind.EMPLOYED, started_on=days(-30),
                        state=OutcomeState.CONFIRMED, source=OutcomeSource.DESK,
                        created_at=NOW, updated_at=NOW,
                    ),
                )  # fmt: skip
    assert answer(services, people.coordinator).people == 0


def test_a_closed_course_is_no_candidate_and_a_draft_is(services: Services, people: People) -> None:
    with services.database.writing() as session:
        draft = teaches(session, people.coordinator, 0, 1, state=CourseState.DRAFT)
        teaches(session, people.coordinator, 0, 1, state=CourseState.CLOSED)
    assert set(by_id(answer(services, people.coordinator))) == {draft}


def test_who_lacks_the_prerequisite_or_had_a_seat_is_not_raised(
    services: Services, people: People, town: dict[str, int]
) -> None:
    with services.database.writing() as session:
        past = run(session, town["next"], days(-40), days(-10))
        enrolment(session, past.id, town["a"], EnrolmentState.COMPLETED)
    assert by_id(answer(services, people.coordinator))[town["next"]] == (1, 1)


def test_with_dates_only_work_that_starts_after_the_course_counts(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        asks(session, people, 1, starts_on=days(20))
        asks(session, people, 1, starts_on=days(90))
        for name in ("a", "b"):
            seeking(session, name, people.coordinator.organisation_id, 0)
        taught = teaches(session, people.coordinator, 0, 1)
        run(session, taught, days(10), days(60))
    assert by_id(answer(services, people.coordinator, term=NOW_RUNS))[taught] == (2, 2)
    dated = answer(services, people.coordinator, term=NOW_RUNS, against=Against.DATED)
    assert by_id(dated)[taught] == (1, 2)


def test_counting_names_nobody_and_leaves_no_access_record(
    services: Services, people: People, town: dict[str, int]
) -> None:
    answer(services, people.coordinator)
    with services.database.reading() as session:
        assert session.exec(select(AccessRecord)).all() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [({"term": "2031-03"}, "term"), ({"term": "x"}, "term"), ({"picked": (1, 2, 3, 4)}, "course"),
     ({"picked": (999_998, 999_999)}, "course")],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused_by_field(
    services: Services, people: People, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        answer(services, people.coordinator, **values)
    assert list(refused.value.fields) == [field]


def test_a_scenario_keeps_the_numbers_of_its_day_on_both_databases(
    any_services: Services,  # noqa: F811
    any_people: People,  # noqa: F811
) -> None:
    services, person = any_services, any_people.coordinator
    with services.database.writing() as session:
        asks(session, any_people, 1)
        seeking(session, "a", person.organisation_id, 0)
        teaches(session, person, 0, 1)
    view = answer(services, person)
    with services.writing(actor(person)) as unit:
        number = course_impact.save(unit, actor(person), "봄", view)
    with services.database.writing() as session:
        seeking(session, "b", person.organisation_id, 0)
    with services.reading(actor(person)) as unit:
        kept = course_impact.scenario(unit, actor(person), number)
    assert (kept.people, kept.matched, kept.data_on) == (1, 0, TODAY)
    assert kept.rows == (("파이썬 데이터 처리", 1, 1),)
    with pytest.raises(Invalid), services.writing(actor(person)) as unit:
        course_impact.save(unit, actor(person), "봄", view)
    with services.writing(actor(person)) as unit:
        course_impact.remove(unit, actor(person), number)
    with services.database.reading() as session:
        assert session.exec(select(PlanningScenario)).all() == []
        actions = session.exec(select(AuditEntry.action)).all()
    assert [each for each in actions if each.startswith("scenario:")] == [
        "scenario:saved",
        "scenario:removed",
    ]


def test_a_desk_cannot_see_compare_or_remove_another_desks_scenario(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        own = factories.scenario(session, people.coordinator.organisation_id).id
        far = factories.scenario(session, people.other_coordinator.organisation_id).id
    for person in (people.coordinator, people.centre, people.partner):
        with services.writing(actor(person)) as unit:
            for act in (course_impact.scenario, course_impact.remove):
                with pytest.raises(NotFound):
                    act(unit, actor(person), far)
            with pytest.raises(NotFound):
                course_impact.compare(unit, actor(person), [own, far])


def test_two_to_four_scenarios_are_compared(services: Services, people: People) -> None:
    with services.database.writing() as session:
        ids = [
            factories.scenario(session, people.coordinator.organisation_id, name=f"{n}").id
            for n in range(5)
        ]
    with services.reading(actor(people.coordinator)) as unit:
        found = course_impact.compare(unit, actor(people.coordinator), ids[:2])
        assert [each.name for each in found] == ["0", "1"]
        for some in (ids[:1], [ids[0], ids[0]], ids):
            with pytest.raises(Invalid):
                course_impact.compare(unit, actor(people.coordinator), some)


def test_openings_that_are_full_offer_no_place(
    services: Services, people: People, town: dict[str, int]
) -> None:
    with services.database.writing() as session:
        taken = young(session, "z", people.other_coordinator.organisation_id)
        factories.application(session, town["hard"], taken, state=ApplicationState.HIRED)
    view = answer(services, people.coordinator)
    assert view.places == 2
    assert by_id(view)[town["next"]] == (1, 2)
