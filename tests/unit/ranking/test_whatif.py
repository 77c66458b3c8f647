from dataclasses import replace

from hypothesis import given, settings

from matcher.ranking.features import opening_features
from matcher.ranking.prepared import PreparedOpenings
from matcher.ranking.recommend import rank_openings
from matcher.ranking.scorer import opening_scorer
from matcher.ranking.types import CertificationProof, Opening, Requirement, Seeker
from matcher.ranking.whatif import Change, what_if
from tests.unit.ranking.builders import (
    BARE,
    CONTEXT,
    More,
    more_proof,
    must,
    opening_lists,
    openings,
    seekers,
    skill,
    stronger,
)


def test_hand_computed_change_of_score_and_place() -> None:
    person = Seeker(1, skill("python", 2))
    many = [
        Opening(1, None, (must("skill:python", 2),)),
        Opening(2, None, (must("skill:python", 2), must("certification:SAA"))),
    ]
    then = replace(person, certifications={"SAA": CertificationProof("SAA")})
    found = what_if(person, then, many, BARE)
    assert found == (
        Change(2, *scores(person, then, many[1]), 2, 1, 2, 2),
        Change(1, *scores(person, then, many[0]), 1, 2, 2, 2),
    )
    assert [round(each.gain, 9) for each in found] == [0.8, 0.0]


def scores(person: Seeker, then: Seeker, opening: Opening) -> tuple[float, float]:
    """Straight from the scorer, past the ranking."""
    both = [opening_features(each, opening, BARE) for each in (person, then)]
    before, after = opening_scorer().predict(both).tolist()
    return before, after


@settings(max_examples=200)
@given(seekers(), more_proof, opening_lists(hard=True))
def test_both_sides_are_the_live_ranking_of_that_person(
    person: Seeker, more: More, many: list[Opening]
) -> None:
    ready, then = PreparedOpenings.from_openings(many, CONTEXT), stronger(person, more)
    predicted = what_if(person, then, ready, CONTEXT)
    now = {each.id: each for each in rank_openings(person, many, CONTEXT).items}
    done = {each.id: each for each in rank_openings(then, many, CONTEXT).items}
    assert {each.id for each in predicted} == now.keys() | done.keys()
    for each in predicted:
        for items, rank, score in (
            (now, each.rank_before, each.score_before),
            (done, each.rank_after, each.score_after),
        ):
            live = items.get(each.id)
            assert (rank, score) == ((live.rank, live.score) if live else (None, None))
        assert (each.of_before, each.of) == (len(now), len(done))


@settings(max_examples=2000)
@given(seekers(), more_proof, openings())
def test_more_proof_never_lowers_a_score(person: Seeker, more: More, opening: Opening) -> None:
    both = [opening_features(each, opening, CONTEXT) for each in (person, stronger(person, more))]
    before, after = opening_scorer().additive(both).tolist()
    assert after >= before


def test_a_proof_that_hits_an_exclusion_shows_the_opening_leaving() -> None:
    person = Seeker(1, skill("python", 2))
    many = [Opening(1, requirements=(Requirement("skill:python", "exclude", 4),))]
    (change,) = what_if(person, Seeker(1, skill("python", 4)), many, BARE)
    assert (change.rank_before, change.rank_after, change.score_after, change.of) == (
        1,
        None,
        None,
        0,
    )


def test_a_first_skill_brings_a_blank_profile_its_first_places() -> None:
    many = [Opening(1, requirements=(must("skill:python", 1),))]
    (change,) = what_if(Seeker(1), Seeker(1, skill("python", 1)), many, BARE)
    assert (change.rank_before, change.rank_after, change.of_before, change.of) == (None, 1, 0, 1)
