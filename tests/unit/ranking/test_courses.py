from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.ranking.candidates import EmptyReason, Excluded, Help
from matcher.ranking.courses import COURSE_FEATURES, course_matrix
from matcher.ranking.gaps import finished, gaps_closed
from matcher.ranking.recommend import rank_courses
from matcher.ranking.sessions import best_session
from matcher.ranking.types import (
    Course,
    Opening,
    Requirement,
    Seeker,
    SessionSlot,
    SkillProof,
    Target,
)
from tests.unit.ranking.builders import (
    ADJACENCY,
    BARE,
    CERTIFICATES,
    CONTEXT,
    SECTORS,
    SLUGS,
    TEXTS,
    TODAY,
    days,
    must,
    opening_lists,
    requirements,
    seekers,
    skill,
)

SOON = TODAY + timedelta(days=30)
SLOT = SessionSlot(SOON, SOON + timedelta(days=30), 10, 3, 100_000, id=5)
slots = st.builds(
    lambda start, hours, seats, fee, number: SessionSlot(
        start, start + timedelta(days=20), hours, seats, fee, id=number
    ),
    days,
    st.floats(0, 40),
    st.none() | st.integers(0, 9),
    st.integers(0, 500_000),
    st.integers(1, 9),
)


def course_of(number: int) -> st.SearchStrategy[Course]:
    steps = st.tuples(st.integers(0, 4), st.integers(1, 5)).filter(lambda pair: pair[0] < pair[1])
    return st.builds(
        Course,
        st.just(number),
        st.none() | st.sampled_from(SECTORS),
        st.dictionaries(st.sampled_from(SLUGS), steps, max_size=3),
        st.lists(requirements, max_size=3).map(tuple),
        st.lists(slots, max_size=3).map(tuple),
        st.lists(st.sampled_from(CERTIFICATES), max_size=2, unique=True).map(tuple),
        st.sampled_from(TEXTS),
    )


course_lists = st.integers(0, 4).flatmap(
    lambda count: st.tuples(*(course_of(each + 1) for each in range(count))).map(list)
)
target_lists = opening_lists(size=3).flatmap(
    lambda some: st.tuples(
        *(st.builds(Target, st.just(each), st.floats(0, 3)) for each in some)
    ).map(list)
)


def values(seeker: Seeker, course: Course, targets: list[Target]) -> dict[str, float]:
    row = course_matrix(seeker, [course], targets, BARE).matrix[0].tolist()
    return dict(zip((each.name for each in COURSE_FEATURES), row, strict=True))


def test_hand_computed_row() -> None:
    seeker = Seeker(
        1,
        skill("python", 2) | skill("git", 1),
        sectors={"space": 0.7},
        weekly_hours=5,
        budget_krw=80_000,
    )
    course = Course(
        1,
        "space",
        {"python": (2, 3)},
        (must("skill:git", 2), Requirement("skill:sql", "nice")),
        (SLOT,),
        ("SAA",),
    )
    targets = [
        # open: python 0.5, sql 1.0; the course brings python to 0.75
        Target(Opening(1, requirements=(must("skill:python", 4), must("skill:sql", 2))), 3.0),
        # open: python 1/3 at half importance, SAA; the course brings all of python
        Target(
            Opening(
                2,
                requirements=(Requirement("skill:python", "nice", 3), must("certification:SAA")),
            )
        ),
    ]
    assert values(seeker, course, targets) == pytest.approx(
        {
            "gap_closed": ((3 * (0.25 / 1.5) + 1 * 1.0) / 4) ** 0.5,
            "certificate_help": 1.0,
            "prerequisites": (1 * 0.5 + 0.5 * 0.0) / 1.5,
            "schedule": 0.5,
            "fee": 0.8,
            "seats": 0.6,
            "sector_wish": 0.7,
            "text": 0.1,
            "starts_soon": 0.5,
            "opening_gain": 0.02,
            "already_known": 0.0,
            "level_fit": 1.0,
            "popularity": 0.5,
        }
    )


def test_without_targets_the_gap_is_neutral_and_without_gaps_it_is_zero() -> None:
    course = Course(1, gained={"python": (0, 2)}, sessions=(SLOT,))
    person = Seeker(1, skill("python", 5))
    target = Target(Opening(1, requirements=(must("skill:python", 2),)))
    assert values(person, course, [])["gap_closed"] == 0.2
    assert values(person, course, [target])["gap_closed"] == 0.0
    assert values(person, course, [target])["certificate_help"] == 0.2


