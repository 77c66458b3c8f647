"""Readiness for an exam: the stated rule by hand, and that more proof never lowers it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.planning.readiness import (
    Domain,
    Readiness,
    Score,
    State,
    Study,
    Yardstick,
    readiness,
    state_of,
)

DAY = date(2026, 11, 21)
SAA = Yardstick(720, (60, 150), (Domain(1, 30), Domain(2, 26), Domain(3, 24), Domain(4, 20)))
RANK = {None: -1, State.NOT_YET: 0, State.BORDERLINE: 1, State.READY: 2}


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def states(found: Readiness) -> list[State | None]:
    return [found.overall.state, *(part.state for part in found.domains)]


def test_without_any_score_nothing_is_claimed() -> None:
    found = readiness(SAA, [], [Study(6_000)])
    assert states(found) == [None] * 5
    assert found.unscored == (1, 2, 3, 4)
    assert found.weakest == ()
    assert found.overall.hours == 100.0


def test_one_whole_test_speaks_for_every_domain() -> None:
    found = readiness(SAA, [Score(DAY, 80)], [])
    assert states(found) == [State.READY] * 5
    assert (found.line, found.overall.percent, found.unscored) == (72.0, 80.0, ())


def test_the_newest_three_count_three_two_one() -> None:
    scores = [Score(day(1), 20), Score(day(2), 60), Score(day(3), 70), Score(day(4), 80)]
    assert readiness(SAA, scores, []).overall.percent == pytest.approx((240 + 140 + 60) / 6)


def test_of_one_day_the_later_recorded_is_the_newer() -> None:
    assert readiness(SAA, [Score(DAY, 0), Score(DAY, 100)], []).overall.percent == 60.0


def test_the_whole_is_weighted_by_the_domains() -> None:
    scores = [Score(DAY, percent, n) for n, percent in enumerate((90, 80, 70, 60), 1)]
    found = readiness(SAA, scores, [])
    assert found.overall.percent == pytest.approx(0.3 * 90 + 0.26 * 80 + 0.24 * 70 + 0.2 * 60)
    assert found.weakest == (4, 3)


def test_of_equal_domains_the_heavier_is_the_weaker() -> None:
    assert readiness(SAA, [Score(DAY, 50)], []).weakest == (1, 2)


def test_hours_without_a_domain_are_shared_out_by_weight() -> None:
    found = readiness(SAA, [], [Study(600), Study(120, 2)])
    assert [part.hours for part in found.domains] == pytest.approx([3.0, 4.6, 2.4, 2.0])
    assert [part.hours_low for part in found.domains] == pytest.approx([18.0, 15.6, 14.4, 12.0])
    assert [part.hours_high for part in found.domains] == pytest.approx([45.0, 39.0, 36.0, 30.0])
    assert found.overall.hours == 12.0


@pytest.mark.parametrize(
    ("percent", "has_hours", "state"),
    [
        (77, False, State.READY),
        (76, False, State.BORDERLINE),
        (72, True, State.READY),
        (71, True, State.BORDERLINE),
        (62, False, State.BORDERLINE),
        (61, False, State.NOT_YET),
        (57, True, State.BORDERLINE),
        (56, True, State.NOT_YET),
    ],
)
def test_the_borders_of_the_rule(percent: int, has_hours: bool, state: State) -> None:
    assert state_of(percent, 72.0, has_hours) is state
    studied = [Study(60 * 60)] if has_hours else []
    assert readiness(SAA, [Score(DAY, percent)], studied).overall.state is state


def test_an_exam_without_confirmed_domains_is_judged_as_a_whole() -> None:
    found = readiness(Yardstick(750, (120, 200), ()), [Score(DAY, 85)], [])
    assert (found.overall.state, found.domains, found.weakest) == (State.READY, (), ())


def test_an_exam_without_our_hours_is_judged_by_scores_alone() -> None:
    asked = replace(SAA, hours=None)
    found = readiness(asked, [Score(DAY, 72)], [Study(100_000)])
    assert (found.overall.state, found.overall.hours_low) == (State.BORDERLINE, None)


DOMAINS = st.one_of(st.none(), st.integers(1, 4))
SCORES = st.lists(
    st.builds(Score, st.integers(0, 20).map(day), st.integers(0, 100), DOMAINS), max_size=8
)
STUDIES = st.lists(st.builds(Study, st.integers(1, 1440), DOMAINS), max_size=8)


def is_no_lower(before: Readiness, after: Readiness) -> bool:
    pairs = zip(states(before), states(after), strict=True)
    return all(RANK[old] <= RANK[new] for old, new in pairs)


@settings(max_examples=400, deadline=None)
@given(SCORES.filter(bool), STUDIES, st.data())
def test_a_better_score_never_lowers_readiness(
    scores: list[Score], studied: list[Study], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(scores) - 1))
    better = [*scores]
    better[at] = replace(scores[at], percent=data.draw(st.integers(scores[at].percent, 100)))
    assert is_no_lower(readiness(SAA, scores, studied), readiness(SAA, better, studied))


@settings(max_examples=400, deadline=None)
@given(SCORES, STUDIES, st.builds(Study, st.integers(1, 1440), DOMAINS))
def test_more_hours_never_lower_readiness(
    scores: list[Score], studied: list[Study], more: Study
) -> None:
    before, after = readiness(SAA, scores, studied), readiness(SAA, scores, [*studied, more])
    assert is_no_lower(before, after)


@settings(max_examples=400, deadline=None)
@given(SCORES, STUDIES, DOMAINS)
def test_a_new_score_as_good_as_all_before_never_lowers_readiness(
    scores: list[Score], studied: list[Study], domain: int | None
) -> None:
    best = max((score.percent for score in scores), default=0)
    more = [*scores, Score(day(30), best, domain)]
    assert is_no_lower(readiness(SAA, scores, studied), readiness(SAA, more, studied))
