"""Facets of the catalogue: what each choice shows, what its number promises, and at what price."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import Session

from matcher.flows import browse, recommend_courses
from matcher.matching.course_facets import FACETS, CourseQuery
from matcher.wiring import Services
from models.course import CourseMode
from models.youth import SavedItem, SavedKind
from tests import factories
from tests.factories import NOW, TODAY
from tests.matching_desk import actor_of, course, gained, run
from tests.people import People

DAY_SLOT = [{"weekday": 1, "start": "10:00", "end": "12:00"}]
WEEKEND = [{"weekday": 6, "start": "10:00", "end": "12:00"}]


def ids(services: Services, text: str = "", **chosen: str | tuple[str, ...]) -> list[int]:
    found = page(services, text, **chosen)
    return [each.id for each in found.rows]


def page(services: Services, text: str = "", **chosen: str | tuple[str, ...]) -> browse.CoursePage:
    wanted = {key: (value,) if isinstance(value, str) else value for key, value in chosen.items()}
    with services.reading() as unit:
        return browse.course_list(unit, CourseQuery(text, wanted))


def stock(session: Session, people: People) -> dict[str, int]:
    """Four courses: night with seats, day and full, weekend next term, nothing scheduled."""
    here, there = people.coordinator.organisation_id, people.other_coordinator.organisation_id
    assert here is not None
    assert there is not None
    night = course(
        session,
        here,
        title_ko="클라우드 첫걸음",
        credit="2학점",
        rise_project="wing",
        rise_code="R-2026-07",
        languages="ko",
    )
    gained(session, night.id or 0, "python", 0, 2)
    run(session, night.id or 0)
    full = course(session, here, title_ko="데이터 분석", fee_krw=50_000, mode=CourseMode.ONLINE)
    gained(session, full.id or 0, "sql", 0, 2)
    run(session, full.id or 0, weekly_slots=DAY_SLOT, taken=2)
    later = course(session, there, title_ko="우주 데이터", sector=None, linked_certification="CLF",
                   languages="ko;en")  # fmt: skip
    gained(session, later.id or 0, "sql", 0, 2)
    run(
        session, later.id or 0, starts_on=date(2027, 3, 6), ends_on=date(2027, 5, 1),
        applications_open_on=date(2027, 1, 4), applications_close_on=date(2027, 2, 1),
        weekly_slots=WEEKEND,
    )  # fmt: skip
    never = course(session, there, title_ko="겨울 특강", is_shared=True, level="advanced")
    found = {"night": night, "full": full, "later": later, "never": never}
    return {name: each.id or 0 for name, each in found.items()}


@pytest.fixture
def known(services: Services, people: People) -> dict[str, int]:
    with services.database.writing() as session:
        return stock(session, people)


@pytest.mark.parametrize(
    ("facet", "value", "names"),
    [
        ("state", "open", ["night", "full"]),
        ("state", "upcoming", ["later"]),
        ("state", "none", ["never"]),
        ("seats", "1", ["night"]),
        ("university", "jejunu", ["night", "full"]),
        ("university", "halla", ["later", "never"]),
        ("sector", "common", ["later"]),
        ("skill", "sql", ["full", "later"]),
        ("fee", "paid", ["full"]),
        ("mode", "online", ["full"]),
        ("time", "night", ["night"]),
        ("time", "day", ["full"]),
        ("time", "weekend", ["later"]),
        ("term", "2026-winter", ["night", "full"]),
        ("term", "2027-1", ["later"]),
        ("certification", "CLF", ["later"]),
        ("credit", "credit", ["night"]),
        ("credit", "shared", ["never"]),
        ("language", "ko", ["night", "later"]),
        ("language", "en", ["later"]),
        ("level", "advanced", ["never"]),
        ("project", "wing", ["night"]),
        ("task", "R-2026-07", ["night"]),
        ("field", "cloud", ["night", "full", "later", "never"]),
    ],
)
def test_each_facet_keeps_the_courses_that_have_the_value(
    services: Services, known: dict[str, int], facet: str, value: str, names: list[str]
) -> None:
    found = page(services, **{facet: value})
    assert [each.id for each in found.rows] == [known[name] for name in names]
    assert page(services).counts[facet][value] == len(names)


def test_values_of_one_facet_add_and_facets_narrow(
    services: Services, known: dict[str, int]
) -> None:
    both = ids(services, university=("jejunu", "halla"), skill="sql")
    assert both == [known["full"], known["later"]]
    assert ids(services, university="jejunu", fee="free") == [known["night"]]


def test_night_and_a_free_seat_must_be_true_of_the_same_run(
    services: Services, known: dict[str, int]
) -> None:
    with services.database.writing() as session:
        run(session, known["night"], weekly_slots=DAY_SLOT, starts_on=TODAY + timedelta(60),
            ends_on=TODAY + timedelta(90), taken=2)  # fmt: skip
    assert ids(services, time="day", seats="1") == []
    assert ids(services, time="night", seats="1") == [known["night"]]


def test_a_course_of_a_closed_desk_or_in_draft_counts_nowhere(
    services: Services, people: People, known: dict[str, int]
) -> None:
    before = page(services).counts
    with services.database.writing() as session:
        assert people.coordinator.organisation_id is not None
        course(session, people.coordinator.organisation_id, state="draft")
    assert page(services).counts == before


@pytest.mark.parametrize(
    "typed", ["ㅋㄹㅇㄷ", "클라우드첫걸음", "CONTAINER", "파이썬을", "jejunu 데모 클라우드"]
)
def test_the_search_forgives_spacing_case_and_particles(
    services: Services, known: dict[str, int], typed: str
) -> None:
    assert known["night"] in ids(services, typed)


CHOICES = {
    "state": ["open", "upcoming", "none"], "university": ["jejunu", "halla"],
    "skill": ["sql", "python"], "fee": ["free", "paid"], "mode": ["online", "offline"],
    "language": ["ko", "en"],
    "time": ["day", "night", "weekend"], "seats": ["1"], "level": ["basic", "advanced"],
}  # fmt: skip


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_the_number_beside_a_value_is_what_choosing_it_alone_in_its_facet_shows(
    services: Services, known: dict[str, int], data: Any
) -> None:
    chosen = {
        facet: tuple(data.draw(st.lists(st.sampled_from(values), unique=True, max_size=2)))
        for facet, values in CHOICES.items()
    }
    wanted: dict[str, tuple[str, ...]] = {key: each for key, each in chosen.items() if each}
    counts = page(services, **wanted).counts
    for facet, values in CHOICES.items():
        for value in values:
            alone = page(services, **{**wanted, facet: (value,)})
            assert counts[facet].get(value, 0) == alone.found


def test_fifty_courses_take_as_many_queries_as_one(services: Services, people: People) -> None:
    def queries() -> int:
        seen: list[str] = []
        note = lambda *given: seen.append(given[2])  # noqa: E731
        event.listen(services.database.engine, "before_cursor_execute", note)
        page(services, "데이터", skill="sql")
        event.remove(services.database.engine, "before_cursor_execute", note)
        return len(seen)

    def add(many: int) -> None:
        with services.database.writing() as session:
            for _number in range(many):
                assert people.coordinator.organisation_id is not None
                row = course(session, people.coordinator.organisation_id, title_ko="데이터")
                gained(session, row.id or 0, "sql", 0, 2)
                run(session, row.id or 0)

    add(1)
    one = queries()
    add(49)
    assert queries() == one


def test_a_youth_has_the_same_facets_and_can_ask_for_what_was_put_aside(
    services: Services, people: People, known: dict[str, int]
) -> None:
    me = actor_of(people.youth)
    with services.database.writing() as session:
        row = SavedItem(
            youth_id=people.youth.youth_id, kind=SavedKind.COURSE, item_id=known["later"],
            saved_at=NOW,
        )  # fmt: skip
        factories.add(session, row)
        factories.skill_record(session, people.youth.youth_id or 0, "python", level=2)

    def listed(**values: Any) -> recommend_courses.CourseList:
        with services.reading(me) as unit:
            return recommend_courses.courses_list(unit, me, recommend_courses.CourseQuery(**values))

    assert listed().counts == page(services).counts
    assert set(listed().counts) == set(FACETS)
    kept = listed(only_saved=True)
    assert [each.course.id for each in kept.rows] == [known["later"]]
    night = listed(text="ㅋㄹㅇㄷ", chosen={"time": ("night",)})
    assert [each.course.id for each in night.rows] == [known["night"]]