@settings(max_examples=100)
@given(seekers(), course_lists, target_lists)
def test_features_are_between_0_and_1_and_scores_add_up(
    person: Seeker, courses: list[Course], targets: list[Target]
) -> None:
    matrix = course_matrix(person, courses, targets, CONTEXT).matrix
    assert matrix.shape == (len(courses), len(COURSE_FEATURES))
    assert np.isfinite(matrix).all()
    assert ((matrix >= 0.0) & (matrix <= 1.0)).all()
    ranking = rank_courses(person, courses, targets, CONTEXT)
    for item in ranking.items:
        total = item.base + sum(each.value for each in item.contributions)
        assert abs(total - item.score) <= 1e-9
    assert rank_courses(person, courses[::-1], targets[::-1], CONTEXT) == ranking


def test_the_session_that_suits_best_is_taken() -> None:
    person = Seeker(1, weekly_hours=10, budget_krw=100_000)
    long = SessionSlot(TODAY, SOON, 30, 9, 0, id=1)
    dear = SessionSlot(TODAY, SOON, 10, 9, 300_000, id=2)
    full = SessionSlot(TODAY, SOON, 10, 0, 0, id=3)
    late = SessionSlot(SOON, SOON, 10, 1, 0, id=4)
    past = SessionSlot(SOON, SOON, 1, 9, 0, TODAY - timedelta(days=1), id=6)
    course = Course(1, sessions=(long, dear, full, late, past))
    best = best_session(person, course, TODAY)
    assert best == late
    item = rank_courses(Seeker(1, skill("python", 1)), [course], [], BARE).items[0]
    assert item.session == 1


def test_no_courses_is_said_as_such() -> None:
    ranking = rank_courses(Seeker(1, skill("python", 1)), [], [], BARE)
    assert ranking.empty == EmptyReason("no_courses", Help("wait_for_new"), {})


def test_courses_without_an_open_session_or_licence_are_left_out() -> None:
    person = Seeker(1, skill("python", 1))
    courses = [
        Course(1, sessions=(SessionSlot(TODAY - timedelta(days=1), SOON),)),
        Course(2),
        Course(3, needed=(Requirement("licence:gas", "licence"),), sessions=(SLOT,)),
    ]
    assert rank_courses(person, courses, [], BARE).excluded == (
        Excluded(1, "no_open_session"),
        Excluded(2, "no_open_session"),
        Excluded(3, "licence_missing", ("licence:gas",)),
    )
    assert rank_courses(person, courses[:2], [], BARE).empty == EmptyReason(
        "all_without_open_session", Help("wait_for_new"), {"no_open_session": 2}
    )


def test_a_blank_profile_gets_no_courses_but_a_first_step() -> None:
    target = Target(Opening(1, requirements=(must("skill:sql"),)))
    ranking = rank_courses(Seeker(1), [Course(1, sessions=(SLOT,))], [target], BARE)
    assert ranking.empty == EmptyReason("no_profile_data", Help("add_skill", "skill:sql", 1), {})


def test_closes_two_of_five_gaps() -> None:
    person = Seeker(1, skill("python", 3) | skill("git", 1))
    wanted = (
        must("skill:python", 3),
        must("skill:git", 2),
        must("skill:sql", 2),
        must("skill:docker", 2),
        Requirement("skill:linux", "nice", 1),
        must("certification:SAA"),
        Requirement("skill:cobol", "exclude"),
    )
    course = Course(1, gained={"git": (1, 2), "sql": (0, 2), "docker": (0, 1)})
    then = replace(person, skills={**person.skills, **finished(person, course)})
    got = gaps_closed(person, then, Opening(1, requirements=wanted), ADJACENCY, TODAY)
    assert got == (2, 5)


def test_finishing_a_course_lowers_nothing_and_is_seen_by_the_university() -> None:
    held = skill("python", 4, 0.0) | skill("sql", 1, 1.0) | skill("git", 3, 0.0)
    course = Course(1, gained={"python": (1, 2), "sql": (1, 3), "git": (1, 3), "linux": (1, 3)})
    assert finished(Seeker(1, held), course) == {
        "sql": SkillProof("sql", 3, 1.0),
        "git": SkillProof("git", 3, 1 / 3),
        "linux": SkillProof("linux", 2, 1 / 3),
    }


def test_a_target_weight_must_be_a_number() -> None:
    with pytest.raises(ValueError, match="weight"):
        Target(Opening(1), float("nan"))


def test_the_same_course_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="course 1 is listed twice"):
        course_matrix(Seeker(1), [Course(1), Course(1)], [], BARE)
