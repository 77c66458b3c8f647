from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.ranking.candidates import EmptyReason, Excluded, Help
from matcher.ranking.context import RankingContext
from matcher.ranking.places import Place, in_order
from matcher.ranking.prepared import PreparedOpenings, PreparedSeekers
from matcher.ranking.recommend import opening_places, rank_candidates, rank_openings
from matcher.ranking.requirements import check
from matcher.ranking.types import Opening, Requirement, Seeker
from matcher.ranking.weights import MODEL_VERSION
from tests.unit.ranking.builders import (
    ADJACENCY,
    BARE,
    CONTEXT,
    SPACE,
    TODAY,
    must,
    opening_lists,
    seeker_lists,
    seekers,
    skill,
)

PERSON = Seeker(1, skill("python", 3))
ELECTRIC = Requirement("licence:electric", "licence")
GAS = Requirement("licence:gas", "licence")


def test_hand_computed_score_of_one_pair() -> None:
    (item,) = rank_openings(PERSON, [Opening(7, None, (must("skill:python", 4),))], BARE).items
    # musts 3.0 * (0.75 - 0.4), proof 0.5 * (0 - 0.2); all else neutral
    assert item.base == pytest.approx(1.66)
    assert item.score == pytest.approx(1.66 + 1.05 - 0.10)
    assert {each.code: round(each.value, 9) for each in item.contributions if each.value} == {
        "must_skill": 1.05,
        "proof": -0.1,
    }
    assert (item.id, item.rank, item.checklist.met_count, item.checklist.total) == (7, 1, 0, 1)


def test_better_fit_comes_first_and_the_limit_keeps_the_total() -> None:
    many = [Opening(each, None, (must("skill:python", each),)) for each in (5, 3, 4)]
    ranking = rank_openings(PERSON, many, BARE, limit=2)
    assert [(item.rank, item.id) for item in ranking.items] == [(1, 3), (2, 4)]
    assert (ranking.total, ranking.model_version, ranking.empty) == (3, MODEL_VERSION, None)


@settings(max_examples=150)
@given(seekers(), opening_lists(hard=True), st.randoms(use_true_random=False))
def test_ranking_is_a_permutation_and_shuffling_changes_nothing(
    seeker: Seeker, many: list[Opening], random: object
) -> None:
    ranking = rank_openings(seeker, many, CONTEXT)
    shuffled = list(many)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rank_openings(seeker, shuffled, CONTEXT) == ranking
    if not seeker.is_blank:
        seen = [item.id for item in ranking.items] + [each.id for each in ranking.excluded]
        assert sorted(seen) == sorted(each.id for each in many)
    assert [item.rank for item in ranking.items] == list(range(1, len(ranking.items) + 1))
    # Scores equal to 1e-9 are one place, shared out by hash, so the order is that of the rounded.
    scores = [round(item.score, 9) for item in ranking.items]
    assert scores == sorted(scores, reverse=True)


@settings(max_examples=150)
@given(seekers(), opening_lists(hard=True))
def test_base_and_contributions_add_up_and_places_agree(
    seeker: Seeker, many: list[Opening]
) -> None:
    ranking = rank_openings(seeker, many, CONTEXT)
    for item in ranking.items:
        assert 0.0 <= item.score <= 5.0
        total = item.base + sum(each.value for each in item.contributions)
        assert abs(total - item.score) <= 1e-9
    assert opening_places(seeker, many, CONTEXT) == {
        item.id: Place(item.rank, item.score) for item in ranking.items
    }


@settings(max_examples=150)
@given(seekers(), opening_lists(hard=True))
def test_an_item_the_person_may_not_have_changes_nothing(
    seeker: Seeker, many: list[Opening]
) -> None:
    barred = Opening(
        99, "space", (Requirement("licence:nobody-has", "licence"), must("skill:python"))
    )
    with_it = rank_openings(seeker, [*many, barred], CONTEXT)
    without = rank_openings(seeker, many, CONTEXT)
    assert (with_it.items, with_it.total) == (without.items, without.total)


