"""Reviewing as arithmetic: phases, weights, totals, who gets whom."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.policy import reviewing as rules
from matcher.policy.reviewing import Switches
from models.review import OthersScores, ReviewCriterion, ReviewPhase, ReviewState

DAY = date(2026, 3, 2)


def phase(first: int, last: int, **values: object) -> ReviewPhase:
    dates = {"starts_on": DAY + timedelta(first), "ends_on": DAY + timedelta(last)}
    return ReviewPhase(id=first + 100, opening_id=1, name="x", **dates, **values)


def rubric(*weights: int) -> list[ReviewCriterion]:
    return [
        ReviewCriterion(id=place, opening_id=1, place=place, name=f"c{place}", weight=weight)
        for place, weight in enumerate(weights, start=1)
    ]


def test_outside_every_phase_everything_is_allowed() -> None:
    assert rules.switches_on([phase(3, 5, can_decide=False)], DAY) == Switches()


def test_a_phase_holds_on_its_first_and_its_last_day() -> None:
    found = [phase(1, 2, can_decide=False)]
    held = [rules.switches_on(found, DAY + timedelta(day)).can_decide for day in range(4)]
    assert held == [True, False, False, True]


@pytest.mark.parametrize("switches", list(product((True, False), repeat=4)))
def test_the_running_phase_hands_over_each_of_its_switches(switches: tuple[bool, ...]) -> None:
    names = ("can_review", "can_decide", "shows_names", "only_assigned")
    given_now = dict(zip(names, switches, strict=True))
    row = phase(0, 0, others=OthersScores.NEVER, **given_now)
    assert rules.switches_on([row], DAY) == Switches(**given_now, others=OthersScores.NEVER)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_phases_overlap_exactly_when_they_share_a_day(a: int, b: int, c: int, d: int) -> None:
    (first, last), (start, end) = sorted((a, b)), sorted((c, d))
    shared = set(range(first, last + 1)) & set(range(start, end + 1))
    there = [phase(first, last)]
    found = rules.overlapping(there, DAY + timedelta(start), DAY + timedelta(end))
    assert (found is not None) == bool(shared)


def test_a_phase_does_not_overlap_itself() -> None:
    row = phase(0, 3)
    assert rules.overlapping([row], row.starts_on, row.ends_on, row.id) is None


@given(st.integers(1, rules.MOST_CRITERIA))
def test_even_weights_add_up_to_a_hundred_and_differ_by_one_at_most(count: int) -> None:
    weights = rules.even_weights(count)
    assert (len(weights), sum(weights)) == (count, 100)
    assert max(weights) - min(weights) <= 1


def test_a_total_is_the_weighted_sum_in_hundredths() -> None:
    assert rules.total(rubric(50, 30, 20), {1: 4, 2: 3, 3: 5}) == 390


@given(st.lists(st.integers(100, 500), min_size=1, max_size=9))
def test_a_mean_is_the_nearest_hundredth_and_a_half_rounds_up(totals: list[int]) -> None:
    found = rules.mean(totals)
    assert -len(totals) <= 2 * (sum(totals) - found * len(totals)) < len(totals)


def test_three_halves_of_a_point_are_a_disagreement() -> None:
    assert [rules.disagree([300, each]) for each in (449, 450)] == [False, True]


@pytest.mark.parametrize(
    ("own", "others", "sees"),
    [
        (None, OthersScores.AFTER_OWN, False),
        (ReviewState.ABSTAINED, OthersScores.AFTER_OWN, False),
        (ReviewState.SUBMITTED, OthersScores.AFTER_OWN, True),
        (ReviewState.SUBMITTED, OthersScores.NEVER, False),
    ],
)
def test_only_a_submitted_score_opens_the_scores_of_others(
    own: ReviewState | None, others: OthersScores, sees: bool
) -> None:
    assert rules.sees_others(own, others) is sees


def test_the_rubric_has_another_fingerprint_when_anything_of_it_changes() -> None:
    before = rubric(60, 40)
    changed = rubric(60, 40)
    changed[1].hint = "x"
    prints = [rules.fingerprint(each) for each in (before, changed, rubric(40, 60), before[:1])]
    assert len(set(prints)) == 4
    assert rules.fingerprint(rubric(60, 40)) == prints[0]


@given(st.integers(0, 30), st.integers(1, 6))
def test_people_are_spread_so_that_loads_differ_by_one_at_most(people: int, reviewers: int) -> None:
    found = rules.spread_out(list(range(people)), dict.fromkeys(range(100, 100 + reviewers), 0))
    loads = [list(found.values()).count(each) for each in range(100, 100 + reviewers)]
    assert (len(found), max(loads) - min(loads) <= 1) == (people, True)


@given(st.integers(1, 12), st.sets(st.tuples(st.integers(100, 102), st.integers(0, 11))))
def test_nobody_is_given_a_person_they_are_barred_from(
    people: int, barred: set[tuple[int, int]]
) -> None:
    found = rules.spread_out(list(range(people)), {100: 0, 101: 3, 102: 1}, barred)
    assert not {(reviewer, person) for person, reviewer in found.items()} & barred
    left = {each for each in range(people) if all((r, each) in barred for r in (100, 101, 102))}
    assert set(range(people)) - found.keys() == left
