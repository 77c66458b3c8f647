"""Many changed records at once are worth exactly what each is worth alone."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.ranking import scenarios
from matcher.ranking.courses import COURSE_FEATURES
from matcher.ranking.features import OPENING_FEATURES, opening_matrix
from matcher.ranking.model import RankingModel, TableScorer
from matcher.ranking.prepared import PreparedOpenings
from matcher.ranking.recommend import opening_places
from matcher.ranking.scenarios import scenario_scores
from matcher.ranking.tables import PairSteps
from matcher.ranking.types import Opening, Seeker
from tests.model_shelf import tables
from tests.unit.ranking.builders import (
    CONTEXT,
    LICENCES,
    More,
    more_proof,
    must,
    opening_lists,
    seekers,
    skill,
    stronger,
)


def with_pairs() -> RankingModel:
    """Trained tables with one over two proof features and one over a proof and a wish."""
    own = tables(OPENING_FEATURES)
    edges, values = np.array([0.3, 0.6]), np.arange(16.0).reshape(4, 4) / 7
    pairs = tuple(PairSteps(*each, edges, edges, values) for each in ((0, 3), (2, 4)))
    return RankingModel(
        "t", TableScorer(replace(own, pairs=pairs)), TableScorer(tables(COURSE_FEATURES))
    )


MODELS = {"prior": None, "tables": with_pairs()}
changes = st.lists(st.tuples(more_proof, st.frozensets(st.sampled_from(LICENCES))), max_size=6)


def people(person: Seeker, more: list[tuple[More, frozenset[str]]]) -> list[Seeker]:
    return [replace(stronger(person, proofs), licences=held) for proofs, held in more]


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=150)
@given(person=seekers(), more=changes, many=opening_lists(hard=True, size=8))
def test_every_scenario_has_the_bits_and_the_place_of_a_ranking_of_its_own(
    model: str, person: Seeker, more: list[tuple[More, frozenset[str]]], many: list[Opening]
) -> None:
    context = replace(CONTEXT, model=MODELS[model])
    ready = PreparedOpenings.from_openings(many, context)
    everybody = [person, *people(person, more)]
    scores = scenario_scores(person, everybody[1:], ready, context)
    for row, each in enumerate(everybody):
        alone = opening_places(each, ready, context)
        assert scores.places(row) == alone
        assert {one.id: scores.place(row, one.id) for one in many} == {
            one.id: alone.get(one.id) for one in many
        }
        exact = context.serving.opening.additive(opening_matrix(each, ready, context))
        assert scores.additive[row].tolist() == exact.tolist()


def test_rows_that_move_the_same_things_are_scored_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    whole = scenarios.graded_pairs

    def counted(*given: object) -> object:
        seen.append(len(given[2]))  # type: ignore[arg-type]
        return whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(scenarios, "graded_pairs", counted)
    many = [Opening(1, requirements=(must("skill:python", 5),)), Opening(2)]
    person = Seeker(1, skill("python", 1))
    levels = [2, 3, 2, 3, 1, 2]
    ready = PreparedOpenings.from_openings(many, CONTEXT)
    found = scenario_scores(
        person, [replace(person, skills=skill("python", each)) for each in levels], ready, CONTEXT
    )
    assert seen == [2]
    assert len(set(found.additive[:, 0].tolist())) == 3


def test_ways_of_being_met_are_told_apart_beyond_the_reach_of_one_number() -> None:
    """80 columns of two values do not fit 64 bits."""
    codes = np.zeros((82, 80), dtype=np.int64)
    codes[np.arange(80), np.arange(80)] = 1
    codes[81] = codes[79]
    found = scenarios._joined(codes)
    assert len(set(found.tolist())) == 81
    assert found[81] == found[79]


def test_without_scenarios_or_openings_there_is_only_the_person() -> None:
    ready = PreparedOpenings.from_openings([], CONTEXT)
    assert scenario_scores(Seeker(1), [], ready, CONTEXT).additive.shape == (1, 0)
    assert scenario_scores(Seeker(1), [Seeker(1)], ready, CONTEXT).places(1) == {}


def test_nobody_is_ranked_before_the_first_thing_is_recorded() -> None:
    many = [Opening(1, requirements=(must("skill:python", 2),)), Opening(2)]
    ready = PreparedOpenings.from_openings(many, CONTEXT)
    blank, first = Seeker(1), Seeker(1, skill("python", 1))
    found = scenario_scores(blank, [first, blank], ready, CONTEXT)
    assert [sorted(found.places(row)) for row in range(3)] == [[], [1, 2], []]
    assert [found.exact(row, 1) is None for row in range(3)] == [True, False, True]
    assert found.place(0, 1) is None