@settings(max_examples=100)
@given(seeker_lists(), opening_lists(hard=True, size=4))
def test_partner_and_youth_see_the_same_score_reasons_and_checklist(
    people: list[Seeker], many: list[Opening]
) -> None:
    crowd = PreparedSeekers.from_seekers(people, CONTEXT)
    ready = PreparedOpenings.from_openings(many, CONTEXT)
    of_partner = {
        (item.id, opening.id): (item.score, item.contributions, item.checklist)
        for opening in many
        for item in rank_candidates(opening, crowd, CONTEXT).items
    }
    of_youth = {
        (person.id, item.id): (item.score, item.contributions, item.checklist)
        for person in people
        if not person.is_blank
        for item in rank_openings(person, ready, CONTEXT).items
    }
    blank = {person.id for person in people if person.is_blank}
    assert {pair: of_partner[pair] for pair in of_partner if pair[0] not in blank} == of_youth


@settings(max_examples=100)
@given(seekers(), opening_lists(hard=True))
def test_hard_rules_and_the_checklist_agree(seeker: Seeker, many: list[Opening]) -> None:
    ranking = rank_openings(seeker, many, CONTEXT)
    out = {each.id: each.keys for each in ranking.excluded if each.code != "closed"}
    for opening in many:
        if opening.closes_on is not None and opening.closes_on < TODAY:
            continue
        lines = check(seeker, opening.requirements, ADJACENCY, today=TODAY).lines
        missing = [each.key for each in lines if each.kind == "licence" and each.met != "met"]
        hits = [each.key for each in lines if each.kind == "exclude" and each.met == "met"]
        assert list(out.get(opening.id, ())) == (missing or hits)


def test_ties_are_shared_out_by_salt_and_not_by_id() -> None:
    many = [Opening(each, "space") for each in range(1, 31)]
    orders = {
        tuple(item.id for item in rank_openings(PERSON, many, context).items)
        for context in (BARE, replace(BARE, salt="other"))
    }
    first = {rank_openings(replace(PERSON, id=each), many, BARE).items[0].id for each in range(40)}
    assert len(orders) == 2
    assert tuple(range(1, 31)) not in orders
    assert len(first) > 10  # nobody is always first


def test_scores_that_differ_by_rounding_noise_are_one_place() -> None:
    noisy = np.array([1.0, 1.0 + 1e-13, 2.0])
    assert in_order([1, 2, 3], noisy, "t") == in_order([1, 2, 3], noisy[[1, 0, 2]], "t")


def test_hard_rules_name_what_is_missing() -> None:
    many = [
        Opening(4, requirements=(ELECTRIC, GAS)),
        Opening(3, requirements=(Requirement("skill:python", "exclude", 3),)),
        Opening(2, closes_on=TODAY - timedelta(days=1), requirements=(GAS,)),
        Opening(1, closes_on=TODAY, requirements=(Requirement("skill:python", "exclude", 4),)),
    ]
    ranking = rank_openings(PERSON, many, BARE)
    assert [item.id for item in ranking.items] == [1]
    assert ranking.excluded == (
        Excluded(2, "closed", (), TODAY - timedelta(days=1)),
        Excluded(3, "exclude_hit", ("skill:python",)),
        Excluded(4, "licence_missing", ("licence:electric", "licence:gas")),
    )


