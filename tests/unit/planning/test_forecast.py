"""The forecast alone: what it learns, how wide it is, and whether its ranges hold."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np

from matcher.planning.forecast.backtest import backtest
from matcher.planning.forecast.history import Came, Ended, Hired, History, history_of, quarter
from matcher.planning.forecast.simulating import Knobs, forecast, matched_of
from matcher.planning.impact.augmenting import NOBODY, with_course, without_course
from matcher.planning.impact.ground import Ground

SECTORS = ("space", "bio")
TODAY = date(2026, 11, 21)


def ended(completed: int, dropped: int) -> tuple[Ended, ...]:
    return (Ended(TODAY, True),) * completed + (Ended(TODAY, False),) * dropped


def made_up(random: np.random.Generator, rate: float, fill: float, quarters: int) -> History:
    """A history that follows the model: openings of two places at a steady rate."""
    opened, hired = {}, {}
    for sector in SECTORS:
        rows = [(2,) * int(random.poisson(rate)) for _ in range(quarters)]
        opened[sector] = tuple(rows)
        hired[sector] = tuple(int(random.binomial(sum(row), fill)) for row in rows)
    return History(8_000, 8_000 + quarters, SECTORS, opened, hired, ended(40, 10))


def test_whole_quarters_are_counted_and_the_one_that_runs_is_not() -> None:
    came = [Came(date(2026, 1, 5), "space", 3), Came(date(2026, 11, 1), "space", 9)]
    hired = [Hired(date(2026, 3, 31), "space"), Hired(date(2026, 10, 1), "bio")]
    found = history_of(came, hired, [Ended(TODAY, True)], SECTORS, TODAY, 8)
    assert (found.first, found.after) == (quarter(date(2026, 1, 1)), quarter(TODAY))
    assert found.opened["space"] == ((3,), (), ())
    assert found.hired["space"] == (1, 0, 0)
    assert sum(found.hired["bio"]) == 0


def test_without_any_history_the_range_is_small_and_nothing_breaks() -> None:
    empty = history_of([], [], [], SECTORS, TODAY, 8)
    found = forecast(empty, 4, (1,))
    assert found.total.low == (0, 0, 0, 0)
    assert backtest(empty, (1,)) is None


def test_the_same_seed_gives_the_same_forecast_and_more_openings_more_hires() -> None:
    history = made_up(np.random.default_rng(3), 4.0, 0.5, 8)
    usual, twice = forecast(history, 4, (7,)), forecast(history, 4, (7,), Knobs(openings=2.0))
    assert usual == forecast(history, 4, (7,))
    assert twice.total.total[1] > usual.total.total[1] * 1.6


def test_further_seats_count_from_the_quarter_after_and_never_beyond_the_exact_gain() -> None:
    history = made_up(np.random.default_rng(4), 0.0, 0.0, 8)
    knobs = Knobs(seats=30, gain=10, used=20, sector="space")
    plain, more = forecast(history, 3, (7,)), forecast(history, 3, (7,), knobs)
    assert more.total.middle[0] == plain.total.middle[0]
    assert all(0 < more.total.middle[k] <= plain.total.high[k] + 10 for k in (1, 2))


def test_eight_in_ten_futures_lie_in_the_range_when_the_model_is_right() -> None:
    """Forecasts of histories that follow the model hold at least what they say, whatever is drawn
    (counts are whole, so a range holds rather more)."""
    random = np.random.default_rng(5)
    inside, every = 0, 0
    for number in range(40):
        full = made_up(random, 3.0, 0.4, 10)
        found = backtest(full, (number,))
        assert found is not None
        inside, every = inside + found.inside, every + len(found.rows)
    assert 0.78 <= inside / every <= 0.97


def test_a_level_that_drifts_widens_the_range_and_growth_lifts_it() -> None:
    random = np.random.default_rng(8)
    steady = made_up(random, 6.0, 0.4, 8)
    hires = dict.fromkeys(SECTORS, (0, 0, 1, 1, 2, 4, 7, 9))
    growing = replace(steady, hired=hires)
    calm = replace(steady, hired=dict.fromkeys(SECTORS, (3,) * 8))
    up, flat = forecast(growing, 2, (7,)).total, forecast(calm, 2, (7,)).total
    assert up.middle[0] > sum(sum(each) for each in hires.values()) / 8 * 1.5
    assert up.high[1] - up.low[1] > flat.high[1] - flat.low[1]


def test_eight_in_ten_hold_where_levels_drift_from_quarter_to_quarter() -> None:
    """Histories of another make: openings and the share filled walk at random, by more than the
    model expects. The quarters to come are drawn from the same walk."""
    random = np.random.default_rng(9)
    inside, every = 0, 0
    for number in range(60):
        full = drifting(random, 10, 0.25)
        found = backtest(full, (number,))
        assert found is not None
        inside, every = inside + found.inside, every + len(found.rows)
    assert 0.75 <= inside / every <= 0.95


def drifting(random: np.random.Generator, quarters: int, step: float) -> History:
    market, fill = (np.exp(np.cumsum(random.normal(0.0, step, quarters))) for _ in range(2))
    opened, hired = {}, {}
    for sector in SECTORS:
        rows = [(2,) * int(random.poisson(5.0 * each)) for each in market]
        opened[sector] = tuple(rows)
        offered = [(sum(row) + sum(before)) / 2 for before, row in pairwise([rows[0], *rows])]
        hired[sector] = tuple(
            int(random.poisson(0.3 * each * share))
            for each, share in zip(offered, fill, strict=True)
        )
    return History(8_000, 8_000 + quarters, SECTORS, opened, hired)


def test_what_was_finished_later_is_not_known_before() -> None:
    early, late = Ended(date(2026, 2, 1), True), Ended(date(2026, 8, 1), False)
    known = history_of([], [], [early, late], SECTORS, TODAY, 8)
    assert (known.completed, known.dropped) == (1, 1)
    before = known.until(quarter(date(2026, 4, 1)))
    assert (before.completed, before.dropped) == (1, 0)


def test_places_that_ask_for_a_certificate_count_only_those_who_pass() -> None:
    history = made_up(np.random.default_rng(4), 0.0, 0.0, 8)
    asked = Knobs(seats=40, sector="space", certified=20, certified_used=20)
    easy = forecast(history, 3, (7,), replace(asked, passed=90, failed=10))
    hard = forecast(history, 3, (7,), replace(asked, passed=10, failed=90))
    assert easy.passing is not None
    assert hard.passing is not None
    assert easy.passing[1] > 0.8 > 0.2 > hard.passing[1]
    assert easy.total.middle[1] > hard.total.middle[1] + 8


def test_the_shortcut_for_drop_outs_is_close_to_matching_again() -> None:
    """Instead of matching anew for every draw, the exact gain is taken in the proportion that
    finished; against really matching with those who finished it is off by little."""
    random = np.random.default_rng(6)
    errors = []
    for _ in range(40):
        free = random.random((120, 20)) < 0.01
        case = Ground(random.integers(1, 4, 20), free)
        made = (random.random(free.shape) < 0.1) & ~free
        base = without_course(case)
        full = with_course(case, made, 25, base.place)
        gain, placed = full.total - base.total, np.flatnonzero(full.place != NOBODY)
        takers = placed[~case.free[placed, full.place[placed]]]
        done = takers[random.random(len(takers)) < 0.8]
        only = np.zeros_like(made)
        only[done] = made[done]
        exact = with_course(case, only, 25, base.place).total - base.total
        told = int(matched_of(np.array([len(done)]), gain, full.used)[0])
        errors.append(abs(exact - told))
    assert max(errors) <= 3
    assert float(np.mean(errors)) < 0.8
