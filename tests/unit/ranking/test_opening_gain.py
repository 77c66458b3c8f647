from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from matcher.ranking.candidates import blank_profile
from matcher.ranking.courses import COURSE_FEATURES, course_matrix
from matcher.ranking.gaps import finished
from matcher.ranking.opening_gain import BEST, opening_gain
from matcher.ranking.prepared import PreparedOpenings
from matcher.ranking.recommend import opening_places
from matcher.ranking.types import Course, Opening, Requirement, Seeker, SkillProof
from tests.unit.ranking.builders import BARE, CONTEXT, TODAY, must, opening_lists, seekers, skill
from tests.unit.ranking.test_courses import course_lists

COLUMN = {each.name: index for index, each in enumerate(COURSE_FEATURES)}
PERSON = Seeker(1, skill("python", 1))


def gain(person: Seeker, course: Course, many: list[Opening]) -> float | None:
    ready = PreparedOpenings.from_openings(many, BARE)
    found = opening_gain(person, [course], ready, BARE)
    return None if found is None else float(found[0])


def taught(person: Seeker, course: Course) -> Seeker:
    return replace(person, skills={**person.skills, **finished(person, course)})


def column(name: str, person: Seeker, course: Course) -> float:
    return float(course_matrix(person, [course], [], BARE).matrix[0, COLUMN[name]])


@settings(max_examples=100)
@given(seekers(), course_lists, opening_lists(hard=True, size=14))
def test_the_gain_is_what_ranking_again_after_the_course_would_show(
    person: Seeker, courses: list[Course], many: list[Opening]
) -> None:
    ready = PreparedOpenings.from_openings(many, CONTEXT)
    found = opening_gain(person, courses, ready, CONTEXT)
    if blank_profile(person, ()) is not None:
        return
    now = opening_places(person, ready, CONTEXT)
    best = min(BEST, len(now))
    if found is None:
        assert best == 0
        return
    for course, value in zip(courses, found.tolist(), strict=True):
        then = opening_places(taught(person, course), ready, CONTEXT)
        before, after = (
            sum(sorted((place.score or 0.0 for place in each.values()), reverse=True)[:best])
            for each in (now, then)
        )
        assert value == pytest.approx(max(0.0, after - before) / best / 5.0, abs=1e-12)


def test_hand_computed_gain() -> None:
    # python 1 of 2 is half of the required skill: 3.0 points * 0.5, and the university saw it:
    # 0.5 points * 1/3
    many = [Opening(1, requirements=(must("skill:python", 2),)), Opening(2)]
    course = Course(1, gained={"python": (1, 2)})
    assert gain(PERSON, course, many) == pytest.approx((1.5 + 0.5 / 3) / 2 / 5)
    assert gain(PERSON, Course(1, gained={"docker": (0, 5)}), many) == 0.0


def test_without_an_opening_in_reach_nothing_is_said() -> None:
    course = Course(1, gained={"python": (1, 2)})
    closed = Opening(1, closes_on=TODAY - timedelta(days=1))
    licence = Opening(2, requirements=(Requirement("licence:gas", "licence"),))
    assert gain(PERSON, course, []) is None
    assert gain(PERSON, course, [closed, licence]) is None
    assert column("opening_gain", PERSON, course) == 0.02


def test_an_opening_the_course_would_bar_counts_as_lost() -> None:
    barred = Requirement("skill:python", "exclude", 3)
    many = [
        Opening(1, requirements=(must("skill:docker"), barred)),
        Opening(2, requirements=(must("skill:python", 3),)),
    ]
    person = Seeker(1, {"python": SkillProof("python", 2), "docker": SkillProof("docker", 1)})
    course = Course(1, gained={"python": (2, 3)})
    assert gain(person, course, many) == 0.0
    assert gain(person, course, many[1:]) == pytest.approx((1.0 + 0.5 / 3) / 5)
    assert opening_places(taught(person, course), many, BARE).keys() == {2}


@pytest.mark.parametrize(
    ("level", "known", "fit"),
    [(0, 0.0, 0.0), (1, 0.0, 0.5), (2, 0.0, 1.0), (3, 0.0, 0.5), (4, 1.0, 0.0), (5, 1.0, 0.0)],
)
def test_a_course_fits_best_at_its_entry_level_and_teaches_nothing_past_its_end(
    level: int, known: float, fit: float
) -> None:
    course = Course(1, gained={"python": (2, 4)})
    person = Seeker(1, skill("python", level) if level else skill("docker", 1))
    assert column("already_known", person, course) == known
    assert column("level_fit", person, course) == fit


def test_a_course_that_names_no_skill_is_neutral() -> None:
    assert column("already_known", PERSON, Course(1)) == 0.2
    assert column("level_fit", PERSON, Course(1)) == 0.5
    assert column("popularity", PERSON, Course(1, popularity=0.7)) == 0.7
