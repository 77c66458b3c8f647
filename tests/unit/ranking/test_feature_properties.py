"""What every pair feature promises, whatever the person and the opening."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.ranking.courses import COURSE_FEATURES, course_matrix
from matcher.ranking.features import (
    OPENING_FEATURES,
    candidate_matrix,
    names,
    opening_features,
    opening_matrix,
)
from matcher.ranking.types import CertificationProof, Course, Opening, Requirement, Seeker
from matcher.ranking.weights import COURSE_MODEL, OPENING_MODEL
from tests.unit.ranking.builders import (
    BARE,
    CONTEXT,
    More,
    more_proof,
    must,
    opening_lists,
    openings,
    seeker_lists,
    seekers,
    skill,
    stronger,
)
from tests.unit.ranking.test_courses import course_lists, target_lists

NAMES = names(OPENING_FEATURES)
SIGN = np.array([each.direction for each in OPENING_FEATURES])
PROOF = np.array([each.is_proof for each in OPENING_FEATURES])


def value(name: str, seeker: Seeker, opening: Opening) -> float:
    return float(opening_features(seeker, opening, BARE)[NAMES.index(name)])


@settings(max_examples=300)
@given(seekers(), more_proof, openings())
def test_more_proof_moves_each_proof_feature_its_own_way_and_nothing_else(
    person: Seeker, more: More, opening: Opening
) -> None:
    both = (person, stronger(person, more))
    before, after = (opening_features(each, opening, CONTEXT) for each in both)
    assert (SIGN * (after - before) >= 0.0)[PROOF].all()
    assert (after == before)[~PROOF].all()


@settings(max_examples=60)
@given(seekers(), opening_lists(), st.randoms(use_true_random=False))
def test_the_order_of_the_openings_changes_no_bit(
    person: Seeker, many: list[Opening], random: object
) -> None:
    order = list(range(len(many)))
    random.shuffle(order)  # type: ignore[attr-defined]
    straight = opening_matrix(person, many, CONTEXT)
    shuffled = opening_matrix(person, [many[each] for each in order], CONTEXT)
    assert shuffled.tolist() == straight[order].tolist()


@settings(max_examples=60)
@given(openings(), seeker_lists(), st.randoms(use_true_random=False))
def test_the_order_of_the_people_changes_no_bit(
    opening: Opening, people: list[Seeker], random: object
) -> None:
    order = list(range(len(people)))
    random.shuffle(order)  # type: ignore[attr-defined]
    straight = candidate_matrix(opening, people, CONTEXT)
    shuffled = candidate_matrix(opening, [people[each] for each in order], CONTEXT)
    assert shuffled.tolist() == straight[order].tolist()


@settings(max_examples=60)
@given(seekers(), course_lists, target_lists, opening_lists(hard=True))
def test_the_order_of_the_courses_and_openings_changes_no_bit(
    person: Seeker, courses: list[Course], targets: list[object], many: list[Opening]
) -> None:
    straight = course_matrix(person, courses, targets, CONTEXT, many).matrix  # type: ignore[arg-type]
    turned = course_matrix(person, courses[::-1], targets, CONTEXT, many[::-1]).matrix  # type: ignore[arg-type]
    assert turned[::-1].tolist() == straight.tolist()
    assert ((straight >= 0.0) & (straight <= 1.0)).all()


@pytest.mark.parametrize(
    ("held", "missing", "exact"),
    [
        ({}, 1.0, 0.0),
        (skill("azure-networking", 5), 0.5, 0.0),
        (skill("aws-networking", 1), 0.5, 0.0),
        (skill("aws-networking", 3), 0.5, 0.5),
        (skill("aws-networking", 3) | skill("python", 2), 0.0, 1.0),
    ],
    ids=["nothing", "only something near", "too low a level", "one of two", "both"],
)
def test_a_near_skill_is_not_missing_and_not_exact(
    held: dict[str, object], missing: float, exact: float
) -> None:
    opening = Opening(1, requirements=(must("skill:aws-networking", 3), must("skill:python", 2)))
    person = Seeker(1, held)  # type: ignore[arg-type]
    assert value("must_missing", person, opening) == missing
    assert value("must_exact", person, opening) == exact


@pytest.mark.parametrize(("level", "surplus"), [(2, 0.0), (3, 0.0), (4, 0.5), (5, 1.0)])
def test_two_levels_above_the_asked_one_are_all_the_surplus_there_is(
    level: int, surplus: float
) -> None:
    opening = Opening(1, requirements=(must("skill:python", 3),))
    assert value("level_surplus", Seeker(1, skill("python", level)), opening) == surplus


def test_an_expired_certificate_is_not_missing_but_neither_exact_nor_verified() -> None:
    opening = Opening(1, requirements=(must("certification:SAA"),))
    old, new = (
        Seeker(1, certifications={"SAA": CertificationProof("SAA", active, verification=3)})
        for active in (False, True)
    )
    got = [
        [value(name, who, opening) for name in ("must_missing", "must_exact")] for who in (old, new)
    ]
    assert got == [[0.0, 0.0], [0.0, 1.0]]
    assert value("certificate_verified", old, opening) == 0.0
    assert value("certificate_verified", new, opening) == pytest.approx(2 / 3)


def test_only_what_the_text_names_beyond_the_list_counts_as_mentioned() -> None:
    listed = (must("skill:python"), Requirement("skill:sql", "exclude"))
    person = Seeker(1, skill("python", 1) | skill("sql", 1))
    only_listed = Opening(1, requirements=listed, mentioned=frozenset({"python", "sql"}))
    assert value("mentioned_skill", person, only_listed) == 0.3
    beyond = replace(only_listed, mentioned=frozenset({"python", "database", "docker"}))
    assert value("mentioned_skill", person, beyond) == 0.0
    held = replace(person, skills=person.skills | skill("docker", 1))
    assert value("mentioned_skill", held, beyond) == 0.5


def test_a_popularity_outside_the_scale_is_refused() -> None:
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="popularity"):
            Opening(1, popularity=wrong)
        with pytest.raises(ValueError, match="popularity"):
            Course(1, popularity=wrong)


def test_features_the_prior_does_not_weigh_move_nothing() -> None:
    unweighed = {"must_missing", "must_exact", "level_surplus", "certificate_verified"}
    unweighed |= {"mentioned_skill", "popularity"}
    assert {name for name, each in OPENING_MODEL.weights.items() if each.points == 0} == unweighed
    assert {name for name, each in COURSE_MODEL.weights.items() if each.points == 0} == {
        "opening_gain",
        "already_known",
        "level_fit",
        "popularity",
    }


def test_shared_names_mean_one_neutral_value_and_one_direction() -> None:
    by_name = {each.name: each for each in OPENING_FEATURES}
    for each in COURSE_FEATURES:
        twin = by_name.get(each.name, each)
        assert (each.neutral, each.direction) == (twin.neutral, twin.direction)
