"""Examples move a list a little, in one direction, and say by how much."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.ranking.calibrating import CALIBRATION, MOST_POINTS, Calibrated, calibrated
from matcher.ranking.display import half_points
from matcher.ranking.explain import reasons
from matcher.ranking.places import tie_of_opening
from matcher.ranking.recommend import RankedItem, rank_candidates
from matcher.ranking.types import CertificationProof, Opening, Requirement, Seeker
from tests.unit.ranking.builders import (
    BARE,
    CONTEXT,
    More,
    more_proof,
    must,
    openings,
    seeker_lists,
    skill,
    stronger,
)

PYTHON = Opening(9, None, (must("skill:python", 4), Requirement("certification:SAA", "nice")))


def run(opening: Opening, people: Sequence[Seeker], examples: set[int]) -> Calibrated:
    ranking = rank_candidates(opening, people, CONTEXT)
    return calibrated(ranking, examples, tie_of_opening(opening, CONTEXT))


def added(item: RankedItem) -> float:
    return next((each.value for each in item.contributions if each.code == CALIBRATION), 0.0)


def passed(*names: str) -> dict[str, CertificationProof]:
    return {each: CertificationProof(each, verification=3) for each in names}


def test_what_the_examples_share_lifts_those_who_have_it_too() -> None:
    people = [
        Seeker(1, skill("python", 4)),
        Seeker(2, skill("python", 3), passed("SAA")),
        Seeker(3, skill("python", 2), passed("SAA")),
        Seeker(4, skill("python", 3), passed("SAA")),
        Seeker(5),
    ]
    before = rank_candidates(PYTHON, people, BARE)
    found = calibrated(before, {2, 3}, tie_of_opening(PYTHON, BARE))
    points = {each.id: added(each) for each in found.ranking.items}
    assert points[2] == points[3] == points[4] == MOST_POINTS
    assert points[1] < MOST_POINTS
    assert points[5] == 0.0
    assert [each.feature.name for each in found.traits][:1] == ["certificate"]
    assert found.traits[0].others == pytest.approx(1 / 3)
    plain = {each.id: each.score for each in before.items}
    for each in found.ranking.items:
        assert each.score == pytest.approx(min(5.0, plain[each.id] + points[each.id]))


@pytest.mark.parametrize("examples", [set(), {1}, {1, 2, 3, 4}, {77, 78}])
def test_too_few_and_too_many_examples_leave_the_very_same_list(examples: set[int]) -> None:
    people = [Seeker(each, skill("python", each)) for each in (1, 2, 3, 4)]
    before = rank_candidates(PYTHON, people, CONTEXT)
    found = calibrated(before, examples, "salt")
    assert found.ranking is before
    assert found.traits == ()


def test_a_neutral_list_is_never_adjusted() -> None:
    people = [Seeker(each, skill("python", 5)) for each in (1, 2, 3)]
    before = replace(rank_candidates(PYTHON, people, CONTEXT), is_neutral=True)
    assert calibrated(before, {1, 2}, "salt").ranking is before


@settings(max_examples=40)
@given(openings(9), seeker_lists(), st.sets(st.integers(1, 6), max_size=4))
def test_it_adds_at_most_half_a_point_and_the_sum_stays_exact(
    opening: Opening, people: list[Seeker], examples: set[int]
) -> None:
    before = {each.id: each for each in rank_candidates(opening, people, CONTEXT).items}
    found = run(opening, people, examples).ranking
    assert {each.id for each in found.items} == set(before)
    assert [each.rank for each in found.items] == list(range(1, len(before) + 1))
    for item in found.items:
        assert 0.0 <= added(item) <= MOST_POINTS
        assert before[item.id].score <= item.score <= before[item.id].score + MOST_POINTS + 1e-9
        assert abs(item.base + sum(each.value for each in item.contributions) - item.score) < 1e-9
        assert sum(each.contribution for each in reasons(item, {})) == pytest.approx(
            item.score - item.base
        )
        assert half_points(item.score) <= 5.0
    scores = [round(each.score, 9) for each in found.items]
    assert scores == sorted(scores, reverse=True)


@settings(max_examples=40)
@given(openings(9), seeker_lists(), st.randoms(use_true_random=False))
def test_neither_the_order_of_people_nor_of_examples_matters(
    opening: Opening, people: list[Seeker], random: object
) -> None:
    shuffled = list(people)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert run(opening, people, {1, 2, 3}) == run(opening, shuffled, {3, 2, 1})


@settings(max_examples=60)
@given(openings(9), seeker_lists(), more_proof, st.sampled_from([{1, 2}, {2, 3, 4}, {1, 4}]))
def test_more_proof_never_lowers_the_adjustment_nor_the_score(
    opening: Opening, people: list[Seeker], more: More, examples: set[int]
) -> None:
    if not people:
        return
    better = [stronger(people[0], more), *people[1:]]
    first = {each.id: each for each in run(opening, people, examples).ranking.items}
    second = {each.id: each for each in run(opening, better, examples).ranking.items}
    if 1 in first and 1 in second:
        assert added(second[1]) >= added(first[1]) - 1e-12
        assert second[1].score >= first[1].score - 1e-9


@settings(max_examples=40)
@given(openings(9), seeker_lists())
def test_whoever_has_at_least_as_much_of_everything_gains_at_least_as_much(
    opening: Opening, people: list[Seeker]
) -> None:
    found = run(opening, people, {1, 2})
    names = [each.feature for each in found.traits]
    for one in found.ranking.items:
        for other in found.ranking.items:
            mine, theirs = (
                {each.code: each.feature or 0.0 for each in item.contributions}
                for item in (one, other)
            )
            if all(each.direction * (mine[each.name] - theirs[each.name]) >= 0 for each in names):
                assert added(one) >= added(other) - 1e-12


def test_the_version_tells_the_same_examples_by_the_same_letters() -> None:
    people = [Seeker(each, skill("python", 5), passed("SAA")) for each in (1, 2, 3)]
    people.append(Seeker(4))
    one, two = run(PYTHON, people, {1, 2}), run(PYTHON, people, {1, 3})
    versions = {each.ranking.model_version for each in (one, two, run(PYTHON, people, {2, 1}))}
    assert len(versions) == 2
    assert all("+" in each and len(each) <= 40 for each in versions)
