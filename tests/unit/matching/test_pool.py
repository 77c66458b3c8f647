"""A place in the pool is the place on the list, whether the person is in the pool or not."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.matching.crowd import Crowd, crowd_in
from matcher.matching.pool import Pool
from matcher.ranking.features import opening_matrix
from matcher.ranking.model import prior
from matcher.ranking.places import tie_of_opening
from matcher.ranking.recommend import candidate_exclusions, rank_candidates
from matcher.ranking.types import Opening, Seeker
from tests.unit.ranking.builders import CONTEXT, openings, seeker_lists, seekers


def pool(opening: Opening, people: Sequence[Seeker]) -> Pool:
    out = {each.id for each in candidate_exclusions(opening, people, CONTEXT)}
    kept = [each for each in people if each.id not in out]
    exact = {each.id: alone(each, opening) for each in kept}
    return Pool(tie_of_opening(opening, CONTEXT), exact)


def alone(person: Seeker, opening: Opening) -> float:
    return float(prior().opening.additive(opening_matrix(person, [opening], CONTEXT))[0])


@settings(max_examples=200)
@given(seekers(99), seeker_lists(5), openings(hard=True), st.booleans(), st.booleans())
def test_the_place_is_that_of_ranking_everybody(
    person: Seeker, others: list[Seeker], opening: Opening, is_in: bool, has_double: bool
) -> None:
    if has_double:
        others = [*others, replace(person, id=98)]
    everybody = [*others, person]
    ranking = rank_candidates(opening, everybody, CONTEXT)
    own = next((each for each in ranking.items if each.id == 99), None)
    if own is None:
        return
    found = pool(opening, everybody if is_in else others)
    assert found.place(99, alone(person, opening)) == (own.rank, ranking.total)


def test_a_better_score_takes_the_place_of_those_it_passes() -> None:
    found = Pool("t", {1: 1.0, 2: 2.0, 3: 3.0})
    assert [found.place(1, score) for score in (0.5, 2.5, 9.0)] == [(3, 3), (2, 3), (1, 3)]
    assert [found.place(7, score) for score in (0.5, 2.5, 9.0)] == [(4, 4), (2, 4), (1, 4)]


def test_among_fewer_than_five_no_place_is_told() -> None:
    four = Pool("t", {1: 1.0, 2: 2.0, 3: 3.0, 4: 4.0})
    assert crowd_in(four, 4, 9.0) is None
    assert crowd_in(four, 5, 2.5) == Crowd(3, 5)
    assert crowd_in(four, 5, None) is None
    assert crowd_in(None, 5, 2.5) is None
