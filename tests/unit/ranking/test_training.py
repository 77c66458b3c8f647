"""Two sides learned, calibrated and combined into one score that keeps its promises."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.stats import kendalltau

from matcher.ranking.artefact import unpack
from matcher.ranking.combine import averaged, blended, linear, on_scale
from matcher.ranking.courses import COURSE_FEATURES
from matcher.ranking.features import OPENING_FEATURES
from matcher.ranking.metrics.accuracy import measure
from matcher.ranking.model import prior
from matcher.ranking.monotone import broken_promises
from matcher.ranking.splitting import Lists, Parts, cuts, split
from matcher.ranking.tables import AdditiveTables, Steps
from matcher.ranking.training import (
    NothingToLearnError,
    Served,
    hand_course,
    packed,
    train_courses,
    train_openings,
)
from tests.unit.ranking.taught import LineRanker, lists

COURSE_NAMES = tuple(each.name for each in COURSE_FEATURES)


def parts(some: Lists) -> Parts:
    return split(some, cuts([some], 20_400.0))


@cache
def opening(seed: int = 0) -> Served:
    sides = [parts(lists(300)), parts(lists(120, side="partner", seed=1))]
    return train_openings(sides, seed, LineRanker)


@cache
def course() -> Served:
    taste = {"sector_wish": 4.0, "popularity": 3.0}
    some = lists(200, side="course", seed=2, taste=taste, names=COURSE_NAMES)
    return train_courses(parts(some), 0, LineRanker)


def test_what_was_planted_is_learned_better_than_the_hand_made_rule_knows_it() -> None:
    later = parts(lists(300)).test
    group = later.lists.group.tolist()

    def worth(score: np.ndarray) -> float:  # type: ignore[type-arg]
        return measure("NDCG@10", score, later.y, group).mean

    X = later.lists.X
    assert worth(opening().tables.predict(X)) > worth(prior().opening.additive(X)) + 0.02


def test_the_score_is_its_base_and_contributions_and_spans_the_scale() -> None:
    for served, seed in ((opening(), 5), (course(), 6)):
        X = np.random.default_rng(seed).random((500, len(served.tables.names)))
        parts_of = served.tables.contributions(X)
        assert (
            np.abs(served.tables.base + parts_of.sum(axis=1) - served.tables.predict(X)).max()
            < 1e-9
        )
    train = np.concatenate([each.parts.train.lists.X for each in opening().sides])
    low, high = np.quantile(opening().tables.predict(train), [0.01, 1.0])
    # the best still have somewhere to go: more proof shows in their score too
    assert (low, high) == (pytest.approx(0.0, abs=1e-9), pytest.approx(5.0 / 1.1))


def test_a_feature_at_its_neutral_value_moves_nothing() -> None:
    for served, features in ((opening(), OPENING_FEATURES), (course(), COURSE_FEATURES)):
        at = np.array([[each.neutral for each in features]])
        assert np.abs(served.tables.contributions(at)).max() < 1e-12


def test_every_proof_feature_keeps_a_rising_line_and_no_promise_is_broken() -> None:
    for served, features in ((opening(), OPENING_FEATURES), (course(), COURSE_FEATURES)):
        assert broken_promises(served.tables, features) == ()
        for feature, steps in zip(features, served.tables.steps, strict=True):
            if feature.is_proof:
                assert steps.slope * feature.direction > 0, feature.name
    gain = course().tables.steps[COURSE_NAMES.index("opening_gain")]
    assert gain.slope > 0


def test_raising_a_proof_never_lowers_a_score() -> None:
    rng = np.random.default_rng(9)
    tables, violations = opening().tables, 0
    for index, feature in enumerate(OPENING_FEATURES):
        if feature.direction:
            X = rng.random((5_000, len(OPENING_FEATURES)))
            then = X.copy()
            then[:, index] += (1.0 - then[:, index]) * rng.random(5_000)
            moved = feature.direction * (tables.predict(then) - tables.predict(X))
            violations += int((moved < -1e-12).sum())
    assert violations == 0


def test_a_table_that_turns_against_its_feature_is_noticed() -> None:
    tables = opening().tables
    bent = Steps(np.array([0.5]), np.array([1.0, 0.9]))
    steps = (bent, *tables.steps[1:])
    broken = AdditiveTables(tables.names, tables.base, steps)
    assert broken_promises(broken, OPENING_FEATURES) == (OPENING_FEATURES[0].name,)


def test_the_same_sets_and_seed_give_the_same_bytes_and_they_read_back_equal() -> None:
    header = {"seed": 0}
    first = packed(opening(), course(), header)
    again = train_openings([each.parts for each in opening().sides], 0, LineRanker)
    assert packed(again, course(), header) == first
    found = unpack(first)
    assert set(found.tables) == {"opening", "course", "youth_side", "partner_side"}
    X = np.random.default_rng(1).random((300, len(OPENING_FEATURES)))
    assert np.array_equal(found.tables["opening"].predict(X), opening().tables.predict(X))


def test_without_learned_courses_the_hand_made_line_stays() -> None:
    X = np.random.default_rng(1).random((50, len(COURSE_FEATURES)))
    found = unpack(packed(opening(), None, {})).tables["course"]
    assert np.allclose(found.predict(X), prior().course.additive(X), atol=1e-12)
    assert np.allclose(hand_course().contributions(X), prior().course.contributions(X), atol=1e-12)


def test_one_side_alone_is_enough_and_none_is_nothing_to_learn() -> None:
    silent = parts(lists(40).take(np.zeros(40, dtype=bool)))
    alone = train_openings([parts(lists(300)), silent], 0, LineRanker)
    assert [each.parts.train.lists.side for each in alone.sides] == ["youth"]
    with pytest.raises(NothingToLearnError):
        train_openings([silent, silent], 0, LineRanker)


def test_one_account_cannot_turn_the_order() -> None:
    """A sixth of all lists, against the grain of everybody else, and held to the cap."""
    honest = lists(500, people=120)
    crafted = lists(100, taste={"must_skill": -9.0, "sector_wish": -9.0}, seed=8)
    mixed = _together(crafted, honest)
    clean = train_openings([parts(honest)], 0, LineRanker).tables
    dirty = train_openings([parts(mixed)], 0, LineRanker).tables
    rng = np.random.default_rng(4)
    moved, agreed = [], []
    for _ in range(30):
        X = rng.random((60, len(OPENING_FEATURES)))
        before, after = clean.predict(X), dirty.predict(X)
        places = np.argsort(np.argsort(-after))
        moved.append(np.abs(places[np.argsort(-before)[:10]] - np.arange(10)).mean())
        agreed.append(kendalltau(before, after).statistic)
    assert np.mean(moved) <= 1.0
    assert np.mean(agreed) >= 0.95


def _together(crafted: Lists, honest: Lists) -> Lists:
    """One account's lists first, then everybody's."""
    rows = {
        name: np.concatenate([getattr(crafted, name), getattr(honest, name)])
        for name in ("X", "reached", "dismissed", "group", "item", "rank", "propensity")
    }
    return replace(
        honest,
        **rows,
        at=np.concatenate([np.full(len(crafted), honest.at[0]), honest.at]),
        account=np.concatenate([np.full(len(crafted), 999), honest.account]),
        person=np.concatenate([np.full(len(crafted.X), 999), honest.person]),
    )


def test_the_average_of_the_sides_is_the_average_of_their_log_odds() -> None:
    X = np.random.default_rng(1).random((100, len(OPENING_FEATURES)))
    sides = opening().sides
    mean = averaged([(each.tables, each.line) for each in sides]).predict(X)
    assert np.allclose(mean, np.mean([each.log_odds(X) for each in sides], axis=0), atol=1e-9)


def test_a_blend_says_what_its_share_means_whatever_the_scales() -> None:
    features = OPENING_FEATURES[:2]
    X = np.random.default_rng(1).random((2_000, 2))
    one, other = linear(features, [100.0, 0.0]), linear(features, [0.0, 0.01])
    mixed = blended(one, other, 0.5, X)
    assert mixed.steps[0].slope == pytest.approx(mixed.steps[1].slope, rel=0.1)
    flat = on_scale(linear(features, [0.0, 0.0]), features, X)
    assert (flat.predict(X) == 0.0).all()