def test_an_empty_list_says_why_and_what_helps_most() -> None:
    closed = Opening(1, closes_on=TODAY - timedelta(days=1))
    locked = [Opening(2, requirements=(GAS,)), Opening(3, requirements=(GAS,))]
    double = Opening(4, requirements=(ELECTRIC, GAS))
    barred = Opening(5, requirements=(Requirement("skill:python", "exclude"),))
    assert [
        rank_openings(PERSON, many, BARE).empty
        for many in ([], [closed], [*locked, double], [double], [barred], [closed, *locked])
    ] == [
        EmptyReason("no_openings", Help("wait_for_new"), {}),
        EmptyReason("all_closed", Help("wait_for_new"), {"closed": 1}),
        EmptyReason(
            "all_excluded_by_licence",
            Help("get_licence", "licence:gas", 2),
            {"licence_missing": 3},
        ),
        EmptyReason("all_excluded_by_licence", Help("wait_for_new"), {"licence_missing": 1}),
        EmptyReason("all_excluded_by_rule", Help("wait_for_new"), {"exclude_hit": 1}),
        EmptyReason(
            "all_excluded",
            Help("get_licence", "licence:gas", 2),
            {"closed": 1, "licence_missing": 2},
        ),
    ]


def test_a_blank_profile_is_told_the_skill_asked_for_most() -> None:
    many = [
        Opening(1, requirements=(must("skill:sql"), must("skill:python"))),
        Opening(2, requirements=(must("skill:sql"), Requirement("skill:git", "nice"))),
    ]
    ranking = rank_openings(Seeker(1), many, BARE)
    assert (ranking.items, ranking.empty) == (
        (),
        EmptyReason("no_profile_data", Help("add_skill", "skill:sql", 2), {}),
    )
    vague = rank_openings(Seeker(1, text=" "), [Opening(1)], BARE)
    assert vague.empty == EmptyReason("no_profile_data", Help("add_skill"), {})
    assert opening_places(Seeker(1), many, BARE) == {}


def test_a_partner_without_candidates_is_told_which_rule_to_drop() -> None:
    people = [Seeker(1, skill("python", 3)), Seeker(2, licences=frozenset({"gas"}))]
    licence = rank_candidates(Opening(1, requirements=(ELECTRIC,)), people, BARE).empty
    rule = rank_candidates(
        Opening(1, requirements=(Requirement("skill:python", "exclude"),)), people[:1], BARE
    ).empty
    past = Opening(1, closes_on=TODAY - timedelta(days=3))
    assert [licence, rule, rank_candidates(past, people, BARE).empty] == [
        EmptyReason(
            "all_excluded_by_licence",
            Help("drop_licence", "licence:electric", 2),
            {"licence_missing": 2},
        ),
        EmptyReason(
            "all_excluded_by_rule", Help("drop_exclusion", "skill:python", 1), {"exclude_hit": 1}
        ),
        EmptyReason("all_closed", Help("reopen", unlocks=2), {"closed": 2}),
    ]
    nobody = rank_candidates(Opening(1), [], BARE)
    assert nobody.empty == EmptyReason("no_candidates", Help("wait_for_new"), {})


def test_one_candidate_and_identical_candidates_are_ranked() -> None:
    opening = Opening(1, requirements=(must("skill:python"),))
    assert [item.id for item in rank_candidates(opening, [PERSON], BARE).items] == [1]
    twins = [replace(PERSON, id=each) for each in range(1, 51)]
    items = rank_candidates(opening, twins, BARE).items
    assert len({item.score for item in items}) == 1
    assert sorted(item.id for item in items) == list(range(1, 51))
    assert items == rank_candidates(opening, twins[::-1], BARE).items


def test_the_number_a_person_has_never_moves_their_score() -> None:
    opening = Opening(1, "space", (must("skill:python", 4),))
    scores = [
        rank_candidates(opening, [replace(PERSON, id=each)], BARE).items[0].score
        for each in (1, 2, 999_999)
    ]
    assert len(set(scores)) == 1


@settings(max_examples=50)
@given(seekers(), opening_lists(hard=True))
def test_ranking_again_with_everything_rebuilt_gives_the_same(
    seeker: Seeker, many: list[Opening]
) -> None:
    fresh = RankingContext(TODAY, {key: dict(ADJACENCY[key]) for key in reversed(ADJACENCY)}, SPACE)
    assert rank_openings(seeker, many, fresh) == rank_openings(seeker, many, CONTEXT)
